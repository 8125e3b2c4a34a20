/** Runs cases on every database that the records may be kept in. */
import { afterAll, beforeAll, describe } from 'vitest';
import { newKey } from '../../src/lib/encryption.ts';
import { openStore } from '../../src/store/open-store.ts';
import { Vault } from '../../src/store/vault.ts';
import { type PostgresServer, startPostgresServer } from './postgres-server.ts';
import { newFolder, type OpenTestStore, openTestStore, openTestStoreAt } from './test-store.ts';

export const STORES = ['sqlite', 'postgres'] as const;

/** Runs the same cases on SQLite and on a real PostgreSQL, which is started once for the file. */
export function forEachStore(cases: (open: OpenTestStore, dialect: (typeof STORES)[number]) => void): void {
  describe.each(STORES)('on %s', (dialect) => {
    if (dialect === 'sqlite') cases(openTestStore, dialect);
    else withPostgres((open) => cases(open, dialect));
  });
}

/** The last argument gives the server itself, once the cases run. */
export function withPostgres(cases: (open: OpenTestStore, server: () => PostgresServer) => void): void {
  const vault = new Vault(newKey());
  let server: PostgresServer | undefined;
  let template = '';

  function started(): PostgresServer {
    if (server === undefined) throw new Error('the server starts before the first case');
    return server;
  }

  beforeAll(async () => {
    server = await startPostgresServer({ syncs: false });
    // A copy of finished tables is quicker than making them for every case.
    template = await server.newDatabase();
    const store = await openStore(template, { vault, newId: () => '' });
    await store.close();
  });
  afterAll(() => server?.stop());

  cases(async () => openTestStoreAt(await started().newDatabase(template), newFolder(), vault), started);
}
