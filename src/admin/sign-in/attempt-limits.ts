/** How often one may try at the door before a pause. */
import { addressPrefix } from '../../lib/http/address.ts';
import type { AttemptLimit } from '../../store/attempt-table.ts';
import { secretHash } from './secret.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What a person waits after the last try. */
export const PAUSE_MINUTES = 15;
/** Everything older is of no interest to any limit; the longest are by the day. */
export const ATTEMPTS_LIVE_MS = 24 * HOUR_MS;

export interface SignInLimits {
  /** Start afresh once the password was right. */
  readonly ofAccount: readonly AttemptLimit[];
  readonly ofPlace: AttemptLimit;
}

/**
 * Five tries per account and place in 15 minutes, so that nobody far away can lock a worker out of their own office;
 * 20 per account from everywhere, and 30 an hour from one place whatever the account.
 */
export function signInLimits(login: string, address: string): SignInLimits {
  const place = addressPrefix(address);
  const withinMs = PAUSE_MINUTES * MINUTE_MS;
  return {
    ofAccount: [
      { key: secretHash(`sign-in ${login} ${place}`), most: 5, withinMs },
      { key: secretHash(`sign-in ${login}`), most: 20, withinMs },
    ],
    ofPlace: { key: secretHash(`sign-in-place ${place}`), most: 30, withinMs: HOUR_MS },
  };
}

/** The code is worth five tries, wherever they come from; a new start prints a new one. */
export function setupLimit(codeHash: string): AttemptLimit {
  return { key: secretHash(`setup ${codeHash}`), most: 5, withinMs: Number.MAX_SAFE_INTEGER };
}

/** Guesses at the present password from a page that somebody left open. */
export function ownPasswordLimit(staffId: string): AttemptLimit {
  return { key: secretHash(`own-password ${staffId}`), most: 5, withinMs: PAUSE_MINUTES * MINUTE_MS };
}
