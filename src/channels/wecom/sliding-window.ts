/** Counts what went out in the last stretch of time, against several allowances at once. */
import type { Allowance } from '../channel.ts';

export class SlidingWindow {
  #allowed: readonly Allowance[];
  #longestMs: number;
  #moments: number[] = [];

  constructor(allowed: readonly Allowance[]) {
    this.#allowed = allowed;
    this.#longestMs = Math.max(...allowed.map(({ withinMs }) => withinMs));
  }

  /** 0 and counted, or how many milliseconds to wait. Times are milliseconds of any steady clock. */
  take(now: number): number {
    while (this.#moments[0] !== undefined && this.#moments[0] <= now - this.#longestMs) this.#moments.shift();
    const waits = this.#allowed.map(({ most, withinMs }) => {
      const earliest = this.#moments.at(-most);
      return earliest === undefined ? 0 : earliest + withinMs - now;
    });
    const wait = Math.max(0, ...waits);
    if (wait === 0) this.#moments.push(now);
    return wait;
  }

  isIdle(now: number): boolean {
    return (this.#moments.at(-1) ?? Number.NEGATIVE_INFINITY) <= now - this.#longestMs;
  }
}
