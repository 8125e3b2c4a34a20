/** Writes down in batches what was sent; what the database could not take is written when it is back. */
import { markSent } from '../store/outbox-table.ts';
import type { DispatcherParts } from './dispatcher-parts.ts';

type SentMarksParts = Pick<DispatcherParts, 'store' | 'owner' | 'clock' | 'log'>;

export class SentMarks {
  #parts: SentMarksParts;
  #onMarked: (id: string) => void;
  #ids: string[] = [];
  #refused: string[] = [];
  #writing: Promise<void> | null = null;

  constructor(parts: SentMarksParts, onMarked: (id: string) => void) {
    this.#parts = parts;
    this.#onMarked = onMarked;
  }

  /** `null` where all that can be written is. */
  get writing(): Promise<void> | null {
    return this.#writing;
  }

  add(id: string): void {
    this.#ids.push(id);
    this.#writing ??= this.#writeAll();
  }

  /** Tries again what was refused: unmarked, a message that arrived would be in doubt for ever. */
  again(): void {
    if (this.#refused.length === 0) return;
    this.#ids.push(...this.#refused.splice(0));
    this.#writing ??= this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#ids.length > 0) {
        const ids = this.#ids;
        this.#ids = [];
        await this.#write(ids);
      }
    } finally {
      this.#writing = null;
    }
  }

  async #write(ids: readonly string[]): Promise<void> {
    const { store, owner, clock, log } = this.#parts;
    const now = clock.now();
    try {
      await store.write((tx) => markSent(tx, ids, owner, now));
      for (const id of ids) this.#onMarked(id);
    } catch (cause) {
      this.#refused.push(...ids);
      log.error({ err: cause, rows: ids.length }, 'sent messages could not be marked');
    }
  }
}
