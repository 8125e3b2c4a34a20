/** What PostgreSQL and the way to it report, in our own codes. */
import { DatabaseError } from 'pg';
import { type ErrorCode, LvlinError } from '../../model/errors.ts';
import { databaseName } from '../database-url.ts';

/** The connection could not be made or broke; whatever ran on it was not committed. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** Transactions were in each other's way and the server ended this one. */
export function isConflict(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01' || state === '55P03';
}

/** The answer of `pg_xact_status` to the number of a transaction that has not been (22023, invalid parameter value). */
export function isFromTheFuture(error: unknown): boolean {
  return sqlState(error) === '22023';
}

/** Said by a server that ends the session or does not let one begin (going down, coming up, full), or not said at all. */
export function isSessionEnd(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // pg's own words for an answer that did not come in time (pg/lib/client.js); it has no code for it.
  if (error instanceof ConnectionLost || error.message === 'Query read timeout') return true;
  if (error instanceof DatabaseError) return /^(08|57P|53300|25P03)/.test(error.code ?? '');
  return isSessionEnd(error.cause);
}

/** The error itself where it is about neither the server nor the connection: a broken rule of the tables is the caller's. */
export function postgresFault(url: string, cause: unknown): unknown {
  if (cause instanceof LvlinError) return cause;
  const code = codeOf(cause);
  return code === undefined ? cause : new LvlinError(code, { ...databaseName(url) }, { cause });
}

function codeOf(cause: unknown): ErrorCode | undefined {
  if (cause instanceof ConnectionLost) return 'database-unreachable';
  const state = sqlState(cause);
  return state === undefined ? undefined : CODES.find(([begins]) => state.startsWith(begins))?.[1];
}

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const CODES: readonly (readonly [string, ErrorCode])[] = [
  ['53100', 'disk-full'],
  ['58030', 'disk-failed'],
  ['XX001', 'database-broken'],
  ['XX002', 'database-broken'],
  // A conflict that seven tries did not get past, a lock that was not given, a statement that took too long.
  ['40', 'database-locked'],
  ['55P03', 'database-locked'],
  ['57014', 'database-locked'],
  // No way in: wrong password, no such database, no room, going down.
  ['28', 'database-unreachable'],
  ['3D000', 'database-unreachable'],
  ['53', 'database-unreachable'],
  ['57P', 'database-unreachable'],
  ['08', 'database-unreachable'],
];

/** Looks behind errors that name this one as their cause. */
function sqlState(error: unknown): string | undefined {
  if (error instanceof DatabaseError) return error.code;
  return error instanceof Error ? sqlState(error.cause) : undefined;
}
