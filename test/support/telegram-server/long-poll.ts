/** getUpdates: answered at once when something waits, otherwise held; one poller at a time. */
import { type ApiError, conflict } from './api-error.ts';
import type { UpdateQueue } from './update-queue.ts';

export interface PollParams {
  readonly offset: number;
  readonly limit: number;
  readonly timeout: number;
}

// https://github.com/tdlib/telegram-bot-api, Client.cpp: LONG_POLL_MAX_TIMEOUT, and getUpdates takes 1 to 100.
const LONGEST_HOLD_S = 50;
const MOST_AT_ONCE = 100;

const OTHER_POLLER = 'terminated by other getUpdates request; make sure that only one bot instance is running';

interface Held {
  readonly limit: number;
  readonly timer: NodeJS.Timeout;
  readonly answer: (json: string) => void;
  readonly refuse: (error: ApiError) => void;
}

export class LongPoll {
  #queue: UpdateQueue;
  #secondMs: number;
  #held: Held | null = null;
  #waking = false;

  constructor(queue: UpdateQueue, secondMs: number) {
    this.#queue = queue;
    this.#secondMs = secondMs;
    queue.onPush = () => this.#wakeSoon();
  }

  get isHeld(): boolean {
    return this.#held !== null;
  }

  /** Resolves to the JSON of a list of updates. `gone` tells that the socket was closed by the client. */
  poll(params: PollParams, gone: AbortSignal): Promise<string> {
    this.#release()?.refuse(conflict(OTHER_POLLER));
    this.#queue.confirm(params.offset);
    const limit = Math.min(Math.max(params.limit, 1), MOST_AT_ONCE);
    const waiting = this.#queue.first(limit);
    const hold = Math.min(Math.max(params.timeout, 0), LONGEST_HOLD_S);
    if (waiting.length > 0 || hold === 0) return Promise.resolve(listOf(waiting));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#answer(), hold * this.#secondMs);
      const held = { limit, timer, answer: resolve, refuse: reject };
      this.#held = held;
      gone.addEventListener('abort', () => {
        if (this.#held === held) this.#release();
      });
    });
  }

  /** The server goes away. */
  drop(): void {
    this.#release();
  }

  /** What is queued in one turn goes out in one answer. */
  #wakeSoon(): void {
    if (this.#held === null || this.#waking) return;
    this.#waking = true;
    setImmediate(() => {
      this.#waking = false;
      this.#answer();
    });
  }

  #answer(): void {
    const held = this.#release();
    held?.answer(listOf(this.#queue.first(held.limit)));
  }

  #release(): Held | null {
    const held = this.#held;
    this.#held = null;
    if (held !== null) clearTimeout(held.timer);
    return held;
  }
}

function listOf(updates: readonly string[]): string {
  return `[${updates.join(',')}]`;
}
