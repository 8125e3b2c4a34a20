/** When a message nobody asked for may go to a group: not at night, not too often. */

import { addDays, instantOf, localDate, localMinutes, weekday } from '../lib/zoned-time.ts';
import type { CommunitySettings } from '../model/community.ts';

export interface UnaskedHistory {
  /** When earlier ones went to this chat, in the last eight days at least. */
  readonly sentAt: readonly Date[];
}

/** `now` itself when it may go at once; otherwise the moment to try again. */
export function earliestUnasked(settings: CommunitySettings, history: UnaskedHistory, now: Date): Date {
  const { zone } = settings;
  const today = localDate(now, zone);
  const tomorrow = () => instantOf(addDays(today, 1), settings.quietUntil, zone);
  if (isFull(settings, history, today)) return tomorrow();
  const minutes = localMinutes(now, zone);
  if (minutes < minutesOf(settings.quietUntil)) return instantOf(today, settings.quietUntil, zone);
  if (minutes >= minutesOf(settings.quietFrom)) return tomorrow();
  return now;
}

function isFull(settings: CommunitySettings, { sentAt }: UnaskedHistory, today: string): boolean {
  const { zone, unaskedPerDay, unaskedPerWeek } = settings;
  const monday = addDays(today, 1 - weekday(today));
  const days = sentAt.map((at) => localDate(at, zone));
  const thisDay = days.filter((day) => day === today).length;
  const thisWeek = days.filter((day) => day >= monday).length;
  return thisDay >= unaskedPerDay || thisWeek >= unaskedPerWeek;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
