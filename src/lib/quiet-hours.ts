/** The hours in which nobody is sent what they did not ask for. */
import type { CommunitySettings } from '../model/community.ts';
import { addDays, instantOf, localDate, localMinutes } from './zoned-time.ts';

export type QuietHours = Pick<CommunitySettings, 'zone' | 'quietFrom' | 'quietUntil'>;

/** When quiet hours that hold at `now` end; `null` where none hold. They may span midnight or lie within a day. */
export function endOfQuiet({ zone, quietFrom, quietUntil }: QuietHours, now: Date): Date | null {
  const [from, until, minute] = [minutesOf(quietFrom), minutesOf(quietUntil), localMinutes(now, zone)];
  const today = localDate(now, zone);
  if (from <= until) return minute >= from && minute < until ? instantOf(today, quietUntil, zone) : null;
  if (minute < until) return instantOf(today, quietUntil, zone);
  return minute >= from ? instantOf(addDays(today, 1), quietUntil, zone) : null;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
