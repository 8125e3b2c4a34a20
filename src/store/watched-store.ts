/** Notices when records cannot be written, tells it once, and finds out by itself when they can be again. */
import { type ErrorCode, isLvlinError, type LvlinError } from '../model/errors.ts';
import { takeLease } from './lease-table.ts';
import type { Store } from './store.ts';

export interface WatchedStore {
  readonly store: Store;
  /** Why nothing can be written at present; `null` while all is well. */
  readonly trouble: () => ErrorCode | null;
}

/** `onTrouble` hears of a trouble when it begins, and `null` when it is over. */
export function watchStore(store: Store, onTrouble: (trouble: LvlinError | null) => void): WatchedStore {
  let trouble: LvlinError | null = null;
  let timer: NodeJS.Timeout | undefined;

  function begin(fault: LvlinError): void {
    if (trouble !== null) return;
    trouble = fault;
    onTrouble(fault);
    timer = setTimeout(look, LOOK_EVERY_MS).unref();
  }

  /** Only what really reaches the disk shows that it can: much of the work finds nothing to write. */
  async function look(): Promise<void> {
    try {
      await store.write((tx) => takeLease(tx, PROBE, { forMs: 0, now: new Date() }));
      trouble = null;
      onTrouble(null);
    } catch {
      timer = setTimeout(look, LOOK_EVERY_MS).unref();
    }
  }

  return {
    trouble: () => trouble?.code ?? null,
    store: {
      ...store,
      write: async (work) => {
        try {
          return await store.write(work);
        } catch (cause) {
          if (isLvlinError(cause) && TROUBLES.has(cause.code)) begin(cause);
          throw cause;
        }
      },
      close: () => {
        clearTimeout(timer);
        return store.close();
      },
    },
  };
}

const LOOK_EVERY_MS = 5_000;
const PROBE = { name: 'write-probe', owner: 'write-probe' };

// What does not pass by itself within a moment, as a lock does.
const TROUBLES: ReadonlySet<ErrorCode> = new Set([
  'disk-full',
  'disk-failed',
  'folder-not-writable',
  'database-broken',
  'database-unreachable',
]);
