/** What an answer of WeCom means for a message (documents 90313, 96213, 101463, and reports of users). */
import type { DeliveryOutcome } from '../channel.ts';
import type { Answer } from './transport.ts';

type NotSent = Extract<DeliveryOutcome, { fate: 'not-sent' }>;

// A limit of a minute is lifted after one (document 90313); a few seconds more cost nothing.
const A_MINUTE_OVER_MS = 65_000;

const REFUSALS: Readonly<Record<number, Omit<NotSent, 'fate'>>> = {
  [-1]: { code: 'server-error', retryAfterMs: 3_000 },
  // The data changed while it was worked on.
  6000: { code: 'server-error', retryAfterMs: 1_000 },
  40001: { code: 'wrong-credentials', retryAfterMs: A_MINUTE_OVER_MS, wholeAccount: true },
  40013: { code: 'wrong-credentials', retryAfterMs: A_MINUTE_OVER_MS, wholeAccount: true },
  40007: { code: 'invalid', final: true },
  40008: { code: 'invalid', final: true },
  40058: { code: 'invalid', final: true },
  42045: { code: 'invalid', final: true },
  301019: { code: 'invalid', final: true },
  // "anti-spam check"
  40201: { code: 'refused-content', final: true },
  40009: { code: 'too-large', final: true },
  45001: { code: 'too-large', final: true },
  45002: { code: 'too-large', final: true },
  45009: { code: 'rate-limited', retryAfterMs: A_MINUTE_OVER_MS },
  // Too many at once.
  45033: { code: 'rate-limited', retryAfterMs: 5_000 },
  93000: { code: 'gone', final: true, gone: true },
  // Nobody has spoken to the bot there yet.
  93001: { code: 'forbidden', final: true },
  93006: { code: 'not-found', final: true, gone: true },
  93008: { code: 'gone', final: true, gone: true },
  600039: { code: 'invalid', final: true },
  // The request id is too old or from another connection: nothing was shown.
  846605: { code: 'expired', retryAfterMs: 1_000 },
  846608: { code: 'expired', retryAfterMs: 1_000 },
  // The line is not subscribed any more: nothing was shown.
  846609: { code: 'offline', untried: true },
};

export function outcomeOf(answer: Answer): DeliveryOutcome {
  switch (answer.is) {
    case 'not-written':
      return { fate: 'not-sent', code: 'offline', untried: true };
    case 'timed-out':
      return { fate: 'unknown', code: 'timeout' };
    case 'lost':
      return { fate: 'unknown', code: 'network' };
    case 'answered':
      return refusalOf(answer.errcode);
  }
}

/** A code that is not known says no as well; whether for ever cannot be told, so it is tried again like any failure. */
export function refusalOf(errcode: number): DeliveryOutcome {
  if (errcode === 0) return { fate: 'sent' };
  return { fate: 'not-sent', ...(REFUSALS[errcode] ?? { code: 'server-error' }) };
}

/** The request id is of no use any more, and a message of one's own arrives all the same. */
export function isStaleReply(answer: Answer): boolean {
  return answer.is === 'answered' && (answer.errcode === 846605 || answer.errcode === 846608);
}

/** The card as such is refused, and its words may still be said. */
export function isCardRefused(answer: Answer): boolean {
  return answer.is === 'answered' && [40008, 40058, 42045, 600039].includes(answer.errcode);
}

/** A kind of message, or a form of it, that this service does not know; it may know a simpler one. */
export function isKindUnknown(answer: Answer): boolean {
  return answer.is === 'answered' && (answer.errcode === 40008 || answer.errcode === 40058);
}
