/** Lets a visitor say so much in a minute, so that one page cannot keep the bot from everybody else. */

export interface RateLimit {
  /** How long to wait in milliseconds; 0 lets it pass and counts it. */
  take(visitor: string, nowMs: number): number;
}

const WINDOW_MS = 60_000;
// Whoever is forgotten early may at most say a little more.
const MOST_VISITORS = 10_000;

export function createRateLimit(perMinute: number): RateLimit {
  const visits = new Map<string, number[]>();

  function take(visitor: string, nowMs: number): number {
    const recent = (visits.get(visitor) ?? []).filter((at) => at > nowMs - WINDOW_MS);
    const [first] = recent;
    if (first !== undefined && recent.length >= perMinute) return first + WINDOW_MS - nowMs;
    // Set anew, so that the map stays in the order of the last visit.
    visits.delete(visitor);
    visits.set(visitor, [...recent, nowMs]);
    const [oldest] = visits.keys();
    if (visits.size > MOST_VISITORS && oldest !== undefined) visits.delete(oldest);
    return 0;
  }

  return { take };
}
