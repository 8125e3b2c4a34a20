/** When the next night's hour comes. */
import { addDays, instantOf, localDate } from '../../lib/zoned-time.ts';

/** Milliseconds until it next strikes this hour in the zone; never 0. */
export function untilHour(hour: number, now: Date, zone: string): number {
  const time = `${String(hour).padStart(2, '0')}:00`;
  const today = localDate(now, zone);
  const next = [today, addDays(today, 1)].map((day) => instantOf(day, time, zone)).find((at) => at > now);
  return (next?.getTime() ?? now.getTime() + DAY_MS) - now.getTime();
}

const DAY_MS = 24 * 60 * 60_000;
