/** Days and times as people type them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDay, readTime } from '../../src/admin/typed-when-rules.ts';

const TODAY = '2026-11-18';

describe('a day', () => {
  it.each([
    ['2026-11-21', '2026-11-21'],
    ['2026/11/21', '2026-11-21'],
    ['2026.1.5', '2026-01-05'],
    ['2026年11月21日', '2026-11-21'],
    ['20261121', '2026-11-21'],
    ['２０２６－１１－２１', '2026-11-21'],
    ['11月21日', '2026-11-21'],
    ['11-21', '2026-11-21'],
    [' 11 / 21 ', '2026-11-21'],
    ['11-17', '2026-11-17'],
    ['1月5日', '2027-01-05'],
    ['2-29', null],
    ['2026-02-30', null],
    ['2026111', null],
    ['21', null],
    ['明天', null],
    ['', null],
  ])('%s is %s', (typed, day) => {
    expect(readDay(typed, TODAY)).toBe(day);
  });

  it('is read back from its own spelling, whatever it is', () => {
    const days = fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10);
        expect(readDay(day, TODAY)).toBe(day);
        expect(readDay(day.replaceAll('-', '/'), TODAY)).toBe(day);
      }),
    );
  });
});

describe('a time', () => {
  it.each([
    ['09:30', '09:30'],
    ['9:30', '09:30'],
    ['9：30', '09:30'],
    ['9.30', '09:30'],
    ['9点30分', '09:30'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['09:30:00', '09:30'],
    ['9', '09:00'],
    ['9点', '09:00'],
    ['12', '12:00'],
    ['23:59', '23:59'],
    ['24:00', null],
    ['9:60', null],
    ['9点半', null],
    ['下午3点', null],
    ['', null],
  ])('%s is %s', (typed, time) => {
    expect(readTime(typed)).toBe(time);
  });
});

it('never breaks on whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      expect(readDay(typed, TODAY) ?? '2026-01-01').toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(readTime(typed) ?? '00:00').toMatch(/^\d\d:\d\d$/);
    }),
  );
});
