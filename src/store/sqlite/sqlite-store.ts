/** Records in one SQLite file: one process, one writer, commits shared by all who wait. */
import { Worker } from 'node:worker_threads';
import { PreparedRunner } from '../connection.ts';
import type { Store, Transaction } from '../store.ts';
import { transactionOn } from '../transaction.ts';
import type { Vault } from '../vault.ts';
import { GroupCommit } from './group-commit.ts';
import { SqliteConnection } from './sqlite-connection.ts';

export interface SqliteStoreParts {
  readonly file: string;
  readonly vault: Vault;
  readonly newId: () => string;
}

/** The tables must stand already (`migrate`), and this process must hold the file alone (`ProcessLock`). */
export function openSqliteStore({ file, vault, newId }: SqliteStoreParts): Store {
  const writer = new SqliteConnection(file, { readonly: false });
  const reader = new SqliteConnection(file, { readonly: true });
  const checkpoint = new Checkpoint(file);
  const writing = transactionOn(new PreparedRunner(writer), vault, newId);
  const reading = transactionOn(new PreparedRunner(reader), vault, newId);
  const group = new GroupCommit(writer.database, writing, () => checkpoint.afterCommit());
  return {
    dialect: 'sqlite',
    write: (work) => group.write(work),
    read: (work) => readOnce(reader, reading, work),
    close: async () => {
      await group.idle();
      await checkpoint.close();
      reader.close();
      writer.close();
    },
  };
}

// Each query of a page sees what is committed at that moment; a page that must not change between two queries
// asks for both in one. Holding one snapshot would let the write-ahead log grow as long as somebody reads.
async function readOnce<T>(
  reader: SqliteConnection,
  reading: Transaction,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  if (!reader.database.open) throw new Error('the store is closed');
  return work(reading);
}

// 1,000 pages is SQLite's own measure for a checkpoint; a commit here writes about 30 on average.
const COMMITS_PER_CHECKPOINT = 32;

class Checkpoint {
  #file: string;
  #worker: Worker | undefined;
  #commits = 0;
  #busy = false;

  constructor(file: string) {
    this.#file = file;
  }

  afterCommit(): void {
    this.#commits += 1;
    if (this.#busy || this.#commits < COMMITS_PER_CHECKPOINT) return;
    this.#commits = 0;
    this.#busy = true;
    this.#started().postMessage('checkpoint');
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    const left = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('close');
    await left;
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), { workerData: { file: this.#file } });
    worker.unref();
    worker.on('message', () => {
      this.#busy = false;
    });
    // A checkpoint that failed (disk full) is tried again after the next commits; the log keeps everything.
    worker.on('error', () => {
      this.#busy = false;
      this.#worker = undefined;
    });
    this.#worker = worker;
    return worker;
  }
}
