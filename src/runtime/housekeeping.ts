/** Clears away what is no longer needed, and tries again what failed; called at every tick. */
import type { Channel } from '../channels/channel.ts';
import type { Logger } from '../lib/log.ts';
import { chainAges } from '../model/chain.ts';
import { CONTACTS_KEPT_MS } from '../model/sign-up.ts';
import { forgetAttachments } from '../store/attachment-table.ts';
import { deleteAttemptsBefore } from '../store/attempt-table.ts';
import { forgetChains } from '../store/chain-table.ts';
import { deleteExpiredConversations } from '../store/conversation-table.ts';
import { expireToForward } from '../store/forwarding-table.ts';
import { forgetHandled } from '../store/inbox-table.ts';
import { expireOverdue, refuseUnserved } from '../store/outbox-stranded-table.ts';
import { forgetSent } from '../store/outbox-table.ts';
import { forgetSlots } from '../store/schedule-slot-table.ts';
import { forgetContacts } from '../store/sign-up-table.ts';
import type { Store } from '../store/store.ts';
import { forgetWebMessages } from '../store/web-message-table.ts';
import { ACCOUNT_LEASE } from './channel-keeper.ts';

export interface HousekeepingParts {
  readonly store: Store;
  readonly retryKept: () => Promise<void>;
  readonly takeOver: () => Promise<void>;
  /** Those this process is to serve, whether they run just now or not. */
  readonly channels: () => readonly Pick<Channel, 'name' | 'account'>[];
  readonly log: Pick<Logger, 'warn'>;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
// Platforms repeat a message within a day; a week is safe.
const HANDLED_KEPT_MS = 7 * DAY_MS;
// Long enough to see what became of a notice; the words of a reply are not needed any longer.
const SENT_KEPT_MS = 90 * DAY_MS;
// The pages are a talk, not an archive.
const WEB_KEPT_MS = 90 * DAY_MS;
// Nobody works on one notice longer than a day.
const LOOSE_ATTACHMENTS_KEPT_MS = DAY_MS;
const SLOTS_KEPT_MS = 8 * DAY_MS;
// The longest limit is by the day.
const ATTEMPTS_KEPT_MS = DAY_MS;
// An account that was taken out by mistake is put back on the same day.
const WAITS_FOR_ITS_ACCOUNT_MS = DAY_MS;

export function housekeeping(parts: HousekeepingParts): (now: Date) => Promise<void> {
  const { store, retryKept, takeOver } = parts;
  let clearedAt = 0;
  return async (now) => {
    await retryKept();
    await takeOver();
    await store.write((tx) => expireToForward(tx, now));
    await store.write((tx) => expireOverdue(tx, now));
    if (now.getTime() - clearedAt < HOUR_MS) return;
    clearedAt = now.getTime();
    const before = (ms: number) => new Date(now.getTime() - ms);
    await refuseStranded(parts, now);
    await store.write((tx) => deleteExpiredConversations(tx, now));
    await pageByPage((after?: number) => store.write((tx) => forgetHandled(tx, before(HANDLED_KEPT_MS), after)));
    await pageByPage((after?: string) => store.write((tx) => forgetSent(tx, before(SENT_KEPT_MS), after)));
    await untilNoneIsLeft(() => store.write((tx) => forgetWebMessages(tx, before(WEB_KEPT_MS))));
    await untilNoneIsLeft(() => store.write((tx) => forgetAttachments(tx, before(LOOSE_ATTACHMENTS_KEPT_MS))));
    await untilNoneIsLeft(() => store.write((tx) => forgetContacts(tx, before(CONTACTS_KEPT_MS))));
    await untilNoneIsLeft(() => store.write((tx) => forgetChains(tx, chainAges(now))));
    await store.write((tx) => deleteAttemptsBefore(tx, before(ATTEMPTS_KEPT_MS)));
    await store.write((tx) => forgetSlots(tx, before(SLOTS_KEPT_MS)));
  };
}

/** An account that was removed or became another one: no channel takes what still waits for it. */
async function refuseStranded({ store, channels, log }: HousekeepingParts, now: Date): Promise<void> {
  const served = { accounts: channels(), leasePrefix: ACCOUNT_LEASE };
  const before = new Date(now.getTime() - WAITS_FOR_ITS_ACCOUNT_MS);
  const messages = await store.write((tx) => refuseUnserved(tx, served, before, now));
  if (messages > 0) log.warn({ messages }, 'messages to an account that nobody serves any more were refused');
}

/** A transaction for each page, so that nobody waits for the whole. */
async function pageByPage<Place>(forget: (after?: Place) => Promise<Place | null>): Promise<void> {
  let place = await forget();
  while (place !== null) place = await forget(place);
}

async function untilNoneIsLeft(forget: () => Promise<boolean>): Promise<void> {
  let hasMore = await forget();
  while (hasMore) hasMore = await forget();
}
