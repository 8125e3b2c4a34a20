/** The next times a tip goes out, worked out for a person to look at. */
import { addDays, instantOf, localDate, weekday } from '../lib/zoned-time.ts';
import type { CommunitySettings } from '../model/community.ts';

/** Soonest first; empty while tips are off. */
export function nextTipTimes(
  { tips, zone }: Pick<CommunitySettings, 'tips' | 'zone'>,
  now: Date,
  count: number,
): Date[] {
  if (!tips.on || tips.weekdays.length === 0) return [];
  const today = localDate(now, zone);
  // Each weekday comes round every seven days; one week more, because today's time may have passed.
  return Array.from({ length: 7 * (count + 1) }, (_, ahead) => addDays(today, ahead))
    .filter((day) => tips.weekdays.includes(weekday(day)))
    .map((day) => instantOf(day, tips.time, zone))
    .filter((at) => at > now)
    .slice(0, count);
}
