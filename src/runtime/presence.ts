/** Tells the processes that share a database which of them still run, so that the work of a dead one is taken over once. */
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { type Lease, releaseLease, renewLease, takeLease } from '../store/lease-table.ts';
import type { Store } from '../store/store.ts';

export interface PresenceParts {
  readonly store: Store;
  readonly owner: string;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Presence {
  start(): Promise<void>;
  /** False for a process that is gone; from then on its work is this process's to take over. */
  readonly isAlive: (owner: string) => Promise<boolean>;
  stop(): Promise<void>;
}

const LEASE_MS = 60_000;
const RENEW_EVERY_MS = 20_000;

export function createPresence(parts: PresenceParts): Presence {
  // A SQLite file has one process, which holds a lock on it: whoever else is named in it is gone.
  if (parts.store.dialect === 'sqlite') {
    return { start: async () => {}, isAlive: async () => false, stop: async () => {} };
  }
  let mine: Lease | null = null;
  let timer: NodeJS.Timeout | null = null;
  const take = (owner: string) =>
    parts.store.write((tx) =>
      takeLease(tx, { name: `process:${owner}`, owner: parts.owner }, { forMs: LEASE_MS, now: parts.clock.now() }),
    );

  async function renew(): Promise<void> {
    try {
      const held = mine;
      if (held !== null) {
        mine = await parts.store.write((tx) => renewLease(tx, held, { forMs: LEASE_MS, now: parts.clock.now() }));
      }
      mine ??= await take(parts.owner);
    } catch (cause) {
      parts.log.warn({ err: cause }, 'the sign of life could not be given');
    }
  }

  return {
    start: async () => {
      mine = await take(parts.owner);
      timer = setInterval(() => void renew(), RENEW_EVERY_MS);
      timer.unref();
    },
    isAlive: async (owner) => owner === parts.owner || (await take(owner)) === null,
    stop: async () => {
      if (timer !== null) clearInterval(timer);
      const held = mine;
      if (held === null) return;
      try {
        await parts.store.write((tx) => releaseLease(tx, held, parts.clock.now()));
      } catch (cause) {
        // It runs out by itself.
        parts.log.warn({ err: cause }, 'the sign of life could not be taken back');
      }
    },
  };
}
