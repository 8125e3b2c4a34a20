/** Putting a message before the owner of a customer group in WeCom, reminding them, and looking what they did. */
import type { OwnerDesk, OwnerResult, OwnerTrouble } from '../../model/owner-task.ts';
import { readAttachment } from '../../store/attachment-table.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { findToForward, refuseForwarding, tickForwarded } from '../../store/forwarding-table.ts';
import { listHandGroups } from '../../store/hand-group-table.ts';
import {
  claimOwnerTask,
  dropOwnerTask,
  findOwnerTask,
  nameOwnerTask,
  noteReminder,
  type OwnerTask,
} from '../../store/owner-task-table.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { Act } from '../admin-parts.ts';
import type { ByHandDesk } from './by-hand-desk.ts';

/** WeCom lets only so many such messages into a group each day or week. */
export const HELD_BACK = 'held-back' as const;

export interface OwnerParts {
  readonly store: Store;
  readonly owners: OwnerDesk;
  readonly plainText: ByHandDesk['plainText'];
}

export type OwnerAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: 'gone' | OwnerTrouble };

/** The claim is on disk before WeCom is asked, so that nobody asks it twice for the same message. */
export async function handToOwner(parts: OwnerParts, outboxId: string, act: Act): Promise<OwnerAnswer<null>> {
  const { store, owners } = parts;
  const wish = await store.write((tx) => claim(tx, parts, outboxId, act));
  if (wish === null) return { ok: false, why: 'gone' };
  const handed = await owners.handOver(wish);
  if (handed.ok) {
    await store.write((tx) => nameOwnerTask(tx, outboxId, handed.taskId));
    return { ok: true, value: null };
  }
  if (!handed.mayBeDone) await store.write((tx) => dropOwnerTask(tx, outboxId));
  return { ok: false, why: handed.why };
}

async function claim(tx: Transaction, { plainText }: OwnerParts, outboxId: string, act: Act) {
  const { communityId, staffId, now } = act;
  const queued = await findToForward(tx, communityId, outboxId);
  const about = (await listHandGroups(tx, communityId)).find(({ chatId }) => chatId === queued?.chatId);
  const owner = about?.wecomOwner ?? null;
  const chat = about?.wecomChat ?? null;
  if (queued === null || owner === null || chat === null) return null;
  if (!(await claimOwnerTask(tx, { outboxId, communityId, owner, wecomChat: chat, madeAt: now }))) return null;
  await appendAudit(tx, { communityId, staffId, action: 'forward.owner', subjectId: outboxId, at: now });
  const { attachment } = queued.message;
  const bytes = attachment === undefined ? null : await readAttachment(tx, attachment.id);
  const file = attachment === undefined || bytes === null ? null : { ...attachment, bytes };
  return { owner, chat, text: plainText(queued.message), attachment: file };
}

/** Nobody knows whether WeCom has it; the worker has looked and it has not. */
export async function handAgain(parts: OwnerParts, outboxId: string, act: Act): Promise<OwnerAnswer<null>> {
  await parts.store.write(async (tx) => {
    const task = await findOwnerTask(tx, act.communityId, outboxId);
    if (task !== null && task.taskId === null) await dropOwnerTask(tx, outboxId);
  });
  return handToOwner(parts, outboxId, act);
}

// WeCom refuses a fourth within a day (developer.work.weixin.qq.com/document/path/97610).
export const MOST_REMINDERS = 3;
const A_DAY_MS = 24 * 60 * 60_000;

export function mayRemind({ taskId, remindedAt }: OwnerTask, now: Date): boolean {
  const lately = remindedAt.filter((at) => now.getTime() - at.getTime() < A_DAY_MS);
  return taskId !== null && lately.length < MOST_REMINDERS;
}

export async function remindOwner(
  { store, owners }: OwnerParts,
  outboxId: string,
  act: Act,
): Promise<OwnerAnswer<'reminded' | 'enough'>> {
  const { communityId, staffId, now } = act;
  const task = await store.read((tx) => findOwnerTask(tx, communityId, outboxId));
  if (task === null || task.taskId === null) return { ok: false, why: 'gone' };
  if (!mayRemind(task, now)) return { ok: true, value: 'enough' };
  const reminded = await owners.remind(task.taskId);
  if (!reminded.ok && !reminded.mayBeDone) return { ok: false, why: reminded.why };
  // One that may have gone counts: WeCom counts it, too.
  await store.write(async (tx) => {
    await noteReminder(tx, task, now);
    await appendAudit(tx, { communityId, staffId, action: 'forward.remind', subjectId: outboxId, at: now });
  });
  return reminded.ok ? { ok: true, value: 'reminded' } : { ok: false, why: reminded.why };
}

/** What the owner has done meanwhile is written down as the fate of the message. */
export async function lookAtOwner(
  { store, owners }: OwnerParts,
  outboxId: string,
  { communityId, now }: Act,
): Promise<OwnerAnswer<OwnerResult['state']>> {
  const task = await store.read((tx) => findOwnerTask(tx, communityId, outboxId));
  if (task === null || task.taskId === null) return { ok: false, why: 'gone' };
  const { taskId, owner, wecomChat: chat } = task;
  const looked = await owners.resultOf({ taskId, owner, chat });
  if (!looked.ok) return { ok: false, why: looked.why };
  const { result } = looked;
  const byOwner = { communityId, staffId: null };
  if (result.state === 'sent') {
    await store.write((tx) => tickForwarded(tx, [outboxId], { ...byOwner, now: result.at }));
  }
  if (result.state === 'held-back') {
    await store.write((tx) => refuseForwarding(tx, outboxId, HELD_BACK, { ...byOwner, now }));
  }
  return { ok: true, value: result.state };
}
