/**
 * Puts commits on the disk without stopping the event loop. SQLite has written them to its log when they come here;
 * they are acknowledged when a sync of that log that began later has ended. While it runs, the next batch is written.
 */
import { closeSync, fdatasync, openSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** What one piece of work waits for. */
export interface Settling {
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

export class WalSync {
  #wal: string;
  #fd: number | undefined;
  #rescue: () => void;
  #onSynced: (works: number) => void;
  #written: Settling[] = [];
  #syncing: Promise<void> | undefined;

  /**
   * `rescue` carries the whole log into the database file, synced, or throws. It is asked after a failed sync:
   * the system reports a lost page once and then forgets it, so syncing the log again would prove nothing
   * (https://wiki.postgresql.org/wiki/Fsync_Errors).
   */
  constructor(file: string, rescue: () => void, onSynced: (works: number) => void) {
    this.#wal = `${file}-wal`;
    this.#rescue = rescue;
    this.#onSynced = onSynced;
  }

  /** These are committed; each hears `done` when they are on disk. */
  written(works: readonly Settling[]): void {
    // A run that finds nothing ends before it is noted here, and would be waited for without end.
    if (works.length === 0) return;
    this.#written.push(...works);
    this.#syncing ??= this.#run();
  }

  async idle(): Promise<void> {
    while (this.#syncing !== undefined) await this.#syncing;
  }

  async close(): Promise<void> {
    await this.idle();
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  async #run(): Promise<void> {
    while (this.#written.length > 0) {
      const works = this.#written;
      this.#written = [];
      await this.#settle(works);
      // Whoever was just answered and asks again at once is written first and shares the next sync:
      // otherwise two crowds form that wait for each other's.
      await nextTurn();
      await nextTurn();
    }
    this.#syncing = undefined;
  }

  async #settle(works: readonly Settling[]): Promise<void> {
    try {
      await this.#syncOrRescue();
    } catch (cause) {
      for (const work of works) work.failed(cause);
      return;
    }
    for (const work of works) work.done();
    this.#onSynced(works.length);
  }

  async #syncOrRescue(): Promise<void> {
    try {
      // Windows syncs only what is open for writing. The log lives as long as the store's connections do.
      this.#fd ??= openSync(this.#wal, 'r+');
      await synced(this.#fd);
    } catch {
      this.#rescue();
    }
  }
}

function synced(fd: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fdatasync(fd, (cause) => (cause === null ? resolve() : reject(cause)));
  });
}
