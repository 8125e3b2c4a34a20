/** Reads how many people are meant: 四口人, 两大一小, 我和老伴, 带俩孩子, 一共5个, 报3个哎不对报4个. */
import { matchesOf } from '../lib/matches.ts';
import { type NumberWords, readNumber } from './number-words.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';
import { MASK } from './text-mask.ts';

export interface CountPatterns {
  readonly numbers: NumberWords;
  readonly total: RegExp;
  readonly bigAndSmall: RegExp;
  readonly household: RegExp;
  readonly members: RegExp;
  readonly pairWord: RegExp;
  readonly people: RegExp;
  /** What can only be people: 三个人, 我和老伴, 就我一个; 两个 may be the second of a list. */
  readonly surelyPeople: RegExp;
  readonly alone: RegExp;
  readonly brought: RegExp;
  readonly company: RegExp;
  readonly companion: RegExp;
  /** 和我姨 after 带我妈: one more of them. */
  readonly further: RegExp;
  /** 我爱人和我: who comes is told before oneself. */
  readonly beforeSelf: RegExp;
  /** 我、我爱人、我丈母娘: told one by one. */
  readonly toldOneByOne: RegExp;
  /** 爸妈: two in a word. */
  readonly twoInOne: RegExp;
  /** 大人1个孩子2个. */
  readonly bigThenSmall: RegExp;
  /** 我和我家老李: one who is called by the surname. */
  readonly withNamed: RegExp;
  /** 我报名…，我媳妇也去. */
  readonly comesToo: RegExp;
  /** 就我一个人住, 家里就我: nobody else lives there. */
  readonly livesAlone: RegExp;
  /** 家里就我跟老伴, 我和老伴两个人住. */
  readonly livesWith: RegExp;
  /** 不是四口 beside 是三口人 is denied; 我跟老婆孩子商量好了 tells who was asked. Neither is counted. */
  readonly denied: RegExp;
  readonly plus: RegExp;
}

export interface Counts {
  /** Members of the household. */
  readonly members?: number;
  /** How many come, the sender included. */
  readonly party?: number;
}

export function compileCountPatterns(tables: Tables, numbers: NumberWords): CountPatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'count-words', name));
  const number = `(\\d{1,3}|[${numbers.classText}]{1,3})`;
  const person = kind('person');
  const companion = kind('companion');
  const group = `(?:${number}(?:${person}|${kind('measure')})?)?`;
  // A few and no more: words that hold each other (只, 有, 只有) must not be tried in every order.
  const only = `(?:${kind('only')}){0,3}`;
  return {
    numbers,
    total: new RegExp(`${kind('total')}${kind('verb')}?\\s?${number}(?:${person}|(?=\\s|$|[,.;!]))`, 'g'),
    bigAndSmall: new RegExp(`${number}${kind('adult')}${kind('joint')}?\\s?${number}${kind('child')}`, 'g'),
    household: new RegExp(`${number}\\s?${kind('mouth')}`, 'g'),
    members: new RegExp(`${kind('members')}${only}[: ]{0,2}${number}(?:${person}|(?=\\s|$|[,.;!]))`, 'g'),
    pairWord: new RegExp(
      `(${kind('couple')})|${kind('we')}(?:${kind('family')})?([${[...numbers.pairs.keys()].join('')}])|${kind('pair-verb')}([${[...numbers.pairs.keys()].join('')}])(?=$|[\\s,.;!])|${kind('kin-group')}(${number.slice(1, -1)})(?:${person})?`,
      'g',
    ),
    people: new RegExp(
      `(?<![${numbers.classText}\\d+]|${kind('ordinal')})${number}\\s?(?:${person})(?!${companion}|${kind('not-people')})`,
      'g',
    ),
    surelyPeople: new RegExp(
      `(?<![${numbers.classText}\\d+]|${kind('ordinal')})${number}\\s?(?:${kind('surely-person')})(?!${kind('not-people')})|(?:${kind('self')}[, ]?)?${kind('and')}${kind('possessive')}?(?:[${numbers.classText}\\d]${kind('measure')}?)?${companion}|${kind('alone')}`,
      'g',
    ),
    alone: new RegExp(kind('alone')),
    brought: new RegExp(
      `${kind('bring')}\\s?${kind('possessive')}?(?:${number}(?!${kind('not-guests')})(?:${person}|${kind('measure')})?${kind('possessive')}?)?(${companion})?`,
    ),
    company: new RegExp(
      `(?:${kind('self')}[, ]?|(?<=^|[\\s,.;]))${kind('and')}((?:[^,.;!?\\n\\d]|,(?=${kind('possessive')}?${companion})){1,16})`,
    ),
    companion: new RegExp(`(?:([${numbers.classText}\\d])(?:${person}|${kind('measure')})?)?(${companion})`, 'g'),
    further: new RegExp(
      `^(?:(?:${kind('and')}|${kind('bring')})${kind('possessive')}?|${kind('possessive')})${group}(${companion})`,
    ),
    toldOneByOne: new RegExp(`${kind('oneself')}((?:,${kind('possessive')}?${group}${companion})+)`),
    twoInOne: new RegExp(`^${kind('pair-of-companions')}$`),
    bigThenSmall: new RegExp(
      `${kind('adult-noun')}${number}${kind('measure')}?[, ]?${kind('joint')}?${kind('child-noun')}${number}`,
      'g',
    ),
    beforeSelf: new RegExp(
      `(${companion}(?:(?:${kind('and')})${kind('possessive')}?${companion})*)(?:${kind('and')})${kind('oneself')}(?!${kind('not-oneself')})`,
    ),
    withNamed: new RegExp(
      `${kind('oneself')}${kind('and')}${kind('possessive')}?(?:${kind('called')})${oneOf(wordsOf(tables, 'surnames'))}(?=$|[,.;!\\s]|${kind('after-named')})`,
    ),
    comesToo: new RegExp(
      `${kind('signs')}.{0,40}?[,.;!\\s]${kind('possessive')}?${group}(${companion})(?:${kind('too')})`,
    ),
    livesAlone: new RegExp(
      `${kind('alone')}(?:${kind('living')})|${kind('members')}${only}${kind('alone')}(?!${kind('and')})|${kind('lone')}`,
    ),
    livesWith: new RegExp(
      `(?:${kind('members')}|${kind('only')})${only}${kind('oneself')}${kind('and')}([^,.;!?\\n]{1,10})(?=$|[,.;!\\s])|${kind('oneself')}${kind('and')}([^,.;!?\\n]{1,10}?)(?:${kind('living')})`,
    ),
    denied: new RegExp(
      `${kind('denied')}\\s?${number}\\s?(?:${kind('mouth')}|${person})?|(?:${kind('self')})?(?:${kind('and')})${kind('possessive')}?${companion}[^,.;!?\\n\\d]{0,6}?${kind('talk')}`,
      'g',
    ),
    plus: /(?:^|[^\d+])\+\s?(\d{1,2})(?!\d)/,
  };
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
      : guests + 1 + (brought[2] === undefined ? 0 : furtherGuests(after, patterns));
  }
  if (people !== undefined) return undefined;
  const company = patterns.company.exec(text)?.[1] ?? patterns.beforeSelf.exec(text)?.[1];
  const guests = company === undefined ? 0 : countCompanions(company, patterns);
  if (guests > 0) return guests + 1;
  const listed = patterns.toldOneByOne.exec(text)?.[1];
  if (listed !== undefined) return countCompanions(listed, patterns) + 1;
  if (patterns.withNamed.test(text)) return 2;
  const too = patterns.comesToo.exec(text);
  return too === null ? undefined : 1 + (readNumber(too[1] ?? '', patterns.numbers) ?? 1);
}

function furtherGuests(text: string, patterns: CountPatterns): number {
  const more = patterns.further.exec(text);
  if (more === null) return 0;
  const guests = guestsOf(more[1], more[2], patterns) ?? 1;
  return guests + furtherGuests(text.slice(more[0].length), patterns);
}

function countCompanions(words: string, patterns: CountPatterns): number {
  let guests = 0;
  for (const match of matchesOf(words, patterns.companion)) {
    guests += guestsOf(match[1], match[2], patterns) ?? 1;
  }
  return guests;
}

function guestsOf(number: string | undefined, who: string | undefined, patterns: CountPatterns): number | undefined {
  if (number !== undefined) return readNumber(number, patterns.numbers);
  return who !== undefined && patterns.twoInOne.test(who) ? 2 : 1;
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
