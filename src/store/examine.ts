/** What a check-up of the database finds. Reads only, and works while the bot is running. */
import { sql } from 'kysely';
import { isFresh, withLookingConnection } from './beside.ts';
import { type Connection, kyselyOn } from './connection.ts';
import { readKeyMark } from './key-check.ts';
import { pendingMigrations } from './migrate.ts';
import type { Schema } from './schema.ts';
import type { Transaction } from './store.ts';

export interface DatabaseFindings {
  readonly dialect: 'sqlite' | 'postgres';
  /** Of the server or the library. */
  readonly version: string;
  /** Steps that the next start will run. */
  readonly pending: readonly string[];
  /** `null` where nothing was ever written. */
  readonly keyMark: string | null;
  /** What SQLite says about a damaged file; `null` for a whole one, and for PostgreSQL, which looks after itself. */
  readonly damage: string | null;
}

/** Throws `database-unreachable`, `database-newer`, `database-broken` … Reads the whole file: minutes for a huge one. */
export function examineDatabase(databaseUrl: string): Promise<DatabaseFindings> {
  return withLookingConnection(databaseUrl, async (connection) => ({
    dialect: connection.dialect,
    version: await versionOf(connection),
    pending: await pendingMigrations(kyselyOn<unknown>(connection)),
    keyMark: await readKeyMark(kyselyOn(connection)),
    damage: connection.dialect === 'sqlite' ? await damageOf(connection) : null,
  }));
}

/** Whether some key has marked these records, so that a new one would open nothing. Throws as `examineDatabase` does. */
export async function isMarked(databaseUrl: string): Promise<boolean> {
  if (isFresh(databaseUrl)) return false;
  return withLookingConnection(databaseUrl, async (connection) => (await readKeyMark(kyselyOn(connection))) !== null);
}

async function versionOf(connection: Connection): Promise<string> {
  const query = connection.dialect === 'sqlite' ? 'select sqlite_version() as version' : 'show server_version';
  const { rows } = await connection.execute<Record<string, string>>(query, []);
  return Object.values(rows[0] ?? {})[0] ?? '';
}

async function damageOf(connection: Connection): Promise<string | null> {
  const { rows } = await connection.execute<{ quick_check: string }>('pragma quick_check(1)', []);
  const found = rows[0]?.quick_check ?? '';
  return found === 'ok' ? null : found;
}

export interface UndeliveredCounts {
  readonly refused: number;
  readonly unknown: number;
}

/** Messages of the last days that did not arrive, or of which nobody can say. */
export async function countUndelivered(tx: Transaction, since: Date): Promise<UndeliveredCounts> {
  const count = async (state: 'refused' | 'unknown') => {
    const row = await tx.db
      .selectFrom('outbox')
      .select((query) => query.fn.countAll<number>().as('count'))
      .where('state', '=', state)
      .where('created_at', '>=', since.getTime())
      .executeTakeFirst();
    return Number(row?.count ?? 0);
  };
  return { refused: await count('refused'), unknown: await count('unknown') };
}

/** When the newest records were made: ids begin with the time, so the last one of a table is the newest. */
export async function newestRecordAt(tx: Transaction): Promise<Date | null> {
  const newest = [await newestOf(tx, 'outbox', 'created_at'), await newestOf(tx, 'audit', 'at')];
  const times = newest.flatMap((time) => time ?? []);
  return times.length === 0 ? null : new Date(Math.max(...times));
}

async function newestOf<T extends keyof Schema>(tx: Transaction, table: T, column: string): Promise<number | null> {
  const query = sql<{ at: number }>`select ${sql.ref(column)} as at from ${sql.table(table)} order by id desc limit 1`;
  const { rows } = await query.execute(tx.db);
  return rows[0] === undefined ? null : Number(rows[0].at);
}
