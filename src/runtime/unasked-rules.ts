/** When a message nobody asked for may go to a group: not at night, not too often. */

import { endOfQuiet } from '../lib/quiet-hours.ts';
import { addDays, instantOf, localDate, weekday } from '../lib/zoned-time.ts';
import type { CommunitySettings } from '../model/community.ts';

export interface UnaskedHistory {
  /** When earlier ones went to this chat, in the last eight days at least. */
  readonly sentAt: readonly Date[];
}

/** `now` itself when it may go at once; otherwise the moment to try again. */
export function earliestUnasked(settings: CommunitySettings, history: UnaskedHistory, now: Date): Date {
  const { zone } = settings;
  const today = localDate(now, zone);
  if (isFull(settings, history, today)) return instantOf(addDays(today, 1), settings.quietUntil, zone);
  return endOfQuiet(settings, now) ?? now;
}

function isFull(settings: CommunitySettings, { sentAt }: UnaskedHistory, today: string): boolean {
  const { zone, unaskedPerDay, unaskedPerWeek } = settings;
  const monday = addDays(today, 1 - weekday(today));
  const days = sentAt.map((at) => localDate(at, zone));
  const thisDay = days.filter((day) => day === today).length;
  const thisWeek = days.filter((day) => day >= monday).length;
  return thisDay >= unaskedPerDay || thisWeek >= unaskedPerWeek;
}
