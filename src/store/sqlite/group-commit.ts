/**
 * Work that arrives together shares one commit and one disk sync, each with a savepoint of its own:
 * one by one a disk with a 5 ms sync allows 180 a second whatever the code.
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
const BATCH_TAKES_MS = 4;
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
    const settling: Settling[] = [];
    try {
      this.#begin.run();
      const endsAt = performance.now() + BATCH_TAKES_MS;
      while (taken.length < BATCH_HOLDS && (taken.length === 0 || performance.now() < endsAt)) {
        const next = this.#waiting.shift();
        if (next === undefined) break;
        taken.push(next);
        settling.push(await this.#runOne(next));
      }
      this.#commit.run();
    } catch (cause) {
      this.#abandon(taken, cause);
      return;
    }
    this.#parts.walSync.written(settling);
  }

  async #runOne({ work, resolve, reject }: Waiting): Promise<Settling> {
    const failed = (cause: unknown) => reject(this.#parts.faultOf(cause));
    this.#savepoint.run();
    try {
      const value = await work(this.#parts.tx);
      this.#release.run();
      return { done: () => resolve(value), failed };
    } catch (cause) {
      // A full or failing disk makes SQLite undo the whole batch by itself.
      if (!this.#parts.database.inTransaction) throw cause;
      this.#undo.run();
      this.#release.run();
      return { done: () => failed(cause), failed };
    }
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
