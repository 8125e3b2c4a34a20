/** Backup and restore of all records, across databases: also the way from SQLite to PostgreSQL and back. */
import { LvlinError } from '../model/errors.ts';
import { type BackupHeader, verifyBackup, writeBackup } from './backup/backup-file.ts';
import type { Progress } from './backup/progress.ts';
import { type RestoreOptions, takeBackup } from './backup/take-backup.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { checkKeyMark } from './key-check.ts';
import { unknownMigrations } from './migrate.ts';
import { restoreIntoSqlite } from './sqlite/restore-sqlite.ts';
import { sqliteSnapshot } from './sqlite/sqlite-snapshot.ts';
import type { Vault } from './vault.ts';

/** The bot may be running meanwhile. Gives what the file says about itself. */
export async function backUp(
  databaseUrl: string,
  file: string,
  options: { readonly now: Date; readonly onProgress?: Progress },
): Promise<BackupHeader> {
  const database = parseDatabaseUrl(databaseUrl);
  if (database.dialect === 'sqlite') {
    return writeBackup(file, sqliteSnapshot(database.file), options.now, options.onProgress);
  }
  const { postgresSnapshot } = await import('./postgres/postgres-snapshot.ts');
  return writeBackup(file, postgresSnapshot(database.url), options.now, options.onProgress);
}

/**
 * Takes all of it or nothing. Nothing that was waiting to be sent is sent. No bot may be running on the database.
 * Throws `file-broken`, `key-wrong` and `database-newer` before it touches the database,
 * `database-not-empty` where there is a community already and `replace` was not said.
 */
export async function restore(
  databaseUrl: string,
  file: string,
  { vault, ...options }: RestoreOptions & { readonly vault: Vault },
): Promise<BackupHeader> {
  const database = parseDatabaseUrl(databaseUrl);
  const header = await verifyBackup(file);
  const newer = unknownMigrations(header.migrations);
  if (newer.length > 0) throw new LvlinError('database-newer', { migrations: newer.join(' ') });
  checkKeyMark(header.keyMark, vault);
  const take = takeBackup(file, header, options);
  if (database.dialect === 'sqlite') {
    await restoreIntoSqlite(database.file, take);
  } else {
    const { restoreIntoPostgres } = await import('./postgres/restore-postgres.ts');
    await restoreIntoPostgres(database.url, file, take);
  }
  return header;
}
