import { beforeAll, describe, expect, test } from 'vitest';
import { dayNumberOf, isoDate } from '../../src/content/calendar-rules.ts';
import type { Content } from '../../src/content/content.ts';
import { chooseTip, daysNear, seasonOf } from '../../src/content/tip-choice.ts';
import type { SentTip, Tip } from '../../src/model/tip.ts';
import { loadRealContent } from './real-content.ts';

let content: Content;
beforeAll(async () => {
  content = await loadRealContent();
});

function tip(id: string, more: Partial<Tip> = {}): Tip {
  return {
    id,
    category: 'learn',
    season: 'all',
    regions: [],
    text: id,
    source: { name: 'x', url: '', kind: 'common' },
    checkedOn: '2026-11-20',
    status: 'sure',
    ...more,
  };
}

function choose(tips: readonly Tip[], today: string, more: { region?: string; sent?: readonly SentTip[] } = {}) {
  const { region = 'xinjiang', sent = [] } = more;
  return chooseTip({ tips, today, region, sent, calendar: content.calendar, announced: [] })?.id ?? null;
}

describe('the next tip', () => {
  test('is one for a day of the calendar from three days before it to its end, and at no other time', () => {
    const tips = [tip('plain'), tip('car', { eventId: 'car-free' })];
    expect(choose(tips, '2026-09-18')).toBe('plain');
    for (const day of ['2026-09-19', '2026-09-22']) expect(choose(tips, day)).toBe('car');
    expect(choose(tips, '2026-09-23')).toBe('plain');
    expect(choose([tip('car', { eventId: 'car-free' })], '2026-05-01')).toBeNull();
  });

  test('is for the single day where a whole month is on as well', () => {
    const tips = [tip('month', { eventId: 'green-travel-month' }), tip('car', { eventId: 'car-free' })];
    expect(choose(tips, '2026-09-21')).toBe('car');
    expect(choose(tips, '2026-09-21', { sent: [{ tipId: 'car', on: '2026-09-19' }] })).toBe('month');
  });

  test('is not for a day whose date nobody has announced or verified', () => {
    expect(choose([tip('energy', { eventId: 'energy-week' })], '2027-06-15')).toBeNull();
    expect(choose([tip('birds', { eventId: 'bird-week' })], '2027-04-10')).toBeNull();
  });

  test('is of the season before one for any time, and never of another season', () => {
    const tips = [tip('any'), tip('hot', { season: 'summer' }), tip('cold', { season: 'winter' })];
    expect(choose(tips, '2026-07-01')).toBe('hot');
    expect(choose(tips, '2026-10-01')).toBe('any');
    expect(choose([tip('hot', { season: 'summer' })], '2026-12-01')).toBeNull();
  });

  test('is of the category that was used longest ago', () => {
    const tips = [tip('a1'), tip('a2'), tip('b1', { category: 'reuse' }), tip('c1', { category: 'save-food' })];
    expect(choose(tips, '2026-10-08', { sent: [{ tipId: 'a1', on: '2026-10-05' }] })).toBe('b1');
    const sent = ['a1', 'b1', 'c1'].map((tipId, index) => ({ tipId, on: `2026-10-0${index + 1}` }));
    expect(choose(tips, '2026-10-08', { sent })).toBe('a2');
  });

  test('stays within the region and leaves out what is not verified', () => {
    const tips = [tip('north', { regions: ['shanxi'] }), tip('unsure', { status: 'unverified' })];
    expect(choose(tips, '2026-10-08')).toBeNull();
    expect(choose(tips, '2026-10-08', { region: 'shanxi' })).toBe('north');
  });

  test('is none rather than one sent within the last 365 days', () => {
    const sent = [{ tipId: 'a', on: '2025-10-08' }];
    expect(choose([tip('a')], '2026-10-08', { sent })).toBeNull();
    expect(choose([tip('a')], '2026-10-09', { sent })).toBe('a');
  });

  test('can be asked for by kind', () => {
    const tips = [tip('a'), tip('w', { category: 'save-water' })];
    const asked = { tips, today: '2026-10-08', region: 'xinjiang', sent: [], calendar: [], announced: [] };
    expect(chooseTip({ ...asked, category: 'save-water' })?.id).toBe('w');
    expect(chooseTip({ ...asked, category: 'save-paper' })).toBeNull();
  });
});

test('ten tips last ten times, then nothing is sent until the year is over', () => {
  const tips = Array.from({ length: 10 }, (_, index) => tip(`t${index}`));
  const sent: SentTip[] = [];
  const firstDay = dayNumberOf('2026-10-05');
  const sendOn = (day: number) => {
    const tipId = choose(tips, isoDate(day), { sent });
    if (tipId !== null) sent.push({ tipId, on: isoDate(day) });
    return tipId;
  };
  const said = Array.from({ length: 12 }, (_, index) => sendOn(firstDay + index * 3));
  expect(said).toEqual([...tips.map(({ id }) => id), null, null]);
  expect(sendOn(firstDay + 365)).toBeNull();
  expect(sendOn(firstDay + 366)).toBe('t0');
});

/** Two slots a week for three years, as a community has them by default; null where nothing was left to send. */
function threeYears(region: string) {
  const sent: SentTip[] = [];
  const slots: (Tip | null)[] = [];
  for (let week = 0; week < 156; week += 1) {
    for (const weekday of [0, 3]) {
      const today = isoDate(dayNumberOf('2026-11-24') + week * 7 + weekday);
      const chosen = chooseTip({ ...content, today, region, announced: [], sent });
      slots.push(chosen);
      if (chosen !== null) sent.push({ tipId: chosen.id, on: today });
    }
  }
  return { sent, slots };
}

describe('two tips a week for three years', () => {
  test.each(['xinjiang', 'shanxi', 'zhejiang'])('never repeat within a year and never run out in %s', (region) => {
    const { sent, slots } = threeYears(region);
    expect(slots.filter((slot) => slot === null)).toEqual([]);
    const last = new Map<string, number>();
    for (const { tipId, on } of sent) {
      const day = dayNumberOf(on);
      expect(day - (last.get(tipId) ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(365);
      last.set(tipId, day);
    }
    expect(new Set(slots.slice(0, 104).map((slot) => slot?.category)).size).toBe(11);
  });
});

test('days near the turn of the year are seen from the old one', () => {
  const [first] = content.calendar;
  if (first === undefined) throw new Error('no calendar');
  const calendar = [{ ...first, rule: { type: 'fixed', month: 1, day: 2 } as const }];
  const near = daysNear({ today: '2026-12-31', region: 'xinjiang', calendar, announced: [] });
  expect(near.map(({ days }) => days.from)).toEqual(['2027-01-02']);
});

test('seasons follow the months', () => {
  expect(['2026-02-28', '2026-03-01', '2026-06-01', '2026-09-01', '2026-12-01'].map(seasonOf)).toEqual([
    'winter',
    'spring',
    'summer',
    'autumn',
    'winter',
  ]);
});
