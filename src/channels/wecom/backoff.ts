/** When to try the next connection. */

export interface BackoffLimits {
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
}

/** Never less than half of it, so that nobody hammers; the rest by chance, so that many do not come at once. */
export function backoffMs(failures: number, limits: BackoffLimits, random: () => number): number {
  const longest = Math.min(limits.longestRetryMs, limits.firstRetryMs * 2 ** Math.min(failures, 30));
  return Math.round(longest * (0.5 + random() / 2));
}
