/** Takes a backup into a PostgreSQL database: whole or not at all. */
import type { Client } from 'pg';
import { LvlinError } from '../../model/errors.ts';
import type { TakeBackup } from '../backup/take-backup.ts';
import { kyselyOn } from '../connection.ts';
import { inTransaction, withUpgradeLock } from './postgres-client.ts';
import { PostgresConnection } from './postgres-connection.ts';

export function restoreIntoPostgres(url: string, file: string, take: TakeBackup): Promise<void> {
  return withUpgradeLock(url, (client) =>
    inTransaction(client, async () => {
      const connection = new PostgresConnection(client);
      await take(connection, {
        drop: async (tables) => {
          const { schema } = kyselyOn<unknown>(connection);
          for (const table of tables) await schema.dropTable(table).ifExists().cascade().execute();
        },
        deferForeignKeys: () => setForeignKeys(client, 'deferrable initially deferred'),
      });
      await checkForeignKeys(client, file);
      await setForeignKeys(client, 'not deferrable');
    }),
  );
}

async function setForeignKeys(client: Client, how: 'deferrable initially deferred' | 'not deferrable'): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `select format('alter table %s alter constraint %I ${how}', conrelid::regclass, conname) as statement
     from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`,
  );
  for (const { statement } of rows) await client.query(statement);
}

async function checkForeignKeys(client: Client, file: string): Promise<void> {
  try {
    await client.query('set constraints all immediate');
  } catch (cause) {
    throw new LvlinError('file-broken', { file }, { cause });
  }
}
