/** What makes a notice fit to go out, and what its deliveries add up to. */
import { graphemeLength } from '../../lib/text.ts';
import type { Fate } from '../../model/outgoing.ts';
import type { ChatState, NoticeState } from '../../model/records.ts';

/** A person looks once more after the click; this long it can be had back before anybody has seen it. */
export const TAKE_BACK_MS = 3 * 60_000;

/** Held back by caps and nights, a notice still makes sense for this long; then it is shown as not sent. */
export const NOTICE_LIVES_MS = 3 * 24 * 60 * 60_000;

/** Nobody reads more than this in a group. */
const LONGEST_NOTICE = 500;

export type DraftFault = 'empty' | 'too-long' | 'no-groups' | 'reason-missing';

/** All of them, so that a form is gone over once. */
export function draftFaults(draft: {
  readonly text: string;
  readonly urgentReason: string | null;
  readonly chatIds: readonly string[];
}): DraftFault[] {
  const faults: DraftFault[] = [];
  if (draft.text.trim() === '') faults.push('empty');
  if (graphemeLength(draft.text) > LONGEST_NOTICE) faults.push('too-long');
  if (draft.chatIds.length === 0) faults.push('no-groups');
  if (draft.urgentReason?.trim() === '') faults.push('reason-missing');
  return faults;
}

/**
 * `left-out`: the bot was no longer in that group. `none`: it has not been released so far.
 * `forgotten`: released so long ago that what became of it is not kept any more.
 */
export type GroupFate = {
  readonly chatId: string;
  readonly title: string | null;
  readonly fate: Fate | 'left-out' | 'none' | 'forgotten';
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
export function groupFates(
  state: NoticeState,
  audience: readonly Group[],
  deliveries: readonly Delivery[],
): GroupFate[] {
  const newest = new Map(deliveries.map((delivery) => [delivery.chatId, delivery]));
  return audience.map((group) => {
    const { chatId, title } = group;
    const delivery = newest.get(chatId);
    if (delivery !== undefined) return { ...delivery, title };
    return { chatId, title, fate: fateWithoutDelivery(state, group), reason: null, doneAt: null };
  });
}

function fateWithoutDelivery(state: NoticeState, group: Group): GroupFate['fate'] {
  if (group.state === 'gone') return 'left-out';
  return state === 'draft' || state === 'scheduled' ? 'none' : 'forgotten';
}

/** As the store marks what a person took out of the queue. */
const TAKEN_BACK = 'taken-back';

/** Not to arrive any more, because a person said so. */
export function isPulled({ reason }: GroupFate): boolean {
  return reason === TAKEN_BACK;
}

/** As the store marks what its platform took back. */
const RECALLED = 'recalled';

/** It stood there, and stands there no more. */
export function isRecalled({ fate, reason }: GroupFate): boolean {
  return fate === 'sent' && reason === RECALLED;
}

/** What a person took back counts as `pulled` or `recalled` and as nothing else. */
export type FateCounts = {
  readonly groups: number;
  readonly pulled: number;
  readonly recalled: number;
  readonly sent: number;
  readonly waiting: number;
  readonly failed: number;
  readonly unsure: number;
  readonly forgotten: number;
};

export function countFates(fates: readonly GroupFate[]): FateCounts {
  const meant = fates.filter((group) => !isPulled(group) && !isRecalled(group));
  const count = (...wanted: readonly GroupFate['fate'][]) => meant.filter(({ fate }) => wanted.includes(fate)).length;
  return {
    groups: meant.length,
    pulled: fates.filter(isPulled).length,
    recalled: fates.filter(isRecalled).length,
    sent: count('sent'),
    waiting: count('queued', 'sending', 'none'),
    failed: count('refused', 'expired', 'left-out'),
    unsure: count('unknown'),
    forgotten: count('forgotten'),
  };
}
