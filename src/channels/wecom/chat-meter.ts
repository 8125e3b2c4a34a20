/** How much WeCom has shown in each chat lately: one message of ours may be several of theirs, and theirs are counted. */
import { SlidingWindow } from './sliding-window.ts';

// 30 a minute and 1,000 an hour, replies and pushes together (document 101463); the last ones are left for what is
// under way.
const ALLOWED = [
  { most: 29, withinMs: 60_000 },
  { most: 990, withinMs: 60 * 60_000 },
];
const CHATS = 2_000;

export class ChatMeter {
  #steadyNow: () => number;
  #windows = new Map<string, SlidingWindow>();

  constructor(steadyNow: () => number) {
    this.#steadyNow = steadyNow;
  }

  /** 0 and counted, or how many milliseconds to wait. */
  take(chat: string): number {
    const known = this.#windows.get(chat);
    if (known !== undefined) return known.take(this.#steadyNow());
    if (this.#windows.size >= CHATS) this.#forgetIdle();
    const window = new SlidingWindow(ALLOWED);
    this.#windows.set(chat, window);
    return window.take(this.#steadyNow());
  }

  #forgetIdle(): void {
    const now = this.#steadyNow();
    for (const [chat, window] of this.#windows) if (window.isIdle(now)) this.#windows.delete(chat);
  }
}
