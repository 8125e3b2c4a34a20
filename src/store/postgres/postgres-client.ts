/** A connection outside the pool, for work that takes its time: upgrade, backup, restore. */
import { Client } from 'pg';
import { numbersAsNumbers } from './postgres-connection.ts';
import { ConnectionLost, postgresFault } from './postgres-fault.ts';

// Any number that no other program takes for its own: "lvlin" as bytes.
const UPGRADE_LOCK = 0x6c_76_6c_69_6e;
const CONNECT_WITHIN_MS = 5_000;

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    keepAlive: true,
    types: numbersAsNumbers,
  });
  let isLost = false;
  client.on('error', () => {
    isLost = true;
  });
  try {
    await client.connect().catch((cause: unknown) => {
      throw new ConnectionLost('there is no way to the server', { cause });
    });
    return await work(client);
  } catch (cause) {
    throw postgresFault(url, isLost ? new ConnectionLost('the connection broke', { cause }) : cause);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Of several processes one changes the tables and the others wait; the server gives the lock back when this one is gone. */
export async function withUpgradeLock<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  return withClient(url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [UPGRADE_LOCK]);
    return work(client);
  });
}

export async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const value = await work();
    await client.query('commit');
    return value;
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    throw cause;
  }
}
