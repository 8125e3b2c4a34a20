/** All records of a SQLite file as they are at one moment; the bot may go on writing. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LvlinError } from '../../model/errors.ts';
import { ROWS_PER_PAGE, type Snapshot, type Values, type WithSnapshot } from '../backup/snapshot.ts';
import type { TableShape } from '../backup/table-shape.ts';
import { kyselyOn } from '../connection.ts';
import { readKeyMark } from '../key-check.ts';
import { doneMigrations } from '../migrate.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { withSqliteFaults } from './sqlite-fault.ts';

export function sqliteSnapshot(file: string): WithSnapshot {
  return (work) =>
    withSqliteFaults(file, async () => {
      const connection = new SqliteConnection(file, { readonly: true });
      try {
        connection.database.exec('begin');
        return await work(await snapshotOn(connection, file));
      } finally {
        connection.close();
      }
    });
}

async function snapshotOn(connection: SqliteConnection, file: string): Promise<Snapshot> {
  const keyMark = await readKeyMark(kyselyOn(connection));
  if (keyMark === null) throw new LvlinError('database-broken', { file });
  const { database } = connection;
  return {
    migrations: await doneMigrations(kyselyOn<unknown>(connection)),
    keyMark,
    count: async ({ name }) => database.prepare<[], number>(`select count(*) from "${name}"`).pluck().get() ?? 0,
    pages: (table) => pagesOf(connection, table),
  };
}

async function* pagesOf({ database }: SqliteConnection, table: TableShape): AsyncIterable<Values[]> {
  const rows = database.prepare<[], Values>(selectInOrder(table)).raw().iterate();
  let page: Values[] = [];
  for (const row of rows) {
    page.push(row);
    if (page.length < ROWS_PER_PAGE) continue;
    yield page;
    page = [];
    await nextTurn();
  }
  yield page;
}

function selectInOrder({ name, columns, key }: TableShape): string {
  return `select ${columns.map(quoted).join(', ')} from ${quoted(name)} order by ${key.map(quoted).join(', ')}`;
}

function quoted(name: string): string {
  return `"${name}"`;
}
