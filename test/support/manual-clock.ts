/** A clock that tests move by hand. */
import type { Clock } from '../../src/lib/clock.ts';

export interface ManualClock extends Clock {
  set(at: Date): void;
}

export function manualClock(start: Date): ManualClock {
  let at = start;
  return {
    now: () => at,
    set: (next) => {
      at = next;
    },
  };
}
