/** One database connection, and Kysely bound to it. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { type CompiledOnce, compileOnce, type Parameter, type Prepared, queryWriter } from './prepared.ts';
import type { Schema } from './schema.ts';

export interface Connection {
  readonly dialect: 'sqlite' | 'postgres';
  execute<Row>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<Row>>;
  /** For a text that comes again and again: the database keeps it prepared, under `name` where it needs one. */
  prepared(sql: string, name: string): RunPrepared;
}

export type RunPrepared = <Row>(parameters: readonly Parameter[]) => Row[] | Promise<Row[]>;

/** Kysely that always speaks over this connection; whoever owns the connection begins and ends transactions. */
export function kyselyOn<Tables = Schema>(connection: Connection): Kysely<Tables> {
  const held: DatabaseConnection = {
    executeQuery: <Row>(query: CompiledQuery) => connection.execute<Row>(query.sql, query.parameters),
    streamQuery: () => {
      throw new Error('results are read in pages, not streamed');
    },
  };
  const nothing = async () => {};
  const driver = {
    init: nothing,
    acquireConnection: async () => held,
    beginTransaction: nothing,
    commitTransaction: nothing,
    rollbackTransaction: nothing,
    releaseConnection: nothing,
    destroy: nothing,
  };
  return new Kysely<Tables>({ dialect: { ...SPEECH[connection.dialect], createDriver: () => driver } });
}

const SPEECH: Record<Connection['dialect'], Omit<Dialect, 'createDriver'>> = {
  sqlite: {
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  },
  postgres: {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  },
};

/** Runs prepared queries on one connection, compiling each once. */
export class PreparedRunner {
  readonly db: Kysely<Schema>;
  readonly dialect: Connection['dialect'];
  #connection: Connection;
  #writer: Kysely<Schema>;
  #ready = new Map<unknown, Ready>();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.dialect = connection.dialect;
    this.db = kyselyOn(connection);
    this.#writer = queryWriter(connection.dialect);
  }

  run<P extends Record<string, Parameter>, Row>(query: Prepared<P, Row>, values: P): Row[] | Promise<Row[]> {
    const { bind, run } = this.#ready.get(query) ?? this.#makeReady(query);
    return run<Row>(bind(values));
  }

  #makeReady<P extends Record<string, Parameter>, Row>(query: Prepared<P, Row>): Ready {
    const { sql, bind } = compileOnce(query.build, this.#writer);
    const ready = { bind, run: this.#connection.prepared(sql, `lvlin_${this.#ready.size}`) };
    this.#ready.set(query, ready);
    return ready;
  }
}

interface Ready extends Pick<CompiledOnce, 'bind'> {
  readonly run: RunPrepared;
}
