/** grammY's types name the signal of a polyfill; it takes Node's own, of which it only asks to be told of the end. */
import type { Api } from 'grammy';

type PollingSignal = NonNullable<Parameters<Api['getMe']>[0]>;

export function pollingSignal(signal: AbortSignal): PollingSignal {
  if (!listens(signal)) throw new TypeError('this is no signal');
  return signal;
}

function listens(signal: unknown): signal is PollingSignal {
  return signal instanceof AbortSignal;
}
