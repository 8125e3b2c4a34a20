/** The queue of what a person forwards: by group, ticked, refused with a reason, had back for a few minutes. */
import type { Chat } from '../../model/chat.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { listGroups } from '../../store/chat-table.ts';
import { listToForward, refuseForwarding, tickForwarded, untickForwarded } from '../../store/forwarding-table.ts';
import { type HandGroup, listHandGroups } from '../../store/hand-group-table.ts';
import type { OutboxMessage } from '../../store/outbox-table.ts';
import { listOwnerTasks, type OwnerTask } from '../../store/owner-task-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { Act } from '../admin-parts.ts';

export interface QueuedMessage {
  readonly message: OutboxMessage;
  /** Where it lies before the owner of the group in WeCom. */
  readonly task: OwnerTask | null;
}

export interface QueuedGroup {
  readonly chat: Chat;
  readonly about: HandGroup | null;
  readonly messages: readonly QueuedMessage[];
}

/** One visit to a group serves all that is due there; the group with the most pressing message comes first. */
export async function readQueue(tx: Transaction, communityId: string, now: Date): Promise<QueuedGroup[]> {
  const groups = new Map((await listGroups(tx, communityId)).map((chat) => [chat.id, chat]));
  const about = new Map((await listHandGroups(tx, communityId)).map((group) => [group.chatId, group]));
  const tasks = new Map((await listOwnerTasks(tx, communityId)).map((task) => [task.outboxId, task]));
  const byChat = Map.groupBy(await listToForward(tx, communityId, now), ({ chatId }) => chatId);
  return [...byChat].flatMap(([chatId, messages]) => {
    const chat = groups.get(chatId);
    if (chat === undefined) return [];
    const queued = messages.map((message) => ({ message, task: tasks.get(message.id) ?? null }));
    return [{ chat, about: about.get(chatId) ?? null, messages: queued }];
  });
}

/** How many of them were still waiting: a colleague may have been faster. */
export async function markForwarded(tx: Transaction, ids: readonly string[], act: Act): Promise<number> {
  const ticked = await tickForwarded(tx, ids, act);
  for (const id of ticked) await audit(tx, act, 'forward.sent', id);
  return ticked.length;
}

/** `not-in-group`: whoever was asked is not in it. `other` needs no explaining. */
export const REASONS = ['not-in-group', 'owner-refuses', 'said-already', 'not-fitting', 'other'] as const;
export type Reason = (typeof REASONS)[number];

export async function refuseToForward(tx: Transaction, id: string, reason: Reason, act: Act): Promise<boolean> {
  const isMine = await refuseForwarding(tx, id, reason, act);
  if (isMine) await audit(tx, act, 'forward.refused', id, { reason });
  return isMine;
}

// Long enough to see that it was the wrong group, short enough that the proof is one.
export const UNDO_MS = 10 * 60_000;

/** Back into the queue what was ticked or refused by this person in one go at `at`; 0 where it is too late. */
export async function undoForwarding(tx: Transaction, at: Date, act: Act): Promise<number> {
  if (act.now.getTime() - at.getTime() > UNDO_MS) return 0;
  const back = await untickForwarded(tx, { communityId: act.communityId, staffId: act.staffId, at });
  for (const id of back) await audit(tx, act, 'forward.undo', id);
  return back.length;
}

async function audit(
  tx: Transaction,
  { communityId, staffId, now }: Act,
  action: string,
  subjectId: string,
  detail: Readonly<Record<string, string>> = {},
): Promise<void> {
  await appendAudit(tx, { communityId, staffId, action, subjectId, detail, at: now });
}
