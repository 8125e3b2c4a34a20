/** A shift in the variables of a text: its day and times as people of this place write them. */

import { daysBetween, localDate } from '../../lib/zoned-time.ts';
import type { Shift } from '../../model/activity.ts';
import type { Community } from '../../model/community.ts';

export interface ShiftWords {
  readonly title: string;
  readonly day: string;
  readonly time: string;
  readonly place: string;
}

export function shiftWords(shift: Shift, community: Community, now: Date): ShiftWords {
  const { title, place } = shift;
  return { title, place, day: dayWords(shift.startsAt, community, now), time: timeWords(shift, community) };
}

/** The day and its weekday; today, tomorrow and the day after also by that name. */
export function dayWords(instant: Date, community: Community, now: Date): string {
  const { locale, settings } = community;
  const { zone } = settings;
  const date = dateWords(instant, community);
  const ahead = daysBetween(localDate(now, zone), localDate(instant, zone));
  if (ahead < 0 || ahead > 1) return date;
  return `${relative(locale).format(ahead, 'day')} ${date}`;
}

/** The day and its weekday, as true next week as now. */
export function dateWords(instant: Date, { locale, settings: { zone } }: Community): string {
  return formatter(locale, zone).format(instant);
}

function timeWords({ startsAt, endsAt }: Shift, { settings: { zone } }: Community): string {
  return `${clockWords(startsAt, zone)}–${clockWords(endsAt, zone)}`;
}

/** 09:00; the same in every language. */
export function clockWords(instant: Date, zone: string): string {
  return clock(zone).format(instant);
}

// Making a formatter takes 50 µs, using one takes 1; the answers do not depend on what is remembered here.
const days = new Map<string, Intl.DateTimeFormat>();
const clocks = new Map<string, Intl.DateTimeFormat>();
const relatives = new Map<string, Intl.RelativeTimeFormat>();

function formatter(locale: string, zone: string): Intl.DateTimeFormat {
  const key = `${locale} ${zone}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { timeZone: zone, month: 'long', day: 'numeric', weekday: 'short' });
  days.set(key, made);
  return made;
}

function clock(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, timeStyle: 'short' });
  clocks.set(zone, made);
  return made;
}

function relative(locale: string): Intl.RelativeTimeFormat {
  const known = relatives.get(locale);
  if (known !== undefined) return known;
  const made = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  relatives.set(locale, made);
  return made;
}
