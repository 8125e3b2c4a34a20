/** What is backed up comes back the same, on the same database or the other, and sends nothing by itself. */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newKey } from '../../src/lib/encryption.ts';
import { type ErrorCode, isLvlinError } from '../../src/model/errors.ts';
import { openStore } from '../../src/store/open-store.ts';
import { backUp, restore } from '../../src/store/portable-backup.ts';
import type { Store } from '../../src/store/store.ts';
import { Vault } from '../../src/store/vault.ts';
import { forEachStore, withPostgres } from '../support/for-each-store.ts';
import { foundCommunity, foundPerson, insertShift, NOW } from '../support/records.ts';
import { openTestStore, type TestStore } from '../support/test-store.ts';

const now = new Date(NOW + 1_000);
const LARGEST_PICTURE = 2_000_000;
const NAMES = ['\u2028line', '"quoted"', '𠮷', "o'brien", '\\n', 'Ünal', 'zhang', 'Zhang', '_x', '-x'];

async function fill(store: Store, vault: Vault): Promise<void> {
  await store.write(async (tx) => {
    await foundCommunity(tx, vault);
    for (const [index, name] of NAMES.entries()) await foundPerson(tx, `${name}${index}`, name, `1380000000${index}`);
    await insertShift(tx, { id: 's', capacity: 3 });
    // A building that stands before the compound it belongs to.
    const area = { community_id: 'c', name: '3', household_count: null, count_source: null, counted_on: null };
    await tx.db
      .insertInto('area')
      .values({ ...area, id: 'z', parent_id: null, kind: 'compound' })
      .execute();
    await tx.db
      .insertInto('area')
      .values({ ...area, id: 'a', parent_id: 'z', kind: 'building' })
      .execute();
    const chat = {
      community_id: 'c',
      channel: 'web',
      account: 'a',
      address: 'g',
      kind: 'group',
      state: 'active',
    } as const;
    await tx.db
      .insertInto('chat')
      .values({ ...chat, id: 'g', created_at: NOW })
      .execute();
    const message = {
      community_id: 'c',
      chat_id: 'g',
      text_key: 'k',
      body_sealed: 'x',
      tries: 0,
      urgent: 0,
      created_at: NOW,
    };
    for (const state of ['queued', 'sending', 'sent'] as const) {
      await tx.db
        .insertInto('outbox')
        .values({ ...message, id: state, kind: 'tip', state, run_at: NOW })
        .execute();
    }
    const bytes_base64 = Buffer.alloc(LARGEST_PICTURE, 7).toString('base64');
    await tx.db
      .insertInto('attachment')
      .values({ id: 'p', community_id: 'c', name: 'p.jpg', media_type: 'image/jpeg', bytes_base64, created_at: NOW })
      .execute();
    const notice = { id: 'n', community_id: 'c', text: 'x', urgent: 0, asks_receipt: 0, state: 'released' } as const;
    await tx.db
      .insertInto('notice')
      .values({ ...notice, picture_id: 'p', created_at: NOW })
      .execute();
    await tx.db
      .insertInto('recall_receipt')
      .values({ outbox_id: 'sent', community_id: 'c', receipt: '1,2', sent_at: NOW })
      .execute();
    const staff = {
      id: 'w',
      community_id: 'c',
      login: 'w',
      display_name: 'w',
      role: 'worker',
      created_at: NOW,
    } as const;
    await tx.db
      .insertInto('staff')
      .values({ ...staff, password_hash: 'x', password_is_initial: 0 })
      .execute();
    await tx.db.insertInto('staff_chat').values({ chat_id: 'g', staff_id: 'w', bound_at: NOW }).execute();
    await tx.db
      .insertInto('former_person')
      .values({ id: 'before', person_id: `${NAMES[0]}0` })
      .execute();
    const code = { id: 'k', community_id: 'c', code_hash: 'x', purpose: 'staff', staff_id: 'w' } as const;
    await tx.db
      .insertInto('binding_code')
      .values({ ...code, created_at: NOW, expires_at: NOW + 3_600_000 })
      .execute();
    await tx.db
      .insertInto('attempt')
      .values([
        { key: 'x', at: 2 },
        { key: 'x', at: 1 },
      ])
      .execute();
  });
}

const rowsOf = (file: string) => gunzipSync(readFileSync(file)).toString('utf8').split('\n').slice(1, -2);

function refused(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  return expect(work).rejects.toSatisfy((cause) => isLvlinError(cause, code));
}

forEachStore((open) => {
  let opened: TestStore;
  let file: string;
  beforeEach(async () => {
    opened = await open();
    file = join(opened.folder, 'one.lvlin-backup');
    await fill(opened.store, opened.vault);
  });
  afterEach(() => opened.close());

  const again = (replace: boolean, vault = opened.vault) => restore(opened.databaseUrl, file, { vault, now, replace });

  test('a backup is taken while the bot runs and says what is in it', async () => {
    const steps: number[] = [];
    const header = await backUp(opened.databaseUrl, file, { now, onProgress: ({ done }) => steps.push(done) });
    expect(header).toMatchObject({ createdAt: now.toISOString(), counts: { person: NAMES.length, community: 1 } });
    expect(steps.at(-1)).toBe(Object.values(header.counts).reduce((sum, count) => sum + count, 0));
  });

  test('no name and no number stands in it', async () => {
    await backUp(opened.databaseUrl, file, { now });
    const text = gunzipSync(readFileSync(file)).toString('utf8');
    expect(text).not.toContain('13800000');
    expect(text).not.toContain('o\'brien"');
  });

  test('what was bound stays bound, and a code that was on its way is good no more', async () => {
    await backUp(opened.databaseUrl, file, { now });
    await opened.store.close();
    await again(true);
    const store = await openStore(opened.databaseUrl, { vault: opened.vault, newId: () => '' });
    const [codes, chats, former] = await store.read(async ({ db }) => [
      await db.selectFrom('binding_code').select('id').execute(),
      await db.selectFrom('staff_chat').select('staff_id').execute(),
      await db.selectFrom('former_person').select('person_id').execute(),
    ]);
    expect([codes, chats, former]).toEqual([[], [{ staff_id: 'w' }], [{ person_id: `${NAMES[0]}0` }]]);
    await store.close();
  });

  test('what waited to be sent is held for a person, what was sent stays sent', async () => {
    await backUp(opened.databaseUrl, file, { now });
    await opened.store.close();
    await again(true);
    const store = await openStore(opened.databaseUrl, { vault: opened.vault, newId: () => '' });
    const rows = await store.read((tx) =>
      tx.db.selectFrom('outbox').select(['id', 'state', 'reason']).orderBy('id').execute(),
    );
    await store.close();
    expect(rows).toEqual([
      { id: 'queued', state: 'unknown', reason: 'restored' },
      { id: 'sending', state: 'unknown', reason: 'restored' },
      { id: 'sent', state: 'sent', reason: null },
    ]);
  });

  test('records that are there are replaced only on request', async () => {
    await backUp(opened.databaseUrl, file, { now });
    await opened.store.close();
    await refused(again(false), 'database-not-empty');
    await again(true);
  });

  test('a file that is cut short, changed or something else is refused, and the records stay', async () => {
    await backUp(opened.databaseUrl, file, { now });
    await opened.store.close();
    const before = join(opened.folder, 'before');
    await backUp(opened.databaseUrl, before, { now });
    const whole = readFileSync(file);

    truncateSync(file, whole.length - 20);
    await refused(again(true), 'file-broken');
    writeFileSync(
      file,
      gzipSync(gunzipSync(whole).toString('utf8').replace('"standing"', '"withdrawn"').replace('13', '14')),
    );
    await refused(again(true), 'file-broken');
    writeFileSync(file, 'not a backup');
    await refused(again(true), 'file-broken');

    const after = join(opened.folder, 'after');
    await backUp(opened.databaseUrl, after, { now });
    expect(rowsOf(after)).toEqual(rowsOf(before));
  });

  test('a backup made with another key is refused', async () => {
    await backUp(opened.databaseUrl, file, { now });
    await opened.store.close();
    await refused(again(true, new Vault(newKey())), 'key-wrong');
  });
});

describe('from one database to the other and back', () => {
  withPostgres((_, server) => {
    const folders: TestStore[] = [];
    afterAll(async () => {
      for (const opened of folders) await opened.close();
    });

    test('the records are the same, row by row', async () => {
      const opened = await openTestStore();
      folders.push(opened);
      const { vault, folder, store, databaseUrl: sqlite } = opened;
      await fill(store, vault);
      const path = (name: string) => join(folder, name);
      await backUp(sqlite, path('first'), { now });
      const postgres = await server().newDatabase();
      await restore(postgres, path('first'), { vault, now });
      await backUp(postgres, path('second'), { now });
      const back = `sqlite:${path('back.sqlite')}`;
      await restore(back, path('second'), { vault, now });
      await backUp(back, path('third'), { now });
      expect(rowsOf(path('third'))).toEqual(rowsOf(path('second')));
      // The move itself puts to rest what was on its way; nothing else differs.
      const differing = rowsOf(path('first')).filter((row) => !rowsOf(path('second')).includes(row));
      expect(differing.map((row) => JSON.parse(row)[0])).toEqual(['k', 'queued', 'sending']);
    });
  });
});
