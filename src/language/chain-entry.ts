/** Reads one line of a chain: who, how many, from where, and what else they wrote. */
import type { ChainEntry } from '../model/understanding.ts';
import { type ComingPatterns, compileComingPatterns, nameEnd, readComing } from './chain-coming.ts';
import { compilePersonPatterns, isTitled, type PersonPatterns } from './chain-person.ts';
import type { CountPatterns } from './count-patterns.ts';
import { readCounts, readPlus } from './count-slot.ts';
import { type HouseholdPatterns, type HouseholdReading, readHousehold } from './household-slot.ts';
import { readNumber } from './number-words.ts';
import { type PhonePatterns, readPhones } from './phone-slot.ts';
import { oneOf, rowsOf, type Tables, wordsOf } from './tables.ts';
import { MASK, maskSpan, type Span } from './text-mask.ts';

export interface EntryPatterns {
  readonly phone: PhonePatterns;
  readonly household: HouseholdPatterns;
  readonly count: CountPatterns;
  readonly person: PersonPatterns;
  readonly coming: ComingPatterns;
  /** 我 by itself, or a number: nobody is called so. */
  readonly nobody: RegExp;
  /** 空调26度 after a door. */
  readonly habit: RegExp;
  /** 的 of 3栋的李姐. */
  readonly of: RegExp;
  /** A word that every count holds; a bare name is spared the rest. */
  readonly countTrace: RegExp;
  /** A count at the end of a token: 张三2人, 一家三口. */
  readonly tailCount: RegExp;
  readonly adults: RegExp;
  /** 和老伴, 带俩孩子, with or without a name in front. */
  readonly company: RegExp;
  /** 2板, 腿脚不便: what nobody is called. */
  readonly noName: RegExp;
  /** 我 of 我和婆婆, 代报 of 代报两人: under a name that was told, no second name. */
  readonly beforeCount: RegExp;
  /** 2单元 by itself: in a list of one's own house it is where the family lives. */
  readonly unitAlone: RegExp;
}

const LATIN_NAME = /^\p{Lu}\p{Ll}*\.?(?: \p{Lu}\p{Ll}*\.?)?$/u;
const STRIKE = /~~/g;
const TOKEN = /[^\s,;|/()\ue000]+/g;

export function compileEntryPatterns(
  tables: Tables,
  shared: { phone: PhonePatterns; household: HouseholdPatterns; count: CountPatterns },
): EntryPatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'count-words', name));
  const number = `(?:\\d{1,2}|[${shared.count.numbers.classText}]{1,3})`;
  const sum = `${number}${kind('adult')}${kind('joint')}?${number}${kind('child')}`;
  const words = ['person', 'mouth', 'adult', 'couple', 'companion'].flatMap((name) =>
    wordsOf(tables, 'count-words', name),
  );
  return {
    ...shared,
    person: compilePersonPatterns(tables, shared.household),
    coming: compileComingPatterns(tables),
    nobody: new RegExp(`^(?:\\d+|${kind('oneself')}|${kind('self')})$`),
    habit: new RegExp(`^${oneOf(habitWords(tables))}`),
    of: new RegExp(`^${oneOf(wordsOf(tables, 'name-words', 'of'))}`),
    countTrace: new RegExp(oneOf(words)),
    tailCount: new RegExp(
      `^(.*?)[: -]?((?:${kind('total')}|${kind('family')})?(?:${sum}|${number}${kind('adult')}|${number}${kind('mouth')}|${number}${kind('person')}|${kind('couple')}))$`,
    ),
    adults: new RegExp(`^(${number})${kind('adult')}$`),
    noName: new RegExp(
      `^(?:\\d|[${shared.count.numbers.classText}](?:${oneOf(wordsOf(tables, 'units', 'measure'))}))|${oneOf(wordsOf(tables, 'chain-words', 'remark'))}`,
    ),
    beforeCount: new RegExp(`^(?:${['oneself', 'verb', 'pair-verb', 'only', 'signs'].map(kind).join('|')})+$`),
    unitAlone: new RegExp(
      `(?<=^|[\\s,;(])-?(\\d{1,2}|[${shared.count.numbers.classText}]{1,2})${oneOf(wordsOf(tables, 'units', 'unit'))}-?(?=$|[\\s,;)]|(?<=-))`,
    ),
    company: new RegExp(
      `^(.*?)${oneOf(wordsOf(tables, 'chain-words', 'again'))}?(?:${kind('and')}|${kind('bring')})((?:[${shared.count.numbers.classText}\\d](?:${kind('person')}|${kind('measure')})?)?${kind('possessive')}?${kind('companion')}.*)$`,
    ),
  };
}

/** 空调 of 「空调…(26|二十六)」: how a habit may begin. */
function habitWords(tables: Tables): string[] {
  const heads = [...rowsOf(tables, 'habit-aliases'), ...rowsOf(tables, 'topics')].map(
    (row) => /^\p{Script=Han}{2,}/u.exec(row.phrase ?? '')?.[0] ?? '',
  );
  return [...new Set(heads)].filter((head) => head !== '');
}

/** `goods` is true for a group-buy, where 2个 is what is bought and not who comes. */
export function readEntry(
  number: number | undefined,
  text: string,
  said: string,
  goods: boolean,
  patterns: EntryPatterns,
): ChainEntry {
  const { phones, rest } = readPhones(text, patterns.phone);
  const { household, rest: unplaced } = readPlace(rest, said, patterns);
  const coming = readComing(unplaced, patterns.coming);
  let left = unplaced.replace(STRIKE, '  ');
  const plus = readPlus(left, patterns.count);
  if (plus !== undefined) left = maskSpan(left, plus);
  const words = readNames(left, said, { goods, placed: household !== undefined }, patterns);
  const party = plus === undefined ? words.party : (words.party ?? 1) + plus.more;
  const note = noteOf(said, left, words.notes);
  return {
    ...(number === undefined ? {} : { number }),
    ...(words.name === undefined ? {} : { name: said.slice(words.name.start, words.name.end) }),
    ...(party === undefined ? {} : { party }),
    ...(household === undefined ? {} : { household }),
    ...(phones[0] === undefined ? {} : { phone: phones[0].phone }),
    ...(coming === undefined ? {} : { coming }),
    ...(note === '' ? {} : { note }),
  };
}

/** Who is reported for is the one who comes; who reported it stands in the note. */
function readNames(text: string, said: string, kind: EntryKind, patterns: EntryPatterns): Words {
  const front = patterns.person.onBehalf.exec(text);
  if (front !== null) {
    const start = text.indexOf(front[1] ?? '');
    const words = readWords(maskSpan(text, { start: 0, end: front[0].length }), said, kind, patterns);
    return { ...words, notes: [{ start, end: start + (front[1] ?? '').length }, ...words.notes] };
  }
  const words = readWords(text, said, kind, patterns);
  const [start, end] = patterns.person.reportedFor.exec(text)?.indices?.groups?.name ?? [];
  if (start === undefined || end === undefined) return words;
  const notes = words.name === undefined ? words.notes : [words.name, ...words.notes];
  return { ...words, name: { start, end }, notes };
}

function readPlace(text: string, said: string, patterns: EntryPatterns): HouseholdReading {
  const whole = readHousehold(text, said, patterns.household);
  if (whole.household !== undefined) return whole;
  const alone = patterns.unitAlone.exec(text);
  const unit = alone === null ? undefined : readNumber(alone[1] ?? '', patterns.count.numbers);
  if (alone === null || unit === undefined) return whole;
  const span = { start: alone.index, end: alone.index + alone[0].length };
  return { household: { unit: String(unit) }, rest: maskSpan(text, span) };
}

interface EntryKind {
  readonly goods: boolean;
  /** Whoever tells the door may leave the name out. */
  readonly placed: boolean;
}

interface Words {
  name: Span | undefined;
  party: number | undefined;
  notes: Span[];
}

/** The first token is the name, a token that is only a count is the party, the rest is the note. */
function readWords(text: string, said: string, kind: EntryKind, patterns: EntryPatterns): Words {
  const { goods, placed } = kind;
  const words: Words = { name: undefined, party: undefined, notes: [] };
  for (const match of text.matchAll(TOKEN)) {
    const token = { start: match.index, end: match.index + match[0].length };
    const counted = goods ? undefined : countIn(match[0], patterns);
    const isNamed =
      counted !== undefined && counted.name > 0 && !patterns.beforeCount.test(match[0].slice(0, counted.name));
    if (counted !== undefined && (!isNamed || words.name === undefined)) {
      words.party = counted.party;
      if (isNamed) words.name = { start: token.start, end: token.start + counted.name };
    } else takeWord(words, token, said, { text, placed }, patterns);
  }
  return words;
}

interface Around {
  readonly text: string;
  readonly placed: boolean;
}

function takeWord(words: Words, given: Span, said: string, { text, placed }: Around, patterns: EntryPatterns): void {
  const token = { start: given.start + ofLength(text, given, patterns), end: given.end };
  const word = text.slice(token.start, token.end);
  if (word === '') return;
  if (words.name === undefined && !isRemark(word, placed, patterns)) takeName(words, token, word, patterns);
  else if (words.name !== undefined && isSecondName(said, words.name, words.notes, token)) {
    words.name = { start: words.name.start, end: token.end };
  } else words.notes.push(token);
}

/** 的 right after a door. */
function ofLength(text: string, { start, end }: Span, { of }: EntryPatterns): number {
  return text.charAt(start - 1) === MASK ? (of.exec(text.slice(start, end))?.[0].length ?? 0) : 0;
}

function isRemark(word: string, placed: boolean, { nobody, noName, habit, coming, person }: EntryPatterns): boolean {
  if (nobody.test(word) || nameEnd(word, coming) === 0) return true;
  return placed && (noName.test(word) || (habit.test(word) && !isTitled(word, person)));
}

/** Wang Li, and nothing between: both with a capital. */
function isSecondName(said: string, name: Span, notes: readonly Span[], token: Span): boolean {
  if (notes.length > 0 || token.start !== name.end + 1) return false;
  return LATIN_NAME.test(said.slice(name.start, name.end)) && LATIN_NAME.test(said.slice(token.start, token.end));
}

/** 小王:午饭吃光 is a name and what is said under it, 赵丽取消 a name and what becomes of it. */
function takeName(words: Words, token: Span, text: string, { coming }: EntryPatterns): void {
  const colon = text.indexOf(':');
  const split = colon > 0 && colon < text.length - 1;
  const end = split ? colon : nameEnd(text, coming);
  words.name = { start: token.start, end: token.start + end };
  const rest = split ? end + 1 : end;
  if (rest < text.length) words.notes.push({ start: token.start + rest, end: token.end });
}

/** The party a token tells and how many characters of it are a name before that. */
function countIn(token: string, patterns: EntryPatterns): { party: number; name: number } | undefined {
  if (!patterns.countTrace.test(token)) return undefined;
  const company = patterns.company.exec(token);
  const tail = patterns.tailCount.exec(token);
  const total = tail === null ? undefined : partyIn(tail[2] ?? '', patterns);
  if (company !== null) {
    const guests = countGuests(company[2] ?? '', patterns);
    return { party: total ?? guests + 1, name: (company[1] ?? '').length };
  }
  return tail === null || total === undefined ? undefined : { party: total, name: (tail[1] ?? '').length };
}

/** 俩大人 are two, where nobody under age is told after them. */
function partyIn(words: string, { count, adults }: EntryPatterns): number | undefined {
  return readCounts(words, count).party ?? readNumber(adults.exec(words)?.[1] ?? '', count.numbers);
}

function countGuests(words: string, patterns: EntryPatterns): number {
  let guests = 0;
  for (const match of words.matchAll(patterns.count.companion)) {
    guests += match[1] === undefined ? 1 : (readNumber(match[1], patterns.count.numbers) ?? 1);
  }
  return guests;
}

/** Notes next to each other keep the marks between them; others are joined by a space. */
function noteOf(said: string, text: string, notes: readonly Span[]): string {
  let note = '';
  let previous: Span | undefined;
  for (const span of notes) {
    const between = previous === undefined ? '' : text.slice(previous.end, span.start);
    const glue = previous === undefined ? '' : said.slice(previous.end, span.start);
    note += (between.includes(MASK) ? ' ' : glue) + said.slice(span.start, span.end);
    previous = span;
  }
  return closed(note.replace(/\s+/g, ' ').trim());
}

/** A bracket that was opened in a note and closed behind it. */
function closed(note: string): string {
  const open = Math.max(note.lastIndexOf('('), note.lastIndexOf('\uff08'));
  if (open === -1 || /[)\uff09]/.test(note.slice(open))) return note;
  return note + (note.charAt(open) === '(' ? ')' : '\uff09');
}
