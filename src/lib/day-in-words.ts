/** A day as people of a place write it in full: 2026年11月20日. */
export function dayInWords(instant: Date, locale: string, zone: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, year: 'numeric', month: 'long', day: 'numeric' }).format(
    instant,
  );
}
