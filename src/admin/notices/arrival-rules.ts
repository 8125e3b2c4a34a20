/** When a notice reaches the groups it is for, worked out for a person to look at before it is let go. */
import { NOTICE_LIVES_MS } from '../../features/notices/notices-rules.ts';
import { localDate } from '../../lib/zoned-time.ts';
import type { CommunitySettings } from '../../model/community.ts';
import { earliestUnasked } from '../../runtime/unasked-rules.ts';

/** `by-hand`: a person forwards it. `away`: its account is not connected. `quiet`: it would come at night. The caps: so many came to that group today, or this week. */
export const ARRIVAL_CAUSES = ['now', 'by-hand', 'away', 'quiet', 'cap-day', 'cap-week', 'never'] as const;
export type ArrivalCause = (typeof ARRIVAL_CAUSES)[number];

export interface Arrival {
  readonly cause: ArrivalCause;
  readonly at: Date;
}

// A week of full days ends within eight steps.
const MOST_STEPS = 8;

/** `sentAt` is when messages nobody asked for went to that group in the last eight days. */
export function arrivalOf(settings: CommunitySettings, sentAt: readonly Date[], at: Date): Arrival {
  const moment = firstOpening(settings, sentAt, at);
  if (moment <= at) return { cause: 'now', at };
  if (moment.getTime() > at.getTime() + NOTICE_LIVES_MS) return { cause: 'never', at: moment };
  if (firstOpening(settings, [], at) > at) return { cause: 'quiet', at: moment };
  const today = localDate(at, settings.zone);
  const sentToday = sentAt.filter((one) => localDate(one, settings.zone) === today).length;
  return { cause: sentToday >= settings.unaskedPerDay ? 'cap-day' : 'cap-week', at: moment };
}

function firstOpening(settings: CommunitySettings, sentAt: readonly Date[], from: Date): Date {
  let at = from;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const next = earliestUnasked(settings, { sentAt }, at);
    if (next <= at) return at;
    at = next;
  }
  return at;
}

/** The minute in which the tick comes that lets it go: what is due between two ticks leaves at the second. */
export function leavesAt(sendAt: Date): Date {
  return new Date(Math.ceil(sendAt.getTime() / 60_000) * 60_000);
}

export interface ArrivalGroup extends Arrival {
  readonly count: number;
}

/** Groups that get it at the same moment for the same reason, the soonest first. */
export function gatherArrivals(arrivals: readonly Arrival[]): ArrivalGroup[] {
  const gathered = new Map<string, ArrivalGroup>();
  for (const { cause, at } of arrivals) {
    const key = `${cause} ${at.getTime()}`;
    gathered.set(key, { cause, at, count: (gathered.get(key)?.count ?? 0) + 1 });
  }
  return [...gathered.values()].toSorted((one, other) => one.at.getTime() - other.at.getTime());
}
