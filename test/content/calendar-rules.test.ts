import { beforeAll, describe, expect, test } from 'vitest';
import { daysOf, themeOf } from '../../src/content/calendar-rules.ts';
import type { CalendarEvent } from '../../src/model/calendar-event.ts';
import { loadRealContent } from './real-content.ts';

let calendar: readonly CalendarEvent[];
beforeAll(async () => {
  calendar = (await loadRealContent()).calendar;
});

function event(id: string): CalendarEvent {
  const found = calendar.find((one) => one.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

function days(id: string, year: number, region = 'xinjiang') {
  return daysOf(event(id), year, region, []);
}

const oneDay = (day: string) => ({ from: day, to: day });

describe('the date of a day', () => {
  test.each([
    [2013, '2013-03-23', 'Easter eve moves it'],
    [2015, '2015-03-28', ''],
    [2018, '2018-03-24', 'Easter eve moves it'],
    [2022, '2022-03-26', ''],
    [2026, '2026-03-28', ''],
    [2027, '2027-03-20', 'Easter eve moves it'],
    [2028, '2028-03-25', ''],
  ])('Earth Hour %i is on %s %s', (year, day) => {
    expect(days('earth-hour', year)).toEqual(oneDay(day));
  });

  test.each([
    [2014, '2014-05-11', '2014-05-17'],
    [2016, '2016-05-15', '2016-05-21'],
    [2017, '2017-05-14', '2017-05-20'],
    [2019, '2019-05-11', '2019-05-17'],
    [2021, '2021-05-09', '2021-05-15'],
    [2022, '2022-05-15', '2022-05-21'],
    [2023, '2023-05-14', '2023-05-20'],
    [2025, '2025-05-11', '2025-05-17'],
    [2026, '2026-05-10', '2026-05-16'],
    [2027, '2027-05-09', '2027-05-15'],
    [2028, '2028-05-14', '2028-05-20'],
  ])('the urban water-saving week of %i is %s to %s', (year, from, to) => {
    expect(days('city-water-week', year)).toEqual({ from, to });
  });

  test.each([
    [2026, '2026-10-12', '2026-10-18'],
    [2027, '2027-10-11', '2027-10-17'],
    [2028, '2028-10-16', '2028-10-22'],
  ])('the food security week of %i is %s to %s', (year, from, to) => {
    expect(days('food-week', year)).toEqual({ from, to });
  });

  test('that is fixed, and a range that is fixed, need nobody', () => {
    expect(days('eco-day', 2031)).toEqual(oneDay('2031-08-15'));
    expect(days('water-week', 2026)).toEqual({ from: '2026-03-22', to: '2026-03-28' });
  });

  test('that is announced is known for years written down and asked for others, never guessed', () => {
    expect(days('energy-week', 2021)).toEqual({ from: '2021-08-23', to: '2021-08-29' });
    for (const id of ['energy-week', 'sorting-week', 'bus-week']) expect(days(id, 2027)).toBe('ask');
  });

  test('that hangs on an announced week is asked with it, follows it once entered, and keeps its own published date', () => {
    expect(days('low-carbon-day', 2027)).toBe('ask');
    const entered = [{ eventId: 'energy-week', year: 2027, from: '2027-06-14', to: '2027-06-20' }];
    expect(daysOf(event('low-carbon-day'), 2027, 'xinjiang', entered)).toEqual(oneDay('2027-06-16'));
    expect(days('low-carbon-day', 2020)).toEqual(oneDay('2020-07-02'));
  });

  test('that is not verified stays off until the committee enters it, for its own region', () => {
    expect(days('bird-week', 2027)).toBe('off');
    expect(days('zj-eco-day', 2027, 'zhejiang')).toBe('off');
    const entered = [{ eventId: 'bird-week', year: 2027, region: 'shanxi', from: '2027-04-05', to: '2027-04-11' }];
    expect(daysOf(event('bird-week'), 2027, 'shanxi', entered)).toEqual({ from: '2027-04-05', to: '2027-04-11' });
    expect(daysOf(event('bird-week'), 2027, 'xinjiang', entered)).toBe('off');
  });

  test('that belongs to another region is off', () => {
    const entered = [{ eventId: 'zj-eco-day', year: 2027, from: '2027-06-30', to: '2027-06-30' }];
    expect(daysOf(event('zj-eco-day'), 2027, 'zhejiang', entered)).toEqual(oneDay('2027-06-30'));
    expect(daysOf(event('zj-eco-day'), 2027, 'xinjiang', entered)).toBe('off');
  });

  test('that the committee entered wins over the rule', () => {
    const entered = [{ eventId: 'earth-hour', year: 2027, from: '2027-03-27', to: '2027-03-27' }];
    expect(daysOf(event('earth-hour'), 2027, 'xinjiang', entered)).toEqual(oneDay('2027-03-27'));
    expect(daysOf(event('earth-hour'), 2028, 'xinjiang', entered)).toEqual(oneDay('2028-03-25'));
  });
});

test('a theme is known for its year only', () => {
  expect(themeOf(event('water-week'), 2026)).toBe('国家水网 世纪画卷');
  expect(themeOf(event('water-week'), 2027)).toBeUndefined();
});
