/** An answer of the Bot API as an outcome of a delivery. */
import type { DeliveryOutcome } from '../channel.ts';
import type { ApiAnswer } from './api-answer.ts';
import { isTimeout } from './connection-fault.ts';

type Refused = Extract<ApiAnswer, { what: 'refused' }>;
type Failure = Exclude<DeliveryOutcome, { fate: 'sent' }>;

// After a wrong token: long enough to be no busy loop, short enough that a corrected one is soon used.
const WRONG_TOKEN_PAUSE_MS = 60_000;
// Where Telegram asks to wait without saying how long.
const A_PAUSE_MS = 5_000;

/** Wording: https://github.com/tdlib/telegram-bot-api, Client.cpp. */
const NOT_ALLOWED =
  /initiate conversation|not enough rights|have no rights|CHAT_WRITE_FORBIDDEN|to bots|need administrator/i;
const NOT_THERE = /chat not found|PEER_ID_INVALID|chat was deleted|user not found/i;

export function outcomeOf(answer: ApiAnswer): DeliveryOutcome {
  switch (answer.what) {
    case 'done':
      return { fate: 'sent' };
    case 'never-left':
      return { fate: 'not-sent', code: 'offline', untried: true };
    case 'lost':
      return { fate: 'unknown', code: isTimeout(answer.code) ? 'timeout' : 'network' };
    case 'garbled':
      return { fate: 'unknown', code: 'server-error' };
    case 'refused':
      return refusalOf(answer);
  }
}

function refusalOf({ status, description, retryAfterSeconds, movedTo }: Refused): Failure {
  const refused = (code: string, more: object = {}): Failure => ({ fate: 'not-sent', code, ...more });
  if (movedTo !== undefined) return refused('moved', { movedTo: String(movedTo) });
  if (status === 429) {
    return refused('rate-limited', {
      retryAfterMs: retryAfterSeconds === undefined ? A_PAUSE_MS : retryAfterSeconds * 1_000,
    });
  }
  // A token of the wrong form is answered with 404.
  if (status === 401 || status === 404) {
    return refused('wrong-credentials', { untried: true, wholeAccount: true, retryAfterMs: WRONG_TOKEN_PAUSE_MS });
  }
  if (status === 413) return refused('too-large', { final: true });
  if (status >= 500) return refused('server-error');
  if (NOT_ALLOWED.test(description)) return refused('forbidden', { final: true });
  if (status === 403) return refused('gone', { final: true, gone: true });
  if (NOT_THERE.test(description)) return refused('not-found', { final: true, gone: true });
  return refused('invalid', { final: true });
}
