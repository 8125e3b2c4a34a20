/** The records for a moment, beside a running bot or without one: for looking, and for single small changes. */
import { existsSync, statSync } from 'node:fs';
import { LvlinError } from '../model/errors.ts';
import { type Connection, kyselyOn, PreparedRunner } from './connection.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { checkKey } from './key-check.ts';
import { pendingMigrations } from './migrate.ts';
import { SqliteConnection } from './sqlite/sqlite-connection.ts';
import { withSqliteFaults } from './sqlite/sqlite-fault.ts';
import type { Transaction } from './store.ts';
import { transactionOn } from './transaction.ts';
import type { Vault } from './vault.ts';

type Mode = 'look' | 'change';

export interface BesideOptions {
  readonly vault: Vault;
  readonly newId: () => string;
}

/** Nothing can be written in it. Throws `database-unreachable` where there are no records yet, `key-wrong`, `database-newer` … */
export function lookBeside<T>(
  databaseUrl: string,
  options: BesideOptions,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return inTransaction(databaseUrl, 'look', options, work);
}

/**
 * One transaction. On SQLite a running bot waits for it, so it must be short; what the bot holds in memory
 * (chats, settings of communities) must not be changed this way. Throws as `lookBeside` does.
 */
export function changeBeside<T>(
  databaseUrl: string,
  options: BesideOptions,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return inTransaction(databaseUrl, 'change', options, work);
}

/** Whether there are records at all: a file that was never written is no fault before the first start. */
export function isFresh(databaseUrl: string): boolean {
  return parseDatabaseUrl(databaseUrl).dialect === 'sqlite' && databaseBytes(databaseUrl) === 0;
}

/** How large the file is; 0 where there is none, on this machine. */
export function databaseBytes(databaseUrl: string): number {
  const database = parseDatabaseUrl(databaseUrl);
  return database.dialect === 'sqlite' && existsSync(database.file) ? statSync(database.file).size : 0;
}

/** The bare connection, read only, for those who examine the database itself. */
export function withLookingConnection<T>(
  databaseUrl: string,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  return withConnection(databaseUrl, 'look', work);
}

async function inTransaction<T>(
  databaseUrl: string,
  mode: Mode,
  { vault, newId }: BesideOptions,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  if (isFresh(databaseUrl)) throw new LvlinError('database-unreachable', placeOf(databaseUrl));
  return withConnection(databaseUrl, mode, async (connection) => {
    await pendingMigrations(kyselyOn<unknown>(connection));
    await checkKey(kyselyOn(connection), vault);
    return work(transactionOn(new PreparedRunner(connection), vault, newId));
  });
}

async function withConnection<T>(
  databaseUrl: string,
  mode: Mode,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const database = parseDatabaseUrl(databaseUrl);
  if (database.dialect === 'sqlite') return onSqlite(database.file, mode, work);
  const { withClient } = await import('./postgres/postgres-client.ts');
  const { PostgresConnection } = await import('./postgres/postgres-connection.ts');
  return withClient(database.url, async (client) => {
    await client.query(mode === 'look' ? 'begin isolation level repeatable read read only' : 'begin');
    // A fault ends the connection, and with it the transaction.
    const value = await work(new PostgresConnection(client));
    await client.query('commit');
    return value;
  });
}

function onSqlite<T>(file: string, mode: Mode, work: (connection: Connection) => Promise<T>): Promise<T> {
  return withSqliteFaults(file, async () => {
    const connection = new SqliteConnection(file, { readonly: mode === 'look' });
    try {
      connection.database.exec(mode === 'look' ? 'begin' : 'begin immediate');
      const value = await work(connection);
      connection.database.exec('commit');
      return value;
    } finally {
      connection.close();
    }
  });
}

function placeOf(databaseUrl: string): { file: string } {
  const database = parseDatabaseUrl(databaseUrl);
  return { file: database.dialect === 'sqlite' ? database.file : '' };
}
