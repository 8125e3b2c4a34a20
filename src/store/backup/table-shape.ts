/** What the tables look like after given migrations, the same on every database. */
import { kyselyOn } from '../connection.ts';
import { runMigrations } from '../migrate.ts';
import { SqliteConnection } from '../sqlite/sqlite-connection.ts';

export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
  readonly isText: ReadonlySet<string>;
  /** What its rows are ordered by in a backup: the primary key, or everything where there is none. */
  readonly key: readonly string[];
}

/** Asked of an empty database in memory, so that no list of tables can be forgotten and no stranger's table is touched. */
export async function tablesAfter(migrations: readonly string[]): Promise<TableShape[]> {
  const connection = new SqliteConnection(':memory:', { readonly: false });
  try {
    const db = kyselyOn<unknown>(connection);
    await runMigrations(db, { only: migrations });
    const tables = await db.introspection.getTables();
    return tables
      .filter(({ name }) => name !== 'migration')
      .map(({ name, columns }) => {
        const names = columns.map((column) => column.name);
        const key = connection.database
          .prepare<[string], string>('select name from pragma_table_info(?) where pk > 0 order by pk')
          .pluck()
          .all(name);
        const isText = new Set(columns.filter(({ dataType }) => dataType === 'text').map((column) => column.name));
        return { name, columns: names, isText, key: key.length > 0 ? key : names };
      });
  } finally {
    connection.close();
  }
}
