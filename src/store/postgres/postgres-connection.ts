/** Kysely's way onto a PostgreSQL connection. */
import type { QueryResult } from 'kysely';
import { type ClientBase, types } from 'pg';
import type { Connection, RunPrepared } from '../connection.ts';
import type { Parameter } from '../prepared.ts';
import { ConnectionLost, isSessionEnd } from './postgres-fault.ts';

export class PostgresConnection implements Connection {
  readonly dialect = 'postgres';
  #client: ClientBase;

  constructor(client: ClientBase) {
    this.#client = client;
  }

  async execute<Row>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<Row>> {
    const { rows, command, rowCount } = await named(this.#client.query<Row & object>(sql, [...parameters]));
    if (!CHANGING.has(command)) return { rows };
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) };
  }

  prepared(sql: string, name: string): RunPrepared {
    return async <Row>(parameters: readonly Parameter[]) => {
      const { rows } = await named(this.#client.query<Row & object>({ text: sql, values: [...parameters], name }));
      return rows;
    };
  }
}

/** Whoever asked must be able to tell a broken line, after which all is tried again, from a mistake of their own. */
async function named<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw isSessionEnd(cause) ? new ConnectionLost('the connection broke', { cause }) : cause;
  }
}

const CHANGING: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE']);

// https://www.postgresql.org/docs/current/catalog-pg-type.html: int8 holds our times and counts, numeric the sum of them.
const INT8 = 20;
const NUMERIC = 1700;

/** Numbers come as numbers, as they do from SQLite: ours stay below 2^53. */
export const numbersAsNumbers = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    format !== 'binary' && (oid === INT8 || oid === NUMERIC) ? Number : types.getTypeParser(oid, format),
};
