/** The sink of every channel: resolves when a message has had its effect and that is on disk. */

import type { Clock } from '../lib/clock.ts';
import { createLines } from '../lib/lines.ts';
import { longestRead } from '../lib/list-text.ts';
import type { Logger } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import { fromWire, LIST_GRAPHEMES } from '../lib/text.ts';
import { type ChatEvent, Inbound } from '../model/inbound.ts';
import type { Understood } from '../model/understanding.ts';
import { keepForLater, keepWaiting, listKept, markDead } from '../store/inbox-table.ts';
import { findPersonByAddress } from '../store/sender-table.ts';
import type { Store } from '../store/store.ts';
import { insertTask } from '../store/task-table.ts';
import { noteChatEvent, saidBy } from './chat-events.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { LoopGuard } from './loop-guard.ts';
import type { Hearing, Unread } from './second-reader.ts';
import { createSpeakerLines, type SetAside } from './speaker-lines.ts';
import { TurnFailed, type TurnParts, takeTurn } from './turn.ts';

export interface IntakeParts extends TurnParts {
  readonly store: Store;
  readonly dispatcher: Pick<Dispatcher, 'handOver' | 'heard' | 'read'>;
  readonly guard: Pick<LoopGuard, 'lets' | 'settled'>;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'count'>;
  readonly log: Logger;
}

export interface Intake {
  /** Rejects when nothing could be kept (disk full, database gone): the platform is to deliver it again. */
  readonly receive: (heard: Inbound | ChatEvent) => Promise<void>;
  /** Handles what was kept after a failure; called at start and now and then. */
  readonly retryKept: () => Promise<void>;
  readonly idle: () => Promise<void>;
}

// A message that fails three times would fail for ever; a person looks at it.
const TRIES = 3;
const RETRIES_AT_ONCE = 50;
// A model is waited for eight seconds; whoever has a message longer than this has died with it.
const IN_HANDS_MS = 60_000;

export function createIntake(parts: IntakeParts): Intake {
  const { store } = parts;
  const chats = createLines();
  let underWay = 0;
  let whenIdle: (() => void)[] = [];

  async function counted(work: () => Promise<void>): Promise<void> {
    underWay += 1;
    try {
      await work();
    } finally {
      underWay -= 1;
      if (underWay === 0) {
        for (const resolve of whenIdle) resolve();
        whenIdle = [];
      }
    }
  }

  function inOrder(inbound: Inbound, hearing: Hearing): Promise<SetAside | null> {
    const handled = () => handleOne(parts, inbound, hearing);
    return store.inOrder ? handled() : chats.run(chatKey(inbound), handled);
  }

  const speakers = createSpeakerLines(
    {
      hear: (inbound) => inOrder(inbound, { what: 'first' }),
      readAndHear: async (inbound, unread) => {
        await inOrder(inbound, { what: 'told', meant: await readUnread(parts, unread) });
      },
      keep: (inbound, communityId) =>
        store.write((tx) => keepWaiting(tx, inbound, communityId, JSON.stringify(inbound), parts.clock.now())),
      onLeft: ({ channel, account, messageId }, err) =>
        parts.log.warn({ channel, account, messageId, err }, 'a message that is kept could not be handled yet'),
    },
    counted,
  );

  function handle(inbound: Inbound, hearing: Hearing): Promise<void> {
    const mayWait = hearing.what === 'first' && parts.second?.isSet() === true && isToTheBot(inbound);
    parts.dispatcher.heard(inbound);
    return counted(async () => {
      try {
        await (mayWait ? speakers.take(inbound) : inOrder(inbound, hearing));
      } finally {
        parts.dispatcher.read(inbound);
      }
    });
  }

  async function hear(inbound: Inbound): Promise<void> {
    const lets = parts.guard.lets(inbound);
    if (lets === true || (await lets)) await handle(inbound, { what: 'first' });
  }

  return {
    receive: async (heard) => {
      const inbound = 'event' in heard ? saidBy(heard) : heard;
      if (inbound !== null) await hear({ ...inbound, text: fromWire(inbound.text, longestOf(inbound)) });
      if ('event' in heard) await store.write((tx) => noteChatEvent(tx, heard, parts.clock.now()));
    },
    retryKept: () => retryKept(parts, (inbound) => handle(inbound, { what: 'again' })),
    idle: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve))),
  };
}

/** A list of a whole group is longer than anything one person writes; cut off, its end would look taken off. */
function longestOf({ chain, text }: Inbound): number {
  return chain === undefined ? longestRead(text) : LIST_GRAPHEMES;
}

/** Nobody's answer is an answer: what nobody can read is heard as it is. */
async function readUnread({ second, log }: IntakeParts, unread: Unread): Promise<Understood> {
  try {
    return (await second?.read(unread)) ?? NOT_READ;
  } catch (err) {
    log.error({ err }, 'a message could not be read a second time');
    return NOT_READ;
  }
}

const NOT_READ: Understood = { intent: 'none', slots: {} };

function isToTheBot({ chat, mentioned, understood }: Inbound): boolean {
  return understood === undefined && (chat.kind === 'direct' || mentioned);
}

/** What is to be read first comes back; `null`: it is done. */
async function handleOne(parts: IntakeParts, inbound: Inbound, hearing: Hearing): Promise<SetAside | null> {
  const now = parts.clock.now();
  try {
    const result = await parts.store.write((tx) => takeTurn(tx, parts, inbound, now, hearing));
    parts.metrics.count('messages_heard_total', { channel: inbound.channel, what: result.what });
    if (result.what === 'set-aside') return result;
    parts.dispatcher.read(inbound);
    parts.guard.settled(inbound, result.what === 'acted' ? result.departing : []);
    if (result.what === 'acted') parts.dispatcher.handOver(result.departing);
    return null;
  } catch (cause) {
    if (!(cause instanceof TurnFailed)) throw cause;
    parts.metrics.count('messages_heard_total', { channel: inbound.channel, what: 'failed' });
    await endFailed(parts, inbound, cause, now);
    return null;
  }
}

/** Either way it is confirmed: brought again, it would fail again and hold up all that came after it. */
async function endFailed(parts: IntakeParts, inbound: Inbound, failure: TurnFailed, now: Date): Promise<void> {
  const { communityId, wasKnown } = failure;
  const { channel, account, messageId } = inbound;
  const log = (tries: number) =>
    parts.log.error({ channel, account, messageId, tries, err: failure.cause }, 'a message could not be handled');
  if (communityId === null) {
    await parts.store.write((tx) => markDead(tx, inbound));
    return log(TRIES);
  }
  log(await keepFailed(parts, inbound, { communityId, wasKnown }, now));
}

interface FailedFor {
  readonly communityId: string;
  readonly wasKnown: boolean;
}

/** Returns how often it has failed. */
function keepFailed(
  parts: IntakeParts,
  inbound: Inbound,
  { communityId, wasKnown }: FailedFor,
  now: Date,
): Promise<number> {
  return parts.store.write(async (tx) => {
    const person = await findPersonByAddress(tx, { ...inbound, address: inbound.sender.address }, communityId);
    // Erased meanwhile: nothing of theirs is kept, and nobody tries it again.
    if (wasKnown && person === null) return TRIES;
    const tries = await keepForLater(tx, inbound, communityId, JSON.stringify(inbound), now);
    if (tries < TRIES) return tries;
    await markDead(tx, inbound);
    const task = { communityId, kind: 'message-failed', text: inbound.text, personId: person?.id ?? null } as const;
    await insertTask(tx, { ...task, now });
    return tries;
  });
}

async function retryKept(parts: IntakeParts, handle: (inbound: Inbound) => Promise<void>): Promise<void> {
  const inHandsSince = new Date(parts.clock.now().getTime() - IN_HANDS_MS);
  const kept = await parts.store.read((tx) => listKept(tx, RETRIES_AT_ONCE, inHandsSince));
  for (const { id, body } of kept) {
    const inbound = Inbound.safeParse(JSON.parse(body, revive));
    // Kept by another version in another shape: nobody will ever read it.
    if (inbound.success) await handle(inbound.data);
    else await parts.store.write((tx) => markDead(tx, id));
  }
}

function revive(key: string, value: unknown): unknown {
  return key === 'at' && typeof value === 'string' ? new Date(value) : value;
}

function chatKey({ channel, account, chat }: Inbound): string {
  return `${channel}|${account}|${chat.address}`;
}
