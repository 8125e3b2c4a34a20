/** One message of a person at a time: what two messages of the same person read and write must not cross. */
import { sql } from 'kysely';
import type { Address } from './chat-table.ts';
import { prepare } from './prepared.ts';
import type { Transaction } from './store.ts';

/** Held until the transaction ends. SQLite has one writer and needs none. */
export async function lockAddress(tx: Transaction, { channel, account, address }: Address): Promise<void> {
  if (tx.dialect === 'sqlite') return;
  await tx.run(LOCK, { key: `${channel}|${account}|${address}` });
}

const LOCK = prepare<{ key: string }>()((db, value) =>
  db.selectNoFrom(sql`pg_advisory_xact_lock(hashtextextended(${value('key')}::text, 0))`.as('locked')),
);
