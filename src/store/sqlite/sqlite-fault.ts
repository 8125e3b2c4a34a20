/** What SQLite and the file system report, in our own codes. */
import { dirname } from 'node:path';
import { type ErrorCode, LvlinError } from '../../model/errors.ts';

/** The error itself where it is not about the disk, the file or a lock: a broken rule of the tables is the caller's. */
export function sqliteFault(file: string, cause: unknown): unknown {
  if (cause instanceof LvlinError || !(cause instanceof Error) || !('code' in cause)) return cause;
  const code = codeOf(String(cause.code));
  if (code === undefined) return cause;
  return new LvlinError(code, code === 'folder-not-writable' ? { folder: dirname(file), file } : { file }, { cause });
}

/** For what is done to the file before it is open: its errors name the file. */
export async function withSqliteFaults<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw sqliteFault(file, cause);
  }
}

function codeOf(reported: string): ErrorCode | undefined {
  return SYSTEM_CODES[reported] ?? SQLITE_CODES.find(([begins]) => reported.startsWith(begins))?.[1];
}

const SYSTEM_CODES: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EIO: 'disk-failed',
  EACCES: 'folder-not-writable',
  EPERM: 'folder-not-writable',
  EROFS: 'folder-not-writable',
  ENOENT: 'folder-not-writable',
  ENOTDIR: 'folder-not-writable',
  EISDIR: 'folder-not-writable',
};

// https://www.sqlite.org/rescode.html
const SQLITE_CODES: readonly (readonly [string, ErrorCode])[] = [
  ['SQLITE_FULL', 'disk-full'],
  // The one place where SQLite has no word for it: the shared memory file could not grow.
  ['SQLITE_IOERR_SHMSIZE', 'disk-full'],
  ['SQLITE_IOERR', 'disk-failed'],
  ['SQLITE_BUSY', 'database-locked'],
  ['SQLITE_LOCKED', 'database-locked'],
  ['SQLITE_CANTOPEN', 'folder-not-writable'],
  ['SQLITE_READONLY', 'folder-not-writable'],
  ['SQLITE_PERM', 'folder-not-writable'],
  ['SQLITE_CORRUPT', 'database-broken'],
  ['SQLITE_NOTADB', 'database-broken'],
];
