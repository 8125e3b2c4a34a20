/** When a notice that is still ahead reaches each of its groups, by what went there in the days before. */
import { TAKE_BACK_MS } from '../../features/notices/notices-rules.ts';
import { BY_HAND } from '../../model/channel-name.ts';
import type { Notice } from '../../model/notice.ts';
import { listAudience } from '../../store/notice-table.ts';
import { unaskedSince } from '../../store/outbox-due-table.ts';
import type { Transaction } from '../../store/store.ts';
import { channelsNow } from '../settings/channel-state.ts';
import type { Visit } from '../visit.ts';
import { type Arrival, arrivalOf, leavesAt } from './arrival-rules.ts';
import { isAway } from './group-standing.ts';

// The caps count at most a week back, in days of the place.
const EIGHT_DAYS_MS = 8 * 24 * 60 * 60_000;

/** A draft is taken as if it were let go now. Empty for what is out. */
export async function readArrivals(tx: Transaction, visit: Visit, notice: Notice): Promise<Arrival[]> {
  const { community, now } = visit;
  if (notice.state !== 'draft' && notice.state !== 'scheduled') return [];
  const at = leavesAt(notice.sendAt ?? new Date(now.getTime() + TAKE_BACK_MS));
  const views = channelsNow(visit);
  const arrivals: Arrival[] = [];
  for (const { chatId, state, channel, account } of await listAudience(tx, notice.id)) {
    if (state !== 'active') continue;
    if (channel === BY_HAND) {
      arrivals.push({ cause: 'by-hand', at });
      continue;
    }
    const sentAt = await unaskedSince(tx, chatId, new Date(now.getTime() - EIGHT_DAYS_MS));
    const isUrgent = notice.urgentReason !== null;
    const arrival: Arrival = isUrgent ? { cause: 'now', at } : arrivalOf(community.settings, sentAt, at);
    const waitsForAccount = arrival.cause !== 'never' && isAway(views, { channel, account });
    arrivals.push(waitsForAccount ? { cause: 'away', at: arrival.at } : arrival);
  }
  return arrivals;
}

/** Until the first group has it, it can be had back unseen. */
export function firstArrival({ sendAt }: Pick<Notice, 'sendAt'>, arrivals: readonly Arrival[]): Date | null {
  const coming = arrivals.filter(({ cause }) => cause !== 'never').map(({ at }) => at.getTime());
  if (coming.length > 0) return new Date(Math.min(...coming));
  return sendAt === null ? null : leavesAt(sendAt);
}
