import { describe, expect, test } from 'vitest';
import {
  dueReminder,
  fits,
  newsAt,
  offerTime,
  overlaps,
  remindersReachTo,
} from '../../../src/features/volunteering/volunteering-rules.ts';

const HOURS = { zone: 'Asia/Shanghai', quietFrom: '20:30', quietUntil: '08:30' };
const at = (time: string) => new Date(`2026-11-${time}:00+08:00`);

describe('places', () => {
  test('a party fits up to the last place, and its own places count as free', () => {
    expect(fits({ capacity: 5, taken: 3 }, 2)).toBe(true);
    expect(fits({ capacity: 5, taken: 3 }, 3)).toBe(false);
    expect(fits({ capacity: 5, taken: 5 }, 2, 2)).toBe(true);
    expect(fits({ capacity: null, taken: 999 }, 50)).toBe(true);
  });

  test('two that touch do not overlap', () => {
    const morning = { startsAt: at('21T09:00'), endsAt: at('21T11:00') };
    expect(overlaps(morning, { startsAt: at('21T11:00'), endsAt: at('21T12:00') })).toBe(false);
    expect(overlaps(morning, { startsAt: at('21T10:59'), endsAt: at('21T12:00') })).toBe(true);
  });
});

describe('how long a place is held', () => {
  const startsAt = at('21T09:00');

  test('two hours by day', () => {
    expect(offerTime({ startsAt }, true, at('18T10:00'), HOURS)).toEqual({
      askAt: at('18T10:00'),
      until: at('18T12:00'),
    });
  });

  test('from the next morning on when it comes free at night', () => {
    expect(offerTime({ startsAt }, true, at('18T22:00'), HOURS)).toEqual({
      askAt: at('19T08:30'),
      until: at('19T10:30'),
    });
    expect(offerTime({ startsAt }, true, at('18T03:00'), HOURS)).toEqual({
      askAt: at('18T08:30'),
      until: at('18T10:30'),
    });
  });

  test('at once, even at night, when the shift is the next morning; and never beyond its start', () => {
    expect(offerTime({ startsAt }, true, at('20T22:00'), HOURS)).toEqual({
      askAt: at('20T22:00'),
      until: at('21T09:00'),
    });
    expect(offerTime({ startsAt }, true, at('21T08:40'), HOURS)).toEqual({
      askAt: at('21T08:40'),
      until: at('21T09:00'),
    });
  });

  test('into the morning where it would run out at night, yet never beyond the start', () => {
    expect(offerTime({ startsAt }, true, at('18T19:00'), HOURS)).toEqual({
      askAt: at('18T19:00'),
      until: at('19T10:30'),
    });
    expect(offerTime({ startsAt }, true, at('18T18:29'), HOURS).until).toEqual(at('18T20:29'));
    expect(offerTime({ startsAt }, true, at('18T18:30'), HOURS).until).toEqual(at('19T10:30'));
    expect(offerTime({ startsAt }, true, at('20T19:00'), HOURS).until).toEqual(at('21T09:00'));
    expect(offerTime({ startsAt }, false, at('18T20:00'), HOURS).until).toEqual(at('19T20:00'));
  });

  test('a day for whom a worker has to call', () => {
    expect(offerTime({ startsAt }, false, at('18T10:00'), HOURS).until).toEqual(at('19T10:00'));
  });
});

describe('reminders', () => {
  const shift = { startsAt: at('21T09:00'), reminded: 'none' as const };
  const stage = (now: string, reminded: 'none' | 'day-before' | 'hour-before' = 'none') =>
    dueReminder({ ...shift, reminded }, at(now), HOURS.zone)?.stage ?? null;

  test('are due at six the evening before and an hour before', () => {
    expect(stage('20T17:59')).toBeNull();
    expect(stage('20T18:00')).toBe('day-before');
    expect(stage('20T18:01', 'day-before')).toBeNull();
    expect(stage('21T07:59', 'day-before')).toBeNull();
    expect(stage('21T08:00', 'day-before')).toBe('hour-before');
    expect(stage('21T08:01', 'hour-before')).toBeNull();
  });

  test('a missed evening gives way to the hour before, and nothing is said once it has begun', () => {
    expect(stage('21T08:30')).toBe('hour-before');
    expect(stage('21T09:00')).toBeNull();
  });

  test('the latest shift of the next day is looked at in the evening', () => {
    expect(remindersReachTo(at('20T18:00')).getTime()).toBeGreaterThan(at('21T23:59').getTime());
  });
});

describe('bad news', () => {
  test('waits for the morning when nobody can have set out by then', () => {
    expect(newsAt(at('25T09:00'), at('18T22:00'), HOURS)).toEqual(at('19T08:30'));
    expect(newsAt(at('19T09:00'), at('18T22:00'), HOURS)).toEqual(at('18T22:00'));
    expect(newsAt(at('25T09:00'), at('18T10:00'), HOURS)).toEqual(at('18T10:00'));
  });
});
