/** What the guide does not know goes to the committee once, and the answer to everybody who asked. */
import { normaliseName } from '../../content/name-index.ts';
import { graphemeLength } from '../../lib/text.ts';
import type { Community } from '../../model/community.ts';
import type { Outgoing } from '../../model/outgoing.ts';
import type { WasteClass } from '../../model/waste-item.ts';
import { type Asker, insertAsker, listAskers, openTaskOnce } from '../../store/asked-task-table.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { findChatById } from '../../store/chat-table.ts';
import type { Transaction } from '../../store/store.ts';
import { findTask, settleTask } from '../../store/task-table.ts';
import { deleteWasteRule, putWasteRule } from '../../store/waste-rule-table.ts';
import { say } from './waste-guide-texts.ts';
import { shownItem, type WasteContent, WasteWords } from './waste-guide-words.ts';

const LONGEST_NOTE = 60;

/** One open task per thing and community; whoever asks while it is open waits for the same answer. */
export async function askCommittee(
  tx: Transaction,
  communityId: string,
  question: Asker & { readonly item: string; readonly now: Date },
): Promise<string> {
  const sealer = await tx.sealer(communityId);
  const { taskId } = await openTaskOnce(tx, {
    communityId,
    kind: 'unknown-waste',
    subjectId: sealer.hash(`waste ${normaliseName(question.item)}`),
    personId: question.personId,
    chatId: question.chatId,
    text: shownItem(question.item),
    now: question.now,
  });
  await insertAsker(tx, taskId, question, question.now);
  return taskId;
}

export interface WasteReply {
  readonly taskId: string;
  readonly class: WasteClass;
  readonly note: string;
  /** Whether it becomes the community's own rule, so that nobody has to ask again. */
  readonly keep: boolean;
  readonly staffId: string | null;
  readonly now: Date;
}

export type WasteReplyResult =
  | { readonly ok: true; readonly messages: readonly Outgoing[] }
  | { readonly ok: false; readonly why: 'unknown' | 'settled' | 'note-too-long' };

/** The worker's answer, to every chat it was asked in, once. */
export async function answerUnknownWaste(
  tx: Transaction,
  content: WasteContent,
  community: Community,
  reply: WasteReply,
): Promise<WasteReplyResult> {
  const { staffId, now } = reply;
  const note = reply.note.trim();
  if (graphemeLength(note) > LONGEST_NOTE) return { ok: false, why: 'note-too-long' };
  const task = await findTask(tx, community.id, reply.taskId);
  if (task === null || task.kind !== 'unknown-waste') return { ok: false, why: 'unknown' };
  const words = new WasteWords(content, community);
  const place = words.className(reply.class);
  const told = note === '' ? place : `${place} ${note}`;
  if (!(await settleTask(tx, task, { answer: told, by: staffId, now }))) return { ok: false, why: 'settled' };
  if (reply.keep)
    await keepRule(tx, { communityId: community.id, name: task.text, class: reply.class, note, staffId, now });
  const detail = { class: reply.class, kept: reply.keep };
  await appendAudit(tx, {
    communityId: community.id,
    staffId,
    action: 'waste.answer',
    subjectId: task.id,
    detail,
    at: now,
  });
  const chatIds = new Set((await listAskers(tx, task.id)).map(({ chatId }) => chatId));
  const line = words.noteOf(note, false);
  const messages: Outgoing[] = [];
  for (const chatId of chatIds) {
    const chat = await findChatById(tx, chatId);
    if (chat === null) continue;
    const name = words.thing(task.text, chat);
    const said =
      line === ''
        ? say('waste.worker-says', { name, place })
        : say('waste.worker-says-note', { name, place, note: line });
    messages.push({ to: { chatId }, said });
  }
  return { ok: true, messages };
}

export interface OwnRule {
  readonly communityId: string;
  readonly name: string;
  readonly class: WasteClass;
  readonly note: string;
  readonly staffId: string | null;
  readonly now: Date;
}

/** The community's own rule for a thing; it wins over the guide from the next question on. */
export async function keepRule(tx: Transaction, rule: OwnRule): Promise<void> {
  await putWasteRule(tx, { ...rule, nameKey: normaliseName(rule.name) });
}

export async function forgetRule(tx: Transaction, communityId: string, name: string): Promise<void> {
  await deleteWasteRule(tx, communityId, normaliseName(name));
}
