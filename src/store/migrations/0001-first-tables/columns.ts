/** The words that the first tables are written in. */
import type { CreateTableBuilder, Kysely, RawBuilder, SqlBool } from 'kysely';

// Migrations know the tables as they were on their day, so they are not tied to the schema of today.
export type Db = Kysely<unknown>;

type Column = Parameters<Parameters<CreateTableBuilder<string>['addColumn']>[2] & {}>[0];

export function table(db: Db, name: string): CreateTableBuilder<string> {
  return db.schema.createTable(name);
}

export function primary(column: Column): Column {
  return column.primaryKey().notNull();
}

export function required(column: Column): Column {
  return column.notNull();
}

export async function index(db: Db, name: string, columns: string[], where?: RawBuilder<SqlBool>): Promise<void> {
  const suffix = where === undefined ? columns.join('_') : `${columns.join('_')}_some`;
  const builder = db.schema.createIndex(`${name}_${suffix}`).on(name).columns(columns);
  await (where === undefined ? builder : builder.where(where)).execute();
}
