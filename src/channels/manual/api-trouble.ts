/** What WeCom's numbers mean for whoever wants something sent to a customer group (developer.work.weixin.qq.com/document/path/90313). */
import type { OwnerTrouble } from '../../model/owner-task.ts';

const MEANINGS: Readonly<Record<number, OwnerTrouble['code']>> = {
  [-1]: 'busy',
  40001: 'wrong-credentials',
  40013: 'wrong-credentials',
  40014: 'wrong-credentials',
  42001: 'wrong-credentials',
  40003: 'unknown-owner',
  60111: 'unknown-owner',
  45002: 'too-long',
  45009: 'too-often',
  45033: 'too-often',
  48002: 'not-permitted',
  60011: 'not-permitted',
  60020: 'untrusted-address',
  90501: 'not-a-customer-group',
};

export function troubleOf(number: number): OwnerTrouble {
  return { code: MEANINGS[number] ?? 'not-taken', number };
}

/** Invalid or run out: a fresh one may do. */
export function isTokenSpent({ number }: OwnerTrouble): boolean {
  return number === 40014 || number === 42001;
}
