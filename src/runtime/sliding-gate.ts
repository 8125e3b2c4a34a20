/** Lets messages pass as fast as they come until a platform's allowance for a stretch of time is used up. */
import type { Allowance } from '../channels/channel.ts';

export class SlidingGate {
  #allowances: readonly Allowance[];
  #longestMs: number;
  /** When messages passed, oldest first, as far back as the longest stretch reaches. */
  #passed: number[] = [];

  constructor(allowances: readonly Allowance[]) {
    this.#allowances = allowances;
    this.#longestMs = Math.max(0, ...allowances.map(({ withinMs }) => withinMs));
  }

  /** Milliseconds until the next may pass, which takes no place yet. Times are milliseconds of any steady clock. */
  wait(nowMs: number): number {
    this.#forget(nowMs);
    let opens = nowMs;
    for (const { most, withinMs } of this.#allowances) {
      const oldest = this.#passed[this.#passed.length - most];
      if (oldest !== undefined) opens = Math.max(opens, oldest + withinMs);
    }
    return opens - nowMs;
  }

  /** One passes now. */
  pass(nowMs: number): void {
    if (this.#allowances.length > 0) this.#passed.push(nowMs);
  }

  /** True when nothing that passed counts any more: it may be forgotten and made anew. */
  isFresh(nowMs: number): boolean {
    this.#forget(nowMs);
    return this.#passed.length === 0;
  }

  #forget(nowMs: number): void {
    const counts = this.#passed.findIndex((at) => at + this.#longestMs > nowMs);
    if (counts === -1) this.#passed = [];
    else if (counts > 0) this.#passed.splice(0, counts);
  }
}
