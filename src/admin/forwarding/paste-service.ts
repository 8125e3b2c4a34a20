/** What was pasted is handed in as if heard in that group; what nobody can read becomes a task of the worker. */
import { graphemeLength, MESSAGE_GRAPHEMES } from '../../lib/text.ts';
import { BY_HAND } from '../../model/channel-name.ts';
import type { Chat } from '../../model/chat.ts';
import type { Inbound } from '../../model/inbound.ts';
import type { Understood } from '../../model/understanding.ts';
import { openActivityTitles } from '../../store/activity-table.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { findConversation } from '../../store/conversation-table.ts';
import { markHandled } from '../../store/inbox-table.ts';
import { findPersonByAddress } from '../../store/sender-table.ts';
import type { Transaction } from '../../store/store.ts';
import { insertTask } from '../../store/task-table.ts';
import type { Act, AdminParts } from '../admin-parts.ts';
import type { PastedMessage } from './paste-rules.ts';

export interface Pasted {
  readonly chat: Chat;
  /** Made with the form: sent twice, it is heard once. */
  readonly pasteId: string;
}

export type PasteParts = Pick<AdminParts, 'store' | 'understand' | 'byHand'>;

/** `before`: this very form was sent already. */
export type HandedIn = 'heard' | 'kept' | 'before';

export async function handIn(
  parts: PasteParts,
  { chat, pasteId }: Pasted,
  said: PastedMessage & { readonly place: number },
  act: Act,
): Promise<HandedIn> {
  const inbound = await inboundOf(parts, chat, { ...said, messageId: `${pasteId}:${said.place}` }, act);
  const isLong = graphemeLength(said.text) > MESSAGE_GRAPHEMES;
  if (isLong || !(await isUnderstood(parts, chat, inbound, act))) return keep(parts, inbound, chat, act);
  await parts.byHand.hear(inbound);
  const { communityId, staffId, now } = act;
  const entry = { communityId, staffId, action: 'paste.hear', subjectId: chat.id, at: now };
  await parts.store.write((tx) => appendAudit(tx, entry));
  return 'heard';
}

/** Whoever is named is the same the next time in this group, and nobody else; whoever is not is nobody ever again. */
async function inboundOf(
  { store }: PasteParts,
  chat: Chat,
  { name, text, messageId }: PastedMessage & { readonly messageId: string },
  { communityId, now }: Act,
): Promise<Inbound> {
  const sealer = await store.read(async (tx) => tx.sealer(communityId));
  const address = name === null ? `pasted:${messageId}` : `named:${sealer.hash(`${chat.id} ${name}`)}`;
  return {
    channel: BY_HAND,
    account: chat.account,
    messageId,
    chat: { address: chat.address, kind: 'group' },
    sender: { address, ...(name === null ? {} : { displayName: name }) },
    text,
    mentioned: true,
    at: now,
  };
}

/** Whoever has a question open may answer it in words that mean nothing by themselves. */
async function isUnderstood(parts: PasteParts, chat: Chat, inbound: Inbound, { now }: Act): Promise<boolean> {
  const isAsked = await parts.store.read(async (tx) => {
    const person = await findPersonByAddress(tx, { ...inbound, address: inbound.sender.address }, chat.communityId);
    const key = { chatId: chat.id, communityId: chat.communityId };
    return person !== null && (await findConversation(tx, { ...key, personId: person.id }, now)) !== null;
  });
  if (isAsked) return true;
  const { intent } = await readPasted(parts, chat, inbound.text, now);
  // A list is read on a page of its own; one that could not be read there is for a person.
  return intent !== 'none' && intent !== 'chain';
}

/** What it means where nothing was asked before. */
export async function readPasted(
  { store, understand }: Pick<PasteParts, 'store' | 'understand'>,
  chat: Chat,
  text: string,
  now: Date,
): Promise<Understood> {
  const activities = await store.read((tx) => openActivityTitles(tx, chat.communityId, now));
  return understand({
    text,
    chat: 'group',
    mentioned: true,
    at: now.toISOString(),
    open: null,
    activities: [...activities],
  });
}

async function keep({ store }: PasteParts, inbound: Inbound, chat: Chat, act: Act): Promise<HandedIn> {
  const { communityId, staffId, now } = act;
  return store.write(async (tx) => {
    if (!(await markHandled(tx, inbound, communityId, now))) return 'before';
    await keepAsTask(tx, chat, inbound.text, act);
    await appendAudit(tx, { communityId, staffId, action: 'paste.keep', subjectId: chat.id, at: now });
    return 'kept';
  });
}

/** Answered on the page of the day, it goes back into the queue of its group. */
export async function keepAsTask(tx: Transaction, chat: Chat, text: string, { communityId, now }: Act): Promise<void> {
  await insertTask(tx, { communityId, kind: 'question', chatId: chat.id, text, now });
}
