/**
 * Lets messages pass evenly at the rate a platform allows. No burst at the start: a burst saves a second once and,
 * if the platform's own bucket is not full, is answered with refusals.
 */
export class PaceMaker {
  #intervalMs: number;
  #next = 0;

  constructor(perSecond: number) {
    this.#intervalMs = 1_000 / perSecond;
  }

  /** Milliseconds until the next may pass; 0 takes the place. Times are milliseconds of any steady clock. */
  take(nowMs: number): number {
    const wait = this.#next - nowMs;
    if (wait > 0) return wait;
    this.#next = Math.max(this.#next, nowMs - this.#intervalMs) + this.#intervalMs;
    return 0;
  }

  /** The platform asked for a pause: nothing passes until then. */
  pauseUntil(atMs: number): void {
    this.#next = Math.max(this.#next, atMs);
  }
}
