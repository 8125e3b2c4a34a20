/** The cards that were sent, so that one can be shown as used; what is forgotten is shown shorter. */
import type { Card } from './card.ts';

export interface SentCard {
  readonly card: Card;
  readonly labels: readonly string[];
}

const CARDS = 1_000;

export class CardMemory {
  #cards = new Map<string, SentCard>();

  keep(sent: SentCard): void {
    this.#cards.set(sent.card.task_id, sent);
    const [oldest] = this.#cards.keys();
    if (this.#cards.size > CARDS && oldest !== undefined) this.#cards.delete(oldest);
  }

  find(taskId: string): SentCard | null {
    return this.#cards.get(taskId) ?? null;
  }
}
