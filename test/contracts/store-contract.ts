/** What every database under the store port must do; run on each by `store-contract.test.ts`. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newKey } from '../../src/lib/encryption.ts';
import { isLvlinError } from '../../src/model/errors.ts';
import { appendAudit, firstBrokenAudit, listAudit } from '../../src/store/audit-table.ts';
import { insertArea, listAreas } from '../../src/store/community-table.ts';
import { addToCounter, readCounters } from '../../src/store/counter-table.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store, Transaction } from '../../src/store/store.ts';
import { Vault } from '../../src/store/vault.ts';
import { foundCommunity, foundPerson, insertNotice, insertShift, NOW } from '../support/records.ts';
import type { OpenTestStore, TestStore } from '../support/test-store.ts';

export function storeContract(open: OpenTestStore): void {
  let opened: TestStore;
  let store: Store;
  beforeEach(async () => {
    opened = await open();
    store = opened.store;
    await store.write((tx) => foundCommunity(tx, opened.vault));
  });
  afterEach(() => opened.close());

  const count = (name: string) =>
    store.read(async (tx) => (await readCounters(tx, 'c', name)).find((counter) => counter.name === name)?.value ?? 0);
  const add = (name: string) => store.write((tx) => addToCounter(tx, 'c', '', name, 1));

  describe('writing', () => {
    test('what is written is there for everybody who reads', async () => {
      const area = await store.write((tx) =>
        insertArea(tx, { communityId: 'c', parentId: null, kind: 'building', name: '3', households: null }),
      );
      expect(await store.read((tx) => listAreas(tx, 'c'))).toEqual([area]);
    });

    test('times, counts and sums come back as numbers', async () => {
      await store.write((tx) => addToCounter(tx, 'c', '', 'big', Number.MAX_SAFE_INTEGER));
      const row = await store.read((tx) =>
        tx.db
          .selectFrom('counter')
          .select((eb) => ['value', eb.fn.countAll<number>().as('all'), eb.fn.sum<number>('value').as('sum')])
          .groupBy('value')
          .executeTakeFirstOrThrow(),
      );
      expect(row).toEqual({ value: Number.MAX_SAFE_INTEGER, all: 1, sum: Number.MAX_SAFE_INTEGER });
    });

    test('text comes back as it was typed', async () => {
      const name = '𠮷 é e\u0301 👨‍👩‍👧 \u202eabc\u2028 "quoted" \\ 100% _';
      await store.write((tx) =>
        insertArea(tx, { communityId: 'c', parentId: null, kind: 'building', name, households: null }),
      );
      expect((await store.read((tx) => listAreas(tx, 'c')))[0]?.name).toBe(name);
    });

    test('work that throws undoes itself alone, whatever is written beside it', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 60 }, (_, index) =>
          store.write(async (tx) => {
            await addToCounter(tx, 'c', '', 'kept', 1);
            if (index % 3 === 0) throw new Error(`refused ${index}`);
            return index;
          }),
        ),
      );
      expect(outcomes.filter((outcome) => outcome.status === 'rejected')).toHaveLength(20);
      expect(outcomes[0]).toMatchObject({ reason: new Error('refused 0') });
      expect(outcomes[1]).toEqual({ status: 'fulfilled', value: 1 });
      expect(await count('kept')).toBe(40);
    });

    test('work that throws while nothing else is written holds up nothing that comes later', async () => {
      await add('kept');
      // All that the write before it left to do has ended.
      for (let turn = 0; turn < 20; turn += 1) await nextTurn();
      await expect(store.write(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
      await add('kept');
      expect(await count('kept')).toBe(2);
    });

    test('a query that fails undoes the work it belongs to', async () => {
      const work = store.write(async (tx) => {
        await addToCounter(tx, 'c', '', 'half', 1);
        await tx.db.insertInto('meta').values({ key: 'key-check', value: 'again' }).execute();
      });
      await expect(work).rejects.toThrow();
      expect(await count('half')).toBe(0);
    });

    test('fifty writers on one count miss none', async () => {
      await Promise.all(Array.from({ length: 50 }, () => add('visits')));
      expect(await count('visits')).toBe(50);
    });

    test('two who wait for each other both get through', async () => {
      await Promise.all([add('a'), add('b')]);
      const inTurn = (first: string, second: string) =>
        store.write(async (tx) => {
          await addToCounter(tx, 'c', '', first, 1);
          await addToCounter(tx, 'c', '', second, 1);
        });
      await Promise.all(Array.from({ length: 6 }, (_, index) => (index % 2 ? inTurn('a', 'b') : inTurn('b', 'a'))));
      expect([await count('a'), await count('b')]).toEqual([7, 7]);
    });

    test('reading goes on while somebody writes', async () => {
      let read: number | undefined;
      await store.write(async (tx) => {
        await addToCounter(tx, 'c', '', 'slow', 1);
        read = await count('slow');
      });
      expect([read, await count('slow')]).toEqual([0, 1]);
    });

    test('reading cannot be used to write', async () => {
      await add('x');
      await expect(store.read((tx) => addToCounter(tx, 'c', '', 'x', 1))).rejects.toThrow();
      expect(await count('x')).toBe(1);
    });

    test('after closing nothing is taken any more, and what was asked before is kept', async () => {
      const last = add('last');
      const closing = store.close();
      await expect(last).resolves.toBeUndefined();
      await closing;
      await expect(add('late')).rejects.toThrow('closed');
    });

    test('ids grow in the order they are asked for', async () => {
      const ids = await store.write(async (tx) => Array.from({ length: 100 }, () => tx.newId()));
      expect([...ids].sort()).toEqual(ids);
      expect(new Set(ids).size).toBe(100);
    });
  });

  describe('rules that the tables themselves keep', () => {
    const refused = (work: (tx: Transaction) => Promise<unknown>) => expect(store.write(work)).rejects.toThrow();

    test('nothing belongs to a community that is not there', () =>
      refused((tx) => insertArea(tx, { communityId: 'x', parentId: null, kind: 'city', name: '1', households: null })));

    test('a shift never takes more than its capacity', async () => {
      await store.write((tx) => insertShift(tx, { id: 's', capacity: 1 }));
      const take = (tx: Transaction) =>
        tx.db.updateTable('shift').set({ taken: sql<number>`taken + 1` }).where('id', '=', 's').execute();
      await store.write(take);
      await refused(take);
    });

    test('a household has one pledge in a plan and period', async () => {
      const pledge = { household_id: 'h', plan: 'p', period: '2026', state: 'standing', habits: '[]' } as const;
      const insert = (tx: Transaction, id: string, period = '2026') =>
        tx.db
          .insertInto('pledge')
          .values({ ...pledge, id, period, community_id: 'c', made_at: NOW, changed_at: NOW })
          .execute();
      await store.write(async (tx) => {
        await tx.db
          .insertInto('household')
          .values({ id: 'h', community_id: 'c', building: '3', door_sealed: 'x', door_hash: 'h', created_at: NOW })
          .execute();
        await insert(tx, 'p1');
        await insert(tx, 'p2', '2027');
      });
      await refused((tx) => insert(tx, 'p3'));
    });

    test('a message of a platform has one row', async () => {
      const insert = (tx: Transaction) =>
        tx.db
          .insertInto('inbox')
          .values({ channel: 'web', account: 'a', message_id: '1', state: 'handled', tries: 1, received_at: NOW })
          .execute();
      await store.write(insert);
      await refused(insert);
    });

    test('an urgent notice has a reason, a risky activity is insured', async () => {
      await refused((tx) => insertNotice(tx, { urgent: 1, urgent_reason: null }));
      await store.write((tx) => insertNotice(tx, { urgent: 1, urgent_reason: 'a pipe burst' }));
      await refused((tx) => insertShift(tx, { id: 's', capacity: 1, risk: 'roof', insured: 0 }));
      await store.write((tx) => insertShift(tx, { id: 's', capacity: 1, risk: 'roof', insured: 1 }));
    });

    test('with a community everything that belongs to it goes', async () => {
      await store.write(async (tx) => {
        await foundPerson(tx, 'p');
        await insertShift(tx, { id: 's', capacity: 1 });
        await insertNotice(tx, { urgent: 0, urgent_reason: null });
        await addToCounter(tx, 'c', '', 'n', 1);
      });
      await store.write((tx) => tx.db.deleteFrom('community').where('id', '=', 'c').execute());
      for (const table of ['person', 'activity', 'shift', 'notice', 'counter', 'person_address'] as const) {
        const rows = await store.read((tx) => tx.db.selectFrom(table).selectAll().execute());
        expect(rows, table).toEqual([]);
      }
    });
  });

  describe('the audit list', () => {
    const entry = (action: string) => ({ communityId: 'c', staffId: null, action, at: new Date(NOW) });

    test('shows the newest first and is found whole', async () => {
      for (const action of ['one', 'two', 'three']) await store.write((tx) => appendAudit(tx, entry(action)));
      const list = await store.read((tx) => listAudit(tx, 'c', { limit: 2 }));
      expect(list.map(({ action }) => action)).toEqual(['three', 'two']);
      expect(await store.read((tx) => firstBrokenAudit(tx, 'c'))).toBeNull();
    });

    test('a reason can be read in the list, and by nobody who only has the file', async () => {
      const why = { ...entry('view'), reason: '王秀英要改电话 13812345678' };
      await store.write((tx) => appendAudit(tx, why));
      const [shown] = await store.read((tx) => listAudit(tx, 'c', { limit: 1 }));
      expect(shown?.reason).toBe('王秀英要改电话 138****5678');
      const [row] = await store.read(({ db }) => db.selectFrom('audit').selectAll().execute());
      expect(JSON.stringify(row)).not.toContain('王秀英');
      expect(await store.read((tx) => firstBrokenAudit(tx, 'c'))).toBeNull();
      await store.write(({ db }) => db.updateTable('audit').set({ reason_sealed: null }).execute());
      expect(await store.read((tx) => firstBrokenAudit(tx, 'c'))).toBe(shown?.id);
    });

    test('a changed or missing row is found', async () => {
      for (const action of ['one', 'two', 'three']) await store.write((tx) => appendAudit(tx, entry(action)));
      const [third, second] = await store.read((tx) => listAudit(tx, 'c', { limit: 2 }));
      await store.write((tx) =>
        tx.db
          .updateTable('audit')
          .set({ action: 'x' })
          .where('id', '=', second?.id ?? '')
          .execute(),
      );
      expect(await store.read((tx) => firstBrokenAudit(tx, 'c'))).toBe(second?.id);
      await store.write((tx) =>
        tx.db
          .deleteFrom('audit')
          .where('id', '=', second?.id ?? '')
          .execute(),
      );
      expect(await store.read((tx) => firstBrokenAudit(tx, 'c'))).toBe(third?.id);
    });

    test('entries made at the same moment stand in one line', async () => {
      await Promise.all(
        Array.from({ length: 8 }, (_, index) => store.write((tx) => appendAudit(tx, entry(`${index}`)))),
      );
      expect(await store.read((tx) => firstBrokenAudit(tx, 'c'))).toBeNull();
    });
  });

  test('another key is refused', async () => {
    await store.close();
    const opening = openStore(opened.databaseUrl, { vault: new Vault(newKey()), newId: () => '' });
    await expect(opening).rejects.toSatisfy((cause) => isLvlinError(cause, 'key-wrong'));
  });
}
