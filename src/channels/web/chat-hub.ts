/** Tells the pages that are open on a chat that something new stands in it. */

export interface ChatKey {
  readonly communityId: string;
  readonly chatAddress: string;
}

export type Speaker = 'bot' | 'person';

export class ChatHub {
  #listeners = new Map<string, Set<(speaker: Speaker) => void>>();
  #isClosed = false;
  #onClose = new Set<() => void>();

  wake(key: ChatKey, speaker: Speaker): void {
    for (const listener of this.#listeners.get(nameOf(key)) ?? []) listener(speaker);
  }

  /** Returns the way to stop listening. */
  listen(key: ChatKey, listener: (speaker: Speaker) => void): () => void {
    const name = nameOf(key);
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(name) === listeners) this.#listeners.delete(name);
    };
  }

  /** Resolves as soon as the bot speaks, or after `ms` where it stays silent. */
  nextFromBot(key: ChatKey, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const timer = setTimeout(done, ms);
      const stop = this.listen(key, (speaker) => {
        if (speaker === 'bot') done();
      });
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  onClose(end: () => void): () => void {
    this.#onClose.add(end);
    return () => this.#onClose.delete(end);
  }

  /** Ends every open stream, so that the server can stop. */
  close(): void {
    this.#isClosed = true;
    for (const end of [...this.#onClose]) end();
  }
}

function nameOf({ communityId, chatAddress }: ChatKey): string {
  return `${communityId}|${chatAddress}`;
}
