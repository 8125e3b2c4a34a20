/**
 * Keeps each account connected by exactly one process: whoever holds its lease runs its channel.
 * Two connections of one account would throw each other out (WeCom) or share the messages at random (Telegram).
 */
import type { Channel, ChannelStatus, Sink } from '../channels/channel.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { ChannelName } from '../model/channel-name.ts';
import { freeLeases, type Lease, releaseLease, renewLease, takeLease } from '../store/lease-table.ts';
import type { Store } from '../store/store.ts';
import { isWorthTelling } from './channel-trouble-rules.ts';
import { type FailedStart, failedAgain, mayTryAgain, statusAfter } from './failed-start-rules.ts';

export interface ChannelKeeperParts {
  readonly store: Store;
  readonly channels: readonly Channel[];
  /** This process. */
  readonly owner: string;
  /** Called once when a channel has been in trouble for a while, and once when it is well again. */
  readonly onChange: (channel: Channel, status: ChannelStatus) => void;
  readonly clock: Clock;
  readonly log: Logger;
  readonly lookEveryMs?: number;
}

/** How it stands with a channel in this process. */
export interface KeptChannel {
  readonly channel: Channel;
  /** `not-started`: this process has the account and the channel could not begin; it is tried again. */
  readonly stands: 'running' | 'not-started' | 'elsewhere';
  readonly status: ChannelStatus;
  /** When it last heard anything since this process began; `null`: nothing yet. */
  readonly heardAt: Date | null;
}

export interface ChannelKeeper {
  readonly channels: () => readonly Channel[];
  readonly standing: () => readonly KeptChannel[];
  readonly find: (name: ChannelName, account: string) => Channel | null;
  /** Those that can send now. */
  readonly ready: () => readonly Channel[];
  /** False while another process may have its account: whoever slept sends nothing before it has looked. */
  readonly mayDeliver: (channel: Channel) => boolean;
  start(sink: Sink): Promise<void>;
  /** From now on in the place of the one with the same name and account, if there is one. */
  put(channel: Channel): Promise<void>;
  remove(name: ChannelName, account: string): Promise<void>;
  /** Nothing more is heard; what is being delivered ends by itself. */
  stop(): Promise<void>;
  /** After the last delivery: the next process need not wait for the leases to run out. */
  giveUp(): Promise<void>;
}

interface Kept {
  readonly channel: Channel;
  lease: Lease | null;
  /** From then on another process may have the account, whether this one can be told of it or not. */
  isSureUntil: Date;
  isRunning: boolean;
  failedStart: FailedStart | null;
  heardAt: Date | null;
  wasTold: boolean;
}

export const ACCOUNT_LEASE = 'account:';

// A process that has stopped without a word is followed by another after this.
const LEASE_MS = 30_000;
const LOOK_EVERY_MS = 10_000;

export function createChannelKeeper(parts: ChannelKeeperParts): ChannelKeeper {
  const kept: Kept[] = parts.channels.map(keep);
  let sink: Sink | null = null;
  let timer: NodeJS.Timeout | null = null;
  let turn: Promise<void> = Promise.resolve();

  /** One after another: an account is not taken and given up at the same time. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const mine = turn.then(work, work);
    turn = mine.catch(() => {});
    return mine;
  }

  async function lookAt(one: Kept): Promise<void> {
    try {
      const mayRun = await holdLease(parts, one);
      if (!mayRun) one.failedStart = null;
      if (mayRun && !one.isRunning && sink !== null) await startOne(parts, one, sink);
      if (!mayRun && one.isRunning) await stopOne(one);
    } catch (cause) {
      parts.log.warn({ channel: one.channel.name, err: cause }, 'a channel could not be looked after');
      if (mayBeElsewhere(parts, one)) await stopOne(one);
    }
    tellOnce(parts, one);
  }

  return {
    channels: () => kept.map(({ channel }) => channel),
    standing: () => kept.map((one) => ({ channel: one.channel, ...standingOf(one), heardAt: one.heardAt })),
    find: (name, account) => kept.find(({ channel }) => serves(channel, name, account))?.channel ?? null,
    ready: () => kept.flatMap(({ channel, isRunning }) => (isRunning && isOnline(channel) ? [channel] : [])),
    mayDeliver: (channel) => !kept.some((one) => one.channel === channel && mayBeElsewhere(parts, one)),
    start: async (given) => {
      sink = given;
      // Whoever held one on a SQLite file is gone: only one process opens it.
      if (parts.store.dialect === 'sqlite')
        await parts.store.write((tx) => freeLeases(tx, ACCOUNT_LEASE, parts.clock.now()));
      await inTurn(async () => {
        for (const one of kept) await lookAt(one);
      });
      const look = () => void inTurn(async () => void (await Promise.all(kept.map(lookAt))));
      timer = setInterval(look, parts.lookEveryMs ?? LOOK_EVERY_MS);
    },
    put: (channel) =>
      inTurn(async () => {
        await letGo(parts, kept, channel.name, channel.account);
        const one = keep(channel);
        kept.push(one);
        if (sink !== null) await lookAt(one);
      }),
    remove: (name, account) => inTurn(() => letGo(parts, kept, name, account)),
    stop: () => {
      if (timer !== null) clearInterval(timer);
      return inTurn(async () => {
        sink = null;
        for (const one of kept) await stopOne(one);
      });
    },
    giveUp: () =>
      inTurn(async () => {
        for (const one of kept) await giveUpLease(parts, one);
      }),
  };
}

function keep(channel: Channel): Kept {
  const never = { lease: null, isSureUntil: new Date(0), isRunning: false, failedStart: null, heardAt: null };
  return { channel, ...never, wasTold: false };
}

function serves(channel: Channel, name: ChannelName, account: string): boolean {
  return channel.name === name && (channel.account === account || channel.account === '*');
}

function isOnline(channel: Channel): boolean {
  return channel.status().state === 'online';
}

/** A channel that cannot begin, e.g. for a file it cannot read, is no reason to give the account up: it is tried again. */
async function startOne({ clock, log }: ChannelKeeperParts, one: Kept, sink: Sink): Promise<void> {
  const { channel, failedStart } = one;
  if (!mayTryAgain(failedStart, clock.now())) return;
  try {
    await channel.start((heard) => {
      one.heardAt = clock.now();
      return sink(heard);
    });
    one.isRunning = true;
    one.failedStart = null;
  } catch (cause) {
    one.failedStart = failedAgain(failedStart, clock.now());
    if (failedStart === null) log.warn({ channel: channel.name, err: cause }, 'a channel could not be started');
  }
}

async function stopOne(one: Kept): Promise<void> {
  if (!one.isRunning) return;
  one.isRunning = false;
  await one.channel.stop();
}

/** What serves every account connects to nothing and needs no lease. */
async function holdLease({ store, owner, clock }: ChannelKeeperParts, one: Kept): Promise<boolean> {
  const { name, account } = one.channel;
  if (account === '*') return true;
  const now = clock.now();
  const term = { forMs: LEASE_MS, now };
  const held = one.lease;
  if (held !== null) one.lease = await store.write((tx) => renewLease(tx, held, term));
  one.lease ??= await store.write((tx) => takeLease(tx, { name: `${ACCOUNT_LEASE}${name}:${account}`, owner }, term));
  // By this process's own clock, and from before it was asked for.
  if (one.lease !== null) one.isSureUntil = new Date(now.getTime() + LEASE_MS);
  return one.lease !== null;
}

/** An SQLite file has one process alone; a database elsewhere may be out of reach for this one only. */
function mayBeElsewhere({ store, clock }: ChannelKeeperParts, { channel, isSureUntil }: Kept): boolean {
  return store.dialect === 'postgres' && channel.account !== '*' && isSureUntil <= clock.now();
}

async function letGo(parts: ChannelKeeperParts, kept: Kept[], name: ChannelName, account: string): Promise<void> {
  const index = kept.findIndex(({ channel }) => channel.name === name && channel.account === account);
  const [one] = index === -1 ? [] : kept.splice(index, 1);
  if (one === undefined) return;
  await stopOne(one);
  // Where it cannot be written, the lease runs out by itself, and this process may take it again at any time.
  await giveUpLease(parts, one).catch((cause: unknown) => {
    parts.log.warn({ channel: name, err: cause }, 'the lease of an account could not be given up');
  });
}

async function giveUpLease({ store, clock }: ChannelKeeperParts, one: Kept): Promise<void> {
  const { lease } = one;
  one.lease = null;
  if (lease !== null) await store.write((tx) => releaseLease(tx, lease, clock.now()));
}

function standingOf({ channel, isRunning, failedStart }: Kept): Pick<KeptChannel, 'stands' | 'status'> {
  if (isRunning) return { stands: 'running', status: channel.status() };
  if (failedStart === null) return { stands: 'elsewhere', status: channel.status() };
  return { stands: 'not-started', status: statusAfter(failedStart) };
}

function tellOnce({ clock, onChange }: ChannelKeeperParts, one: Kept): void {
  const { stands, status } = standingOf(one);
  if (stands === 'elsewhere') return;
  if (status.state === 'online') {
    if (one.wasTold) onChange(one.channel, status);
    one.wasTold = false;
    return;
  }
  if (one.wasTold || !isWorthTelling(status, clock.now())) return;
  one.wasTold = true;
  onChange(one.channel, status);
}
