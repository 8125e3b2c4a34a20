/** A copy of a SQLite file while it is in use: quick, for the same machine. */
import { rename, rm } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { LvlinError } from '../../model/errors.ts';
import type { Progress } from '../backup/progress.ts';
import { sqliteFault } from './sqlite-fault.ts';

/** The copy appears under its name when it is whole. Throws `backup-failed`, `disk-full` … */
export async function copySqlite(file: string, copy: string, onProgress?: Progress): Promise<void> {
  const half = `${copy}.half`;
  await rm(half, { force: true });
  const source = new Database(file, { readonly: true, timeout: 5_000 });
  try {
    await source.backup(half, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress?.({ task: 'backup', done: totalPages - remainingPages, total: totalPages });
        return PAGES_AT_ONCE;
      },
    });
    await rename(half, copy);
  } catch (cause) {
    await rm(half, { force: true });
    const fault = sqliteFault(copy, cause);
    throw fault instanceof LvlinError ? fault : new LvlinError('backup-failed', { file: copy }, { cause });
  } finally {
    source.close();
  }
}

// 4 MB between two looks at the clock: others are served in between.
const PAGES_AT_ONCE = 1_000;
