/** How many pieces of a message are shown already, by its key: tried again, it goes on where it stopped. */

// Of messages under way or half shown; a message that comes back does so within minutes.
const REMEMBERED = 2_000;

export class ShownMemory {
  #shown = new Map<string, number>();

  of(key: string): number {
    return this.#shown.get(key) ?? 0;
  }

  note(key: string, pieces: number): void {
    this.#shown.delete(key);
    this.#shown.set(key, pieces);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > REMEMBERED && oldest !== undefined) this.#shown.delete(oldest);
  }
}
