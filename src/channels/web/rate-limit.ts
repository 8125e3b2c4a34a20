/** Lets a visitor, and everybody at one place together, say so much, so that nobody can keep the bot from the others. */

export interface RateLimit {
  /** Whether this one may pass; it is counted then. */
  take(who: string, nowMs: number): boolean;
}

export interface Allowance {
  readonly most: number;
  readonly withinMs: number;
}

// Whoever is forgotten early may at most say a little more.
const MOST_KNOWN = 10_000;

/** Counts from the first word on, and anew when the time is over: one number each, however much is said. */
export function createRateLimit({ most, withinMs }: Allowance): RateLimit {
  const counts = new Map<string, { readonly from: number; count: number }>();

  function take(who: string, nowMs: number): boolean {
    const known = counts.get(who);
    if (known !== undefined && nowMs < known.from + withinMs) {
      if (known.count >= most) return false;
      known.count += 1;
      return true;
    }
    // Set anew, so that the map stays in the order of beginning.
    counts.delete(who);
    counts.set(who, { from: nowMs, count: 1 });
    const [oldest] = counts.keys();
    if (counts.size > MOST_KNOWN && oldest !== undefined) counts.delete(oldest);
    return true;
  }

  return { take };
}
