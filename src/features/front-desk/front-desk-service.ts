/** What a person of the committee is told, and how their answer goes back to where it was asked. */
import type { Content } from '../../content/content.ts';
import { compileNeighbourPatterns, forNeighbours } from '../../language/neighbour-words.ts';
import { looksLikeList } from '../../lib/list-text.ts';
import { maskSensitive } from '../../lib/phone.ts';
import { cutGraphemes, graphemeLength } from '../../lib/text.ts';
import type { Chat } from '../../model/chat.ts';
import type { Inbound } from '../../model/inbound.ts';
import type { Outgoing } from '../../model/outgoing.ts';
import type { Saying } from '../../model/text.ts';
import { insertAsker, listAskers, openTaskOnce } from '../../store/asked-task-table.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { findChatById } from '../../store/chat-table.ts';
import type { Transaction } from '../../store/store.ts';
import {
  addToTask,
  EMERGENCY_SUBJECT,
  findOpenTask,
  findTask,
  insertTask,
  settleTask,
  type Task,
} from '../../store/task-table.ts';
import { shouldWarn, tellsDoor } from './front-desk-rules.ts';
import { say } from './front-desk-texts.ts';

export interface Concern {
  readonly communityId: string;
  readonly personId: string;
  readonly chatId: string;
  /** As typed: only the worker sees it. */
  readonly text: string;
  readonly now: Date;
}

/** The same words from the same person are one task while it is open: people press twice. */
export async function askPerson(tx: Transaction, concern: Concern): Promise<string> {
  const { communityId, personId, chatId, text, now } = concern;
  const sealer = await tx.sealer(communityId);
  const subjectId = sealer.hash(`question ${personId} ${text}`);
  const { taskId } = await openTaskOnce(tx, { communityId, kind: 'question', subjectId, personId, chatId, text, now });
  await insertAsker(tx, taskId, { personId, chatId }, now);
  return taskId;
}

export async function reportIssue(tx: Transaction, concern: Concern): Promise<string> {
  return insertTask(tx, { ...concern, kind: 'issue' });
}

/** What the same person says within this time is about the same need. */
const SAME_NEED_MS = 60 * 60_000;

/** Stands before everything else that waits; who cries for help twice is one matter. */
export async function reportEmergency(tx: Transaction, concern: Concern): Promise<string> {
  const { communityId, personId, text, now } = concern;
  const subjectId = `${EMERGENCY_SUBJECT}${personId}`;
  const open = await findOpenTask(tx, communityId, 'issue', subjectId);
  const isSame =
    open !== null && now.getTime() - open.createdAt.getTime() < SAME_NEED_MS && open.chatId === concern.chatId;
  if (isSame && (await addToTask(tx, open, text))) return open.id;
  return insertTask(tx, { ...concern, kind: 'issue', subjectId });
}

export type AnswerResult =
  | { readonly ok: true; readonly messages: readonly Outgoing[] }
  | { readonly ok: false; readonly why: 'unknown' | 'settled' | 'empty' | 'too-long' | 'private' };

export interface TaskAnswer {
  readonly communityId: string;
  readonly taskId: string;
  readonly text: string;
  readonly staffId: string | null;
  readonly now: Date;
}

const LONGEST_ANSWER = 500;
/** Enough to know one's own question again. */
const ASKED_SHOWN = 20;

/** The worker's answer to a question or an issue, to every chat that waits for it, once. No message where none can be reached. */
export async function answerTask(
  tx: Transaction,
  content: Pick<Content, 'languageTables'>,
  answer: TaskAnswer,
): Promise<AnswerResult> {
  const { communityId, taskId, staffId, now } = answer;
  const text = answer.text.trim();
  if (text === '') return { ok: false, why: 'empty' };
  if (graphemeLength(text) > LONGEST_ANSWER) return { ok: false, why: 'too-long' };
  const task = await findTask(tx, communityId, taskId);
  if (task === null || (task.kind !== 'question' && task.kind !== 'issue')) return { ok: false, why: 'unknown' };
  const chats = await chatsWaiting(tx, task);
  const isForGroup = chats.some(({ kind }) => kind === 'group');
  if (isForGroup && (shouldWarn(text) || tellsDoor(text, content.languageTables.units ?? [])))
    return { ok: false, why: 'private' };
  if (!(await settleTask(tx, task, { answer: text, by: staffId, now }))) return { ok: false, why: 'settled' };
  await appendAudit(tx, { communityId, staffId, action: 'task.answer', subjectId: taskId, at: now });
  const messages = chats.map((chat) => ({ to: { chatId: chat.id }, said: answeredIn(chat, content, task, text) }));
  return { ok: true, messages };
}

/** In a group the question is told again without what leads to a person. */
function answeredIn(
  { kind }: Chat,
  { languageTables }: Pick<Content, 'languageTables'>,
  task: Task,
  answer: string,
): Saying {
  const newest = newestLine(task.text);
  if (kind !== 'group') return say('desk.answered', { asked: cutQuestion(maskSensitive(newest)), answer });
  const readable = forNeighbours(newest, compileNeighbourPatterns(languageTables));
  return say('desk.answered-group', { asked: readable === '' ? ELLIPSIS : cutQuestion(readable), answer });
}

/** Settled without a word to anybody, e.g. what was dealt with at the door. */
export async function closeTask(
  tx: Transaction,
  { communityId, taskId, staffId, now }: Omit<TaskAnswer, 'text'>,
): Promise<boolean> {
  const settled = await settleTask(tx, { id: taskId, communityId }, { answer: null, by: staffId, now });
  if (settled) await appendAudit(tx, { communityId, staffId, action: 'task.close', subjectId: taskId, at: now });
  return settled;
}

/**
 * A private word to whoever typed a phone or identity number where everybody reads; the number is not repeated. Who
 * posts a list copies what the neighbours wrote into it, and has nothing to take back.
 */
export function cautionAbout({ chat, text }: Pick<Inbound, 'chat' | 'text'>): readonly Outgoing[] {
  if (chat.kind !== 'group' || looksLikeList(text) || !shouldWarn(text)) return [];
  return [{ to: 'in-private', said: say('desk.number-warning') }];
}

/** Where an answer to this goes. */
export async function chatsWaiting(tx: Transaction, task: Task): Promise<Chat[]> {
  const askers = await listAskers(tx, task.id);
  const chatIds = [...askers.map(({ chatId }) => chatId), ...(task.chatId === null ? [] : [task.chatId])];
  const chats: Chat[] = [];
  for (const chatId of new Set(chatIds)) {
    const chat = await findChatById(tx, chatId);
    if (chat !== null) chats.push(chat);
  }
  return chats;
}

/** The newest sentence of it, by which one knows it again. */
function newestLine(text: string): string {
  const newest = text.trim().split('\n').at(-1) ?? '';
  return newest.replaceAll(/\s+/gu, ' ').trim();
}

function cutQuestion(line: string): string {
  return graphemeLength(line) <= ASKED_SHOWN ? line : `${cutGraphemes(line, ASKED_SHOWN)}${ELLIPSIS}`;
}

const ELLIPSIS = '\u2026';
