/** Reads an answer to a numbered question: 1 3 5, 第三个, 都要, 前两个, 最后一个, 选B. */
import { matchesOf } from '../lib/matches.ts';
import { type NumberWords, readNumber } from './number-words.ts';
import { oneOf, type Tables, valuesOf, wordsOf } from './tables.ts';
import { MASK } from './text-mask.ts';

export interface ChoicePatterns {
  readonly numbers: NumberWords;
  readonly all: RegExp;
  readonly first: RegExp;
  readonly last: RegExp;
  readonly lastOne: RegExp;
  readonly except: RegExp;
  readonly range: RegExp;
  readonly one: RegExp;
  readonly letter: RegExp;
  readonly letters: ReadonlyMap<string, string>;
  /** Words around the numbers that say nothing more. */
  readonly filler: RegExp;
}

export function compileChoicePatterns(tables: Tables, numbers: NumberWords): ChoicePatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'choice-words', name));
  const letters = valuesOf(tables, 'choice-words', 'letter');
  const number = `(\\d{1,2}|[${numbers.classText}]{1,3})`;
  return {
    numbers,
    all: new RegExp(kind('all')),
    first: new RegExp(`${kind('first')}${number}`),
    last: new RegExp(`${kind('last')}${number}${kind('measure')}`),
    lastOne: new RegExp(kind('last-one')),
    except: new RegExp(`${kind('except')}\\D{0,3}?${number}`),
    range: new RegExp(`${number}\\s?${kind('range')}\\s?${number}`),
    one: new RegExp(`\\d{1,2}|[${numbers.classText}]`, 'g'),
    letter: new RegExp(`(?<![a-z])(${oneOf(letters.keys())})(?![a-z])`, 'g'),
    letters,
    filler: new RegExp(`${kind('filler')}|${kind('measure')}|[\\s,.;:!?()+&/${MASK}-]`, 'g'),
  };
}

/** The numbers chosen of 1…count, or undefined where the message is not an answer of this kind. */
export function readChoices(text: string, count: number, patterns: ChoicePatterns): number[] | undefined {
  const every = Array.from({ length: count }, (_, index) => index + 1);
  const except = patterns.except.exec(text);
  if (except !== null) {
    const left = readNumber(except[1] ?? '', patterns.numbers);
    return left === undefined ? undefined : every.filter((number) => number !== left);
  }
  const first = numberIn(patterns.first.exec(text), patterns);
  if (first !== undefined && first <= count) return every.slice(0, first);
  const last = numberIn(patterns.last.exec(text), patterns);
  if (last !== undefined && last <= count) return every.slice(-last);
  if (isOnly(text, patterns.lastOne, patterns)) return every.slice(-1);
  if (isOnly(text, patterns.all, patterns)) return every;
  return listed(text, count, patterns);
}

/** A letter A–D of a quiz. */
export function readLetter(text: string, patterns: ChoicePatterns): string | undefined {
  const letters = [...matchesOf(text, patterns.letter)].map((match) => patterns.letters.get(match[1] ?? ''));
  const distinct = new Set(letters);
  if (distinct.size !== 1) return undefined;
  const rest = text.replace(patterns.letter, '').replace(patterns.filler, '');
  return rest.length <= 2 ? letters[0] : undefined;
}

function listed(text: string, count: number, patterns: ChoicePatterns): number[] | undefined {
  const range = patterns.range.exec(text);
  const from = readNumber(range?.[1] ?? '', patterns.numbers);
  const to = readNumber(range?.[2] ?? '', patterns.numbers);
  const rest = text.replace(patterns.filler, ' ');
  if (rest.replace(patterns.one, '').trim().length > 1) return undefined;
  if (from !== undefined && to !== undefined && from <= to && to <= count) {
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  }
  const numbers = [...matchesOf(rest, patterns.one)].flatMap((match) => digitsOrNumber(match[0], count, patterns));
  const chosen = [...new Set(numbers)];
  return chosen.length === 0 || chosen.some((number) => number < 1 || number > count) ? undefined : chosen;
}

/** 135 of six options is 1, 3 and 5. */
function digitsOrNumber(word: string, count: number, patterns: ChoicePatterns): number[] {
  const value = readNumber(word, patterns.numbers) ?? 0;
  return value > count && /^\d+$/.test(word) ? [...word].map(Number) : [value];
}

function isOnly(text: string, pattern: RegExp, patterns: ChoicePatterns): boolean {
  return pattern.test(text) && text.replace(pattern, '').replace(patterns.filler, '').length <= 2;
}

function numberIn(match: RegExpExecArray | null, patterns: ChoicePatterns): number | undefined {
  return match === null ? undefined : readNumber(match[1] ?? '', patterns.numbers);
}
