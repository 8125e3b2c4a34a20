/** Six characters that a person copies from one screen to another: made, and read however they are typed. */
import { randomInt } from 'node:crypto';
import { keyedHash, type SecretKey } from './encryption.ts';

// No two of them look alike: without 0 O, 1 I L, U (V), and B S Z, which are read as 8 5 2.
const ALPHABET = '23456789ACDEFGHJKMNPQRTVWXY';
const LENGTH = 6;
// Beside a letter, so that neither a word nor a date or a room is taken for one.
const LEAST_DIGITS = 2;

/** `random`: a whole number below the one given. */
export function newOneTimeCode(random: (below: number) => number = randomInt): string {
  for (;;) {
    const code = Array.from({ length: LENGTH }, () => ALPHABET.charAt(random(ALPHABET.length))).join('');
    const digits = code.replaceAll(/\D/g, '').length;
    if (digits >= LEAST_DIGITS && digits < LENGTH) return code;
  }
}

/**
 * The code a message consists of, as it was made; `null` where it holds anything else. Before it may stand a name that
 * is called, a word or a command; width, case and spaces do not count.
 */
export function readOneTimeCode(text: string): string | null {
  const typed = typedCode(text);
  if (typed === null) return null;
  const code = typed.replaceAll(/[BSZ]/g, (letter) => READ_AS[letter] ?? letter);
  // Every code holds a letter that is read as itself: the door 5-2-642B does not.
  const isWhole = /[A-Z]/.test(code) && [...code].every((character) => ALPHABET.includes(character));
  return isWhole ? code : null;
}

/** Also one that was copied wrongly, so that whoever sent it can be told. */
export function looksLikeOneTimeCode(text: string): boolean {
  return typedCode(text) !== null;
}

// Longer than anything a code is sent in: nothing else of such a message is looked at.
const LONGEST = 64;
const READ_AS: Readonly<Record<string, string>> = { B: '8', S: '5', Z: '2' };
const CALLED = String.raw`(?:@\S{1,40}\s+)?`;
const LEAD = String.raw`(?:\p{Script=Han}{1,12}|\/?[A-Z][A-Z_@]{1,30}(?=[\s:]))?`;
const MARKS = String.raw`[\s\p{P}]*`;
const MESSAGE = new RegExp(`^${CALLED}${LEAD}${MARKS}(?<code>[0-9A-Z](?:[\\s-]?[0-9A-Z]){5})${MARKS}$`, 'u');

function typedCode(text: string): string | null {
  // Most messages are too long or end in a word: that is seen without a regular expression.
  if (text.length > LONGEST || text.length < LENGTH) return null;
  const found = MESSAGE.exec(text.normalize('NFKC').trim().toUpperCase())?.groups?.code;
  if (found === undefined) return null;
  const code = found.replaceAll(/[\s-]/g, '');
  return /[0-9]/.test(code) && /[A-Z]/.test(code) ? code : null;
}

/** Makes codes and finds them again: what is kept of one is of no use without the key. */
export interface CodeBook {
  fresh(): string;
  hash(text: string): string;
}

export function createCodeBook(key: SecretKey): CodeBook {
  return { fresh: () => newOneTimeCode(), hash: (text) => keyedHash(key, text) };
}
