/** Picks shifts by the day and the time of day somebody named. Pure. */
import { addDays, localDate, localMinutes, weekday } from '../../lib/zoned-time.ts';
import type { Shift } from '../../model/activity.ts';
import type { Spoken } from './spoken.ts';

type When = Pick<Spoken, 'dates' | 'month' | 'part' | 'time' | 'kinds'>;

const NOON = 12 * 60;
const LUNCH_FROM = 11 * 60;
const LUNCH_UNTIL = 14 * 60;
const DAYS_OF_WEEK = 7;
const SATURDAY = 6;

/** Those of the part of the day or the hour that was said; all where neither was. */
export function atTime(shifts: readonly Shift[], { part, time }: When, zone: string): readonly Shift[] {
  if (time !== undefined) return shifts.filter((shift) => startsAtHour(shift, time, zone));
  if (part === undefined) return shifts;
  return shifts.filter(({ startsAt }) => {
    const minutes = localMinutes(startsAt, zone);
    if (part === 'noon') return minutes >= LUNCH_FROM && minutes < LUNCH_UNTIL;
    return part === 'am' ? minutes < NOON : minutes >= NOON;
  });
}

/** 2:00 said of an afternoon is 14:00. */
function startsAtHour({ startsAt }: Shift, time: string, zone: string): boolean {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const said = hours * 60 + minutes;
  const begins = localMinutes(startsAt, zone);
  return begins === said || begins === said + NOON;
}

/** Local days, both included. */
export interface Days {
  readonly from: string;
  readonly until: string;
}

/** The days somebody asks about; `null` where none were named. */
export function daysSaid({ dates, month, kinds }: When, today: string): Days | null {
  const [date] = dates;
  if (date !== undefined) return { from: date, until: dates.at(-1) ?? date };
  const monday = addDays(today, 1 - weekday(today));
  const week = kinds.has('next-week') ? addDays(monday, DAYS_OF_WEEK) : monday;
  if (kinds.has('weekend')) return { from: addDays(week, SATURDAY - 1), until: addDays(week, DAYS_OF_WEEK - 1) };
  if (kinds.has('next-week')) return { from: week, until: addDays(week, DAYS_OF_WEEK - 1) };
  const thisMonth = Number(today.slice(5, 7));
  if (month !== undefined) return monthDays(today, (month - thisMonth + MONTHS) % MONTHS);
  if (kinds.has('this-month')) return monthDays(today, 0);
  return kinds.has('next-month') ? monthDays(today, 1) : null;
}

const MONTHS = 12;

function monthDays(today: string, ahead: number): Days {
  const first = (months: number) =>
    new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1 + months, 1)).toISOString().slice(0, 10);
  return { from: first(ahead), until: addDays(first(ahead + 1), -1) };
}

export function onDays(shifts: readonly Shift[], { from, until }: Days, zone: string): Shift[] {
  return shifts.filter(({ startsAt }) => {
    const day = localDate(startsAt, zone);
    return from <= day && day <= until;
  });
}
