/** A message of Telegram as something said, or as something that happened to a chat. */
import type { ChatEvent, Inbound } from '../../model/inbound.ts';
import { chatOf, dateOf, type Heard, type Hearing, isTooOld, kindOf, senderOf } from './heard.ts';
import type { JoinMemory } from './join-memory.ts';
import { type Words, wordsOf } from './message-words.ts';
import type { TelegramMessage } from './update-shapes.ts';

type Attached = NonNullable<Inbound['attached']>;

/** Nothing of it concerns us: empty. */
export function heardInMessage(message: TelegramMessage, hearing: Hearing, joins: JoinMemory): Heard[] {
  const kind = kindOf(message.chat);
  const at = dateOf(message.date);
  if (kind === null) return [];
  const moved = movedBy(message, hearing);
  if (moved !== null) return [moved];
  if (isTooOld(at, hearing.now)) return [];
  const chat = chatOf(message.chat, kind);
  const { account } = hearing;
  if (message.new_chat_members !== undefined) {
    return joins.heard({ account, chat, people: message.new_chat_members, at });
  }
  const sender = senderOf(message.from);
  if (sender === null) return [];
  const words = wordsOf(message, hearing.me);
  const attached = attachedTo(message);
  const messageId = messageIdOf(message);
  const common = { channel: 'telegram', account, chat, sender, at } as const;
  if (words.start !== null) return startedBy(words, { ...common, eventId: messageId });
  if (message.text === undefined && attached === undefined) return [];
  const mentioned = words.toBot || kind === 'direct';
  return [{ ...common, messageId, text: words.text, mentioned, ...(attached === undefined ? {} : { attached }) }];
}

/** `/start` opens a private chat; in a group it comes with the code of the link by which the bot was added. */
function startedBy({ start }: Words, common: Omit<ChatEvent, 'event'>): Heard[] {
  const code = start === '' || start === null ? {} : { code: start };
  if (common.chat.kind === 'direct') return [{ ...common, event: 'opened', ...code }];
  return start === '' ? [] : [{ ...common, event: 'added', ...code }];
}

/** Told in the old group and in the new one; either way it is one event. */
function movedBy(message: TelegramMessage, { account }: Hearing): ChatEvent | null {
  const { chat, migrate_to_chat_id: to, migrate_from_chat_id: from } = message;
  if (to === undefined && from === undefined) return null;
  const address = String(from ?? chat.id);
  return {
    event: 'moved',
    channel: 'telegram',
    account,
    eventId: `moved/${address}`,
    chat: { address, kind: 'group', ...(chat.title === undefined ? {} : { title: chat.title }) },
    movedTo: String(to ?? chat.id),
    at: dateOf(message.date),
  };
}

/** Message ids count within a chat. The pictures of an album come one by one; those without words are one message. */
function messageIdOf({ chat, message_id, media_group_id, caption }: TelegramMessage): string {
  return media_group_id === undefined || caption !== undefined
    ? `${chat.id}/${message_id}`
    : `${chat.id}/album/${media_group_id}`;
}

function attachedTo(message: TelegramMessage): Attached | undefined {
  if (message.photo !== undefined) return 'image';
  if (message.voice !== undefined) return 'voice';
  if (message.video !== undefined || message.video_note !== undefined || message.animation !== undefined)
    return 'video';
  if (message.document !== undefined) return message.document.mime_type?.startsWith('image/') ? 'image' : 'file';
  if (message.audio !== undefined) return 'file';
  return OTHER.some((kind) => message[kind] !== undefined) ? 'other' : undefined;
}

// What is left beside these are notes of the service, like a pinned message or a new title.
const OTHER = ['sticker', 'location', 'venue', 'contact', 'poll', 'dice', 'story'] as const;
