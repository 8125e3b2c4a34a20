/** Who gets a place, how long one is held, when people are reminded: arithmetic only. */

import { endOfQuiet, type QuietHours } from '../../lib/quiet-hours.ts';
import { addDays, instantOf, localDate } from '../../lib/zoned-time.ts';
import type { ReminderStage, Shift } from '../../model/activity.ts';

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Long enough to see the message between two errands, short enough for the next one still to come. */
const OFFER_HELD_MS = 2 * HOUR_MS;
/** Whom the bot cannot ask is called by a worker, who may be home until tomorrow. */
const CALL_HELD_MS = DAY_MS;
const REMINDER_TIME = '18:00';
/** Breakfast, children, the way: who is told later may have set out. */
const ON_THE_WAY_MS = 3 * HOUR_MS;

/** Places still free; `null` is no limit. */
export function placesLeft({ capacity, taken }: Pick<Shift, 'capacity' | 'taken'>): number | null {
  return capacity === null ? null : Math.max(0, capacity - taken);
}

/** Whether `party` people fit when the `held` ones of the same sign-up are given back first. */
export function fits(shift: Pick<Shift, 'capacity' | 'taken'>, party: number, held = 0): boolean {
  const left = placesLeft(shift);
  return left === null || party <= left + held;
}

export function hasStarted(shift: Pick<Shift, 'startsAt'>, now: Date): boolean {
  return shift.startsAt <= now;
}

export function overlaps(a: Pick<Shift, 'startsAt' | 'endsAt'>, b: Pick<Shift, 'startsAt' | 'endsAt'>): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

export interface OfferTime {
  /** When the person is asked: nobody is woken for a place. */
  readonly askAt: Date;
  readonly until: Date;
}

/**
 * A place that comes free at night is asked about in the morning, unless the shift is sooner. One whose time would run
 * out at night is held into the morning: nobody looks at a phone while asleep. Never beyond the start.
 */
export function offerTime(
  shift: Pick<Shift, 'startsAt'>,
  isReachable: boolean,
  now: Date,
  hours: QuietHours,
): OfferTime {
  const morning = endOfQuiet(hours, now) ?? now;
  const askAt = morning < new Date(shift.startsAt.getTime() - OFFER_HELD_MS) ? morning : now;
  const ends = new Date(askAt.getTime() + (isReachable ? OFFER_HELD_MS : CALL_HELD_MS));
  const wakes = endOfQuiet(hours, ends);
  const held = wakes === null ? ends.getTime() : wakes.getTime() + OFFER_HELD_MS;
  return { askAt, until: new Date(Math.min(held, shift.startsAt.getTime())) };
}

export interface DueReminder {
  readonly stage: Exclude<ReminderStage, 'none'>;
  /** Who signed up after this knows it by heart. */
  readonly dueAt: Date;
}

/** The reminder to send now, if any: the evening before, and an hour before. A missed evening is not made up for late. */
export function dueReminder(shift: Pick<Shift, 'startsAt' | 'reminded'>, now: Date, zone: string): DueReminder | null {
  if (hasStarted(shift, now)) return null;
  const hourBefore = new Date(shift.startsAt.getTime() - HOUR_MS);
  if (now >= hourBefore) {
    return shift.reminded === 'hour-before' ? null : { stage: 'hour-before', dueAt: hourBefore };
  }
  const dayBefore = instantOf(addDays(localDate(shift.startsAt, zone), -1), REMINDER_TIME, zone);
  return shift.reminded === 'none' && now >= dayBefore ? { stage: 'day-before', dueAt: dayBefore } : null;
}

/** No reminder is due for a shift that begins later than this. */
export function remindersReachTo(now: Date): Date {
  // From 18:00 the day before to the last minute of the next day are 30 hours.
  return new Date(now.getTime() + 30 * HOUR_MS);
}

/** Called off or moved is told in the morning rather than at night, unless somebody might be on the way by then. */
export function newsAt(startsAt: Date, now: Date, hours: QuietHours): Date {
  const morning = endOfQuiet(hours, now) ?? now;
  return morning.getTime() + ON_THE_WAY_MS <= startsAt.getTime() ? morning : now;
}
