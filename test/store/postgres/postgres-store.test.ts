/** What is special to PostgreSQL: connections that break, transactions in each other's way, a server that is not there. */

import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ErrorCode, isLvlinError } from '../../../src/model/errors.ts';
import { verifyBackup } from '../../../src/store/backup/backup-file.ts';
import { addToCounter, readCounters } from '../../../src/store/counter-table.ts';
import { MIGRATIONS } from '../../../src/store/migrate.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { preparePostgres } from '../../../src/store/postgres/prepare-postgres.ts';
import { withPostgres } from '../../support/for-each-store.ts';
import { foundCommunity } from '../../support/records.ts';
import type { TestStore } from '../../support/test-store.ts';

withPostgres((open, server) => {
  let opened: TestStore;
  beforeEach(async () => {
    opened = await open();
    await opened.store.write((tx) => foundCommunity(tx, opened.vault));
  });
  afterEach(() => opened.close());

  const add = (name: string) => opened.store.write((tx) => addToCounter(tx, 'c', '', name, 1));
  const counts = async () =>
    Object.fromEntries(
      (await opened.store.read((tx) => readCounters(tx, 'c', ''))).map(({ name, value }) => [name, value]),
    );
  const refused = (work: Promise<unknown>, code: ErrorCode) =>
    expect(work).rejects.toSatisfy((cause) => isLvlinError(cause, code));

  /** Ends the session in whose transaction it is called, as a server does that goes down. */
  const cutOff = sql`select pg_terminate_backend(pg_backend_pid())`;

  test('work whose connection broke before the commit runs again', async () => {
    let runs = 0;
    await opened.store.write(async (tx) => {
      runs += 1;
      await addToCounter(tx, 'c', '', 'n', 1);
      if (runs === 1) await cutOff.execute(tx.db);
    });
    expect([runs, await counts()]).toEqual([2, { n: 1 }]);
  });

  test('work that another transaction stood in the way of runs again', async () => {
    let runs = 0;
    await opened.store.write(async (tx) => {
      runs += 1;
      await addToCounter(tx, 'c', '', 'n', 1);
      if (runs < 5) await sql`do $$ begin raise exception using errcode = '40P01'; end $$`.execute(tx.db);
    });
    expect([runs, await counts()]).toEqual([5, { n: 1 }]);
  });

  test('a conflict that does not end is told', async () => {
    const conflict = sql`do $$ begin raise exception using errcode = '40001'; end $$`;
    await refused(
      opened.store.write((tx) => conflict.execute(tx.db)),
      'database-locked',
    );
  });

  test('work that goes on after a failed query is not taken for done', async () => {
    const work = opened.store.write(async (tx) => {
      await addToCounter(tx, 'c', '', 'n', 1);
      await sql`select 1 / 0`.execute(tx.db).catch(() => undefined);
    });
    await expect(work).rejects.toThrow();
    expect(await counts()).toEqual({});
  });

  test('a full disk and a broken table are told by their names', async () => {
    const fail = (state: string) => sql`do $$ begin raise exception using errcode = ${sql.lit(state)}; end $$`;
    await refused(
      opened.store.write((tx) => fail('53100').execute(tx.db)),
      'disk-full',
    );
    await refused(
      opened.store.write((tx) => fail('XX001').execute(tx.db)),
      'database-broken',
    );
  });

  test('a server that is not there is told with its place, never with the password', async () => {
    const opening = openStore('postgres://me:secret@127.0.0.1:1/records', { vault: opened.vault, newId: () => '' });
    const fault = await opening.catch((cause: unknown) => cause);
    expect(fault).toMatchObject({
      code: 'database-unreachable',
      details: { host: '127.0.0.1:1', database: 'records' },
    });
    expect(JSON.stringify(fault)).not.toContain('secret');
  });

  test('more work than connections waits its turn', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, index) => add(`n${index % 20}`)));
    expect(Object.values(await counts())).toEqual(Array.from({ length: 20 }, () => 10));
  });

  test('several that start together on an empty database make the tables once', async () => {
    const url = await server().newDatabase();
    const options = { vault: opened.vault, newId: () => '' };
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(url, options)));
    await Promise.all(stores.map((store) => store.close()));
  });

  test('before an upgrade a backup is left, and a later version is refused', async () => {
    const steps = { ...MIGRATIONS, '9000-next': { up: async () => {} } };
    const { databaseUrl, vault, folder } = opened;
    await refused(preparePostgres(databaseUrl, { vault, steps }), 'backup-failed');
    await preparePostgres(databaseUrl, { vault, steps, backupFolder: folder });
    expect((await verifyBackup(join(folder, 'before-9000-next.lvlin-backup'))).counts.community).toBe(1);
    await refused(openStore(databaseUrl, { vault, newId: () => '' }), 'database-newer');
  });
});
