/** Addresses of the network: which are this machine, and which of them belong to one home or one house. */
import { isIPv4, isIPv6 } from 'node:net';

/** Whoever has one IPv4 address has no more; of IPv6 a home has a whole /64 (RFC 6177). */
export function addressPrefix(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = mappedIPv4(address);
  if (mapped !== null) return mapped;
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const groups = tail === undefined ? before : [...before, ...zeros, ...after];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** Wider: neighbours in number, as a provider hands addresses out (IPv4 /24, IPv6 /64). */
export function neighbourhoodOf(address: string): string {
  const prefix = addressPrefix(address);
  return isIPv4(prefix) ? prefix.split('.').slice(0, 3).join('.') : prefix;
}

export function isLoopback(address: string): boolean {
  return plainAddress(address).startsWith('127.') || address === '::1';
}

/** An IPv4 address is written like one, also where the system wraps it into IPv6 (RFC 4291 §2.5.5.2). */
export function plainAddress(address: string): string {
  return mappedIPv4(address) ?? address.toLowerCase();
}

function mappedIPv4(address: string): string | null {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? null;
}
