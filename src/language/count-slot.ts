/** Reads how many people are meant: 四口人, 两大一小, 我和老伴, 带俩孩子, 一共5个, 报3个哎不对报4个. */
import { matchesOf } from '../lib/matches.ts';
import type { CountPatterns } from './count-patterns.ts';
import { readNumber } from './number-words.ts';
import { MASK } from './text-mask.ts';

export interface Counts {
  /** Members of the household. */
  readonly members?: number;
  /** How many come, the sender included. */
  readonly party?: number;
}

export function readCounts(said: string, patterns: CountPatterns): Counts {
  const text = said.replace(patterns.denied, (match) => MASK.repeat(match.length));
  const family =
    householdOf(text, patterns) ??
    sumOf(text, patterns) ??
    last(text, patterns.members, patterns) ??
    livingOf(text, patterns) ??
    pairOf(text, patterns);
  const people = last(text, patterns.people, patterns);
  const party =
    last(text, patterns.total, patterns) ??
    family ??
    withCompany(text, people, patterns) ??
    people ??
    othersOf(text, patterns) ??
    aloneOf(text, patterns);
  const members = family ?? last(text, patterns.total, patterns);
  return { ...(members === undefined ? {} : { members }), ...(party === undefined ? {} : { party }) };
}

/** Hides what tells the size of the family, so that 四口人 is not the fourth of a list. */
export function maskFamily(text: string, patterns: CountPatterns): string {
  const hide = (match: string): string => MASK.repeat(match.length);
  return [patterns.household, patterns.bigAndSmall, patterns.members].reduce(
    (rest, pattern) => rest.replace(pattern, hide),
    text,
  );
}

/** Hides who comes, so that 三个人 is not the third of a list. */
export function maskPeople(text: string, patterns: CountPatterns): string {
  const hide = (match: string): string => MASK.repeat(match.length);
  return maskFamily(text, patterns).replace(patterns.surelyPeople, hide).replace(patterns.total, hide);
}

/** Whether the size of a family is told, and not only how many come: 三口人, 家里三个人. */
export function tellsMembers(text: string, patterns: CountPatterns): boolean {
  return text.search(patterns.household) >= 0 || text.search(patterns.members) >= 0;
}

/** `王五+1`: how many come beside the one named. */
export function readPlus(
  text: string,
  patterns: CountPatterns,
): { more: number; start: number; end: number } | undefined {
  if (!text.includes('+')) return undefined;
  const match = patterns.plus.exec(text);
  if (match === null) return undefined;
  return { more: Number(match[1]), start: match.index + match[0].indexOf('+'), end: match.index + match[0].length };
}

/** 我和老伴 (2), 我带俩孩子 (3): the sender and who comes along. */
function withCompany(said: string, people: number | undefined, patterns: CountPatterns): number | undefined {
  // 加我一个 brings nobody.
  const text = said.replace(patterns.alone, MASK);
  const brought = patterns.brought.exec(text);
  if (brought !== null && (brought[1] !== undefined || brought[2] !== undefined)) {
    const guests = guestsOf(brought[1], brought[2], patterns);
    const after = text.slice(brought.index + brought[0].length);
    return guests === undefined
      ? undefined
      : guests +
          1 +
          companyBefore(text.slice(0, brought.index), patterns) +
          (brought[2] === undefined ? 0 : furtherGuests(after, patterns));
  }
  if (people !== undefined) return undefined;
  const listed = patterns.toldOneByOne.exec(text)?.[1];
  if (listed !== undefined) return countCompanions(listed, patterns) + 1;
  const company = patterns.company.exec(text)?.[1] ?? patterns.beforeSelf.exec(text)?.[1];
  const guests = company === undefined ? 0 : countCompanions(company, patterns);
  if (guests > 0) return guests + 1;
  if (patterns.withNamed.test(text)) return 2;
  const too = patterns.comesToo.exec(text);
  return too === null ? undefined : 1 + (readNumber(too[1] ?? '', patterns.numbers) ?? 1);
}

/** 我跟媳妇带仨娃: who was named before them. */
function companyBefore(text: string, patterns: CountPatterns): number {
  const company = patterns.company.exec(text)?.[1];
  return company === undefined ? 0 : countCompanions(company, patterns);
}

function furtherGuests(text: string, patterns: CountPatterns): number {
  const more = patterns.further.exec(text);
  if (more === null) return 0;
  const guests = guestsOf(more[1], more[2], patterns) ?? 1;
  return guests + furtherGuests(text.slice(more[0].length), patterns);
}

function countCompanions(words: string, patterns: CountPatterns): number {
  let guests = 0;
  let end = 0;
  // 对门刘姐 is one, 李姐张姐 are two.
  let isNeighbour = false;
  for (const match of matchesOf(words, patterns.companion)) {
    const isSameOne = isNeighbour && patterns.surname.test(words.slice(end, match.index));
    end = match.index + match[0].length;
    isNeighbour = (match[2] ?? '').length > 1;
    if (isSameOne) continue;
    guests += guestsOf(match[1], match[2], patterns) ?? 1;
  }
  return guests;
}

function guestsOf(number: string | undefined, who: string | undefined, patterns: CountPatterns): number | undefined {
  if (number !== undefined) return readNumber(number, patterns.numbers);
  return who !== undefined && patterns.twoInOne.test(who) ? 2 : 1;
}

/** 四个同事都想去: they are counted, and nobody is added. */
function othersOf(text: string, patterns: CountPatterns): number | undefined {
  const match = patterns.others.exec(text);
  return match === null ? undefined : readNumber(match[1] ?? '', patterns.numbers);
}

function livingOf(text: string, patterns: CountPatterns): number | undefined {
  if (patterns.livesAlone.test(text)) return 1;
  const match = patterns.livesWith.exec(text);
  const company = match?.[1] ?? match?.[2];
  if (company === undefined) return undefined;
  const guests = countCompanions(company, patterns);
  return guests === 0 ? undefined : guests + 1;
}

function sumOf(text: string, patterns: CountPatterns): number | undefined {
  let sum: number | undefined;
  for (const match of [...matchesOf(text, patterns.bigAndSmall), ...matchesOf(text, patterns.bigThenSmall)]) {
    const big = readNumber(match[1] ?? '', patterns.numbers);
    const small = readNumber(match[2] ?? '', patterns.numbers);
    if (big !== undefined && small !== undefined) sum = big + small;
  }
  return sum;
}

/** 两口子带孙子 are three; only a couple is told with whom it brings along. */
function householdOf(text: string, patterns: CountPatterns): number | undefined {
  const mouths = last(text, patterns.household, patterns);
  if (mouths !== 2) return mouths;
  const match = [...matchesOf(text, patterns.household)].at(-1);
  return match === undefined ? mouths : mouths + furtherGuests(text.slice(match.index + match[0].length), patterns);
}

function pairOf(text: string, patterns: CountPatterns): number | undefined {
  let value: number | undefined;
  for (const match of matchesOf(text, patterns.pairWord)) {
    const pair = match[1] === undefined ? readNumber(match[2] ?? match[3] ?? match[4] ?? '', patterns.numbers) : 2;
    value = pair === undefined ? undefined : pair + furtherGuests(text.slice(match.index + match[0].length), patterns);
  }
  return value;
}

function aloneOf(text: string, patterns: CountPatterns): number | undefined {
  if (patterns.alone.test(text)) return 1;
  return readPlus(text, patterns)?.more;
}

/** The last one said wins: people correct themselves forwards. */
function last(text: string, pattern: RegExp, patterns: CountPatterns): number | undefined {
  let value: number | undefined;
  for (const match of matchesOf(text, pattern)) {
    const read = readNumber(match[1] ?? '', patterns.numbers);
    if (read !== undefined && read > 0) value = read;
  }
  return value;
}
