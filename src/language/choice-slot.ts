/** Reads an answer to a numbered question: 1 3 5, 第三个, 都要, 前两个, 最后一个, 选B. */
import { matchesOf } from '../lib/matches.ts';
import { type NumberWords, readNumber } from './number-words.ts';
import { oneOf, type Tables, valuesOf, wordsOf } from './tables.ts';
import { MASK } from './text-mask.ts';

const CLAUSE_END = /[\n,.;:!?]/;

export interface ChoicePatterns {
  readonly numbers: NumberWords;
  readonly all: RegExp;
  /** 都要都要这几样我们家本来就在做: said first, with no stop before the rest. */
  readonly allAtOnce: RegExp;
  readonly noneOf: RegExp;
  /** 六个都要, where there are six. */
  readonly eachOf: RegExp;
  readonly first: RegExp;
  readonly last: RegExp;
  readonly lastOne: RegExp;
  /** 倒数第二个: counted from the end. */
  readonly fromEnd: RegExp;
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
    all: new RegExp(`${kind('all')}(?!${kind('no')})`),
    allAtOnce: new RegExp(
      `^(?:${kind('filler')}){0,3}${kind('all')}{1,2}(?:${kind('filler')}){0,3}${kind('all-tail')}(?!.*${kind('no')})`,
    ),
    noneOf: new RegExp(kind('none-of')),
    eachOf: new RegExp(
      `(?<!${kind('nth')})${number}${kind('measure')}(?:${kind('filler')})?${kind('each')}(?!${kind('no')})`,
      'g',
    ),
    first: new RegExp(`${kind('first')}${number}`, 'g'),
    last: new RegExp(`${kind('last')}${number}${kind('measure')}`, 'g'),
    lastOne: new RegExp(kind('last-one'), 'g'),
    fromEnd: new RegExp(`${kind('from-end')}${number}`, 'g'),
    except: new RegExp(`${kind('except')}\\D{0,3}?${number}`),
    range: new RegExp(`${number}${kind('measure')}?\\s?${kind('range')}\\s?${kind('nth')}?${number}`),
    one: new RegExp(`\\d{1,2}|[${numbers.classText}]`, 'g'),
    letter: new RegExp(`(?<![a-z])(${oneOf(letters.keys())})(?![a-z])`, 'g'),
    letters,
    filler: new RegExp(`${kind('filler')}|${kind('measure')}|[\\s,.;:!?()+&/${MASK}-]`, 'g'),
  };
}

/** The numbers chosen of 1…count, or undefined where the message is not an answer of this kind. */
export function readChoices(text: string, count: number, patterns: ChoicePatterns): number[] | undefined {
  if (patterns.noneOf.test(text)) return undefined;
  const every = Array.from({ length: count }, (_, index) => index + 1);
  const except = patterns.except.exec(text);
  if (except !== null) {
    const left = readNumber(except[1] ?? '', patterns.numbers);
    return left === undefined ? undefined : every.filter((number) => number !== left);
  }
  if (countsOf(text, patterns.eachOf, patterns).includes(count)) return every;
  const numbered = listed(withPlaces(text, count, patterns), count, patterns);
  if (numbered !== undefined) return numbered;
  const [ahead] = countsOf(text, patterns.first, patterns);
  if (ahead !== undefined && ahead <= count) return every.slice(0, ahead);
  const [behind] = countsOf(text, patterns.last, patterns);
  if (behind !== undefined && behind <= count) return every.slice(-behind);
  const clauses = text.split(CLAUSE_END);
  return clauses.some((clause) => isOnly(clause, patterns.all, patterns) || patterns.allAtOnce.test(clause))
    ? every
    : undefined;
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

/** 前两个 becomes 1 2, 最后一个 the number of the last, so that they may stand beside others: 第一个和最后一个. */
function withPlaces(text: string, count: number, patterns: ChoicePatterns): string {
  const places = (from: number, to: number): string => {
    const numbers = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
    return ` ${numbers.join(' ')} `;
  };
  const told = (word: string): number => readNumber(word, patterns.numbers) ?? 0;
  return text
    .replace(patterns.fromEnd, (_, word: string) => ` ${count + 1 - told(word)} `)
    .replace(patterns.lastOne, ` ${count} `)
    .replace(patterns.last, (_, word: string) => places(Math.max(1, count + 1 - told(word)), count))
    .replace(patterns.first, (_, word: string) => places(1, Math.min(count, told(word))));
}

function countsOf(text: string, pattern: RegExp, patterns: ChoicePatterns): number[] {
  return [...matchesOf(text, pattern)].flatMap((match) => readNumber(match[1] ?? '', patterns.numbers) ?? []);
}
