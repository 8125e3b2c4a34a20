/** What happens to a SQLite file before it is opened for work: version and key check, backup, upgrade. */
import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import type { Progress } from '../backup/progress.ts';
import { kyselyOn } from '../connection.ts';
import { checkKey, markKey } from '../key-check.ts';
import { doneMigrations, type Migrations, pendingMigrations, runMigrations } from '../migrate.ts';
import type { Vault } from '../vault.ts';
import { copySqlite } from './copy-sqlite.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { withSqliteFaults } from './sqlite-fault.ts';

export interface PrepareSqliteOptions {
  readonly vault: Vault;
  readonly onProgress?: Progress | undefined;
  /** Those of this version unless said otherwise. */
  readonly steps?: Migrations;
}

/** A copy is left beside the file as `<file>.before-<first new step>` when there is something to upgrade. */
export function prepareSqlite(file: string, { vault, onProgress, steps }: PrepareSqliteOptions): Promise<void> {
  return withSqliteFaults(file, async () => {
    if (!existsSync(file)) createForOwner(file);
    const { done, pending } = await checkedSteps(file, vault, steps);
    const [next] = pending;
    if (next === undefined) return;
    if (done.length > 0) await copySqlite(file, `${file}.before-${next}`, onProgress);
    await upgrade(file, vault, steps);
  });
}

/** Looks without writing: with the wrong key or program the file stays as it is, byte for byte. */
async function checkedSteps(
  file: string,
  vault: Vault,
  steps: Migrations | undefined,
): Promise<{ done: string[]; pending: string[] }> {
  // A first start that was cut short leaves a journal; only who may write can undo the half that it did.
  const connection = new SqliteConnection(file, { readonly: !existsSync(`${file}-journal`) });
  try {
    const tables = kyselyOn<unknown>(connection);
    const pending = await pendingMigrations(tables, steps);
    await checkKey(kyselyOn(connection), vault);
    return { done: await doneMigrations(tables), pending };
  } finally {
    connection.close();
  }
}

async function upgrade(file: string, vault: Vault, steps: Migrations | undefined): Promise<void> {
  const connection = new SqliteConnection(file, { readonly: false });
  const { database } = connection;
  try {
    database.exec('begin immediate');
    await runMigrations(kyselyOn<unknown>(connection), steps === undefined ? {} : { steps });
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
