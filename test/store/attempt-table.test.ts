/** Tries are counted right also where they are made all at once, on every database. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deleteAttemptsBefore, forgetAttemptAt, forgetAttempts, takeAttempt } from '../../src/store/attempt-table.ts';
import { forEachStore } from '../support/for-each-store.ts';
import type { TestStore } from '../support/test-store.ts';

const NOW = new Date('2026-11-18T09:00:00+08:00');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const ACCOUNT = { key: 'account', most: 5, withinMs: 60_000 };
const PLACE = { key: 'place', most: 7, withinMs: 600_000 };

forEachStore((open) => {
  let opened: TestStore;

  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  const take = (limits = [ACCOUNT], at = NOW) => opened.store.write((tx) => takeAttempt(tx, limits, at));

  it('lets through as many as are allowed of those who come at the same moment', async () => {
    const results = await Promise.all(Array.from({ length: 40 }, () => take()));
    expect(results.filter((isAllowed) => isAllowed)).toHaveLength(5);
  });

  it('allows again when the time is over', async () => {
    for (let n = 0; n < 5; n += 1) await take();
    expect(await take([ACCOUNT], later(59_999))).toBe(false);
    expect(await take([ACCOUNT], later(60_000))).toBe(true);
  });

  it('books nothing under the other limits where one is used up', async () => {
    for (let n = 0; n < 5; n += 1) await take([ACCOUNT, PLACE]);
    for (let n = 0; n < 9; n += 1) expect(await take([ACCOUNT, PLACE])).toBe(false);
    expect(await take([PLACE])).toBe(true);
    expect(await take([PLACE])).toBe(true);
    expect(await take([PLACE])).toBe(false);
  });

  it('forgets what was no failure and what is long ago', async () => {
    for (let n = 0; n < 5; n += 1) await take([ACCOUNT], later(n));
    await opened.store.write((tx) => forgetAttemptAt(tx, 'account', later(4)));
    expect(await take([ACCOUNT], later(4))).toBe(true);
    expect(await take([ACCOUNT], later(5))).toBe(false);
    await opened.store.write((tx) => deleteAttemptsBefore(tx, later(2)));
    expect(await take([ACCOUNT], later(5))).toBe(true);
    await opened.store.write((tx) => forgetAttempts(tx, ['account']));
    expect(await Promise.all([1, 2, 3, 4, 5].map(() => take([ACCOUNT], later(6))))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });
});
