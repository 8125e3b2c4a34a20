/**
 * Queries that every message needs, built by Kysely once and then only executed:
 * building one anew costs 15–25 µs, as much as running it.
 */
import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';
import type { Schema } from './schema.ts';

export type Parameter = string | number | null;

/** A place in the query that a value of this name takes when it runs. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

type Named<P> = <K extends keyof P & string>(name: K) => RawBuilder<P[K]>;

export interface Prepared<P, Row> {
  readonly build: (db: Kysely<Schema>) => Compilable<Row>;
  /** Never set: it carries the parameters' type. */
  readonly takes?: P;
}

export function prepare<P extends Record<string, Parameter>>(): <Row>(
  build: (db: Kysely<Schema>, value: Named<P>) => Compilable<Row>,
) => Prepared<P, Row> {
  return (build) => ({ build: (db) => build(db, (name) => sql`${new Slot(name)}`) });
}

export interface CompiledOnce {
  readonly sql: string;
  readonly bind: (values: Record<string, Parameter>) => Parameter[];
}

export function compileOnce<Row>(build: Prepared<never, Row>['build'], writer: Kysely<Schema>): CompiledOnce {
  const { sql: text, parameters } = build(writer).compile();
  const names = parameters.map(slotName);
  return { sql: text, bind: (values) => names.map((name) => given(values, name)) };
}

function slotName(parameter: unknown): string {
  if (parameter instanceof Slot) return parameter.name;
  throw new Error('a constant of a prepared query was not written into it');
}

function given(values: Record<string, Parameter>, name: string): Parameter {
  const value = values[name];
  if (value === undefined) throw new Error(`a prepared query misses the value ${name}`);
  return value;
}

/** Writes prepared queries down; it never runs one. */
export function queryWriter(dialect: 'sqlite' | 'postgres'): Kysely<Schema> {
  const createDriver = () => new DummyDriver();
  if (dialect === 'sqlite') {
    return new Kysely({
      dialect: {
        createDriver,
        createAdapter: () => new SqliteAdapter(),
        createQueryCompiler: () => new SqliteWriter(),
        createIntrospector: (db) => new SqliteIntrospector(db),
      },
    });
  }
  return new Kysely({
    dialect: {
      createDriver,
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresWriter(),
      createIntrospector: (db) => new PostgresIntrospector(db),
    },
  });
}

// Constants are written into the text: only then can both databases see that an index `where state = …` serves.

class SqliteWriter extends SqliteQueryCompiler {
  protected override appendValue(value: unknown): void {
    if (!(value instanceof Slot)) {
      this.appendImmediateValue(value);
      return;
    }
    super.appendValue(value);
    // SQLite looks at the value of `column = ?` when it plans a query, and plans anew whenever another is bound:
    // 10 to 15 µs for each join and each sorted list (sqlite3ExprIsInteger in its source, from 3.49 on).
    // Behind a collation it does not look; this one is that of every column.
    this.append(' collate binary');
  }
}

class PostgresWriter extends PostgresQueryCompiler {
  protected override appendValue(value: unknown): void {
    if (value instanceof Slot) super.appendValue(value);
    else this.appendImmediateValue(value);
  }
}
