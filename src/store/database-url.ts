/** Reads the address of a database. */
import { resolve } from 'node:path';
import { LvlinError } from '../model/errors.ts';

export type DatabaseAddress =
  | { readonly dialect: 'sqlite'; readonly file: string }
  | { readonly dialect: 'postgres'; readonly url: string };

/** Throws `settings-invalid`; the address itself is never part of an error, since it may hold a password. */
export function parseDatabaseUrl(databaseUrl: string): DatabaseAddress {
  const path = /^sqlite:(?<path>.+)$/u.exec(databaseUrl)?.groups?.path;
  if (path !== undefined) return { dialect: 'sqlite', file: resolve(path) };
  if (/^postgres(ql)?:\/\//u.test(databaseUrl) && URL.canParse(databaseUrl)) {
    return { dialect: 'postgres', url: databaseUrl };
  }
  throw new LvlinError('settings-invalid', { setting: 'DATABASE_URL' });
}

/** What may be shown of it: where the server is and which database, never the password. */
export function databaseName(url: string): { readonly host: string; readonly database: string } {
  const { hostname, port, pathname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? hostname;
  return { host: port === '' ? host : `${host}:${port}`, database: pathname.slice(1) };
}
