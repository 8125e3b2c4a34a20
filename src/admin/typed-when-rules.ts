/** Reads a day and a time as people type them where the browser offers no calendar: 2026-11-21, 11/21, 9:30, 0930. */
import { daysBetween } from '../lib/zoned-time.ts';

const FULL_DAY = /^(\d{4})\D(\d{1,2})\D(\d{1,2})\D?$/;
const BARE_DAY = /^(\d{4})(\d{2})(\d{2})$/;
const SHORT_DAY = /^(\d{1,2})\D(\d{1,2})\D?$/;
const CLOCK = /^(\d{1,2})\D(\d{2})(?:\D\d{2})?\D?$/;
const BARE_CLOCK = /^(\d{1,2}?)(\d{2})?\D?$/;
// A day without a year that lies further back than this is meant for next year; a nearer one is a slip to be shown.
const SLIP_DAYS = 180;

/** YYYY-MM-DD, or `null` where it is no day. */
export function readDay(typed: string, today: string): string | null {
  const text = plain(typed);
  const [, year, month, date] = FULL_DAY.exec(text) ?? BARE_DAY.exec(text) ?? [];
  if (year !== undefined) return dayOf(Number(year), Number(month), Number(date));
  const [, shortMonth, shortDate] = SHORT_DAY.exec(text) ?? [];
  if (shortMonth === undefined) return null;
  const thisYear = Number(today.slice(0, 4));
  const day = dayOf(thisYear, Number(shortMonth), Number(shortDate));
  if (day !== null && daysBetween(today, day) >= -SLIP_DAYS) return day;
  return dayOf(thisYear + 1, Number(shortMonth), Number(shortDate));
}

/** HH:MM, or `null` where it is no time of day. */
export function readTime(typed: string): string | null {
  const text = plain(typed);
  const [, hours, minutes = '00'] = CLOCK.exec(text) ?? BARE_CLOCK.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, '0')}:${minutes}`;
}

function dayOf(year: number, month: number, date: number): string | null {
  const day = new Date(Date.UTC(year, month - 1, date));
  const exists = day.getUTCFullYear() === year && day.getUTCMonth() === month - 1 && day.getUTCDate() === date;
  return exists ? day.toISOString().slice(0, 10) : null;
}

function plain(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/\s/g, '');
}
