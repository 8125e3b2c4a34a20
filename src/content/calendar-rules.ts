/** Works out on which days an environmental day falls in a year and place; what only a person can know is asked, never guessed. */
import type {
  AnnouncedDays,
  CalendarDays,
  CalendarEvent,
  CalendarRule,
  DaysAnswer,
  Weekday,
} from '../model/calendar-event.ts';
import { WEEKDAYS } from '../model/calendar-event.ts';

const DAY_MS = 86_400_000;

/**
 * A date the committee entered wins over one published for that year, which wins over the rule.
 * `region` is an id of data/regions.csv.
 */
export function daysOf(
  event: CalendarEvent,
  year: number,
  region: string,
  announced: readonly AnnouncedDays[],
): DaysAnswer {
  if (event.regions.length > 0 && !event.regions.includes(region)) return 'off';
  const entered = announced.find((days) => days.eventId === event.id && holdsFor(days, year, region));
  if (entered !== undefined) return { from: entered.from, to: entered.to };
  if (event.status === 'unverified') return 'off';
  const published = event.years.find((known) => known.days !== undefined && holdsFor(known, year, region));
  return published?.days ?? daysByRule(event.rule, year, region, announced);
}

/** The theme of that year, where one is known; a theme is never carried over from another year. */
export function themeOf(event: CalendarEvent, year: number): string | undefined {
  return event.years.find((known) => known.year === year && known.theme !== undefined)?.theme;
}

function holdsFor(known: { readonly year: number; readonly region?: string }, year: number, region: string): boolean {
  return known.year === year && (known.region === undefined || known.region === region);
}

function daysByRule(
  rule: CalendarRule,
  year: number,
  region: string,
  announced: readonly AnnouncedDays[],
): CalendarDays | 'ask' | 'off' {
  switch (rule.type) {
    case 'fixed':
      return oneDay(dayNumber(year, rule.month, rule.day));
    case 'range':
      return {
        from: isoDate(dayNumber(year, rule.month, rule.day)),
        to: isoDate(dayNumber(year, rule.toMonth, rule.toDay)),
      };
    case 'last-weekday':
      return oneDay(lastWeekday(rule.month, rule.weekday, rule.notEasterEve, year));
    case 'week-containing':
      return weekContaining(dayNumber(year, rule.month, rule.day), rule.weekStart);
    case 'relative': {
      const base = daysOf(rule.to, year, region, announced);
      return typeof base === 'string' ? base : oneDay(dayNumberOf(base.from) + rule.offsetDays);
    }
    case 'announced':
    case 'regional':
      return 'ask';
  }
}

function lastWeekday(month: number, weekday: Weekday, notEasterEve: boolean, year: number): number {
  // Day 0 of the following month is the last of this one.
  const lastDay = dayNumber(year, month + 1, 0);
  const found = startOfWeek(lastDay, weekday);
  return notEasterEve && found === easterSunday(year) - 1 ? found - 7 : found;
}

function weekContaining(day: number, weekStart: Weekday): CalendarDays {
  const start = startOfWeek(day, weekStart);
  return { from: isoDate(start), to: isoDate(start + 6) };
}

/** The latest such weekday on or before a day. */
function startOfWeek(day: number, weekday: Weekday): number {
  // 1970-01-01, day 0, was a Thursday: index 3 of WEEKDAYS.
  const index = (((day + 3) % 7) + 7) % 7;
  return day - ((index - WEEKDAYS.indexOf(weekday) + 7) % 7);
}

/** Gregorian Easter by the algorithm of Meeus, Jones and Butcher ("Astronomical Algorithms", chapter 8). */
function easterSunday(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const leapCenturies = Math.floor(century / 4);
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - leapCenturies - moonShift + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const sum = epact + weekday - 7 * late + 114;
  return dayNumber(year, Math.floor(sum / 31), (sum % 31) + 1);
}

function oneDay(day: number): CalendarDays {
  return { from: isoDate(day), to: isoDate(day) };
}

/** Days since 1970-01-01, counted in calendar dates: no clock and no zone comes in. */
function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

export function dayNumberOf(isoDay: string): number {
  return Date.parse(`${isoDay}T00:00:00Z`) / DAY_MS;
}

export function isoDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
