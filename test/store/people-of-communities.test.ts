/** Databases of an earlier version: an address that led to one person leads to the same one, and to another elsewhere. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newKey } from '../../src/lib/encryption.ts';
import { insertPerson } from '../../src/store/chat-table.ts';
import { kyselyOn } from '../../src/store/connection.ts';
import { MIGRATIONS } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import { withClient } from '../../src/store/postgres/postgres-client.ts';
import { PostgresConnection } from '../../src/store/postgres/postgres-connection.ts';
import { preparePostgres } from '../../src/store/postgres/prepare-postgres.ts';
import { findPersonByAddress } from '../../src/store/sender-table.ts';
import { prepareSqlite } from '../../src/store/sqlite/prepare-sqlite.ts';
import { SqliteConnection } from '../../src/store/sqlite/sqlite-connection.ts';
import type { Store, Transaction } from '../../src/store/store.ts';
import { Vault } from '../../src/store/vault.ts';
import { withPostgres } from '../support/for-each-store.ts';
import { foundCommunity, NOW } from '../support/records.ts';
import { newFolder } from '../support/test-store.ts';

const STEP = '0012-people-of-communities';
const BEFORE = Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => name !== STEP));
const FROM = { channel: 'telegram', account: 'bot', address: '4711' } as const;
const vault = new Vault(newKey());

let folder: string;
beforeEach(() => {
  folder = newFolder();
});

type OldDb = ReturnType<typeof kyselyOn<OldSchema>>;

interface OldSchema {
  community: Record<string, string | number>;
  person: Record<string, string | number>;
  person_address: Record<string, string | number>;
}

async function fill(db: OldDb): Promise<void> {
  const place = { plan: 'changji-2021', locale: 'zh-CN', is_sample: 0, settings: '{}', created_at: NOW };
  const key = vault.newCommunityKey('c');
  await db
    .insertInto('community')
    .values({ ...place, id: 'c', name: 'c', wrapped_key: key })
    .execute();
  await db.insertInto('person').values({ id: 'lin', community_id: 'c', created_at: NOW }).execute();
  await db
    .insertInto('person_address')
    .values({ ...FROM, person_id: 'lin' })
    .execute();
}

async function expectUpgraded(store: Store): Promise<void> {
  const who = (community: string) => (tx: Transaction) => findPersonByAddress(tx, FROM, community);
  await store.write((tx) => foundCommunity(tx, vault, 'd'));
  expect((await store.read(who('c')))?.id).toBe('lin');
  expect(await store.read(who('d'))).toBeNull();
  const met = await store.write((tx) => insertPerson(tx, { communityId: 'd', from: FROM, now: new Date(NOW) }));
  expect((await store.read(who('d')))?.id).toBe(met.id);
  expect((await store.read(who('c')))?.id).toBe('lin');
  await expect(
    store.write((tx) => insertPerson(tx, { communityId: 'd', from: FROM, now: new Date(NOW) })),
  ).rejects.toThrow();
}

const open = (url: string) => openStore(url, { vault, newId: () => crypto.randomUUID(), backupFolder: folder });

test('a file of SQLite keeps its people', async () => {
  const file = join(folder, 'lvlin.sqlite');
  await prepareSqlite(file, { vault, steps: BEFORE });
  const connection = new SqliteConnection(file, { readonly: false });
  await fill(kyselyOn<OldSchema>(connection));
  connection.close();
  const store = await open(`sqlite:${file}`);
  await expectUpgraded(store);
  await store.close();
});

withPostgres((_, server) => {
  let store: Store | undefined;
  afterEach(() => store?.close());

  test('a database on PostgreSQL keeps its people', async () => {
    const url = await server().newDatabase();
    await preparePostgres(url, { vault, steps: BEFORE, backupFolder: folder });
    await withClient(url, (client) => fill(kyselyOn<OldSchema>(new PostgresConnection(client))));
    store = await open(url);
    await expectUpgraded(store);
  });
});
