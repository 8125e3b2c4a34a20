/** When people are to hear of it that a channel is away. */
import type { ChannelStatus } from '../channels/channel.ts';

// A short break mends itself; nobody needs to hear of it.
const TOLD_AFTER_MS = 5 * 60_000;

export function isWorthTelling(status: ChannelStatus, now: Date): boolean {
  if (status.state === 'online') return false;
  return needsAPerson(status) || now.getTime() - status.since.getTime() >= TOLD_AFTER_MS;
}

const NEVER_MENDS_ITSELF = ['wrong-credentials', 'restricted', 'not-installed', 'not-accepted'];

/** Waiting does not mend it. */
function needsAPerson({ state, trouble }: ChannelStatus): boolean {
  if (state === 'kicked' || state === 'needs-login') return true;
  return trouble !== undefined && NEVER_MENDS_ITSELF.includes(trouble);
}
