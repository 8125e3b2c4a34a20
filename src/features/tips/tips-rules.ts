/** When tips go out, until when they may, what a topic in words means, and in which months a date is asked for. */
import type { CalendarEvent } from '../../model/calendar-event.ts';
import type { CommunitySettings } from '../../model/community.ts';
import type { HabitCategory, HabitCategoryName } from '../../model/habit.ts';

/** In the evening a tip is a disturbance; what has not gone out by then is dropped. */
const LATEST = '20:00';
const LATE_COMMUNITY_MINUTES = 30;

/** Five cron fields, weekdays 1 to 7. */
export function tipCron({ weekdays, time }: CommunitySettings['tips']): string {
  const [hour = '', minute = ''] = time.split(':');
  const days = [...new Set(weekdays)].sort((one, other) => one - other);
  return `${Number(minute)} ${Number(hour)} * * ${days.length === 0 ? '*' : days.join(',')}`;
}

/** The time on the wall after which the tip of that day is not sent any more. */
export function latestTipTime(time: string): string {
  if (time < LATEST) return LATEST;
  const [hour = '', minute = ''] = time.split(':');
  const minutes = Math.min(Number(hour) * 60 + Number(minute) + LATE_COMMUNITY_MINUTES, 24 * 60 - 1);
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** A category by its id, its name or the beginning of its name. */
export function categoryOf(topic: string, categories: readonly HabitCategoryName[]): HabitCategory | null {
  const exact = categories.find(({ id, name, nameEn }) => [id, name, nameEn].includes(topic));
  return (exact ?? categories.find(({ name }) => name.startsWith(topic)))?.id ?? null;
}

/** How long before the earliest month seen so far the committee is asked for this year's date. */
const MONTHS_AHEAD = 2;
/** A day that was never seen yet is asked for in the first half of the year; who starts later is asked next January. */
const LAST_MONTH_FOR_NEW = 6;

/** Whether `month` (1 to 12) is the time to ask for this year's date: ahead of its season, never after it. */
export function isTimeToAsk(event: CalendarEvent, month: number): boolean {
  const months = event.years.flatMap(({ days }) => (days === undefined ? [] : [Number(days.from.slice(5, 7))]));
  if (months.length === 0) return month <= LAST_MONTH_FOR_NEW;
  return month >= Math.min(...months) - MONTHS_AHEAD && month <= Math.max(...months);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
