import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchShifts, type Wanted } from '../../../src/features/volunteering/shift-match.ts';
import { localDate } from '../../../src/lib/zoned-time.ts';
import type { Shift } from '../../../src/model/activity.ts';

const shifts = [
  shift('清洁日', '小区清洁日捡垃圾', '2026-11-21T09:00:00+08:00'),
  shift('植树六', '南门义务植树', '2026-11-21T09:00:00+08:00'),
  shift('植树日', '南门义务植树', '2026-11-22T09:00:00+08:00'),
  shift('早班', '桶边督导早班', '2026-11-23T06:30:00+08:00'),
  shift('晚班', '桶边督导晚班', '2026-11-23T18:00:00+08:00'),
];

describe('which shift is meant', () => {
  test('an exact title finds every shift of it, the soonest first', () => {
    expect(found({ words: '南门义务植树' })).toEqual(['植树六', '植树日']);
  });

  test('a part of the title is enough', () => {
    expect(found({ words: '捡垃圾' })).toEqual(['清洁日']);
    expect(found({ words: '植树' })).toEqual(['植树六', '植树日']);
  });

  test('words around the title do not hide it', () => {
    expect(found({ words: '周六捡垃圾' })).toEqual(['清洁日']);
    expect(found({ words: '那个 督导 晚班' })).toEqual(['晚班']);
  });

  test('the closer of two titles is meant', () => {
    expect(found({ words: '督导早班' })).toEqual(['早班']);
    expect(found({ words: '督导' })).toEqual(['早班', '晚班']);
  });

  test('a date picks the day', () => {
    expect(found({ words: '植树', date: '2026-11-22' })).toEqual(['植树日']);
    expect(found({ date: '2026-11-21' })).toEqual(['清洁日', '植树六']);
  });

  test('the right words on another day are offered, not taken for granted', () => {
    const matched = match({ words: '植树', date: '2026-11-28' });
    expect(matched.fits).toEqual([]);
    expect(matched.otherDays.map(({ id }) => id)).toEqual(['植树六', '植树日']);
  });

  test('a day without anything finds nothing, and no other day is forced on anybody', () => {
    expect(match({ date: '2026-11-28' })).toEqual({ fits: [], otherDays: [] });
  });

  test('other words find nothing', () => {
    expect(found({ words: '八段锦' })).toEqual([]);
    expect(found({ words: '小区八段锦' })).toEqual([]);
    expect(found({ words: '树' })).toEqual([]);
    expect(found({ words: '！？' })).toEqual([]);
  });

  test('said without words or date, anything may be meant', () => {
    expect(found({})).toHaveLength(5);
  });

  test('whatever is said, only shifts that were given come back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (words) => {
        for (const one of match({ words }).fits) expect(shifts).toContain(one);
      }),
    );
  });
});

function match(wanted: Wanted) {
  return matchShifts(wanted, shifts, (instant) => localDate(instant));
}

function found(wanted: Wanted): string[] {
  return match(wanted).fits.map(({ id }) => id);
}

function shift(id: string, title: string, start: string): Shift {
  const startsAt = new Date(start);
  return {
    id,
    activityId: id,
    communityId: 'c',
    title,
    place: '南门',
    startsAt,
    endsAt: new Date(startsAt.getTime() + 7_200_000),
    capacity: null,
    taken: 0,
    waiting: 0,
    state: 'open',
    reminded: 'none',
  };
}
