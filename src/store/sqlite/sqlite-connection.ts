/** A better-sqlite3 connection with its prepared statements. */
import Database from 'better-sqlite3';
import type { QueryResult } from 'kysely';
import type { Connection, RunPrepared } from '../connection.ts';

export interface SqliteConnectionOptions {
  readonly readonly: boolean;
  /** `by-us`: whoever owns the connection syncs the log after each commit (wal-sync.ts). */
  readonly synced?: 'by-sqlite' | 'by-us';
}

export class SqliteConnection implements Connection {
  readonly dialect = 'sqlite';
  readonly database: Database.Database;
  #statements = new Map<string, Database.Statement>();

  constructor(file: string, { readonly, synced = 'by-sqlite' }: SqliteConnectionOptions) {
    this.database = new Database(file, { timeout: 5_000, readonly });
    // A file that is only read stays as it is, byte for byte.
    if (!readonly) this.database.pragma('journal_mode = WAL');
    // FULL: a commit is on disk when it returns. NORMAL writes the same bytes in the same order and leaves that one sync to us.
    this.database.pragma(`synchronous = ${synced === 'by-us' ? 'NORMAL' : 'FULL'}`);
    for (const pragma of PRAGMAS) this.database.pragma(pragma);
  }

  async execute<Row>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<Row>> {
    const statement = this.#statement(sql);
    if (statement.reader) return { rows: allRows<Row>(statement, parameters) };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  prepared(sql: string): RunPrepared {
    const statement = this.#statement(sql);
    if (statement.reader) return (parameters) => allRows(statement, parameters);
    return (parameters) => {
      statement.run(...parameters);
      return [];
    };
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
  'foreign_keys = ON',
  // The checkpoint has a thread of its own (checkpoint-worker.ts): its disk syncs would stop the event loop.
  'wal_autocheckpoint = 0',
  'cache_size = -8000',
  'temp_store = MEMORY',
  'trusted_schema = OFF',
];

function allRows<Row>(statement: Database.Statement, parameters: readonly unknown[]): Row[] {
  return (statement as Database.Statement<unknown[], Row>).all(...parameters);
}
