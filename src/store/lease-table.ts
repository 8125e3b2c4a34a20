/** Who alone may do something, such as holding a platform's connection: a lease that ends by itself, with a number that only grows. */
import { type RawBuilder, sql } from 'kysely';
import type { Transaction } from './store.ts';

export interface Lease {
  readonly name: string;
  readonly owner: string;
  /** Higher than that of every holder before: what carries a lower one comes from somebody who has lost the lease. */
  readonly fence: number;
  readonly expiresAt: Date;
}

/** How long it holds. `now` counts on SQLite; on PostgreSQL the processes go by the clock of the database. */
export interface LeaseTerm {
  readonly forMs: number;
  readonly now: Date;
}

/** `null` while somebody else holds it. Taking one's own again gives a new number. */
export async function takeLease(
  tx: Transaction,
  { name, owner }: Pick<Lease, 'name' | 'owner'>,
  term: LeaseTerm,
): Promise<Lease | null> {
  const row = await tx.db
    .insertInto('lease')
    .values({ name, owner, fence: 1, expires_at: sql<number>`${clock(tx, term.now)} + ${term.forMs}` })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({
          owner: sql<string>`excluded.owner`,
          fence: sql<number>`lease.fence + 1`,
          expires_at: sql<number>`excluded.expires_at`,
        })
        .where((eb) =>
          eb.or([
            eb('lease.expires_at', '<=', clock(tx, term.now)),
            eb('lease.owner', '=', sql<string>`excluded.owner`),
          ]),
        ),
    )
    .returning(['fence', 'expires_at'])
    .executeTakeFirst();
  return row === undefined ? null : { name, owner, fence: row.fence, expiresAt: new Date(row.expires_at) };
}

/** `null` when it ran out or somebody else has it: whoever held it stops what they do under it. */
export async function renewLease(tx: Transaction, lease: Lease, term: LeaseTerm): Promise<Lease | null> {
  const row = await tx.db
    .updateTable('lease')
    .set({ expires_at: sql<number>`${clock(tx, term.now)} + ${term.forMs}` })
    .where('name', '=', lease.name)
    .where('fence', '=', lease.fence)
    .where('expires_at', '>', clock(tx, term.now))
    .returning('expires_at')
    .executeTakeFirst();
  return row === undefined ? null : { ...lease, expiresAt: new Date(row.expires_at) };
}

/** The next one need not wait. The row stays, so that the number goes on growing, and tells until when it was held. */
export async function releaseLease(tx: Transaction, lease: Lease, now: Date): Promise<void> {
  await tx.db
    .updateTable('lease')
    .set({ expires_at: clock(tx, now) })
    .where('name', '=', lease.name)
    .where('fence', '=', lease.fence)
    .where('expires_at', '>', clock(tx, now))
    .execute();
}

/** Whoever held one of these is gone: nobody waits for them to run out. The numbers go on growing. */
export async function freeLeases(tx: Transaction, prefix: string, now: Date): Promise<void> {
  await tx.db
    .updateTable('lease')
    .set({ expires_at: clock(tx, now) })
    .where('name', 'like', `${prefix}%`)
    .where('expires_at', '>', clock(tx, now))
    .execute();
}

/** Whether somebody holds it just now. */
export async function isLeaseHeld(tx: Transaction, name: string, now: Date): Promise<boolean> {
  const row = await tx.db
    .selectFrom('lease')
    .select('name')
    .where('name', '=', name)
    .where('expires_at', '>', clock(tx, now))
    .executeTakeFirst();
  return row !== undefined;
}

function clock(tx: Transaction, now: Date): RawBuilder<number> {
  if (tx.dialect === 'sqlite') return sql<number>`${now.getTime()}`;
  return sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
}
