/** One message of a person at a time: what two messages of the same person read and write must not cross. */
import { sql } from 'kysely';
import type { Address } from './chat-table.ts';
import { prepare } from './prepared.ts';
import type { Transaction } from './store.ts';

/** Held until the transaction ends. SQLite has one writer and needs none. */
export async function lockAddress(tx: Transaction, { channel, account, address }: Address): Promise<void> {
  await lock(tx, `${channel}|${account}|${address}`);
}

/** The same for whoever acts on a person from elsewhere: a page, or another address of theirs. */
export async function lockPerson(tx: Transaction, personId: string): Promise<void> {
  await lock(tx, `person|${personId}`);
}

/** Two first copies of one list at the same moment begin it once. */
export async function lockLists(tx: Transaction, communityId: string): Promise<void> {
  await lock(tx, `lists|${communityId}`);
}

async function lock(tx: Transaction, key: string): Promise<void> {
  if (tx.dialect === 'postgres') await tx.run(LOCK, { key });
}

const LOCK = prepare<{ key: string }>()((db, value) =>
  db.selectNoFrom(sql`pg_advisory_xact_lock(hashtextextended(${value('key')}::text, 0))`.as('locked')),
);
