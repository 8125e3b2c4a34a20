/** What happens to a SQLite file before it is opened for work: version and key check, backup, upgrade. */
import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import type { Progress } from '../backup/progress.ts';
import { kyselyOn } from '../connection.ts';
import { checkKey, markKey } from '../key-check.ts';
import { pendingMigrations, runMigrations } from '../migrate.ts';
import type { Vault } from '../vault.ts';
import { copySqlite } from './copy-sqlite.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { withSqliteFaults } from './sqlite-fault.ts';

/** A copy is left beside the file as `<file>.before-<first new step>` when there is something to upgrade. */
export function prepareSqlite(file: string, vault: Vault, onProgress?: Progress): Promise<void> {
  return withSqliteFaults(file, async () => {
    const isNew = !existsSync(file) || statSync(file).size === 0;
    const [next] = isNew ? [] : await checkedSteps(file, vault);
    if (next !== undefined) await copySqlite(file, `${file}.before-${next}`, onProgress);
    if (isNew) createForOwner(file);
    if (isNew || next !== undefined) await upgrade(file, vault);
  });
}

/** Looks without writing: with the wrong key or program the file stays as it is, byte for byte. */
async function checkedSteps(file: string, vault: Vault): Promise<string[]> {
  const connection = new SqliteConnection(file, { readonly: true });
  try {
    const steps = await pendingMigrations(kyselyOn<unknown>(connection));
    await checkKey(kyselyOn(connection), vault);
    return steps;
  } finally {
    connection.close();
  }
}

async function upgrade(file: string, vault: Vault): Promise<void> {
  const connection = new SqliteConnection(file, { readonly: false });
  const { database } = connection;
  try {
    database.exec('begin immediate');
    await runMigrations(kyselyOn<unknown>(connection));
    await markKey(kyselyOn(connection), vault);
    database.exec('commit');
  } catch (cause) {
    if (database.inTransaction) database.exec('rollback');
    throw cause;
  } finally {
    connection.close();
  }
}

const OWNER_ONLY = 0o600;

/** Makes an empty file. The log and the shared memory file take their rights from it. */
export function createForOwner(file: string): void {
  closeSync(openSync(file, 'a', OWNER_ONLY));
  chmodSync(file, OWNER_ONLY);
}
