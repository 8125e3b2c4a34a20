/** What was put aside can be taken up again, unless it was answered or is asked anew; on every database. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CommunitySettings } from '../../src/model/community.ts';
import { insertCommunity } from '../../src/store/community-table.ts';
import { insertTask, listOpenTasks, reopenTask, settleTask } from '../../src/store/task-table.ts';
import { forEachStore } from '../support/for-each-store.ts';
import type { TestStore } from '../support/test-store.ts';

const NOW = new Date('2026-11-18T09:00:00+08:00');

forEachStore((open) => {
  let opened: TestStore;

  beforeEach(async () => {
    opened = await open();
    const community = { name: 'c', plan: 'p', locale: 'zh-CN', isSample: false, settings: CommunitySettings.parse({}) };
    await opened.store.write((tx) =>
      insertCommunity(tx, { ...community, id: 'c', wrappedKey: opened.vault.newCommunityKey('c'), now: NOW }),
    );
  });
  afterEach(() => opened.close());

  const ask = (subjectId?: string) =>
    opened.store.write((tx) =>
      insertTask(tx, {
        communityId: 'c',
        kind: 'issue',
        text: 't',
        ...(subjectId === undefined ? {} : { subjectId }),
        now: NOW,
      }),
    );
  const settle = (id: string, answer: string | null) =>
    opened.store.write((tx) => settleTask(tx, { id, communityId: 'c' }, { answer, by: 's', now: NOW }));
  const reopen = (id: string, communityId = 'c') => opened.store.write((tx) => reopenTask(tx, communityId, id));
  const listed = async () => (await opened.store.read((tx) => listOpenTasks(tx, 'c', 9))).map(({ id }) => id);

  it('comes back once, and only to its own community', async () => {
    const id = await ask();
    await settle(id, null);
    expect(await reopen(id, 'other')).toBe(false);
    expect(await reopen(id)).toBe(true);
    expect(await reopen(id)).toBe(false);
    expect(await listed()).toEqual([id]);
  });

  it('stays settled where it was answered', async () => {
    const id = await ask('x');
    await settle(id, 'an answer');
    expect(await reopen(id)).toBe(false);
  });

  it('stays settled where the same is open again', async () => {
    const id = await ask('x');
    await settle(id, null);
    const anew = await ask('x');
    expect(await reopen(id)).toBe(false);
    expect(await listed()).toEqual([anew]);
  });
});
