/** What happens to a PostgreSQL database before it is opened for work: version and key check, backup, upgrade. */
import { join } from 'node:path';
import { systemClock } from '../../lib/clock.ts';
import { LvlinError } from '../../model/errors.ts';
import { writeBackup } from '../backup/backup-file.ts';
import type { Progress } from '../backup/progress.ts';
import { kyselyOn } from '../connection.ts';
import { checkKey, markKey } from '../key-check.ts';
import { doneMigrations, type Migrations, pendingMigrations, runMigrations } from '../migrate.ts';
import type { Vault } from '../vault.ts';
import { inTransaction, withUpgradeLock } from './postgres-client.ts';
import { PostgresConnection } from './postgres-connection.ts';
import { postgresSnapshot } from './postgres-snapshot.ts';

export interface PreparePostgresOptions {
  readonly vault: Vault;
  readonly backupFolder?: string;
  readonly onProgress?: Progress;
  /** Those of this version unless said otherwise. */
  readonly steps?: Migrations;
}

/** Of several processes that start together one upgrades and the others wait for it. */
export async function preparePostgres(url: string, options: PreparePostgresOptions): Promise<void> {
  await withUpgradeLock(url, async (client) => {
    const db = kyselyOn(new PostgresConnection(client));
    const tables = kyselyOn<unknown>(new PostgresConnection(client));
    const pending = await pendingMigrations(tables, options.steps);
    await checkKey(db, options.vault);
    const [next] = pending;
    if (next === undefined) return;
    if ((await doneMigrations(tables)).length > 0) await backUp(url, next, options);
    await inTransaction(client, async () => {
      await runMigrations(tables, options.steps === undefined ? {} : { steps: options.steps });
      await markKey(db, options.vault);
    });
  });
}

async function backUp(url: string, next: string, { backupFolder, onProgress }: PreparePostgresOptions): Promise<void> {
  if (backupFolder === undefined) throw new LvlinError('backup-failed', { before: next });
  const file = join(backupFolder, `before-${next}.lvlin-backup`);
  await writeBackup(file, postgresSnapshot(url), systemClock.now(), onProgress);
}
