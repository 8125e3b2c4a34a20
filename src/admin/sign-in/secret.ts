/** Secrets that the site makes: random, shown or sent once, kept as a hash. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

// Crockford's base 32: no i, l, o, u, so a code survives being read out aloud and typed with two fingers.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** 256 bits for a cookie. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Groups of four characters, 20 bits each, e.g. `k7m2-x9pq`. */
export function newCode(groups: number): string {
  const letters = [...randomBytes(groups * 4)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length));
  return Array.from({ length: groups }, (_, group) => letters.slice(group * 4, group * 4 + 4).join('')).join('-');
}

/** A code as it was meant, however it was typed. */
export function codeAsMeant(typed: string): string {
  const plain = typed
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/g, '');
  return plain.replaceAll('o', '0').replaceAll(/[il]/g, '1');
}

export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** In the same time wherever the two differ. */
export function isSameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
