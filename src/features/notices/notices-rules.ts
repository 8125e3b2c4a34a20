/** What makes a notice fit to go out, and what its deliveries add up to. */
import { graphemeLength } from '../../lib/text.ts';
import type { Fate } from '../../model/outgoing.ts';
import type { ChatState } from '../../model/records.ts';

/** A person looks once more after the click; this long it can be had back before anybody has seen it. */
export const TAKE_BACK_MS = 3 * 60_000;

/** Held back by caps and nights, a notice still makes sense for this long; then it is shown as not sent. */
export const NOTICE_LIVES_MS = 3 * 24 * 60 * 60_000;

/** Nobody reads more than this in a group. */
const LONGEST_NOTICE = 500;

export type DraftFault = 'empty' | 'too-long' | 'no-groups' | 'reason-missing';

export function draftFault(draft: {
  readonly text: string;
  readonly urgentReason: string | null;
  readonly chatIds: readonly string[];
}): DraftFault | null {
  if (draft.text.trim() === '') return 'empty';
  if (graphemeLength(draft.text) > LONGEST_NOTICE) return 'too-long';
  if (draft.chatIds.length === 0) return 'no-groups';
  return draft.urgentReason?.trim() === '' ? 'reason-missing' : null;
}

/** `left-out`: the bot is no longer in that group. `none`: nothing has been queued for it so far. */
export type GroupFate = {
  readonly chatId: string;
  readonly title: string | null;
  readonly fate: Fate | 'left-out' | 'none';
  readonly reason: string | null;
  readonly doneAt: Date | null;
};

type Delivery = {
  readonly chatId: string;
  readonly fate: Fate;
  readonly reason: string | null;
  readonly doneAt: Date | null;
};
type Group = { readonly chatId: string; readonly title: string | null; readonly state: ChatState };

/** The newest delivery of a group counts: an earlier one was tried again. `deliveries` come oldest first. */
export function groupFates(audience: readonly Group[], deliveries: readonly Delivery[]): GroupFate[] {
  const newest = new Map(deliveries.map((delivery) => [delivery.chatId, delivery]));
  return audience.map(({ chatId, title, state }) => {
    const delivery = newest.get(chatId);
    if (delivery !== undefined) return { ...delivery, title };
    return { chatId, title, fate: state === 'gone' ? 'left-out' : 'none', reason: null, doneAt: null };
  });
}

export type FateCounts = {
  readonly groups: number;
  readonly sent: number;
  readonly waiting: number;
  readonly failed: number;
  readonly unsure: number;
};

export function countFates(fates: readonly GroupFate[]): FateCounts {
  const count = (...wanted: readonly GroupFate['fate'][]) => fates.filter(({ fate }) => wanted.includes(fate)).length;
  return {
    groups: fates.length,
    sent: count('sent'),
    waiting: count('queued', 'sending', 'none'),
    failed: count('refused', 'expired', 'left-out'),
    unsure: count('unknown'),
  };
}
