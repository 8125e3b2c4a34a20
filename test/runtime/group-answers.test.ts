/** Answers to a group on their way out, over a real store: what a crash meets is said by the next process, once. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Delivery, DeliveryOutcome, Pace } from '../../src/channels/channel.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Chat } from '../../src/model/chat.ts';
import type { AnswerPart } from '../../src/model/group-answer.ts';
import type { OutgoingKind } from '../../src/model/outgoing.ts';
import { Dispatcher } from '../../src/runtime/dispatcher.ts';
import { BREATH_MS } from '../../src/runtime/floor-rules.ts';
import type { Departing } from '../../src/runtime/outgoing-writer.ts';
import { insertChat, insertPerson } from '../../src/store/chat-table.ts';
import { insertOutbox, type OutboxMessage } from '../../src/store/outbox-table.ts';
import { createLoopbackChannel } from '../support/loopback-channel.ts';
import { PATIENCE } from '../support/patience.ts';
import { foundCommunity } from '../support/records.ts';
import { openTestStore, type TestStore } from '../support/test-store.ts';

const START = new Date('2026-11-18T02:00:00Z');
const HEARD = { channel: 'web', account: 'c', chat: { address: 'g', kind: 'group' }, messageId: 'm' } as const;

let opened: TestStore;
let group: Chat;
let steadyMs = 0;
const running: { readonly dispatcher: Dispatcher; readonly letGo: () => void }[] = [];
beforeEach(async () => {
  steadyMs = 0;
  opened = await openTestStore();
  await opened.store.write((tx) => foundCommunity(tx, opened.vault));
  group = await newChat('g', 'group', null);
});
afterEach(async () => {
  for (const { dispatcher, letGo } of running.splice(0)) {
    letGo();
    await dispatcher.stop();
  }
  await opened.close();
});

test('several answers are one message on disk before it is said, and each hears in private what is theirs', async () => {
  const { dispatcher, said } = send('one');
  const lin = await newPerson('lin');
  await newChat('lin', 'direct', lin);
  const alone = mine('Lin');
  await speakTogether(dispatcher, 'one', [
    { personId: lin, text: 'noted', told: joined(2), alone },
    { personId: 'wang', text: 'noted', told: joined(1), alone: mine('Wang') },
  ]);
  expect(said).toEqual(expect.arrayContaining(['g: joined 3', 'lin: yours, Lin']));
  expect(said).toHaveLength(2);
  expect(await fates()).toEqual(['expired gathered', 'sent', 'sent']);
});

test('where the bot may speak first, whoever never wrote in private hears there what is theirs', async () => {
  const { dispatcher, said } = send('one');
  const lin = await newPerson('lin');
  await speakTogether(dispatcher, 'one', [
    { personId: lin, text: 'noted', told: joined(2), alone: { ...mine('Lin'), address: 'lin at home' } },
    { personId: 'wang', text: 'noted', told: joined(1), alone: mine('Wang') },
  ]);
  expect(new Set(said)).toEqual(new Set(['g: joined 3', 'lin at home: yours, Lin']));
});

test('a crash before they were gathered loses none: the next process says them as one', async () => {
  const first = send('one');
  first.dispatcher.heard(HEARD);
  first.dispatcher.handOver([
    await take('one', { personId: 'lin', text: 'noted', told: joined(2) }),
    await take('one', { personId: 'wang', text: 'noted', told: joined(1) }),
  ]);
  expect(first.dispatcher.waitingInMemory).toBe(2);
  const second = send('two');
  await second.dispatcher.start();
  await second.dispatcher.idle();
  expect({ first: first.said, second: second.said }).toEqual({ first: [], second: ['g: joined 3'] });
});

test('a crash between gathering and arriving loses none either, and nobody is told twice in private', async () => {
  const lin = await newPerson('lin');
  await newChat('lin', 'direct', lin);
  const first = send('one', { hangsIn: 'g' });
  first.dispatcher.handOver([
    await take('one', { personId: lin, text: 'noted', told: joined(2), alone: mine('Lin') }),
    await take('one', { personId: 'wang', text: 'noted', told: joined(1) }),
  ]);
  await vi.waitFor(() => expect(first.hanging).toEqual(['g: joined 3']), PATIENCE);
  await vi.waitFor(async () => expect(await fates()).toContain('sent'), PATIENCE);
  const second = send('two');
  await second.dispatcher.start();
  await second.dispatcher.idle();
  expect({ first: first.said, second: second.said }).toEqual({ first: ['lin: yours, Lin'], second: ['g: joined 3'] });
});

test('what the platform refused is said again, together with what has come meanwhile', async () => {
  const refusal = { fate: 'not-sent', code: 'rate-limited', retryAfterMs: 1 } as const;
  const { dispatcher, said } = send('one', { outcomes: [refusal] });
  await dispatcher.start();
  await speakTogether(dispatcher, 'one', [
    { personId: 'lin', text: 'noted', told: joined(2) },
    { personId: 'wang', text: 'noted', told: joined(1) },
  ]);
  dispatcher.handOver([await take('one', { personId: 'li', text: 'noted', told: joined(4) })]);
  await vi.waitFor(() => expect(said).toEqual(['g: joined 7']), PATIENCE);
});

test('a notice neither waits for the answers of its group nor makes one wait', async () => {
  const { dispatcher, said } = send('one');
  await speakTogether(dispatcher, 'one', [{ personId: 'lin', text: 'first' }]);
  dispatcher.heard(HEARD);
  dispatcher.read(HEARD);
  dispatcher.handOver([await take('one', { personId: 'wang', text: 'second' })]);
  await insert('notice', { text: 'notice' }, null);
  dispatcher.nudge();
  await vi.waitFor(() => expect(said).toEqual(['g: first', 'g: notice']), PATIENCE);
  expect(dispatcher.waitingInMemory).toBe(1);
  steadyMs += BREATH_MS;
  dispatcher.heard(HEARD);
  dispatcher.read(HEARD);
  await dispatcher.idle();
  expect(said).toEqual(['g: first', 'g: notice', 'g: second']);
});

test('what waited while the account was away is said as one, also where one message at a time is taken', async () => {
  for (const personId of ['lin', 'wang', 'li']) {
    await insert('reply', { text: 'noted' }, null, { personId, text: 'noted', told: joined(1) });
  }
  const { dispatcher, said } = send('one', { pace: { gapMs: [60_000, 60_000] } });
  await dispatcher.start();
  await vi.waitFor(() => expect(said).toEqual(['g: joined 3']), PATIENCE);
});

test('what still waits for its turn at the end goes back into the queue', async () => {
  const { dispatcher, said } = send('one');
  dispatcher.heard(HEARD);
  dispatcher.handOver([await take('one', { personId: 'lin', text: 'first' })]);
  await dispatcher.stop();
  expect({ said, fates: await fates() }).toEqual({ said: [], fates: ['queued'] });
});

interface Platform {
  readonly outcomes?: DeliveryOutcome[];
  /** Where nothing arrives before `letGo`. */
  readonly hangsIn?: string;
  readonly pace?: Pace;
}

function send(owner: string, { outcomes = [], hangsIn, pace = {} }: Platform = {}) {
  const said: string[] = [];
  const hanging: string[] = [];
  const gate = Promise.withResolvers<void>();
  const channel = {
    ...createLoopbackChannel({ pace }),
    deliver: async ({ chat, message }: Delivery): Promise<DeliveryOutcome> => {
      const words = `${chat.address}: ${message.text}`;
      if (chat.address === hangsIn) {
        hanging.push(words);
        await gate.promise;
        return { fate: 'not-sent', code: 'offline', untried: true };
      }
      const outcome = outcomes.shift() ?? { fate: 'sent' };
      if (outcome.fate === 'sent') said.push(words);
      return outcome;
    },
  };
  const dispatcher = new Dispatcher({
    store: opened.store,
    channels: { find: () => channel, ready: () => [channel], mayDeliver: () => true },
    render: (_, key, { count }) => `${key} ${count}`,
    owner,
    isAlive: async () => false,
    clock: { now: () => new Date() },
    steadyNow: () => steadyMs,
    random: () => 0.5,
    metrics: { count: () => {} },
    log: createLog('fatal', 'stderr'),
  });
  running.push({ dispatcher, letGo: () => gate.resolve() });
  return { dispatcher, said, hanging };
}

async function speakTogether(dispatcher: Dispatcher, owner: string, parts: readonly AnswerPart[]): Promise<void> {
  const departing: Departing[] = [];
  for (const part of parts) departing.push(await take(owner, part));
  dispatcher.handOver(departing);
  await dispatcher.idle();
}

function joined(count: number): NonNullable<AnswerPart['told']> {
  people += 1;
  return { key: 'joined', variables: {}, count, of: `person ${people}` };
}

function mine(name: string): NonNullable<AnswerPart['alone']> {
  return { message: { text: `yours, ${name}` }, address: null };
}

let people = 0;

async function take(owner: string, part: AnswerPart): Promise<Departing> {
  return { message: await insert('reply', { text: part.text }, owner, part), chat: group };
}

function insert(
  kind: OutgoingKind,
  message: { readonly text: string },
  owner: string | null,
  part?: AnswerPart,
): Promise<OutboxMessage> {
  const nothing = { notAfter: null, collapseKey: null, urgent: kind === 'notice', subjectId: null, runAt: START };
  const row = { communityId: 'c', chatId: group.id, kind, textKey: 'k', message, ...nothing };
  const answer = part === undefined ? {} : { answer: { parts: [part] } };
  return opened.store.write((tx) => insertOutbox(tx, { ...row, ...answer }, { owner, now: START }));
}

function newPerson(address: string): Promise<string> {
  const from = { channel: 'web', account: 'c', address } as const;
  return opened.store.write(async (tx) => (await insertPerson(tx, { communityId: 'c', from, now: START })).id);
}

function newChat(address: string, kind: 'direct' | 'group', personId: string | null): Promise<Chat> {
  const at = { communityId: 'c', channel: 'web', account: 'c', address, kind, title: null, areaId: null } as const;
  return opened.store.write((tx) => insertChat(tx, { ...at, personId, now: START }));
}

/** In no order. */
async function fates(): Promise<string[]> {
  const rows = await opened.store.read(({ db }) => db.selectFrom('outbox').select(['state', 'reason']).execute());
  return rows.map(({ state, reason }) => (reason === null ? state : `${state} ${reason}`)).sort();
}
