/** Turns what follows from a change into rows: messages in the words of the chat's language, questions to others. */
import { isLoopbackUrl } from '../lib/loopback.ts';
import { answeredFrom, BY_HAND } from '../model/channel-name.ts';
import type { Chat } from '../model/chat.ts';
import type { Community } from '../model/community.ts';
import type { GroupAnswer } from '../model/group-answer.ts';
import type { Message } from '../model/message.ts';
import type { Outgoing, Said, SaidChoice } from '../model/outgoing.ts';
import type { RenderText, Saying } from '../model/text.ts';
import { findChat, findChatById, insertChat } from '../store/chat-table.ts';
import { insertOutbox, type OutboxMessage } from '../store/outbox-table.ts';
import { findPrivateChat, turnPrivateChat } from '../store/private-chat-table.ts';
import type { Transaction } from '../store/store.ts';
import type { Effects } from './feature.ts';
import { askElsewhere } from './question.ts';
import { inItsName, speakerOf } from './whose-words.ts';

export interface Departing {
  readonly message: OutboxMessage;
  readonly chat: Pick<Chat, 'id' | 'communityId' | 'channel' | 'account' | 'address' | 'kind'>;
}

export interface WriterParts {
  readonly render: RenderText;
  /** This process, as it stands in the rows it has taken. */
  readonly owner: string;
  readonly publicUrl: string;
}

export interface Answering {
  readonly chat: Chat;
  readonly personId: string;
  /** By other communities too: they share this person's private chat. */
  readonly isKnownElsewhere: boolean;
  /** Where the bot may speak to this person in private although they never wrote there; `null`: nowhere. */
  readonly privateAddress: string | null;
}

export interface Occasion {
  readonly community: Community;
  readonly now: Date;
  /** Who speaks and asks. */
  readonly feature: string;
  /** The message being answered; absent for what nobody asked. */
  readonly answering?: Answering;
}

/**
 * Replies that may leave at once come back already taken by this process; the rest waits in the queue.
 * A person who cannot be reached in private is left out: who cares asks `findPrivateChat` first.
 */
export async function writeEffects(
  tx: Transaction,
  parts: WriterParts,
  occasion: Occasion,
  { messages, askOthers = [] }: Effects,
): Promise<Departing[]> {
  for (const ask of askOthers) {
    const communityId = ask.communityId ?? occasion.community.id;
    const key = { chatId: ask.chatId, personId: ask.personId, communityId };
    await askElsewhere(tx, ask.feature ?? occasion.feature, key, ask, occasion.now);
  }
  return writeOutgoing(tx, parts, occasion, messages);
}

async function writeOutgoing(
  tx: Transaction,
  parts: WriterParts,
  occasion: Occasion,
  messages: readonly Outgoing[],
): Promise<Departing[]> {
  const departing: Departing[] = [];
  for (const outgoing of messages) {
    const chat = await chatFor(tx, outgoing, occasion);
    if (chat === null || chat.state !== 'active') continue;
    departing.push(...(await writeOne(tx, parts, occasion, outgoing, chat)));
  }
  return departing;
}

async function writeOne(
  tx: Transaction,
  parts: WriterParts,
  occasion: Occasion,
  outgoing: Outgoing,
  chat: Chat,
): Promise<Departing[]> {
  const { now } = occasion;
  const community = speakerOf(occasion, outgoing);
  const kind = outgoing.kind ?? 'reply';
  const runAt = outgoing.runAt ?? now;
  const leavesNow = kind === 'reply' && runAt <= now && chat.channel !== BY_HAND;
  const said = openable(outgoing.said, chat, parts.publicUrl);
  const words = renderMessage(parts, community.locale, said, seedOf(chat, now));
  const rendered = await inItsName(tx, parts.render, { occasion, outgoing, chat }, words);
  const answer = leavesNow ? answerOf(parts, occasion, outgoing, rendered, chat) : null;
  const message = await insertOutbox(
    tx,
    {
      communityId: community.id,
      chatId: chat.id,
      kind,
      textKey: outgoing.said.key,
      message: rendered,
      runAt,
      notAfter: outgoing.notAfter ?? null,
      collapseKey: outgoing.collapseKey ?? null,
      urgent: outgoing.urgent ?? false,
      subjectId: outgoing.subjectId ?? null,
      ...(answer === null ? {} : { answer }),
    },
    { owner: leavesNow ? parts.owner : null, now },
  );
  return leavesNow ? [{ message, chat }] : [];
}

/** Only what answers somebody in the group itself: it takes turns there with what they say. Danger waits for nobody. */
function answerOf(
  parts: WriterParts,
  { answering, community, now }: Occasion,
  { gathering, urgent }: Outgoing,
  { text }: Message,
  chat: Chat,
): GroupAnswer | null {
  if (chat.kind !== 'group' || answering?.chat.id !== chat.id || urgent === true) return null;
  const part = { personId: answering.personId, text };
  if (gathering === undefined) return { parts: [part] };
  const { said, of, alone } = gathering;
  const { count, ...variables } = said.variables;
  const told = { key: said.key, variables, count: typeof count === 'number' ? count : 0, of };
  if (alone === undefined) return { parts: [{ ...part, told }] };
  const message = renderMessage(parts, community.locale, alone, seedOf(chat, now));
  return { parts: [{ ...part, told, alone: { message, address: answering.privateAddress } }] };
}

/** An address that only this computer can open is shown on its own pages alone: on a phone it leads nowhere. */
function openable(said: Said, { channel }: Chat, publicUrl: string): Said {
  if (said.link === undefined || answeredFrom(channel) === 'page' || !isLoopbackUrl(publicUrl)) return said;
  const { link: _, ...rest } = said;
  return rest;
}

function seedOf({ id }: Chat, now: Date): string {
  return `${id}${now.getTime()}`;
}

async function chatFor(tx: Transaction, { to }: Outgoing, { answering, now }: Occasion): Promise<Chat | null> {
  if (to === 'here') return answering?.chat ?? null;
  if (to === 'in-private') {
    if (answering === undefined) return null;
    return answering.chat.kind === 'direct' ? answering.chat : privateChatOf(tx, answering, now);
  }
  return 'chatId' in to ? findChatById(tx, to.chatId) : findPrivateChat(tx, to.personId);
}

export async function privateChatOf(
  tx: Transaction,
  answering: Pick<Answering, 'personId' | 'privateAddress'> & { readonly chat: Departing['chat'] },
  now: Date,
): Promise<Chat | null> {
  const { personId, privateAddress } = answering;
  const known = await findPrivateChat(tx, personId);
  if (known !== null || privateAddress === null) return known;
  const { communityId, channel, account } = answering.chat;
  const there = await findChat(tx, { channel, account, address: privateAddress });
  // Of somebody who was erased, or given up: it cannot be opened a second time.
  if (there?.personId === null) await turnPrivateChat(tx, there, { id: personId, communityId });
  if (there !== null) return there;
  const chat = {
    communityId,
    channel,
    account,
    address: privateAddress,
    kind: 'direct',
    title: null,
    areaId: null,
  } as const;
  return insertChat(tx, { ...chat, personId, now });
}

export function renderMessage(
  { render, publicUrl }: Pick<WriterParts, 'render' | 'publicUrl'>,
  locale: string,
  said: Said,
  seed: string,
): Message {
  const words = (text: Saying | string) =>
    typeof text === 'string' ? text : render(locale, text.key, text.variables, seed);
  const choice = ({ label, say }: SaidChoice) => ({ label: words(label), say: words(say ?? label) });
  return {
    text: words(said),
    ...(said.choices === undefined ? {} : { choices: said.choices.map(choice) }),
    ...(said.ballot === undefined ? {} : { ballot: said.ballot.map(choice) }),
    ...(said.link === undefined
      ? {}
      : { link: { label: words(said.link.label), url: `${publicUrl}${said.link.path}` } }),
    ...(said.attachment === undefined ? {} : { attachment: said.attachment }),
  };
}
