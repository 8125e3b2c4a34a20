/** Turns what WeCom tells into what every channel hands over. */
import type { ChatEvent, Inbound } from '../../model/inbound.ts';
import type { Content, EventBody, SaidBody } from './callback-body.ts';
import { withoutMention } from './mention.ts';

export interface Heard {
  readonly account: string;
  readonly botName: string | null;
  readonly now: Date;
}

const ATTACHED_BY_TYPE: Readonly<Record<string, Inbound['attached']>> = {
  text: undefined,
  image: 'image',
  mixed: 'image',
  voice: 'voice',
  file: 'file',
  video: 'video',
};

/** `null`: said too long ago, or by a bot. */
export function inboundOf(body: SaidBody, { account, botName, now }: Heard): Inbound | null {
  const at = momentOf(body, now);
  if (isStale(at, now) || body.from.userid === account) return null;
  const chat = chatOf(body);
  const words = wordsIn(body);
  const own = chat.kind === 'group' ? withoutMention(words, botName) : words.trim();
  const text = own === '' && body.quote !== undefined ? wordsIn(body.quote).trim() : own;
  const attached = body.msgtype in ATTACHED_BY_TYPE ? ATTACHED_BY_TYPE[body.msgtype] : 'other';
  return {
    channel: 'wecom',
    account,
    messageId: body.msgid,
    chat,
    sender: { address: body.from.userid },
    text,
    // WeCom tells nothing of a group but what is said to the bot.
    mentioned: true,
    at,
    ...(attached === undefined ? {} : { attached }),
  };
}

export function pressedOf(body: EventBody, text: string, { account, now }: Heard): Inbound {
  return {
    channel: 'wecom',
    account,
    messageId: body.msgid,
    chat: chatOf(body),
    sender: { address: body.from.userid },
    text,
    mentioned: true,
    at: momentOf(body, now),
  };
}

export function openedOf(body: EventBody, { account, now }: Heard): ChatEvent {
  return {
    event: 'opened',
    channel: 'wecom',
    account,
    eventId: body.msgid,
    chat: { address: body.from.userid, kind: 'direct' },
    sender: { address: body.from.userid },
    at: momentOf(body, now),
  };
}

type Place = Pick<SaidBody, 'chatid' | 'chattype' | 'from' | 'create_time'>;

/** Ids are kept letter for letter: WeCom refuses them in another case. */
export function chatOf({ chatid, chattype, from }: Place): Inbound['chat'] {
  const isGroup = chatid !== undefined && chattype !== 'single';
  return isGroup ? { address: chatid, kind: 'group' } : { address: from.userid, kind: 'direct' };
}

export function momentOf({ create_time: seconds }: Place, now: Date): Date {
  return seconds === undefined ? now : new Date(seconds * 1_000);
}

const DAY_MS = 24 * 60 * 60_000;

export function isStale(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() > DAY_MS;
}

function wordsIn({ msgtype, text, voice, mixed }: Content): string {
  if (msgtype === 'text') return text?.content ?? '';
  if (msgtype === 'voice') return voice?.content ?? '';
  const pieces = mixed?.msg_item.flatMap((item) => item.text?.content ?? []) ?? [];
  return msgtype === 'mixed' ? pieces.join('\n') : '';
}
