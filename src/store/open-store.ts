/** Opens the records at a database address: takes the lock, checks the key, upgrades the tables, and hands out the store. */
import type { Progress } from './backup/progress.ts';
import { parseDatabaseUrl } from './database-url.ts';
import type { Patience } from './postgres/postgres-sessions.ts';
import { lockSqliteFile } from './sqlite/lock-file.ts';
import { prepareSqlite } from './sqlite/prepare-sqlite.ts';
import { withSqliteFaults } from './sqlite/sqlite-fault.ts';
import { openSqliteStore } from './sqlite/sqlite-store.ts';
import type { Store } from './store.ts';
import type { Vault } from './vault.ts';

export interface OpenStoreOptions {
  readonly vault: Vault;
  readonly newId: () => string;
  /** Where the backup before an upgrade of a PostgreSQL database goes; SQLite leaves it beside the file. */
  readonly backupFolder?: string;
  /** Connections to PostgreSQL that write, 8 unless said otherwise; half as many more read. */
  readonly poolSize?: number;
  /** How long a line to PostgreSQL may be silent; for tests that cannot wait as long as life does. */
  readonly patience?: Patience;
  readonly onProgress?: Progress;
}

/**
 * `sqlite:PATH` or `postgres://…`. Throws `settings-invalid`, `already-running`, `key-wrong`, `database-newer`,
 * `database-broken`, `database-locked`, `database-unreachable`, `database-on-network`, `folder-not-writable`, `disk-full`.
 */
export async function openStore(databaseUrl: string, options: OpenStoreOptions): Promise<Store> {
  const database = parseDatabaseUrl(databaseUrl);
  if (database.dialect === 'sqlite') return openSqliteFile(database.file, options);
  // Loaded only by those who have such a server.
  const { openPostgres } = await import('./postgres/open-postgres.ts');
  return openPostgres(database.url, options);
}

async function openSqliteFile(file: string, { vault, newId, onProgress }: OpenStoreOptions): Promise<Store> {
  const lock = await lockSqliteFile(file);
  try {
    await prepareSqlite(file, { vault, onProgress });
    const store = await withSqliteFaults(file, async () => openSqliteStore({ file, vault, newId }));
    return {
      ...store,
      close: async () => {
        await store.close();
        lock.release();
      },
    };
  } catch (cause) {
    lock.release();
    throw cause;
  }
}
