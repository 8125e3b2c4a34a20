import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  instantOf,
  isTimeZone,
  localDate,
  localMinutes,
  weekday,
} from '../../src/lib/zoned-time.ts';
import { threadTime } from '../support/processor-time.ts';

const NEW_YORK = 'America/New_York';
const ZONES = [
  'Asia/Shanghai',
  'Asia/Urumqi',
  NEW_YORK,
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Apia',
  'UTC',
];
const instants = fc.date({ min: new Date('1995-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
const days = fc.integer({ min: 0, max: 60_000 }).map((count) => addDays('1980-01-01', count));

const clockTime = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

describe('the day and time on the wall', () => {
  it('are those of Shanghai where nothing else is said', () => {
    const instant = new Date('2026-06-04T16:05:59Z');
    expect(localDate(instant)).toBe('2026-06-05');
    expect(localMinutes(instant)).toBe(5);
    expect(instantOf('2026-06-05', '00:05').toISOString()).toBe('2026-06-04T16:05:00.000Z');
  });

  it('follow summer time', () => {
    expect(localMinutes(new Date('2026-03-08T06:59:00Z'), NEW_YORK)).toBe(119);
    expect(localMinutes(new Date('2026-03-08T07:00:00Z'), NEW_YORK)).toBe(180);
    expect(instantOf('2026-07-01', '09:00', NEW_YORK).toISOString()).toBe('2026-07-01T13:00:00.000Z');
    expect(instantOf('2026-12-01', '09:00', NEW_YORK).toISOString()).toBe('2026-12-01T14:00:00.000Z');
    expect(instantOf('2026-03-08', '01:59', NEW_YORK).toISOString()).toBe('2026-03-08T06:59:00.000Z');
    expect(instantOf('2026-03-08', '03:00', NEW_YORK).toISOString()).toBe('2026-03-08T07:00:00.000Z');
  });

  it('that the clock skips are as much later', () => {
    expect(instantOf('2026-03-08', '02:30', NEW_YORK).toISOString()).toBe('2026-03-08T07:30:00.000Z');
  });

  it('that come twice are the first of the two', () => {
    expect(instantOf('2026-11-01', '01:30', NEW_YORK).toISOString()).toBe('2026-11-01T05:30:00.000Z');
    expect(instantOf('2026-11-01', '02:00', NEW_YORK).toISOString()).toBe('2026-11-01T07:00:00.000Z');
  });

  it('lead back to an instant that shows the same, in every zone', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (instant, zone) => {
        const day = localDate(instant, zone);
        const minutes = localMinutes(instant, zone);
        const back = instantOf(day, clockTime(minutes), zone);
        expect([localDate(back, zone), localMinutes(back, zone)]).toEqual([day, minutes]);
        expect(Math.abs(back.getTime() - instant.getTime())).toBeLessThanOrEqual(61 * 60_000);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are found without making a formatter each time', () => {
    const instant = new Date('2026-06-05T00:00:00Z');
    const round = () => {
      for (let i = 0; i < 2_000; i += 1) localDate(instant, NEW_YORK);
    };
    const rounds = Array.from({ length: 5 }, () => threadTime(round) / 2_000);
    // 1 µs with one that is kept; 50 µs and more without.
    expect(Math.min(...rounds)).toBeLessThan(0.02);
  });
});

describe('a day', () => {
  it('has a weekday from Monday 1 to Sunday 7', () => {
    expect(weekday('2026-11-20')).toBe(5);
    expect(weekday('2026-11-22')).toBe(7);
    expect(weekday('2026-11-23')).toBe(1);
  });

  it('is counted over months, years and leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });

  it('is as far away as was added', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5_000, max: 5_000 }), (day, count) => {
        expect(daysBetween(day, addDays(day, count))).toBe(count);
      }),
    );
  });

  it.each(['2026-02-30', '2026-13-01', '2026-1-1', '', '2026-01-01T00:00'])('is not %s', (day) => {
    expect(() => addDays(day, 1)).toThrow('time-malformed');
  });

  it('has no time 24:00', () => {
    expect(() => instantOf('2026-01-01', '24:00')).toThrow('time-malformed');
  });
});

describe('a zone', () => {
  it('is known or not', () => {
    expect(isTimeZone('Asia/Shanghai')).toBe(true);
    expect(isTimeZone('Asia/Changji')).toBe(false);
  });
});
