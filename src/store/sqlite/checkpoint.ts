/** Decides when the write-ahead log is carried into the database file, so that it stays small and writers rarely wait. */
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

// SQLite's own measure for an automatic checkpoint.
const PAGES_PER_CHECKPOINT = 1_000;
// A thousand small records can share a page; the guess must not go so low that the next checkpoint never comes.
const LEAST_PAGES_PER_WORK = 0.25;
// Under load the log grows while it is carried over. From here (16 MB) writers wait for the rest, once, so that it starts anew.
const PAGES_AT_MOST = 4_000;
// After a quiet moment the log is carried over whatever its size: a start after a crash has less to read.
const QUIET_MS = 1_000;

const Outcome = z.object({ log: z.number() });
type Outcome = z.infer<typeof Outcome>;

export class Checkpoint {
  #file: string;
  #worker: Worker | undefined;
  #works = 0;
  #pagesPerWork = 5;
  #logBefore = 0;
  #running: Promise<void> | undefined;
  #held: Promise<void> | undefined;
  #quiet: NodeJS.Timeout | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** Resolves when writers may go on. */
  async mayBegin(): Promise<void> {
    await this.#held;
  }

  afterSync(works: number): void {
    this.#works += works;
    if (this.#quiet === undefined) this.#quiet = setTimeout(() => this.#start(), QUIET_MS).unref();
    else this.#quiet.refresh();
    if (this.#works * this.#pagesPerWork >= PAGES_PER_CHECKPOINT) this.#start();
  }

  async close(): Promise<void> {
    clearTimeout(this.#quiet);
    this.#worker?.ref();
    await this.#running;
    const worker = this.#worker;
    if (worker === undefined) return;
    const left = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('close');
    await left;
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async #run(): Promise<void> {
    const works = this.#works;
    this.#works = 0;
    const { log } = await this.#carryOver();
    // The log begins anew once it is carried over whole.
    const grown = log >= this.#logBefore ? log - this.#logBefore : log;
    this.#logBefore = log;
    if (works > 0) this.#pagesPerWork = Math.max(grown / works, LEAST_PAGES_PER_WORK);
    if (log < PAGES_AT_MOST) return;
    this.#logBefore = 0;
    this.#held = this.#carryOver().then(() => undefined);
    await this.#held;
    this.#held = undefined;
  }

  /** A checkpoint that failed (disk full) is tried again after the next commits; the log keeps everything. */
  #carryOver(): Promise<Outcome> {
    const worker = this.#started();
    return new Promise((resolve) => {
      const stopped = () => {
        this.#worker = undefined;
        resolve({ log: 0 });
      };
      worker.once('exit', stopped);
      worker.once('message', (outcome: unknown) => {
        worker.off('exit', stopped);
        resolve(Outcome.parse(outcome));
      });
      worker.postMessage('checkpoint');
    });
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), { workerData: { file: this.#file } });
    worker.unref();
    // 'exit' follows and says the same.
    worker.on('error', () => {});
    this.#worker = worker;
    return worker;
  }
}
