/** Why a poll failed, and what that means for the account. */
import { GrammyError, HttpError } from 'grammy';
import type { ChannelState, ChannelTrouble } from '../channel.ts';
import { faultCodeOf, isCertificateFault } from './connection-fault.ts';
import { NotKept } from './handover.ts';

export interface PollingTrouble {
  readonly state: ChannelState;
  readonly trouble?: ChannelTrouble;
  /** Trying again soon would do harm or no good. */
  readonly hold: boolean;
  /** May be over by the very next call, so it is tried once more before anybody is told. */
  readonly mayBeNothing: boolean;
  /** Telegram said how long to wait. */
  readonly waitMs?: number;
  /** For the log. */
  readonly code: string;
}

export function troubleOf(cause: unknown): PollingTrouble {
  if (cause instanceof NotKept) return { state: 'degraded', hold: false, mayBeNothing: false, code: 'not-kept' };
  if (cause instanceof GrammyError) return refusedBecause(cause);
  const code = faultCodeOf(cause);
  if (isCertificateFault(code)) return { ...UNREACHABLE, trouble: 'certificate', mayBeNothing: false, code };
  if (cause instanceof HttpError && /timed out/.test(String(cause.error)))
    return { ...UNREACHABLE, trouble: 'silent', code: 'silent' };
  return { ...UNREACHABLE, code: code === '' ? 'network' : code };
}

const UNREACHABLE = { state: 'connecting', trouble: 'unreachable', hold: false, mayBeNothing: true } as const;

function refusedBecause({ error_code: status, parameters }: GrammyError): PollingTrouble {
  const code = String(status);
  const held = { hold: true, mayBeNothing: false, code };
  // A token of the wrong form is answered with 404.
  if (status === 401 || status === 404) return { ...held, state: 'offline', trouble: 'wrong-credentials' };
  if (status === 409) return { ...held, state: 'kicked', trouble: 'another-instance' };
  if (status === 429 || status >= 500) {
    const { retry_after: seconds } = parameters;
    return { ...UNREACHABLE, code, ...(seconds === undefined ? {} : { waitMs: seconds * 1_000 }) };
  }
  return { state: 'connecting', trouble: 'refused', hold: false, mayBeNothing: false, code };
}
