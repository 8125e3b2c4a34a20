/** Takes a backup into a SQLite file: whole or not at all. */
import { existsSync } from 'node:fs';
import { LvlinError } from '../../model/errors.ts';
import type { TakeBackup } from '../backup/take-backup.ts';
import { kyselyOn } from '../connection.ts';
import { lockSqliteFile } from './lock-file.ts';
import { createForOwner } from './prepare-sqlite.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { withSqliteFaults } from './sqlite-fault.ts';

/** Throws `already-running` while a bot holds the file. */
export async function restoreIntoSqlite(file: string, take: TakeBackup): Promise<void> {
  const lock = await lockSqliteFile(file);
  try {
    if (!existsSync(file)) createForOwner(file);
    await withSqliteFaults(file, () => takeInto(file, take));
  } finally {
    lock.release();
  }
}

async function takeInto(file: string, take: TakeBackup): Promise<void> {
  const connection = new SqliteConnection(file, { readonly: false });
  const { database } = connection;
  try {
    // Rows come in the order of their tables, so whom they point to may come later; it is all checked at the end.
    database.pragma('foreign_keys = OFF');
    database.exec('begin immediate');
    await take(connection, {
      drop: async (tables) => {
        for (const table of tables) await kyselyOn<unknown>(connection).schema.dropTable(table).ifExists().execute();
      },
      deferForeignKeys: async () => {},
    });
    if (database.prepare('pragma foreign_key_check').all().length > 0) throw new LvlinError('file-broken', { file });
    database.exec('commit');
  } catch (cause) {
    if (database.inTransaction) database.exec('rollback');
    throw cause;
  } finally {
    connection.close();
  }
}
