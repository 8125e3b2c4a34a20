/** All records of a PostgreSQL database as they are at one moment; the bots may go on writing. */
import type { Client } from 'pg';
import { LvlinError } from '../../model/errors.ts';
import { ROWS_PER_PAGE, type Snapshot, type Values, type WithSnapshot } from '../backup/snapshot.ts';
import type { TableShape } from '../backup/table-shape.ts';
import { kyselyOn } from '../connection.ts';
import { databaseName } from '../database-url.ts';
import { readKeyMark } from '../key-check.ts';
import { doneMigrations } from '../migrate.ts';
import { inTransaction, withClient } from './postgres-client.ts';
import { PostgresConnection } from './postgres-connection.ts';

export function postgresSnapshot(url: string): WithSnapshot {
  return (work) =>
    withClient(url, (client) =>
      inTransaction(client, async () => {
        await client.query('set transaction isolation level repeatable read, read only');
        return work(await snapshotOn(client, url));
      }),
    );
}

async function snapshotOn(client: Client, url: string): Promise<Snapshot> {
  const connection = new PostgresConnection(client);
  const keyMark = await readKeyMark(kyselyOn(connection));
  if (keyMark === null) throw new LvlinError('database-broken', { ...databaseName(url) });
  return {
    migrations: await doneMigrations(kyselyOn<unknown>(connection)),
    keyMark,
    count: async ({ name }) => {
      const { rows } = await client.query<{ count: number }>(`select count(*) as count from "${name}"`);
      return rows[0]?.count ?? 0;
    },
    pages: (table) => pagesOf(client, table),
  };
}

async function* pagesOf(client: Client, table: TableShape): AsyncIterable<Values[]> {
  await client.query(`declare page no scroll cursor for ${selectInOrder(table)}`);
  for (;;) {
    const { rows } = await client.query<Values[number][]>({
      text: `fetch ${ROWS_PER_PAGE} from page`,
      rowMode: 'array',
    });
    yield rows;
    if (rows.length < ROWS_PER_PAGE) break;
  }
  await client.query('close page');
}

// The server's collation may put letters in another order than SQLite does; by bytes both agree.
function selectInOrder({ name, columns, key, isText }: TableShape): string {
  const order = key.map((column) => (isText.has(column) ? `"${column}" collate "C"` : `"${column}"`));
  return `select ${columns.map((column) => `"${column}"`).join(', ')} from "${name}" order by ${order.join(', ')}`;
}
