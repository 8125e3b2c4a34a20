/** Tells the staff of a community, in the chats they have bound, what needs one of them: each matter once. */
import { endOfQuiet } from '../../lib/quiet-hours.ts';
import type { Community } from '../../model/community.ts';
import type { Outgoing, Said } from '../../model/outgoing.ts';
import { listChatsOfWorkers, markToldToStaff, unmarkToldToStaff } from '../../store/staff-chat-table.ts';
import type { Transaction } from '../../store/store.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

export interface StaffNews {
  /** The matter, e.g. `channel|telegram|7123`: told once until it is over. Never personal. */
  readonly about: string;
  readonly said: Said;
  /** Wakes people: only what cannot wait for the morning. */
  readonly isUrgent?: boolean;
  readonly now: Date;
}

/** Messages to be sent in the same transaction; none where it was told before, or nobody has bound a chat. */
export async function tellStaff(
  tx: Transaction,
  { id, settings }: Community,
  { about, said, isUrgent = false, now }: StaffNews,
): Promise<readonly Outgoing[]> {
  const chats = await listChatsOfWorkers(tx, id);
  // Kept for when somebody can hear it: whoever binds a chat later is told at the next look.
  if (chats.length === 0 || !(await markToldToStaff(tx, id, about, now))) return [];
  const runAt = isUrgent ? now : (endOfQuiet(settings, now) ?? now);
  const notAfter = new Date(runAt.getTime() + DAY_MS);
  return chats.map((chatId) => ({
    to: { chatId },
    said,
    kind: 'reminder',
    runAt,
    notAfter,
    collapseKey: `staff|${about}`,
    urgent: isUrgent,
  }));
}

/** The matter is over, so that the next time is told again; says so only where it had been told. */
export async function tellStaffItIsOver(
  tx: Transaction,
  community: Community,
  news: StaffNews,
): Promise<readonly Outgoing[]> {
  if (!(await unmarkToldToStaff(tx, community.id, news.about))) return [];
  const chats = await listChatsOfWorkers(tx, community.id);
  const runAt = endOfQuiet(community.settings, news.now) ?? news.now;
  const notAfter = new Date(runAt.getTime() + DAY_MS);
  // Takes the place of the trouble where that is still waiting for the morning.
  const collapseKey = `staff|${news.about}`;
  return chats.map((chatId) => ({ to: { chatId }, said: news.said, kind: 'reminder', runAt, notAfter, collapseKey }));
}
