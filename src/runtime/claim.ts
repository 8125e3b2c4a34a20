/** Takes from the outbox what is due and may go; what may not is put off, or has missed its time. */
import type { Channel } from '../channels/channel.ts';
import type { Community } from '../model/community.ts';
import { findCommunity } from '../store/community-table.ts';
import {
  type Claimed,
  type DueFor,
  hasNewer,
  listDue,
  postpone,
  takeOutbox,
  unaskedSince,
} from '../store/outbox-due-table.ts';
import { settleOutbox } from '../store/outbox-table.ts';
import type { Transaction } from '../store/store.ts';
import type { DispatcherParts } from './dispatcher-parts.ts';
import type { Departing } from './outgoing-writer.ts';
import { earliestUnasked } from './unasked-rules.ts';

const EIGHT_DAYS_MS = 8 * 24 * 60 * 60 * 1000;

export interface Room {
  readonly limit: number;
  /** Chats for which nothing more is to be taken just now. */
  readonly except?: readonly string[];
}

/** At most `limit` messages of what can leave over one channel; several answers to one group count as one. */
export async function claimDue(
  parts: DispatcherParts,
  { name, account }: Pick<Channel, 'name' | 'account'>,
  { limit, except = [] }: Room,
): Promise<Departing[]> {
  const now = parts.clock.now();
  return parts.store.write(async (tx) => {
    const departing: Departing[] = [];
    for (const due of await listToTake(tx, { owner: parts.owner, now, channel: name, account, limit, except })) {
      const verdict = await judge(tx, due, now);
      if (verdict.what === 'go') {
        if (!(await takeOutbox(tx, due.message.id, { owner: parts.owner, now }))) continue;
        departing.push({ message: { ...due.message, tries: due.message.tries + 1 }, chat: due.chat });
      } else if (verdict.what === 'wait') {
        await postpone(tx, due.message.id, verdict.until);
      } else {
        const { fate, reason } = verdict;
        await settleOutbox(tx, { id: due.message.id, owner: null }, { fate, reason, now });
      }
    }
    return departing;
  });
}

// What one message may hold of what waited through the night; the rest makes the next.
const GATHERED_AT_ONCE = 100;

/** Where not all can be taken, an answer to a group still brings the others along: there they become one message. */
async function listToTake(tx: Transaction, due: DueFor): Promise<readonly Claimed[]> {
  const first = await listDue(tx, due);
  if (first.length < due.limit) return first;
  const repliesTo = [
    ...new Set(first.filter(({ message }) => message.answer !== undefined).map(({ chat }) => chat.id)),
  ];
  if (repliesTo.length === 0) return first;
  const known = new Set(first.map(({ message }) => message.id));
  const more = await listDue(tx, { ...due, limit: GATHERED_AT_ONCE, repliesTo });
  return [...first, ...more.filter(({ message }) => message.answer !== undefined && !known.has(message.id))];
}

type Verdict =
  | { readonly what: 'go' }
  | { readonly what: 'wait'; readonly until: Date }
  | { readonly what: 'end'; readonly fate: 'refused' | 'expired'; readonly reason: string };

async function judge(tx: Transaction, { message, chat }: Claimed, now: Date): Promise<Verdict> {
  if (chat.state === 'gone') return { what: 'end', fate: 'refused', reason: 'chat-gone' };
  if (message.notAfter !== null && message.notAfter < now) return { what: 'end', fate: 'expired', reason: 'too-late' };
  if (await hasNewer(tx, message)) return { what: 'end', fate: 'expired', reason: 'newer-one-waits' };
  const isUnasked = (message.kind === 'notice' || message.kind === 'tip') && !message.urgent;
  if (!isUnasked) return { what: 'go' };
  const wantsNone = chat.unaskedStoppedAt !== null && (message.kind === 'tip' || chat.kind === 'direct');
  if (wantsNone) return { what: 'end', fate: 'expired', reason: 'stopped-by-receiver' };
  const community: Community | null = await findCommunity(tx, chat.communityId);
  if (community === null || chat.kind === 'direct') return { what: 'go' };
  const sentAt = await unaskedSince(tx, chat.id, new Date(now.getTime() - EIGHT_DAYS_MS));
  const earliest = earliestUnasked(community.settings, { sentAt }, now);
  if (earliest <= now) return { what: 'go' };
  if (message.notAfter !== null && earliest > message.notAfter)
    return { what: 'end', fate: 'expired', reason: 'quiet-time' };
  return { what: 'wait', until: earliest };
}
