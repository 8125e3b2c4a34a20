/**
 * Work that arrives together shares one commit and one disk sync: one by one a disk with a 5 ms sync allows 180 a second
 * whatever the code. Savepoints make SQLite copy each page that changes, so they are set only where a batch must be
 * done again because something in it failed.
 */
import type Database from 'better-sqlite3';
import type { Transaction } from '../store.ts';
import type { Settling, WalSync } from './wal-sync.ts';

interface Waiting {
  readonly work: (tx: Transaction) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: unknown) => void;
}

export interface GroupCommitParts {
  readonly database: Database.Database;
  readonly tx: Transaction;
  readonly walSync: WalSync;
  /** Resolves when a batch may begin: at once, or when the checkpoint has caught up. */
  readonly mayBegin: () => Promise<void>;
  readonly faultOf: (cause: unknown) => unknown;
}

// Everything else in the process waits while a batch runs, so it ends early and the rest goes into the next one.
const BATCH_TAKES_MS = 6;
const BATCH_HOLDS = 256;

export class GroupCommit {
  #parts: GroupCommitParts;
  #begin: Database.Statement;
  #commit: Database.Statement;
  #rollback: Database.Statement;
  #savepoint: Database.Statement;
  #release: Database.Statement;
  #undo: Database.Statement;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(parts: GroupCommitParts) {
    const { database } = parts;
    this.#parts = parts;
    this.#begin = database.prepare('begin immediate');
    this.#commit = database.prepare('commit');
    this.#rollback = database.prepare('rollback');
    this.#savepoint = database.prepare('savepoint work');
    this.#release = database.prepare('release work');
    this.#undo = database.prepare('rollback to work');
  }

  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve: (value) => resolve(value as T), reject });
      this.#running ??= this.#run();
    });
  }

  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    try {
      // What arrives in the same turn of the event loop goes into the first batch.
      await nextTurn();
      while (this.#waiting.length > 0) {
        await this.#parts.mayBegin();
        await this.#runBatch();
        await nextTurn();
      }
    } finally {
      this.#running = undefined;
    }
  }

  async #runBatch(): Promise<void> {
    const taken: Waiting[] = [];
    try {
      const settling = (await this.#runTogether(taken)) ?? (await this.#runApart(taken));
      this.#parts.walSync.written(settling);
    } catch (cause) {
      this.#abandon(taken, cause);
    }
  }

  /** `null` where one of several failed: nothing of the batch is kept then. */
  async #runTogether(taken: Waiting[]): Promise<Settling[] | null> {
    const settling: Settling[] = [];
    this.#begin.run();
    const endsAt = performance.now() + BATCH_TAKES_MS;
    while (taken.length < BATCH_HOLDS && (taken.length === 0 || performance.now() < endsAt)) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      taken.push(next);
      try {
        settling.push(this.#kept(next, await next.work(this.#parts.tx)));
      } catch (cause) {
        this.#throwIfUndone(cause);
        this.#rollback.run();
        if (taken.length > 1) return null;
        this.#failing(next)(cause);
        return [];
      }
    }
    this.#commit.run();
    return settling;
  }

  /** The same once more, each with a savepoint, so that what fails undoes itself alone. */
  async #runApart(taken: readonly Waiting[]): Promise<Settling[]> {
    const settling: Settling[] = [];
    this.#begin.run();
    for (const each of taken) settling.push(await this.#runAlone(each));
    this.#commit.run();
    return settling;
  }

  async #runAlone(waiting: Waiting): Promise<Settling> {
    this.#savepoint.run();
    try {
      const value = await waiting.work(this.#parts.tx);
      this.#release.run();
      return this.#kept(waiting, value);
    } catch (cause) {
      this.#throwIfUndone(cause);
      this.#undo.run();
      this.#release.run();
      const failed = this.#failing(waiting);
      return { done: () => failed(cause), failed };
    }
  }

  #kept(waiting: Waiting, value: unknown): Settling {
    return { done: () => waiting.resolve(value), failed: this.#failing(waiting) };
  }

  #failing({ reject }: Waiting): (cause: unknown) => void {
    return (cause) => reject(this.#parts.faultOf(cause));
  }

  /** A full or failing disk makes SQLite undo the whole batch by itself. */
  #throwIfUndone(cause: unknown): void {
    if (!this.#parts.database.inTransaction) throw cause;
  }

  /** The batch as a whole failed (disk full, database locked): nothing of it was kept, and everybody in it hears so. */
  #abandon(taken: Waiting[], cause: unknown): void {
    if (this.#parts.database.inTransaction) this.#rollback.run();
    if (taken.length === 0) taken.push(...this.#waiting.splice(0));
    const fault = this.#parts.faultOf(cause);
    for (const { reject } of taken) reject(fault);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
