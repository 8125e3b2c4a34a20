/** One process that sends: the order within a chat holds whatever fails, and no chat takes the room of the others. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Capabilities, Delivery } from '../../src/channels/channel.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Chat } from '../../src/model/chat.ts';
import type { OutgoingKind } from '../../src/model/outgoing.ts';
import { Dispatcher } from '../../src/runtime/dispatcher.ts';
import type { Departing } from '../../src/runtime/outgoing-writer.ts';
import { insertChat } from '../../src/store/chat-table.ts';
import { insertOutbox } from '../../src/store/outbox-table.ts';
import type { Store } from '../../src/store/store.ts';
import { createLoopbackChannel } from '../support/loopback-channel.ts';
import { type ManualClock, manualClock } from '../support/manual-clock.ts';
import { foundCommunity } from '../support/records.ts';
import { openTestStore, type TestStore } from '../support/test-store.ts';

const START = new Date('2026-11-18T02:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let opened: TestStore;
let clock: ManualClock;
let dispatcher: Dispatcher;
let isOurs = true;

beforeEach(async () => {
  opened = await openTestStore();
  clock = manualClock(START);
  await opened.store.write((tx) => foundCommunity(tx, opened.vault));
});
afterEach(async () => {
  await dispatcher.stop();
  await opened.close();
});

test('what was queued later in a chat waits for the earlier one that is tried again', async () => {
  const said = send({ refusedOnce: ['first'] });
  const chat = await newChat('a');
  await queue(chat, 'first', 'reminder');
  await later(0);
  await queue(chat, 'second', 'reminder');
  await later(1_000);
  expect(said).toEqual([]);
  await later(HOUR_MS);
  expect(said).toEqual(['first', 'second']);
});

test('an answer passes a notice that is tried again in its chat; what is no more urgent waits behind it', async () => {
  const said = send({ refusedOnce: ['notice'] });
  const chat = await newChat('a');
  await queue(chat, 'notice', 'notice');
  await later(0);
  await queue(chat, 'tip', 'tip');
  await queue(chat, 'queued answer', 'reply');
  await queue(chat, 'reminder', 'reminder');
  await later(1_000);
  dispatcher.handOver([await take(chat, 'answer')]);
  await dispatcher.idle();
  expect(said).toEqual(['queued answer', 'reminder', 'answer']);
  await later(HOUR_MS);
  expect(said).toEqual(['queued answer', 'reminder', 'answer', 'notice', 'tip']);
});

test('an answer that stood behind a notice on the wire goes on when the notice fails', async () => {
  const answer = Promise.withResolvers<void>();
  const said = send({ refusedOnce: ['notice'], until: { notice: answer.promise } });
  const chat = await newChat('a');
  await queue(chat, 'notice', 'notice');
  await queue(chat, 'tip', 'tip');
  dispatcher.nudge();
  await expect.poll(() => dispatcher.waitingInMemory).toBe(1);
  dispatcher.handOver([await take(chat, 'answer')]);
  answer.resolve();
  await dispatcher.idle();
  expect(said).toEqual(['answer']);
  await later(HOUR_MS);
  expect(said).toEqual(['answer', 'notice', 'tip']);
});

test('where the platform wants nothing more in a chat for a while, answers wait too', async () => {
  const said = send({ refusedOnce: ['notice'], code: 'rate-limited' });
  const chat = await newChat('a');
  await queue(chat, 'notice', 'notice');
  await later(0);
  dispatcher.handOver([await take(chat, 'answer')]);
  await later(1_000);
  expect(said).toEqual([]);
  await later(HOUR_MS);
  expect(said).toEqual(['answer', 'notice']);
});

test('nothing is lost sight of when two messages to one chat fail while the first failure is being written down', async () => {
  const writes = holdable(opened.store);
  const answer = Promise.withResolvers<void>();
  const said = send({ refusedOnce: ['first', 'queued'], store: writes.store, until: { first: answer.promise } });
  const chat = await newChat('a');
  await queue(chat, 'queued', 'reminder');
  const [first, second] = [await take(chat, 'first'), await take(chat, 'second')];

  dispatcher.handOver([first, second]);
  const claim = writes.holdNext();
  dispatcher.nudge();
  await claim.isDone;
  const failure = writes.holdNext();
  answer.resolve();
  await failure.isDone;
  claim.letGo();
  await new Promise((resolve) => setImmediate(resolve));
  failure.letGo();
  await dispatcher.idle();
  for (let hour = 0; hour < 3; hour += 1) await later(HOUR_MS);

  expect(said).toEqual(['first', 'second', 'queued']);
});

test('a chat that has used up its minute leaves the others their room, and no more is taken for it', async () => {
  const said = send({ pace: { perDirect: [{ most: 1, withinMs: MINUTE_MS }] } });
  const [busy, other] = [await newChat('busy'), await newChat('other')];
  const answers: Departing[] = [];
  for (let number = 0; number < 250; number += 1) answers.push(await take(busy, 'answer'));
  dispatcher.handOver(answers);
  for (let number = 0; number < 250; number += 1) await queue(busy, 'later answer', 'reply');
  await queue(other, 'reminder', 'reminder');

  dispatcher.nudge();

  await expect.poll(() => said).toEqual(['answer', 'reminder']);
  expect(dispatcher.waitingInMemory).toBe(249);
});

test('a chat that has used up its day waits in the queue and holds up no other on a slow account', async () => {
  const pace = { gapMs: [1, 2], perDirect: [{ most: 1, withinMs: 24 * HOUR_MS }] } as const;
  const said = send({ pace });
  const [busy, other] = [await newChat('busy'), await newChat('other')];
  await queue(busy, 'today', 'reminder');
  await queue(busy, 'tomorrow', 'reminder');
  await queue(other, 'to others', 'reminder');
  await later(0);
  await later(0);
  await later(0);
  expect({ said, inMemory: dispatcher.waitingInMemory }).toEqual({ said: ['today', 'to others'], inMemory: 0 });
});

test('nothing is sent while another process may have the account, and all of it afterwards', async () => {
  const said = send({});
  const chat = await newChat('a');
  isOurs = false;
  dispatcher.handOver([await take(chat, 'first')]);
  await dispatcher.idle();
  expect(said).toEqual([]);
  isOurs = true;
  await later(MINUTE_MS);
  expect(said).toEqual(['first']);
});

interface Sending {
  readonly pace?: Capabilities['pace'];
  /** Texts whose first delivery is refused. */
  readonly refusedOnce?: readonly string[];
  readonly code?: string;
  /** Texts whose delivery waits for something. */
  readonly until?: Readonly<Record<string, Promise<void>>>;
  readonly store?: Store;
}

/** What arrives. */
function send({
  pace = {},
  refusedOnce = [],
  code = 'server-error',
  until = {},
  store = opened.store,
}: Sending): string[] {
  const said: string[] = [];
  const refused = new Set(refusedOnce);
  const channel = {
    ...createLoopbackChannel({ pace }),
    deliver: async ({ message: { text } }: Delivery) => {
      await until[text];
      if (refused.delete(text)) return { fate: 'not-sent', code, retryAfterMs: HOUR_MS } as const;
      said.push(text);
      return { fate: 'sent' } as const;
    },
  };
  dispatcher = new Dispatcher({
    store,
    channels: { find: () => channel, ready: () => [channel], mayDeliver: () => isOurs },
    owner: 'one',
    render: (_, key) => key,
    isAlive: async () => true,
    clock,
    steadyNow: () => performance.now(),
    random: () => 0.5,
    metrics: { count: () => {} },
    log: createLog('fatal', 'stderr'),
  });
  return said;
}

async function later(ms: number): Promise<void> {
  clock.set(new Date(clock.now().getTime() + ms));
  dispatcher.nudge();
  await dispatcher.idle();
}

function newChat(address: string): Promise<Chat> {
  const at = { communityId: 'c', channel: 'web', account: 'c', address, kind: 'direct' } as const;
  return opened.store.write((tx) => insertChat(tx, { ...at, title: null, areaId: null, personId: null, now: START }));
}

function queue(chat: Chat, text: string, kind: OutgoingKind): Promise<unknown> {
  return write(chat, text, kind, null);
}

async function take(chat: Chat, text: string): Promise<Departing> {
  return { message: await write(chat, text, 'reply', 'one'), chat };
}

function write(chat: Chat, text: string, kind: OutgoingKind, owner: string | null) {
  const more = { notAfter: null, collapseKey: null, urgent: false, subjectId: null, runAt: clock.now() };
  const message = { communityId: 'c', chatId: chat.id, kind, textKey: 'k', message: { text }, ...more };
  return opened.store.write((tx) => insertOutbox(tx, message, { owner, now: clock.now() }));
}

/** A store whose next answer can be held back after it has done what was asked. */
function holdable(store: Store) {
  const held: { readonly done: () => void; readonly gate: Promise<void> }[] = [];
  const write: Store['write'] = async (work) => {
    const hold = held.shift();
    const result = await store.write(work);
    hold?.done();
    await hold?.gate;
    return result;
  };
  const holdNext = () => {
    const done = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    held.push({ done: done.resolve, gate: gate.promise });
    return { isDone: done.promise, letGo: gate.resolve };
  };
  const { dialect, inOrder } = store;
  const read: Store['read'] = (work) => store.read(work);
  return { store: { dialect, inOrder, write, read, close: () => store.close() }, holdNext };
}
