/** What makes a password good enough: long, and none of those that are tried first. */
import { graphemeLength } from '../../lib/text.ts';

const SHORTEST = 10;
const LONGEST = 128;

export type PasswordFault = 'too-short' | 'password-too-long' | 'too-common' | 'like-login' | 'not-the-same';

export function passwordFault(
  password: string,
  about: { readonly login: string; readonly again: string },
): PasswordFault | null {
  const plain = password.normalize('NFKC');
  if (graphemeLength(plain) < SHORTEST) return 'too-short';
  if (plain.length > LONGEST) return 'password-too-long';
  const folded = plain.toLowerCase();
  if (isCommon(folded)) return 'too-common';
  if (about.login.length > 2 && folded.replaceAll(/[\d\s!@#._-]/g, '') === about.login.toLowerCase())
    return 'like-login';
  return plain === about.again.normalize('NFKC') ? null : 'not-the-same';
}

function isCommon(folded: string): boolean {
  if (new Set(folded).size < 4) return true;
  if (RUNS.some((run) => run.includes(folded))) return true;
  return COMMON.some((word) => folded.startsWith(word) && /^[\d!@#._-]*$/.test(folded.slice(word.length)));
}

// Along the keyboard and the alphabet, there and back, as often as a finger goes.
const RUNS = [
  '1234567890',
  '0987654321',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  '1qaz2wsx3edc4rfv',
  '1q2w3e4r5t6y7u8i9o0p',
].map((run) => run.repeat(4));

// The beginnings that stand at the top of every list of leaked passwords, and the words at hand in this office.
const COMMON = [
  'password',
  'passw0rd',
  'p@ssw0rd',
  'p@ssword',
  'admin',
  'administrator',
  'root',
  'welcome',
  'letmein',
  'iloveyou',
  'woaini',
  'wobuzhidao',
  'qwerty',
  'qwer1234',
  'asdf1234',
  'abcd1234',
  'abc123',
  'a123456',
  'aa123456',
  'test',
  'changeme',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'superman',
  'trustno1',
  'dragon',
  'monkey',
  'master',
  'shequ',
  'lvlin',
  'shequlvlin',
  'lvlinshequ',
  'juweihui',
  'zhihui',
  'mima',
  'wodemima',
];
