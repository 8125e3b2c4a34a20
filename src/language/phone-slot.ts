/** Reads mobile numbers in every spelling; an identity number is recognised only to be kept out of every slot. */
import { matchesOf } from '../lib/matches.ts';
import type { NumberWords } from './number-words.ts';
import { readDigits } from './number-words.ts';
import { maskSpan, type Span } from './text-mask.ts';

export interface PhonePatterns {
  readonly digits: NumberWords;
  readonly mobile: RegExp;
}

export interface PhoneReading {
  readonly phones: readonly (Span & { readonly phone: string })[];
  /** The text with phones and identity numbers hidden. */
  readonly rest: string;
}

// 15 digits (before 1999), 17 + check, 18; bank cards have 16–19. With or without the usual groups of 6-8-4.
const LONG_NUMBER = /(?<!\d)(?:\d{6}[ -]\d{8}[ -]\d{3}[\dx]|\d{15,19}x?)(?!\d)/g;
const MOBILE_DIGITS = 11;
const HAS_LONG_NUMBER = /\d{6}/;

export function compilePhonePatterns(digits: NumberWords): PhonePatterns {
  const spoken = [...digits.digits.keys()].join('');
  const ones = [...digits.digits].filter(([, value]) => value === 1).map(([mark]) => mark);
  const digit = `[0-9${spoken}]`;
  // 13–19 are the mobile ranges of the numbering plan (MIIT, 2017).
  // Told in the three breaths of a phone number there may be commas: 一三五，零零零零，九八七六.
  const inGroups = `${digit}{2},${digit}{4},${digit}{4}`;
  const mobile = `(?<!${digit})(?:\\+?86[ -]{0,2})?([1${ones.join('')}](?:${inGroups}|(?:[ -]?${digit}){10}))(?!${digit})`;
  return { digits, mobile: new RegExp(mobile, 'g') };
}

export function readPhones(text: string, patterns: PhonePatterns): PhoneReading {
  if (text.length < MOBILE_DIGITS) return { phones: [], rest: text };
  let rest = HAS_LONG_NUMBER.test(text)
    ? text.replace(LONG_NUMBER, (run) => maskSpan(run, { start: 0, end: run.length }))
    : text;
  const phones: (Span & { phone: string })[] = [];
  for (const match of matchesOf(rest, patterns.mobile)) {
    const phone = readDigits((match[1] ?? '').replace(/[ ,-]/g, ''), patterns.digits);
    if (phone === undefined || !/^1[3-9]/.test(phone)) continue;
    phones.push({ phone, start: match.index, end: match.index + match[0].length });
  }
  for (const span of phones) rest = maskSpan(rest, span);
  return { phones, rest };
}
