/** What happens to a SQLite file before it is opened for work: key check, backup, upgrade. */
import { existsSync } from 'node:fs';
import { kyselyOn } from '../connection.ts';
import { checkKey } from '../key-check.ts';
import { pendingMigrations, runMigrations } from '../migrate.ts';
import type { Vault } from '../vault.ts';
import { SqliteConnection } from './sqlite-connection.ts';

/** A copy is left beside the file as `<file>.before-<first new step>` when there is something to upgrade. */
export async function prepareSqlite(file: string, vault: Vault): Promise<void> {
  const isNew = !existsSync(file);
  const connection = new SqliteConnection(file, { readonly: false });
  try {
    const db = kyselyOn(connection);
    if (!isNew) await checkKey(db, vault);
    const tables = kyselyOn<unknown>(connection);
    const [next] = await pendingMigrations(tables);
    if (next !== undefined && !isNew) await connection.database.backup(`${file}.before-${next}`);
    connection.database.exec('begin immediate');
    try {
      await runMigrations(tables);
      await checkKey(db, vault);
      connection.database.exec('commit');
    } catch (cause) {
      connection.database.exec('rollback');
      throw cause;
    }
  } finally {
    connection.close();
  }
}
