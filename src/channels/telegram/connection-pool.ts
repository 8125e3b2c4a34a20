/**
 * Connections to the Bot API that are kept between calls. Node's own client takes twice the CPU for a call of this size
 * (50 µs against 26), which at thousands of messages a second is a tenth of everything the bot does; and it does not
 * tell a call that never left from one whose answer was lost.
 */
import { Connection } from './connection.ts';
import { faultCodeOf } from './connection-fault.ts';
import { openSocket, type Target } from './open-socket.ts';
import type { WireResponse } from './wire-response.ts';

export type CallResult =
  | { readonly what: 'answered'; readonly response: WireResponse }
  /** There was no connection, so the call surely reached nobody. */
  | { readonly what: 'never-left'; readonly code: string }
  /** It may have been heard. */
  | { readonly what: 'lost'; readonly code: string };

type Found = { readonly connection: Connection } | { readonly fault: unknown };

// With a round trip of 25 ms that allows 5,000 calls a second; more connections bring nothing.
const MOST = 128;

export class ConnectionPool {
  #target: Target;
  #idle: Connection[] = [];
  /** In use, idle, or coming to be. */
  #open = 0;
  #waiting: ((found: Found) => void)[] = [];

  constructor(target: Target) {
    this.#target = target;
  }

  /** Never rejects. */
  async call(head: string, body: string | Uint8Array, timeoutMs: number): Promise<CallResult> {
    const idle = this.#takeIdle();
    const found = idle === null ? await this.#find() : { connection: idle };
    if ('fault' in found) return { what: 'never-left', code: faultCodeOf(found.fault) };
    try {
      const response = await found.connection.call(head, body, timeoutMs);
      this.#release(found.connection);
      return { what: 'answered', response };
    } catch (cause) {
      return { what: 'lost', code: faultCodeOf(cause) };
    }
  }

  #takeIdle(): Connection | null {
    for (let one = this.#idle.pop(); one !== undefined; one = this.#idle.pop()) {
      if (one.isUsable) return one;
    }
    return null;
  }

  #find(): Promise<Found> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#openAnother();
    });
  }

  #openAnother(): void {
    if (this.#open >= MOST || this.#waiting.length === 0) return;
    this.#open += 1;
    openSocket(this.#target).then(
      (socket) => this.#release(new Connection(socket, (gone) => this.#forget(gone))),
      (fault: unknown) => {
        this.#open -= 1;
        this.#waiting.shift()?.({ fault });
        this.#openAnother();
      },
    );
  }

  #release(connection: Connection): void {
    if (!connection.isUsable) return;
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(connection);
    else next({ connection });
  }

  #forget(connection: Connection): void {
    this.#open -= 1;
    const place = this.#idle.indexOf(connection);
    if (place !== -1) this.#idle.splice(place, 1);
    this.#openAnother();
  }
}
