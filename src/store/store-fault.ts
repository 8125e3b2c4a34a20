/** Tells what the database could not do just now from what the code asked wrongly. */
import { type ErrorCode, LvlinError } from '../model/errors.ts';

/**
 * The same work may well succeed at another moment: a conflict, a lost connection, a full or failing disk.
 * A broken rule of the tables is none, nor is a record that cannot be opened or a text that is missing: they would
 * fail again, and whatever came after them would wait for ever.
 */
export function isStoreFault(error: unknown): boolean {
  if (error instanceof LvlinError) return OF_THE_STORE.includes(error.code);
  if (!(error instanceof Error)) return false;
  if (error.name === 'ConnectionLost') return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return PASSING.test(code);
}

const OF_THE_STORE: readonly ErrorCode[] = [
  'commit-unknown',
  'database-broken',
  'database-locked',
  'database-unreachable',
  'disk-failed',
  'disk-full',
  'folder-not-writable',
];

// SQLSTATE classes of PostgreSQL (errcodes-appendix) and result codes of SQLite (rescode.html).
const PASSING = /^(08|40|53|55P03|57|58|XX|SQLITE_(BUSY|CANTOPEN|CORRUPT|FULL|IOERR|LOCKED|NOTADB|READONLY))/;
