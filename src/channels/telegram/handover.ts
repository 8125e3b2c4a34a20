/**
 * Hands what was heard to the sink: side by side, but within a chat in the order in which it was said.
 * The sink keeps the order of its calls, so nobody waits here for an earlier message to be stored.
 */
import type { Sink } from '../channel.ts';
import type { Heard } from './heard.ts';

/** The sink could not keep it; whatever was heard is to be told again. */
export class NotKept extends Error {
  override readonly name = 'NotKept';
}

export class Handover {
  #sink: Sink;
  /** Chats in which something is still being read. */
  #reading = new Map<number, Promise<unknown>>();

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** Resolves when all of it is on disk. */
  async pass(chatId: number, heard: readonly Heard[] | Promise<readonly Heard[]>): Promise<void> {
    const earlier = this.#reading.get(chatId);
    if (earlier === undefined && !(heard instanceof Promise)) return this.#keep(heard);
    const turn = this.#inTurn(heard, earlier);
    const over = turn.catch(() => {});
    this.#reading.set(chatId, over);
    try {
      await (await turn).stored;
    } finally {
      if (this.#reading.get(chatId) === over) this.#reading.delete(chatId);
    }
  }

  /** Resolves as soon as the sink was called, not when it is done. */
  async #inTurn(heard: readonly Heard[] | Promise<readonly Heard[]>, earlier: Promise<unknown> | undefined) {
    try {
      const [read] = await Promise.all([heard, earlier]);
      return { stored: this.#keep(read) };
    } catch (cause) {
      throw new NotKept('what was heard could not be read', { cause });
    }
  }

  async #keep(heard: readonly Heard[]): Promise<void> {
    try {
      await Promise.all(heard.map((one) => this.#sink(one)));
    } catch (cause) {
      throw new NotKept('what was heard could not be kept', { cause });
    }
  }
}
