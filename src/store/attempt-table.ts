/** Counts tries at something that may be tried only so often. Keys are hashes: they name nobody. */
import { sql } from 'kysely';
import type { Transaction } from './store.ts';

export interface AttemptLimit {
  readonly key: string;
  readonly most: number;
  readonly withinMs: number;
}

/**
 * Books one try under every limit, or none where one of them is used up.
 * Booked before the password is looked at, so that tries made at the same moment count too.
 */
export async function takeAttempt(tx: Transaction, limits: readonly AttemptLimit[], now: Date): Promise<boolean> {
  await lockAttempts(tx);
  for (const limit of limits) {
    const { tries } = await tx.db
      .selectFrom('attempt')
      .select(({ fn }) => fn.countAll<number>().as('tries'))
      .where('key', '=', limit.key)
      .where('at', '>', now.getTime() - limit.withinMs)
      .executeTakeFirstOrThrow();
    if (Number(tries) >= limit.most) return false;
  }
  await tx.db
    .insertInto('attempt')
    .values(limits.map(({ key }) => ({ key, at: now.getTime() })))
    .execute();
  return true;
}

/** Whoever got it right starts afresh. */
export async function forgetAttempts(tx: Transaction, keys: readonly string[]): Promise<void> {
  await tx.db.deleteFrom('attempt').where('key', 'in', keys).execute();
}

/** One try that was none after all. */
export async function forgetAttemptAt(tx: Transaction, key: string, at: Date): Promise<void> {
  await tx.db.deleteFrom('attempt').where('key', '=', key).where('at', '=', at.getTime()).execute();
}

export async function deleteAttemptsBefore(tx: Transaction, before: Date): Promise<void> {
  await tx.db.deleteFrom('attempt').where('at', '<', before.getTime()).execute();
}

// Any number of its own, the same in every process.
const ATTEMPT_LOCK = 7_217_001;

/** Tries are seldom, so they go one after the other; on SQLite every writer does. */
async function lockAttempts(tx: Transaction): Promise<void> {
  if (tx.dialect === 'postgres') await sql`select pg_advisory_xact_lock(${ATTEMPT_LOCK})`.execute(tx.db);
}
