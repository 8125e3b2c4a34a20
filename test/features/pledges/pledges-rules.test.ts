import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doorKey, mergePlace, placeCell, sameDoor, settleDoor } from '../../../src/features/pledges/door-rules.ts';
import { applyChange, habitsMeant, menuOf } from '../../../src/features/pledges/pledges-rules.ts';
import { HABIT_CATEGORIES } from '../../../src/model/habit.ts';
import { readHabitBook } from './habit-book.ts';

const book = await readHabitBook();

describe('habits', () => {
  test('the menu offers nine, those of the season among them', () => {
    const summer = menuOf(book.habits, '2026-07-01');
    expect(summer).toHaveLength(9);
    expect(summer).toContain('ac-26');
    expect(menuOf(book.habits, '2026-12-01')).toContain('heat-20');
    expect(menuOf(book.habits, '2026-10-01')).toEqual([
      'clean-plate',
      'tap-off',
      'sort',
      'lights-off',
      'own-bag',
      'walk-or-cycle',
      'own-cup',
      'both-sides',
      'donate',
    ]);
  });

  test('every category stands for one habit that can be kept all year', () => {
    for (const category of HABIT_CATEGORIES) {
      const [habit] = habitsMeant(book, { topics: [category] });
      expect(book.habits.find(({ id }) => id === habit)).toMatchObject({ category, season: 'all' });
    }
  });

  test('a category adds nothing where one of its habits was named, and goes by its name too', () => {
    expect(habitsMeant(book, { habits: ['short-shower'], topics: ['save-water'] })).toEqual(['short-shower']);
    expect(habitsMeant(book, { topics: ['节水'] })).toEqual(['tap-off']);
    expect(habitsMeant(book, { habits: ['no-such-habit'] })).toEqual([]);
  });

  test('a change takes away, adds, and keeps each habit once', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...book.habits.map(({ id }) => id)), { maxLength: 8 });
    fc.assert(
      fc.property(ids, ids, ids, (before, add, remove) => {
        const after = applyChange(before, { add, remove });
        expect(new Set(after).size).toBe(after.length);
        for (const id of add) expect(after).toContain(id);
        for (const id of remove) expect(after.includes(id)).toBe(add.includes(id));
      }),
    );
  });
});

describe('doors', () => {
  const sun = { id: 'c1', name: '阳光花园' };
  const luck = { id: 'c2', name: '幸福里' };
  const none = { compounds: [], buildings: [] };

  test('the only compound is meant whether it is said or not', () => {
    const known = { compounds: [sun], buildings: [{ id: 'b3', compoundId: 'c1' }] };
    const said = settleDoor({ compound: '阳光花园', building: '3', room: '501' }, known);
    expect(settleDoor({ building: '3', room: '501' }, known)).toEqual(said);
    expect(said).toMatchObject({ ok: true, areaId: 'b3', door: { compound: '阳光花园' } });
  });

  test('a building that stands in one compound only needs no compound', () => {
    const known = { compounds: [sun, luck], buildings: [{ id: 'b7', compoundId: 'c2' }] };
    expect(settleDoor({ building: '7', room: '1' }, known)).toMatchObject({ ok: true, door: { compound: '幸福里' } });
  });

  test('a number that stands in two compounds is asked back', () => {
    const known = {
      compounds: [sun, luck],
      buildings: [
        { id: 'a', compoundId: 'c1' },
        { id: 'b', compoundId: 'c2' },
      ],
    };
    expect(settleDoor({ building: '6' }, known)).toEqual({
      ok: false,
      why: 'which-compound',
      compounds: ['阳光花园', '幸福里'],
    });
    expect(settleDoor({ compound: '幸福里', building: '6' }, known)).toMatchObject({ ok: true, areaId: 'b' });
  });

  test('a compound nobody has entered is taken as said', () => {
    const known = { compounds: [sun], buildings: [{ id: 'b3', compoundId: 'c1' }] };
    const settled = settleDoor({ compound: '新村', building: '3', room: '1' }, known);
    expect(settled).toMatchObject({ ok: true, areaId: null, door: { compound: '新村' } });
    expect(settleDoor({ compound: '新村', building: '3' }, none)).toMatchObject({ door: { compound: '新村' } });
  });

  test('a door has one key, a building without a room has one per teller', () => {
    const door = { building: '3', unit: '2', room: '501' };
    expect(doorKey(door, 'lin')).toBe(doorKey({ ...door }, 'wang'));
    expect(doorKey({ building: '3a', room: '１' }, 'lin')).toBe(doorKey({ building: '3A', room: '1' }, 'wang'));
    expect(doorKey({ building: '3' }, 'lin')).not.toBe(doorKey({ building: '3' }, 'wang'));
    expect(doorKey({ building: '3', unit: '2', room: '1' }, '')).not.toBe(doorKey({ building: '3', room: '21' }, ''));
  });

  test('another building alone keeps the room, another door keeps nothing but the compound', () => {
    const before = { compound: '阳光花园', building: '3', unit: '2', room: '501' };
    expect(mergePlace(before, { building: '5' })).toEqual({ ...before, building: '5' });
    expect(mergePlace(before, { building: '5', room: '101' })).toEqual({
      compound: '阳光花园',
      building: '5',
      room: '101',
    });
    expect(mergePlace(before, { room: '502' })).toEqual({ ...before, room: '502' });
    expect(sameDoor(before, { building: '3', unit: '2', room: '501' })).toBe(true);
    expect(sameDoor(before, { building: '3', room: '501' })).toBe(false);
  });

  test('cells of a sheet are read without their words', () => {
    expect(['3', '3栋', '3号楼', '３ 幢', ' 12a座'].map(placeCell)).toEqual(['3', '3', '3', '3', '12A']);
    expect(['501室', '东户', ''].map(placeCell)).toEqual(['501', '东户', undefined]);
  });
});
