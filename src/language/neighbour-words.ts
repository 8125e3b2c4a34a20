/**
 * Takes out of somebody's words what leads to a person, before the bot says them again where all neighbours read. What
 * they are about must stay readable, so of what may be a name only that goes which stands where names do.
 */
import { joinDigitSigns } from './digit-signs.ts';
import { compileHouseholdPatterns, type HouseholdPatterns } from './household-slot.ts';
import { compileNamePatterns, type NamePatterns } from './name-slot.ts';
import { compileFolding, type Folding, unifyScript } from './normalise.ts';
import { compilePhonePatterns, type PhonePatterns } from './phone-slot.ts';
import {
  compilePrivatePatterns,
  everySpanOf,
  maskPlainParts,
  PRIVATE_WORDS,
  type PrivatePatterns,
} from './private-parts.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';
import { MASK, maskSpans, type Span } from './text-mask.ts';
import { buildNumberWords } from './vocabulary.ts';

export interface NeighbourPatterns {
  readonly folding: Folding;
  readonly phone: PhonePatterns;
  readonly household: HouseholdPatterns;
  readonly name: NamePatterns;
  readonly plain: PrivatePatterns;
  readonly fullNames: readonly RegExp[];
}

/** The table begins with the surnames most people bear; the rarer ones of one character begin as many things as people. */
const COMMONEST = 30;

/** `null`: a folder of one's own may lack the words that tell what to hide. */
export function compileNeighbourPatterns(tables: Tables): NeighbourPatterns | null {
  if ((tables[PRIVATE_WORDS]?.length ?? 0) === 0) return null;
  const numbers = buildNumberWords(tables);
  const han = '\\p{Script=Han}';
  const surnames = wordsOf(tables, 'surnames');
  const surname = oneOf(surnames);
  const of = oneOf(wordsOf(tables, PRIVATE_WORDS, 'of'));
  const plainly = oneOf(surnames.filter((one, at) => at < COMMONEST || one.length > 1));
  const first = `(?<=^|[^${han}]|${of})`;
  const whose = `(?<=${oneOf(wordsOf(tables, PRIVATE_WORDS, 'whose'))})`;
  const end = `(?=$|[^${han}]|${of}|${oneOf(wordsOf(tables, 'name-words', 'stop'))})`;
  return {
    folding: compileFolding(tables),
    phone: compilePhonePatterns(numbers),
    household: compileHouseholdPatterns(tables, numbers),
    name: compileNamePatterns(tables),
    plain: compilePrivatePatterns(tables),
    fullNames: [
      new RegExp(`(?:${first}${plainly}|${whose}${surname})${han}{2}`, 'gu'),
      new RegExp(`(?:${first}|${whose})${surname}${han}{1,2}${end}`, 'gu'),
      new RegExp(`${han}{1,8}[·•]${han}{1,8}`, 'gu'),
    ],
  };
}

/** With … for what is hidden; empty where nothing readable is left. */
export function forNeighbours(words: string, patterns: NeighbourPatterns | null): string {
  if (patterns === null) return '';
  const said = joinDigitSigns(words).replaceAll(MASK, ' ').trim();
  const text = unifyScript(said, patterns.folding);
  const plain = maskPlainParts(text, said, patterns, patterns.plain);
  const names = patterns.fullNames.flatMap((pattern) => everySpanOf(plain, pattern));
  const isName = ({ start, end }: Span) => !patterns.plain.notName.test(plain.slice(start, end));
  const masked = maskSpans(plain, names.filter(isName));
  if (masked === text) return said;
  return READABLE.test(masked) ? shown(said, masked) : '';
}

/** More than 的 and marks. */
const READABLE = /[\p{L}\p{N}]{2}/u;
const ELLIPSIS = '\u2026';
/** Both parts of a name with a dot. */
const SEVERAL = /\u2026[\u00b7\u2022]\u2026/gu;
/** Whoever was called by name is not what it is about. */
const FIRST = /^\u2026\s+/u;

function shown(said: string, masked: string): string {
  let words = '';
  for (let at = 0; at < said.length; at += 1) {
    if (masked[at] !== MASK) words += said[at];
    else if (!words.endsWith(ELLIPSIS)) words += ELLIPSIS;
  }
  return words.replaceAll(SEVERAL, ELLIPSIS).replace(FIRST, '');
}
