/**
 * Takes out of a message what leads to a person (phones, numbers, doors, names, links), before it leaves the house.
 * Here too much is better than too little: what is hidden in vain only makes a message harder to read.
 */
import { matchesOf } from '../lib/matches.ts';
import type { Utterance } from '../model/understanding.ts';
import { joinDigitSigns } from './digit-signs.ts';
import { readHousehold } from './household-slot.ts';
import { scan } from './lexicon.ts';
import { readName } from './name-slot.ts';
import { normalise, unifyScript } from './normalise.ts';
import { readPhones } from './phone-slot.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';
import { MASK, maskSpan, maskSpans, type Span } from './text-mask.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface PrivatePatterns {
  readonly always: readonly RegExp[];
  /** A surname with two characters, or one where somebody is plainly spoken of. */
  readonly names: readonly RegExp[];
  /** A surname with one character after a word for a person: a name only where a word that is known follows it. */
  readonly namesBeforeWord: RegExp;
  readonly notName: RegExp;
}

export interface Redacted {
  /** With ⟦P1⟧, ⟦P2⟧ … in place of what is hidden. */
  readonly text: string;
  /** What the placeholders stand for, the first at 0. */
  readonly hidden: readonly string[];
  /** The whole message as it was read: what may be taken from it stands here word for word. */
  readonly said: string;
}

/** data/language/private-words.csv. */
export const PRIVATE_WORDS = 'private-words';

export function compilePrivatePatterns(tables: Tables): PrivatePatterns {
  const own = (kind: string) => oneOf(wordsOf(tables, PRIVATE_WORDS, kind));
  const named = (kind: string) => oneOf(wordsOf(tables, 'name-words', kind));
  const spoken = [...wordsOf(tables, 'numbers', 'digit'), ...wordsOf(tables, PRIVATE_WORDS, 'spoken-digit')].join('');
  const digits = `[0-9${spoken}]`;
  const counted = `[0-9${spoken}${wordsOf(tables, 'numbers', 'power').join('')}]`;
  const surname = oneOf(wordsOf(tables, 'surnames'));
  const han = '\\p{Script=Han}';
  const called = `(?:${named('title')}|${named('bare-title')}|${own('called')})`;
  const end = `(?=$|[^${han}]|${named('stop')}|${called})`;
  const beside = `(?<=^|[^${han}]|${own('whose')})`;
  return {
    always: [
      /https?:\/\/[^\s\p{Script=Han}]+|www\.[^\s\p{Script=Han}]+/gu,
      /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
      /@[^\s@,.;:!?()]{1,24}/gu,
      // Names of accounts, plates and codes: letters with digits among them, or after a word that announces one.
      /(?<![a-z0-9_-])(?=[a-z_-]*\d)(?=[0-9_-]*[a-z])[a-z0-9_-]{4,}(?![a-z0-9_-])/g,
      new RegExp(
        `(?<=${own('account')}[^\\p{L}\\p{N}]{0,3}(?:\\p{Script=Han}[^\\p{L}\\p{N}]{0,3})?)[a-z0-9_.-]{4,}`,
        'gu',
      ),
      new RegExp(`${han}{1,6}${own('road')}\\s?${digits}{1,5}\\s?${own('road-number')}?`, 'gu'),
      // 502 and 五零二 are a room; a number spoken with its tens is told from a price by nothing but what it is of.
      new RegExp(`${digits}{3,}`, 'g'),
      new RegExp(`${counted}{4,}`, 'g'),
      // 三门五零二, 三排二号; 三门 alone where a building stands before it.
      new RegExp(`${counted}{1,3}\\s?${own('door')}\\s?${counted}{1,6}\\s?${own('door-end')}?`, 'g'),
      new RegExp(`(?<=${MASK}\\s?)${counted}{1,3}\\s?${own('door')}`, 'g'),
      // Digits one by one, whatever marks stand between them.
      new RegExp(`${digits}(?:[^\\p{L}\\p{N}]{0,3}${digits}){6,}`, 'gu'),
    ],
    names: [
      new RegExp(`${surname}${called}`, 'gu'),
      new RegExp(`(?:${named('nick')})${surname}`, 'gu'),
      new RegExp(`${surname}${han}{2}`, 'gu'),
      new RegExp(`${beside}${surname}${han}{1,2}${end}`, 'gu'),
      new RegExp(`${han}{1,8}[·•]${han}{1,8}`, 'gu'),
    ],
    namesBeforeWord: new RegExp(`(?<=${own('whose')})${surname}${han}`, 'gu'),
    notName: new RegExp(`${named('not-name')}|${own('not-name')}`, 'u'),
  };
}

/** `names`: those that are known, whoever's they are; they are hidden wherever they stand. */
export function hidePrivateParts(
  { text: raw, mentioned }: Pick<Utterance, 'text' | 'mentioned'>,
  names: readonly string[],
  vocabulary: Vocabulary,
  patterns: PrivatePatterns,
): Redacted {
  const { said, text } = normalise(joinDigitSigns(withoutOurMarks(raw)), mentioned, vocabulary.folding);
  // Homophones are unified in `text`, and somebody's name may hold one.
  let rest = maskSpans(text, knownNames(unifyScript(said, vocabulary.folding), names, vocabulary));
  rest = maskPlainParts(rest, said, vocabulary, patterns);
  rest = maskSpans(rest, namesIn(rest, vocabulary, patterns));
  return replaced(said, rest);
}

/** What needs no knowledge of words to be told: phones, doors, numbers, links, and the name that follows 我叫. */
export function maskPlainParts(
  text: string,
  said: string,
  known: Pick<Vocabulary, 'phone' | 'household' | 'name'>,
  { always }: Pick<PrivatePatterns, 'always'>,
): string {
  let rest = maskDoors(readPhones(text, known.phone).rest, said, known);
  for (const pattern of always) rest = maskAll(rest, pattern);
  return maskIntroduced(rest, said, known);
}

/** What stands in a message already must not be taken for ours. */
function withoutOurMarks(raw: string): string {
  return raw.replaceAll(MASK, ' ').replaceAll('\u27e6', '[').replaceAll('\u27e7', ']');
}

const SHORTEST_NAME = 2;

function knownNames(text: string, names: readonly string[], { folding }: Vocabulary): Span[] {
  const known = names.flatMap((name) => {
    const whole = unifyScript(normalise(withoutOurMarks(name), false, folding).said, folding);
    // 王秀英 is 秀英 to those who know her.
    return /^\p{Script=Han}{3,4}$/u.test(whole) ? [whole, whole.slice(-2)] : [whole];
  });
  const words = known.filter((name) => name.length >= SHORTEST_NAME);
  return words.length === 0 ? [] : spansOf(text, new RegExp(oneOf(words), 'g'));
}

/** Each reading knows one way of writing a door; what is left is read again. */
function maskDoors(text: string, said: string, { household: patterns }: Pick<Vocabulary, 'household'>): string {
  let rest = text;
  for (let left = MOST_TIMES; left > 0; left -= 1) {
    const read = readHousehold(rest, said, patterns);
    if (read.household === undefined || read.rest === rest) return rest;
    rest = read.rest;
  }
  return rest;
}

const MOST_TIMES = 8;

function maskIntroduced(text: string, said: string, { name: patterns }: Pick<Vocabulary, 'name'>): string {
  let rest = text;
  for (let left = MOST_TIMES; left > 0; left -= 1) {
    const name = readName(rest, said, patterns);
    if (name === undefined) return rest;
    rest = maskSpan(rest, name);
  }
  return rest;
}

/** What the tables know as a word is none: 白菜叶 begins with a surname too. */
function namesIn(text: string, { lexicon }: Vocabulary, patterns: PrivatePatterns): Span[] {
  // A character that is a word by itself may as well be one of a name: 王建刚.
  const words = [...scan(lexicon, text, 0).values()].flat().filter(({ start, end }) => end - start > 1);
  const starts = new Set(words.map(({ start }) => start));
  const covered = new Uint8Array(text.length);
  for (const { start, end } of words) covered.fill(1, start, end);
  const isName = ({ start, end }: Span) =>
    !patterns.notName.test(text.slice(start, end)) && !covered.subarray(start, end).includes(1);
  return [
    ...patterns.names.flatMap((pattern) => everySpanOf(text, pattern)),
    ...everySpanOf(text, patterns.namesBeforeWord).filter(({ end }) => starts.has(end)),
  ].filter(isName);
}

/** From every place on: in 孙子王建国 what looks like a name first is none, and its end is the surname of one. */
export function everySpanOf(text: string, pattern: RegExp): Span[] {
  const found: Span[] = [];
  const own = new RegExp(pattern);
  for (let match = own.exec(text); match !== null; match = own.exec(text)) {
    found.push({ start: match.index, end: match.index + match[0].length });
    own.lastIndex = match.index + 1;
  }
  return found;
}

function maskAll(text: string, pattern: RegExp): string {
  return maskSpans(text, spansOf(text, pattern));
}

function spansOf(text: string, pattern: RegExp): Span[] {
  return [...matchesOf(text, pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function replaced(said: string, masked: string): Redacted {
  const hidden: string[] = [];
  let text = '';
  for (let at = 0; at < said.length; ) {
    const end = endOfMask(masked, at);
    if (end === at) {
      text += said[at];
      at += 1;
    } else {
      hidden.push(said.slice(at, end));
      text += placeholder(hidden.length);
      at = end;
    }
  }
  return { text, hidden, said };
}

function endOfMask(masked: string, from: number): number {
  let end = from;
  while (masked[end] === MASK) end += 1;
  return end;
}

function placeholder(number: number): string {
  return `\u27e6P${number}\u27e7`;
}
