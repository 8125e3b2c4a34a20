/** Reads an answer to a numbered question: 1 3 5, 第三个, 都要, 前两个, 最后一个, 选B. */
import { matchesOf } from '../lib/matches.ts';
import { type NumberWords, readNumber } from './number-words.ts';
import { oneOf, type Tables, valuesOf, wordsOf } from './tables.ts';
import { MASK } from './text-mask.ts';

const CLAUSE_END = /[\n,.;:!?]/;
const WITHOUT_WORDS = /[^\p{Letter}\p{Number}]/gu;
// The words for one of the options: 周五, 下午那一场.
const LONGEST_NAMED = 10;

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
  /** 第一个做不到，剩下的都行. */
  readonly leftOut: RegExp;
  /** 除了周五都行: all but what is named. */
  readonly allBut: RegExp;
  /** 周日没空，别的都行. */
  readonly unableBut: RegExp;
  /** 先选A，不对，选C: what follows counts. */
  readonly turn: RegExp;
  readonly middle: RegExp;
  /** 不是A: said only to put it aside. */
  readonly denied: RegExp;
  readonly deniedClause: RegExp;
  readonly joint: RegExp;
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
    leftOut: new RegExp(`${number}${kind('measure')}?\\D{0,6}?${kind('left-out')}.{0,4}${kind('others')}`),
    allBut: new RegExp(
      `${kind('except')}([^\\n,.;]{1,${LONGEST_NAMED}}?)${kind('aside')}?[\\s,]{0,2}${kind('others')}?(?:${kind('filler')}){0,2}${kind('all')}`,
    ),
    unableBut: new RegExp(
      `(?:^|[\\s,.;])([^\\s,.;]{1,${LONGEST_NAMED}}?)${kind('unable')}[\\s,]{0,2}${kind('others')}(?:${kind('filler')}){0,3}${kind('all')}`,
    ),
    middle: new RegExp(kind('middle'), 'g'),
    turn: new RegExp(`^[^]*(?:${kind('turn')})[\\s,.!:]*`),
    joint: new RegExp(kind('joint')),
    deniedClause: new RegExp(`^\\s*${kind('not')}`),
    denied: new RegExp(`${kind('not')}(?:${oneOf(letters.keys())}|${kind('nth')}?${number})(?![a-z])`, 'g'),
    range: new RegExp(`${number}${kind('measure')}?\\s?${kind('range')}\\s?${kind('nth')}?${number}`),
    one: new RegExp(`\\d{1,2}|[${numbers.classText}]`, 'g'),
    letter: new RegExp(`(?<![a-z])(${oneOf(letters.keys())})(?![a-z])`, 'g'),
    letters,
    filler: new RegExp(`${kind('filler')}|${kind('measure')}|[\\s,.;:!?()+&/${MASK}-]`, 'g'),
  };
}

/** What was said last: 先选A，不对，选C → 选C; the whole where nothing is taken back. */
export function lastSaid(text: string, { turn, denied, deniedClause }: ChoicePatterns): string {
  const after = text.replace(turn, '');
  const clauses = (after === '' ? text : after).split(CLAUSE_END);
  const told = clauses.filter((clause) => !deniedClause.test(clause)).join(',');
  const meant = told.replace(denied, (match) => MASK.repeat(match.length));
  return meant.replace(WITHOUT_WORDS, '') === '' ? text : meant;
}

/** The numbers chosen of 1…count, or undefined where the message is not an answer of this kind. */
export function readChoices(text: string, count: number, patterns: ChoicePatterns): number[] | undefined {
  if (patterns.noneOf.test(text)) return undefined;
  const every = Array.from({ length: count }, (_, index) => index + 1);
  const except = patterns.except.exec(withPlaces(text, count, patterns)) ?? patterns.leftOut.exec(text);
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
    .replace(patterns.middle, count % 2 === 1 ? ` ${(count + 1) / 2} ` : '$&')
    .replace(patterns.last, (_, word: string) => places(Math.max(1, count + 1 - told(word)), count))
    .replace(patterns.first, (_, word: string) => places(1, Math.min(count, told(word))));
}

function countsOf(text: string, pattern: RegExp, patterns: ChoicePatterns): number[] {
  return [...matchesOf(text, pattern)].flatMap((match) => readNumber(match[1] ?? '', patterns.numbers) ?? []);
}
