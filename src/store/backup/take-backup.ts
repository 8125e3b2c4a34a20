/** What happens between the begin and the commit of a restore, the same on every database. */
import { LvlinError } from '../../model/errors.ts';
import { type Connection, kyselyOn } from '../connection.ts';
import { doneMigrations, pendingMigrations } from '../migrate.ts';
import type { BackupHeader } from './backup-file.ts';
import type { Progress } from './progress.ts';
import { restoreRows } from './restore-rows.ts';
import { tablesAfter } from './table-shape.ts';

/** What each database does in its own way. */
export interface RestoreHooks {
  readonly drop: (tables: readonly string[]) => Promise<void>;
  /** Called when the tables stand and no row is in them. */
  readonly deferForeignKeys: () => Promise<void>;
}

export type TakeBackup = (connection: Connection, hooks: RestoreHooks) => Promise<void>;

export interface RestoreOptions {
  readonly now: Date;
  /** Throw away what is there. */
  readonly replace?: boolean;
  readonly onProgress?: Progress;
}

export function takeBackup(file: string, header: BackupHeader, options: RestoreOptions): TakeBackup {
  return async (connection, hooks) => {
    const db = kyselyOn<unknown>(connection);
    await pendingMigrations(db);
    const done = await doneMigrations(db);
    if (done.length > 0) {
      const [community] = await kyselyOn(connection).selectFrom('community').select('id').limit(1).execute();
      if (community !== undefined && options.replace !== true) throw new LvlinError('database-not-empty');
      const tables = await tablesAfter(done);
      await hooks.drop(['migration', ...tables.map((table) => table.name)]);
    }
    await restoreRows(connection, file, header, options, () => hooks.deferForeignKeys());
  };
}
