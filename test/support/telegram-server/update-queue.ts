/** What waits for the bot: in order, until a poll with a higher offset confirms it, for a day at most. */

// https://core.telegram.org/bots/api#getting-updates
const KEPT_MS = 24 * 60 * 60_000;
// Left out unless asked for: https://core.telegram.org/bots/api#getupdates
const ONLY_IF_ASKED = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

interface Waiting {
  readonly id: number;
  readonly type: string;
  readonly json: string;
  readonly at: number;
}

export class UpdateQueue {
  #now: () => number;
  #waiting: Waiting[] = [];
  #nextId = 500_000_001;
  #allowed: ReadonlySet<string> | null = null;
  #onPush: () => void = () => {};
  #newest: { readonly type: string; readonly body: unknown } | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  set onPush(told: () => void) {
    this.#onPush = told;
  }

  get pending(): number {
    return this.#waiting.length;
  }

  get allowed(): readonly string[] | null {
    return this.#allowed === null ? null : [...this.#allowed];
  }

  /** Holds for what comes from now on; what waits already stays. */
  allow(types: readonly string[]): void {
    this.#allowed = types.length === 0 ? null : new Set(types);
  }

  /** Returns the update's id, or `null` when the bot did not ask for this kind. */
  push(type: string, body: unknown): number | null {
    const wanted = this.#allowed === null ? !ONLY_IF_ASKED.has(type) : this.#allowed.has(type);
    if (!wanted) return null;
    this.#newest = { type, body };
    const id = this.#nextId++;
    // Written once here, since a poll may hand the same update over many times.
    const json = `{"update_id":${id},${JSON.stringify(type)}:${JSON.stringify(body)}}`;
    this.#waiting.push({ id, type, json, at: this.#now() });
    this.#onPush();
    return id;
  }

  /** Above 0: everything below is done with. Below 0: only so many from the end stay. */
  confirm(offset: number): void {
    if (offset < 0) this.#waiting = this.#waiting.slice(offset);
    const done = offset > 0 ? this.#waiting.findIndex(({ id }) => id >= offset) : 0;
    if (done !== 0) this.#waiting.splice(0, done === -1 ? this.#waiting.length : done);
  }

  first(limit: number): string[] {
    const oldest = this.#now() - KEPT_MS;
    while (this.#waiting[0] !== undefined && this.#waiting[0].at < oldest) this.#waiting.shift();
    return this.#waiting.slice(0, limit).map(({ json }) => json);
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Tells the newest once more, under another id. */
  repeatNewest(): void {
    if (this.#newest !== null) this.push(this.#newest.type, this.#newest.body);
  }

  /** The next update is as far from the last one as after a week without any. */
  jumpTo(id: number): void {
    this.#nextId = id;
  }
}
