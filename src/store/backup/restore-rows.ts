/** Puts the rows of a backup into fresh tables, then brings them to this version and to rest. */
import type { Kysely } from 'kysely';
import { LvlinError } from '../../model/errors.ts';
import { type Connection, kyselyOn } from '../connection.ts';
import { runMigrations } from '../migrate.ts';
import type { Schema } from '../schema.ts';
import { type BackupHeader, type BackupLine, readBackup, totalOf } from './backup-file.ts';
import type { Progress } from './progress.ts';
import type { Values } from './snapshot.ts';

// Few enough for the shortest list of parameters a database takes (SQLite: 32,766), many enough to be quick.
const ROWS_PER_INSERT = 100;

/** Runs inside the caller's transaction, with the checks of foreign keys put off. */
export async function restoreRows(
  connection: Connection,
  file: string,
  header: BackupHeader,
  { now, onProgress }: { readonly now: Date; readonly onProgress?: Progress },
  whenTablesStand: () => Promise<void>,
): Promise<void> {
  const db = kyselyOn<unknown>(connection);
  await runMigrations(db, { only: header.migrations });
  await whenTablesStand();
  const counts = await insertRows(connection, file, header, onProgress);
  for (const [table, count] of Object.entries(header.counts)) {
    if (counts.get(table) !== count) throw new LvlinError('file-broken', { file, table });
  }
  await runMigrations(db);
  await bringToRest(kyselyOn(connection), now.getTime());
}

async function insertRows(
  connection: Connection,
  file: string,
  header: BackupHeader,
  onProgress: Progress | undefined,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const total = totalOf(header);
  let table = '';
  let columns: readonly string[] = [];
  let waiting: Values[] = [];
  let done = 0;

  async function flush(): Promise<void> {
    if (waiting.length === 0) return;
    await connection.execute(insertText(connection.dialect, table, columns, waiting.length), waiting.flat());
    done += waiting.length;
    counts.set(table, (counts.get(table) ?? 0) + waiting.length);
    waiting = [];
    onProgress?.({ task: 'restore', done, total });
  }

  await readBackup(file, async (line: BackupLine) => {
    if ('table' in line) {
      await flush();
      ({ table, columns } = line);
      // The name ends up in a statement, and the file came from outside.
      if (header.counts[table] === undefined || ![table, ...columns].every((name) => IDENTIFIER.test(name))) {
        throw new LvlinError('file-broken', { file });
      }
      counts.set(table, 0);
      return;
    }
    waiting.push(line);
    if (waiting.length === ROWS_PER_INSERT) await flush();
  });
  await flush();
  return counts;
}

const IDENTIFIER = /^[a-z][a-z0-9_]*$/;

function insertText(dialect: Connection['dialect'], table: string, columns: readonly string[], rows: number): string {
  let place = 0;
  const parameter = () => {
    place += 1;
    return dialect === 'postgres' ? `$${place}` : '?';
  };
  const row = () => `(${columns.map(parameter).join(', ')})`;
  const names = columns.map((column) => `"${column}"`).join(', ');
  return `insert into "${table}" (${names}) values ${Array.from({ length: rows }, row).join(', ')}`;
}

/**
 * What was on its way when the backup was made has long been sent, or a person decides:
 * an old backup sends nothing by itself, catches up on nothing and lets nobody stay signed in.
 */
async function bringToRest(db: Kysely<Schema>, now: number): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state: 'unknown', reason: 'restored', owner: null, done_at: now })
    .where('state', 'in', ['queued', 'sending'])
    .execute();
  await db.updateTable('inbox').set({ state: 'dead' }).where('state', '=', 'received').execute();
  await db
    .updateTable('notice')
    .set({ state: 'draft', send_at: null })
    .where('state', '=', 'scheduled')
    .where('send_at', '<=', now)
    .execute();
  await db.updateTable('schedule').set({ last_slot: now }).where('last_slot', '<', now).execute();
  await db.deleteFrom('lease').execute();
  await db.deleteFrom('staff_session').execute();
  // A code that was good when the backup was made may have been read by anybody since.
  await db.deleteFrom('binding_code').execute();
}
