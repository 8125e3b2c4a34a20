/** Clears away what is no longer needed, and tries again what failed; called at every tick. */
import { CONTACTS_KEPT_MS } from '../model/sign-up.ts';
import { forgetAttachments } from '../store/attachment-table.ts';
import { deleteExpiredConversations } from '../store/conversation-table.ts';
import { expireToForward } from '../store/forwarding-table.ts';
import { forgetHandled } from '../store/inbox-table.ts';
import { forgetSent } from '../store/outbox-table.ts';
import { forgetSlots } from '../store/schedule-slot-table.ts';
import { forgetContacts } from '../store/sign-up-table.ts';
import type { Store } from '../store/store.ts';
import { forgetWebMessages } from '../store/web-message-table.ts';

export interface HousekeepingParts {
  readonly store: Store;
  readonly retryKept: () => Promise<void>;
  readonly takeOver: () => Promise<void>;
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

export function housekeeping({ store, retryKept, takeOver }: HousekeepingParts): (now: Date) => Promise<void> {
  let clearedAt = 0;
  return async (now) => {
    await retryKept();
    await takeOver();
    await store.write((tx) => expireToForward(tx, now));
    if (now.getTime() - clearedAt < HOUR_MS) return;
    clearedAt = now.getTime();
    const before = (ms: number) => new Date(now.getTime() - ms);
    await store.write((tx) => deleteExpiredConversations(tx, now));
    await pageByPage((after?: number) => store.write((tx) => forgetHandled(tx, before(HANDLED_KEPT_MS), after)));
    await pageByPage((after?: string) => store.write((tx) => forgetSent(tx, before(SENT_KEPT_MS), after)));
    await untilNoneIsLeft(() => store.write((tx) => forgetWebMessages(tx, before(WEB_KEPT_MS))));
    await untilNoneIsLeft(() => store.write((tx) => forgetAttachments(tx, before(LOOSE_ATTACHMENTS_KEPT_MS))));
    await untilNoneIsLeft(() => store.write((tx) => forgetContacts(tx, before(CONTACTS_KEPT_MS))));
    await store.write((tx) => forgetSlots(tx, before(SLOTS_KEPT_MS)));
  };
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
