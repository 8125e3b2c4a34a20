/** Tells the pages that are open on a chat that something new stands in it, or something no more. */

export interface ChatKey {
  readonly communityId: string;
  readonly chatAddress: string;
}

export type Speaker = 'bot' | 'person';

export class ChatHub {
  #listeners = new Map<string, Set<(speaker: Speaker) => void>>();
  #losers = new Map<string, Set<(messageId: string) => void>>();
  #isClosed = false;
  #onClose = new Set<() => void>();

  wake(key: ChatKey, speaker: Speaker): void {
    for (const listener of this.#listeners.get(nameOf(key)) ?? []) listener(speaker);
  }

  /** Returns the way to stop listening. */
  listen(key: ChatKey, listener: (speaker: Speaker) => void): () => void {
    return enlist(this.#listeners, key, listener);
  }

  /** It has been taken back. */
  takeAway(key: ChatKey, messageId: string): void {
    for (const lose of this.#losers.get(nameOf(key)) ?? []) lose(messageId);
  }

  /** Returns the way to stop listening. */
  onTakenAway(key: ChatKey, lose: (messageId: string) => void): () => void {
    return enlist(this.#losers, key, lose);
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

function enlist<T>(all: Map<string, Set<T>>, key: ChatKey, one: T): () => void {
  const name = nameOf(key);
  const those = all.get(name) ?? new Set();
  all.set(name, those.add(one));
  return () => {
    those.delete(one);
    if (those.size === 0 && all.get(name) === those) all.delete(name);
  };
}

function nameOf({ communityId, chatAddress }: ChatKey): string {
  return `${communityId}|${chatAddress}`;
}
