/** From which address a request comes, also where a server of ours stands in front and hands it on. */
import { isIP } from 'node:net';
import { isLoopback, plainAddress } from '../lib/http/address.ts';

export interface Caller {
  /** Who holds the connection. */
  readonly peer: string;
  /** `X-Forwarded-For` as it came. */
  readonly forwardedFor: string | undefined;
}

/** Only the last address is believed, and only from a server that is trusted: anybody can write the ones before it. */
export function callerAddress({ peer, forwardedFor }: Caller, trusted: readonly string[]): string {
  if (forwardedFor === undefined || !isTrusted(peer, trusted)) return peer;
  const last = withoutPort(forwardedFor.split(',').at(-1)?.trim() ?? '');
  return isIP(last) === 0 ? peer : last;
}

/** What was handed on by a server that is not trusted comes from nobody knows where. */
export function isFromThisMachine(caller: Caller, trusted: readonly string[]): boolean {
  const isKnown = caller.forwardedFor === undefined || isTrusted(caller.peer, trusted);
  return isKnown && isLoopback(callerAddress(caller, trusted));
}

function isTrusted(peer: string, trusted: readonly string[]): boolean {
  return trusted.some((one) => (one === 'loopback' ? isLoopback(peer) : plainAddress(one) === plainAddress(peer)));
}

/** Some servers add the port: `203.0.113.7:4711`, `[2001:db8::7]:4711` (RFC 7239 §6). */
function withoutPort(hop: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(hop)?.[1] ?? hop;
}
