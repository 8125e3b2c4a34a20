/** Hears what the gateway tells: reads messages and events, leaves out what was told twice, hands on the rest in order. */
import type { ChatEvent, Inbound } from '../../model/inbound.ts';
import type { ChannelLog, Sink } from '../channel.ts';
import { decodeFriend, decodeJoin, decodeLeave } from './decode-event.ts';
import { type Around, decodeMessage, type RawMessage } from './decode-message.ts';
import type { GatewayEvent } from './gateway-event.ts';
import { createIntakeLine } from './intake-line.ts';
import { isWarning } from './read-words.ts';
import { isRestriction } from './send-outcome.ts';
import type { WechatSession } from './wechat-session.ts';
import { within } from './within.ts';

export interface EarsParts {
  readonly account: string;
  readonly session: () => WechatSession | null;
  readonly sink: Sink;
  readonly keepAgainAfterMs: readonly number[];
  readonly lookUpWithinMs: number;
  readonly now: () => Date;
  readonly log: ChannelLog;
  /** WeChat has shown that it minds. */
  readonly onRestriction: () => Promise<void>;
}

export interface WechatEars {
  /** Never throws. */
  readonly hear: (event: GatewayEvent) => void;
  stop(): Promise<void>;
}

// Puppets repeat messages within minutes; what is older is told apart by the records.
const REMEMBERED_IDS = 2_000;
// What is told before it is known who is logged in waits for that.
const MOST_EARLY = 200;
const STOP_WITHIN_MS = 3_000;

export function createWechatEars(parts: EarsParts): WechatEars {
  const over = new AbortController();
  const line = createIntakeLine({ ...parts, againAfterMs: parts.keepAgainAfterMs, over: over.signal });
  const seen = new Set<string>();
  let early: GatewayEvent[] = [];

  function hear(event: GatewayEvent): void {
    if (over.signal.aborted) return;
    const session = parts.session();
    if (event.what === 'login') {
      const waiting = early;
      early = [];
      for (const one of waiting) hear(one);
    } else if (event.what === 'logout' || event.what === 'error') {
      const words = event.what === 'logout' ? event.reason : event.words;
      if (isRestriction(words)) void parts.onRestriction();
    } else if (session === null) {
      if (early.length < MOST_EARLY) early.push(event);
    } else {
      read(event, session);
    }
  }

  function readFirst(id: string, around: Around): Promise<Inbound[]> {
    rememberIn(seen, id);
    return readMessage(parts, id, around).catch(() => {
      seen.delete(id);
      parts.log.warn({ channel: 'wechat', account: parts.account, code: 'network' }, 'a message could not be read');
      return [];
    });
  }

  function read(event: GatewayEvent, session: WechatSession): void {
    const around: Around = { ...session, account: parts.account, now: parts.now() };
    if (event.what === 'renamed') forgetTopic(session, event.roomId);
    if (event.what === 'changed') session.names.forget(event.payloadId);
    if (event.what === 'joined') line.add(decodeJoin(event, around));
    if (event.what === 'left') line.add(Promise.resolve(listOf(decodeLeave(event, around))));
    if (event.what === 'friendship') line.add(readFriend(parts, event.friendshipId, session, around));
    if (event.what === 'message' && !seen.has(event.messageId)) line.add(readFirst(event.messageId, around));
  }

  return {
    hear,
    stop: async () => {
      over.abort();
      await within(STOP_WITHIN_MS, line.idle()).catch(() => {});
    },
  };
}

/** Asked twice: the connection may have changed under it. */
async function readMessage(parts: EarsParts, id: string, around: Around): Promise<Inbound[]> {
  const ask = async (): Promise<RawMessage> => {
    const client = parts.session()?.client;
    if (client === undefined) throw new Error('nobody is logged in');
    return rawMessage(await within(parts.lookUpWithinMs, client.messagePayload(id)));
  };
  const raw = await ask().catch(ask);
  if (isWarning(raw.talkerId, raw.text)) await parts.onRestriction();
  return listOf(await decodeMessage(raw, around));
}

interface MessagePayload {
  readonly id: string;
  readonly talkerId: string;
  readonly roomId?: string;
  readonly text?: string;
  readonly type: number;
  readonly timestamp: number;
  readonly mentionIdList?: readonly string[];
}

function rawMessage(payload: MessagePayload): RawMessage {
  const { roomId = '', text = '', mentionIdList = [], ...rest } = payload;
  return { ...rest, roomId, text, mentionIds: mentionIdList };
}

// wechaty's `FriendshipType`: the other side has said yes.
const CONFIRMED = 1;

async function readFriend(
  { lookUpWithinMs }: EarsParts,
  friendshipId: string,
  { client }: WechatSession,
  around: Around,
): Promise<ChatEvent[]> {
  const { type, contactId } = await within(lookUpWithinMs, client.friendshipPayload(friendshipId));
  return type === CONFIRMED && contactId !== '' ? [await decodeFriend(friendshipId, contactId, around)] : [];
}

// wechaty's `DirtyType`.
const ROOM = 3;

function forgetTopic({ client, names }: WechatSession, roomId: string): void {
  names.forget(roomId);
  client.onDirty({ payloadType: ROOM, payloadId: roomId });
}

function rememberIn(seen: Set<string>, id: string): void {
  seen.add(id);
  for (const oldest of seen) {
    if (seen.size <= REMEMBERED_IDS) break;
    seen.delete(oldest);
  }
}

function listOf<T>(one: T | null): T[] {
  return one === null ? [] : [one];
}
