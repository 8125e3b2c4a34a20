/** A channel that could not begin: how that is told, and when it is tried again. */
import type { ChannelStatus } from '../channels/channel.ts';

export interface FailedStart {
  /** The first time in a row. */
  readonly since: Date;
  readonly tries: number;
  readonly againAt: Date;
}

const FIRST_AGAIN_MS = 10_000;
const LONGEST_AGAIN_MS = 10 * 60_000;

export function failedAgain(before: FailedStart | null, now: Date): FailedStart {
  const tries = (before?.tries ?? 0) + 1;
  const wait = Math.min(LONGEST_AGAIN_MS, FIRST_AGAIN_MS * 2 ** (tries - 1));
  return { since: before?.since ?? now, tries, againAt: new Date(now.getTime() + wait) };
}

export function mayTryAgain(failed: FailedStart | null, now: Date): boolean {
  return failed === null || failed.againAt <= now;
}

export function statusAfter({ since }: FailedStart): ChannelStatus {
  return { state: 'offline', since, trouble: 'refused' };
}
