/** The days of a year that only a person can date, and what has been entered for them. */
import { daysOf } from '../../content/calendar-rules.ts';
import type { AnnouncedDays, CalendarDays, CalendarEvent } from '../../model/calendar-event.ts';

export interface DaysToConfirm {
  readonly event: CalendarEvent;
  readonly year: number;
  /** `null`: nobody has said yet. */
  readonly days: CalendarDays | null;
}

export function daysToConfirm(
  calendar: readonly CalendarEvent[],
  province: string,
  year: number,
  announced: readonly AnnouncedDays[],
): DaysToConfirm[] {
  return calendar
    .filter(
      ({ rule, regions }) => rule.type === 'announced' || (rule.type === 'regional' && regions.includes(province)),
    )
    .filter(({ regions }) => regions.length === 0 || regions.includes(province))
    .map((event) => {
      const days = daysOf(event, year, province, announced);
      return { event, year, days: typeof days === 'string' ? null : days };
    });
}
