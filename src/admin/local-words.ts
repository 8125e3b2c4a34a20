/** Days, times and numbers as people of a community write them. */
import type { Community } from '../model/community.ts';

type Place = Pick<Community, 'locale' | 'settings'>;

// Making a formatter takes 50 µs, using one takes 1; the answers do not depend on what is remembered here.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** November 20, Fri, as said in the language of the place. */
export function dayWords(instant: Date, place: Place): string {
  return formatted(instant, place, { month: 'long', day: 'numeric', weekday: 'short' });
}

/** With hour and minute, for logs. */
export function momentWords(instant: Date, place: Place): string {
  return formatted(instant, place, {
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
}

export function timeWords(instant: Date, { settings }: Place): string {
  return formatted(instant, { locale: 'sv-SE', settings }, { hour: '2-digit', minute: '2-digit' });
}

/** A calendar date, YYYY-MM-DD. */
export function dateWords(day: string, { locale, settings }: Place): string {
  const place = { locale, settings: { ...settings, zone: 'UTC' } };
  return formatted(new Date(`${day}T00:00:00Z`), place, { year: 'numeric', month: 'long', day: 'numeric' });
}

/** 1 is Monday. */
export function weekdayWords(weekday: number, { locale, settings }: Place, width: 'short' | 'long' = 'short'): string {
  // The first of January 2024 was a Monday.
  return formatted(
    new Date(Date.UTC(2024, 0, weekday)),
    { locale, settings: { ...settings, zone: 'UTC' } },
    { weekday: width },
  );
}

/** 1,234 or as the place groups digits. */
export function numberWords(number: number, { locale }: Pick<Community, 'locale'>): string {
  return number.toLocaleString(locale);
}

function formatted(instant: Date, { locale, settings: { zone } }: Place, options: Intl.DateTimeFormatOptions): string {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  formatters.set(key, known);
  return known.format(instant);
}
