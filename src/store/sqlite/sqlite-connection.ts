/** A better-sqlite3 connection with its prepared statements. */
import Database from 'better-sqlite3';
import type { QueryResult } from 'kysely';
import type { Connection } from '../connection.ts';

export class SqliteConnection implements Connection {
  readonly dialect = 'sqlite';
  readonly database: Database.Database;
  #statements = new Map<string, Database.Statement>();

  constructor(file: string, options: { readonly: boolean }) {
    this.database = new Database(file, { timeout: 5_000, readonly: options.readonly });
    for (const pragma of PRAGMAS) this.database.pragma(pragma);
  }

  async execute<Row>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<Row>> {
    const statement = this.#statement(sql);
    if (statement.reader) return { rows: rowsOf<Row>(statement, parameters) };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql);
    // Lists with many filters make many texts; the hot ones are few and come first.
    if (this.#statements.size < 1_000) this.#statements.set(sql, statement);
    return statement;
  }

  close(): void {
    this.database.close();
  }
}

const PRAGMAS = [
  'journal_mode = WAL',
  // FULL: an acknowledged record is on disk before anybody hears of it.
  'synchronous = FULL',
  'foreign_keys = ON',
  // The checkpoint has a thread of its own (checkpoint-worker.ts): its disk syncs would stop the event loop.
  'wal_autocheckpoint = 0',
  'cache_size = -16000',
  'temp_store = MEMORY',
  'trusted_schema = OFF',
];

function rowsOf<Row>(statement: Database.Statement, parameters: readonly unknown[]): Row[] {
  return (statement as Database.Statement<unknown[], Row>).all(...parameters);
}
