/** Of all processes one runs an account: who holds its lease, and nobody who may have lost it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Channel, ChannelStatus } from '../../src/channels/channel.ts';
import { createLog } from '../../src/lib/log.ts';
import { LvlinError } from '../../src/model/errors.ts';
import { type ChannelKeeper, createChannelKeeper } from '../../src/runtime/channel-keeper.ts';
import type { Store } from '../../src/store/store.ts';
import { type ManualClock, manualClock } from '../support/manual-clock.ts';
import { openTestStore, type TestStore } from '../support/test-store.ts';

const START = new Date('2026-11-18T02:00:00Z');
const LONGER_THAN_A_LEASE_MS = 31_000;

let opened: TestStore;
let clock: ManualClock;
let keepers: ChannelKeeper[];
let told: string[];

beforeEach(async () => {
  opened = await openTestStore();
  clock = manualClock(START);
  keepers = [];
  told = [];
});
afterEach(async () => {
  for (const keeper of keepers) await keeper.stop();
  await opened.close();
});

test('of two processes one runs the account, and the other takes it up when that one gives it up', async () => {
  const [one, other] = [account(), account()];
  const first = await keep('one', one, shared(opened.store).store);
  await keep('other', other, shared(opened.store).store);
  expect([one.isRunning, other.isRunning]).toEqual([true, false]);
  await first.stop();
  await first.giveUp();
  await expect.poll(() => [one.isRunning, other.isRunning]).toEqual([false, true]);
});

test('who slept longer than the lease holds sends nothing more, and stops when another has the account', async () => {
  const [one, other] = [account(), account()];
  const line = shared(opened.store);
  const keeper = await keep('one', one, line.store);
  expect(keeper.mayDeliver(keeper.channels()[0] ?? other)).toBe(true);
  line.sleep();
  await keep('other', other, shared(opened.store).store);
  pass(LONGER_THAN_A_LEASE_MS);
  expect(keeper.mayDeliver(keeper.channels()[0] ?? other)).toBe(false);
  await expect.poll(() => other.isRunning).toBe(true);
  line.mend();
  await expect.poll(() => [one.isRunning, other.isRunning]).toEqual([false, true]);
});

test('who cannot reach the records for longer than the lease holds stops, and starts again when they are back', async () => {
  const one = account();
  const line = shared(opened.store);
  await keep('one', one, line.store);
  line.cut();
  pass(LONGER_THAN_A_LEASE_MS);
  await expect.poll(() => one.isRunning).toBe(false);
  line.mend();
  await expect.poll(() => one.isRunning).toBe(true);
});

test('a full disk under the one process of an SQLite file stops no channel', async () => {
  const one = account();
  const line = shared(opened.store, 'sqlite');
  await keep('one', one, line.store);
  line.cut();
  pass(LONGER_THAN_A_LEASE_MS);
  const refused = line.refused();
  await expect.poll(() => line.refused()).toBeGreaterThan(refused + 2);
  expect(one.isRunning).toBe(true);
});

test('an account set anew while the lease of the old one cannot be written runs as soon as it can', async () => {
  const [before, after] = [account(), account()];
  const line = shared(opened.store);
  const keeper = await keep('one', before, line.store);
  line.cut();
  await keeper.put(after);
  expect(keeper.channels()).toEqual([after]);
  line.mend();
  await expect.poll(() => [before.isRunning, after.isRunning]).toEqual([false, true]);
});

test('a channel in trouble for five minutes is told of once, and once when it is well again', async () => {
  const one = account();
  await keep('one', one, opened.store);
  one.show({ state: 'connecting', since: clock.now(), trouble: 'unreachable' });
  pass(5 * 60_000);
  await expect.poll(() => told).toEqual(['connecting']);
  const looks = one.looks();
  await expect.poll(() => one.looks()).toBeGreaterThan(looks + 3);
  one.show({ state: 'online', since: clock.now() });
  await expect.poll(() => told).toEqual(['connecting', 'online']);
});

test('a channel that cannot begin stands as refused, is told of once, and is tried again ever more seldom until it can', async () => {
  const one = account();
  one.breakStart(true);
  const line = shared(opened.store);
  const keeper = await keep('one', one, line.store);
  const looked = async () => {
    const before = line.written();
    await expect.poll(() => line.written()).toBeGreaterThan(before + 2);
  };
  const refused = { stands: 'not-started', status: { state: 'offline', trouble: 'refused', since: START } };
  expect(keeper.standing()).toMatchObject([refused]);
  const starts: number[] = [];
  for (const seconds of [0, 10, 10, 10, 280]) {
    pass(seconds * 1_000);
    await looked();
    starts.push(one.starts());
  }
  expect({ starts, told }).toEqual({ starts: [1, 2, 2, 3, 4], told: ['offline'] });
  expect(keeper.standing()).toMatchObject([refused]);
  one.breakStart(false);
  pass(10 * 60_000);
  await expect.poll(() => told).toEqual(['offline', 'online']);
  expect(keeper.standing()).toMatchObject([{ stands: 'running', status: { state: 'online' } }]);
});

function pass(ms: number): void {
  clock.set(new Date(clock.now().getTime() + ms));
}

async function keep(owner: string, channel: Channel, store: Store): Promise<ChannelKeeper> {
  const log = createLog('fatal', 'stderr');
  const onChange = (_: Channel, { state }: ChannelStatus) => void told.push(state);
  const keeper = createChannelKeeper({ store, channels: [channel], owner, onChange, clock, log, lookEveryMs: 5 });
  keepers.push(keeper);
  await keeper.start(async () => {});
  return keeper;
}

function account() {
  let status: ChannelStatus = { state: 'online', since: START };
  let isRunning = false;
  let isBroken = false;
  let starts = 0;
  let looks = 0;
  const channel: Channel = {
    name: 'telegram',
    account: '7',
    can: { longestText: 4_096, buttons: true, speaksFirst: false, pace: {} },
    start: async () => {
      starts += 1;
      if (isBroken) throw new Error('its file cannot be read');
      isRunning = true;
    },
    deliver: async () => ({ fate: 'sent' }),
    status: () => {
      looks += 1;
      return status;
    },
    stop: async () => {
      isRunning = false;
    },
  };
  return {
    ...channel,
    get isRunning() {
      return isRunning;
    },
    looks: () => looks,
    starts: () => starts,
    breakStart: (broken: boolean) => {
      isBroken = broken;
    },
    show: (next: ChannelStatus) => {
      status = next;
    },
  };
}

/** One process's line to records that it shares with others: it may break, or its process may sleep. */
function shared(store: Store, dialect: Store['dialect'] = 'postgres') {
  let isCut = false;
  let refused = 0;
  let written = 0;
  let awake = Promise.withResolvers<void>();
  awake.resolve();
  const write: Store['write'] = async (work) => {
    await awake.promise;
    written += 1;
    if (!isCut) return store.write(work);
    refused += 1;
    throw new LvlinError('database-unreachable');
  };
  const read: Store['read'] = (work) => store.read(work);
  return {
    store: { dialect, inOrder: true, write, read, close: () => store.close() },
    refused: () => refused,
    written: () => written,
    cut: () => {
      isCut = true;
    },
    sleep: () => {
      awake = Promise.withResolvers<void>();
    },
    mend: () => {
      isCut = false;
      awake.resolve();
    },
  };
}
