/** How long to wait before the next try: twice as long each time, and by chance, so that many do not come back at once. */

const FIRST_MS = 30_000;
const LONGEST_MS = 30 * 60_000;

/**
 * Full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * `failures` counts from 0 for the first wait; `random` gives a number from 0 to below 1.
 */
export function retryDelayMs(failures: number, random: () => number = Math.random): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
  return Math.floor(random() * longest);
}
