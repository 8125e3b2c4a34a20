/** Calendar arithmetic in a named time zone: days are `YYYY-MM-DD`, times `HH:MM`, instants `Date`. */
import { LvlinError } from '../model/errors.ts';

export const DEFAULT_ZONE = 'Asia/Shanghai';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

// Making a formatter takes 50 µs, using one takes 1; the answers do not depend on what is remembered here.
const formatters = new Map<string, Intl.DateTimeFormat>();

export function localDate(instant: Date, zone = DEFAULT_ZONE): string {
  return localText(instant, zone).slice(0, 10);
}

/** Minutes since midnight by the clock on the wall, 0 to 1,439. */
export function localMinutes(instant: Date, zone = DEFAULT_ZONE): number {
  const text = localText(instant, zone);
  return Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16));
}

/**
 * The instant of a day and a time on the wall. Where the clock goes back, the first of the two;
 * where it goes forward over that time, as much later as it was put forward.
 */
export function instantOf(day: string, time: string, zone = DEFAULT_ZONE): Date {
  const match = TIME.exec(time);
  if (match === null) throw new LvlinError('time-malformed', { time });
  const wallMs = dayMs(day) + (Number(match[1]) * 60 + Number(match[2])) * MINUTE_MS;
  const before = offsetMs(wallMs - DAY_MS, zone);
  const after = offsetMs(wallMs + DAY_MS, zone);
  if (before === after) return new Date(wallMs - before);
  const hasBefore = offsetMs(wallMs - before, zone) === before;
  const hasAfter = offsetMs(wallMs - after, zone) === after;
  return new Date(hasAfter && !hasBefore ? wallMs - after : wallMs - before);
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekday(day: string): number {
  return new Date(dayMs(day)).getUTCDay() || 7;
}

export function addDays(day: string, days: number): string {
  return new Date(dayMs(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days from one to the other; negative where `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return (dayMs(to) - dayMs(from)) / DAY_MS;
}

/** Whether the machine knows a zone of this name. */
export function isTimeZone(zone: string): boolean {
  try {
    formatterOf(zone);
    return true;
  } catch {
    return false;
  }
}

function dayMs(day: string): number {
  const match = DAY.exec(day);
  const [year, month, date] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
  const instant = new Date(Date.UTC(year, month - 1, date));
  // A day that does not exist runs over into the next month.
  if (instant.getUTCDate() !== date || instant.getUTCMonth() !== month - 1)
    throw new LvlinError('time-malformed', { day });
  return instant.getTime();
}

function offsetMs(ms: number, zone: string): number {
  const text = localText(new Date(ms), zone);
  const part = (start: number, end: number) => Number(text.slice(start, end));
  const wallMs = Date.UTC(part(0, 4), part(5, 7) - 1, part(8, 10), part(11, 13), part(14, 16), part(17, 19));
  return wallMs - Math.floor(ms / 1_000) * 1_000;
}

// Every message asks for today, and under load hundreds fall into one second.
const lastTexts = new Map<string, { readonly second: number; readonly text: string }>();

/** `YYYY-MM-DD HH:MM:SS`, which is how Sweden writes it. */
function localText(instant: Date, zone: string): string {
  const second = Math.floor(instant.getTime() / 1_000);
  const last = lastTexts.get(zone);
  if (last?.second === second) return last.text;
  const text = formatterOf(zone).format(instant);
  lastTexts.set(zone, { second, text });
  return text;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  formatters.set(zone, made);
  return made;
}
