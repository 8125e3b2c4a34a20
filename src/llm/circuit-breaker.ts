/** Leaves alone what has failed several times in a row, and looks with one question whether it is well again. */

export interface CircuitBreaker {
  /** Whether a question may be asked; it is booked at once, and its end is to be told. */
  enter(): boolean;
  /** As `enter`, and books nothing. */
  isOpenTo(): boolean;
  succeeded(): void;
  failed(): void;
}

export interface BreakerConfig {
  readonly failures: number;
  readonly restMs: number;
  /** A clock that only goes forward, in milliseconds. */
  readonly steadyNow: () => number;
}

// Five people have waited for nothing; a minute later one may try for all.
export const BREAKER = { failures: 5, restMs: 60_000 } as const;

export function createCircuitBreaker({ failures, restMs, steadyNow }: BreakerConfig): CircuitBreaker {
  let inARow = 0;
  let restsUntil: number | null = null;
  let isProbing = false;

  const isOpenTo = () => restsUntil === null || (!isProbing && steadyNow() >= restsUntil);
  return {
    isOpenTo,
    enter: () => {
      if (!isOpenTo()) return false;
      isProbing = restsUntil !== null;
      return true;
    },
    succeeded: () => {
      inARow = 0;
      restsUntil = null;
      isProbing = false;
    },
    failed: () => {
      inARow += 1;
      isProbing = false;
      if (inARow >= failures) restsUntil = steadyNow() + restMs;
    },
  };
}
