/**
 * One process at a time on one database file. The lock is one that the operating system takes back
 * when the process dies, however it dies: no left-over file can keep anybody out, no reused process id can fool it.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';
import { LvlinError } from '../../model/errors.ts';
import { sqliteFault } from './sqlite-fault.ts';

export class ProcessLock {
  #database: Database.Database;

  private constructor(database: Database.Database) {
    this.#database = database;
  }

  /** Throws `already-running` with the id of the process that holds it. The file itself is left behind and harmless. */
  static take(file: string): ProcessLock {
    const database = openLockFile(file);
    try {
      // Exclusive mode keeps the lock after the commit; nothing in this file needs a journal or a sync.
      database.pragma('locking_mode = EXCLUSIVE');
      database.pragma('journal_mode = MEMORY');
      database.pragma('synchronous = OFF');
      database.exec(`begin exclusive; pragma user_version = ${process.pid}; commit`);
      return new ProcessLock(database);
    } catch (cause) {
      database.close();
      const fault = sqliteFault(file, cause);
      if (!(fault instanceof LvlinError) || fault.code !== 'database-locked') throw fault;
      throw new LvlinError('already-running', { file, pid: holderOf(file) }, { cause });
    }
  }

  release(): void {
    this.#database.close();
  }
}

function openLockFile(file: string): Database.Database {
  try {
    return new Database(file, { timeout: 0 });
  } catch (cause) {
    throw sqliteFault(file, cause);
  }
}

// "user version" of the database header (https://www.sqlite.org/fileformat2.html), read past the lock.
const USER_VERSION_AT = 60;

function holderOf(file: string): number {
  const bytes = Buffer.alloc(4);
  const fd = openSync(file, 'r');
  try {
    readSync(fd, bytes, 0, 4, USER_VERSION_AT);
  } finally {
    closeSync(fd);
  }
  return bytes.readInt32BE();
}
