import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  findShift,
  listShiftsFrom,
  markReminded,
  moveCounts,
  openActivityTitles,
  setShiftState,
} from '../../src/store/activity-table.ts';
import { COMMUNITY_ID, foundVillage, NOW, SATURDAY, type Village } from '../features/volunteering/village.ts';
import { forEachStore } from '../support/for-each-store.ts';

let village: Village;

forEachStore((open) => {
  beforeAll(async () => {
    village = await foundVillage(open);
  });
  afterAll(() => village.close());

  test('places are counted up to the capacity and not beyond', async () => {
    const { id } = await village.activity({ capacity: 3 });
    const add = (taken: number) => village.store.write((tx) => moveCounts(tx, id, { taken, waiting: 0 }));
    expect(await add(2)).toBe(true);
    expect(await add(2)).toBe(false);
    expect(await add(1)).toBe(true);
    expect(await village.shift(id)).toMatchObject({ taken: 3, waiting: 0 });
  });

  test('counts never fall below nothing', async () => {
    const { id } = await village.activity({ capacity: 3 });
    await expect(village.store.write((tx) => moveCounts(tx, id, { taken: -1, waiting: 0 }))).rejects.toThrow();
    expect(await village.shift(id)).toMatchObject({ taken: 0 });
  });

  test('without a limit as many come as want to', async () => {
    const { id } = await village.activity({ capacity: null });
    expect(await village.store.write((tx) => moveCounts(tx, id, { taken: 5_000, waiting: 0 }))).toBe(true);
  });

  test('a shift is seen only by its own community', async () => {
    const { id } = await village.activity();
    expect(await village.store.read((tx) => findShift(tx, 'another', id))).toBeNull();
  });

  test('a reminder stage is passed once, whoever asks at the same time', async () => {
    const shift = await village.activity();
    const marks = await Promise.all(
      [1, 2, 3].map(() => village.store.write((tx) => markReminded(tx, shift, 'day-before'))),
    );
    expect(marks.filter(Boolean)).toHaveLength(1);
    expect((await village.shift(shift.id)).reminded).toBe('day-before');
  });

  test('the titles of what is open come once each, without what is over or called off', async () => {
    const shift = await village.activity({ title: '两场的活动', shifts: [{ ...SATURDAY, capacity: 1 }] });
    await village.activity({ title: '两场的活动' });
    const off = await village.activity({ title: '不办的活动' });
    await village.store.write((tx) => setShiftState(tx, off.id, 'cancelled'));
    const titles = await village.store.read((tx) => openActivityTitles(tx, COMMUNITY_ID, NOW));
    expect(titles.filter((title) => title === shift.title)).toHaveLength(1);
    expect(titles).not.toContain('不办的活动');
    expect(await village.store.read((tx) => openActivityTitles(tx, COMMUNITY_ID, SATURDAY.startsAt))).toEqual([]);
  });

  test('shifts come in the order they begin', async () => {
    const shifts = await village.store.read((tx) => listShiftsFrom(tx, COMMUNITY_ID, NOW, 100));
    const starts = shifts.map(({ startsAt }) => startsAt.getTime());
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(shifts.length).toBeGreaterThan(5);
  });
});
