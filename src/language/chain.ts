/** Reads a #接龙 whole: its theme, and every entry with the lines that belong to it. Never drops one. */
import type { ChainEntry } from '../model/understanding.ts';
import { compileEntryPatterns, type EntryPatterns, readEntry } from './chain-entry.ts';
import {
  cutFrom,
  type Line,
  type MessagePatterns,
  newestCopy,
  splitLines,
  untilNextMessage,
  withoutSender,
} from './chain-messages.ts';
import { isPerson, isTitled } from './chain-person.ts';
import type { Heard } from './normalise.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';
import type { Span } from './text-mask.ts';

export interface ChainPatterns extends MessagePatterns {
  readonly entry: EntryPatterns;
  /** The marker with what stands before it on its line: `#接龙`, `打卡#接龙`. */
  readonly native: RegExp;
  readonly example: RegExp;
  readonly goods: RegExp;
  /** 1. or 第7 or ( 5 ) in front of an entry. */
  readonly numbered: RegExp;
  /** 一、 in front of an entry. */
  readonly worded: RegExp;
  readonly ones: ReadonlyMap<string, number>;
}

export interface Chain {
  readonly theme?: string;
  readonly entries: readonly ChainEntry[];
}

interface NumberedLine {
  readonly index: number;
  readonly number: number;
  /** Where the text after the number begins. */
  readonly from: number;
}

/** 4马大爷: believed only where 3 stood before and somebody follows. */
const GLUED = /^\s*(\d{1,3})(?=\p{Script=Han})/u;
const FIRST_WORD = /^[^\s,;|/()+:\d\ue000]+/;
const INLINE = /(?<![\d.]|\d:)(\d{1,3})\s?[.,)]\s?(?=[^\d\s])/g;

export function compileChainPatterns(
  tables: Tables,
  shared: Parameters<typeof compileEntryPatterns>[1],
): ChainPatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'chain-words', name));
  const ones = new Map([...shared.count.numbers.digits].filter(([mark, value]) => value > 0 && !/\d/.test(mark)));
  const entry = compileEntryPatterns(tables, shared);
  return {
    entry,
    person: entry.person,
    // A chat that was copied has 「王阿姨 3-2-501:」 before what she sent.
    native: new RegExp(`^(?:[^\\n:\\u300c]{1,24}:\\s{0,3})?[^\\n#,.!?]{0,8}#\\s?${kind('mark')}`),
    numbered: new RegExp(`^\\s*${kind('ordinal')}?\\(?(\\d{1,4})\\s?([.,):]\\s*|\\s)(?=\\S|$)`),
    example: new RegExp(`^\\s*${kind('example')}(?=[\\s:.,])`),
    goods: new RegExp(kind('goods')),
    worded: new RegExp(`(?<=^|[\\s,;])[${[...ones.keys()].join('')}](?=[.,)]\\s?\\p{Script=Han})`, 'u'),
    ones,
  };
}

/** A chain made with WeChat's own tool, or undefined. One line with the marker and no entry is talk about chains. */
export function readNativeChain(heard: Heard, patterns: ChainPatterns): Chain | undefined {
  const newest = newestCopy(heard, patterns);
  const mark = patterns.native.exec(newest.text);
  if (mark === null) return undefined;
  const body = cutFrom(newest, mark[0].length);
  const chain = readLines(body, patterns) ?? readInline(body, 1, patterns);
  if (chain !== undefined) return chain;
  if (!body.text.includes('\n')) return undefined;
  return withTheme(splitLines(body), [], patterns);
}

/** `1、张三 2、李四` or `一、张三 二、李四` typed by hand, numbered from 1 without a gap. */
export function readTypedChain(heard: Heard, patterns: ChainPatterns): Chain | undefined {
  const body = patterns.worded.test(heard.text) ? withDigits(heard, patterns) : heard;
  if (!body.text.includes('1') || !body.text.includes('2')) return undefined;
  const marks = inlineMarks(body);
  // Each number on a line of its own: what stands between them is read line by line too.
  const onLines = marks.length >= 2 && marks.every(({ start }) => /(?:^|\n)[^\S\n]*$/.test(lineBefore(body, start)));
  return (
    (onLines ? readLines(body, patterns) : undefined) ??
    readInline(body, 2, patterns) ??
    readNumberedLines(body, patterns)
  );
}

function lineBefore({ text }: Line, at: number): string {
  return text.slice(Math.max(0, text.lastIndexOf('\n', at - 1)), at);
}

/** 1 周丽, 2 陈晨, each on a line of its own and nothing besides. */
function readNumberedLines(body: Line, patterns: ChainPatterns): Chain | undefined {
  const lines = splitLines(body);
  const numbered = lines.every((line, index) => Number(patterns.numbered.exec(line.text)?.[1]) === index + 1);
  return lines.length >= 2 && numbered ? readLines(body, patterns) : undefined;
}

/** 一、二、 of a list as 1, 2: one character for one, so that every position stays. */
function withDigits(heard: Heard, { worded, ones }: ChainPatterns): Line {
  const digits = (text: string): string =>
    text.replace(
      new RegExp(worded, 'gu'),
      (mark) => String(ones.get(mark.charAt(0)) ?? mark.charAt(0)) + mark.slice(1),
    );
  return { text: digits(heard.text), said: heard.said };
}

function readLines(body: Line, patterns: ChainPatterns): Chain | undefined {
  const all = splitLines(body);
  const numbered = entryLines(all, patterns);
  const first = numbered[0];
  const last = numbered.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const lines = untilNextMessage(all, last.index, patterns);
  const head = lines.slice(0, first.index);
  const goods = patterns.goods.test(head.map((line) => line.text).join(' '));
  const entries = numbered.flatMap((line, position) => {
    const until = numbered[position + 1]?.index ?? lines.length;
    return readBlock(line, lines.slice(line.index, until), goods, patterns);
  });
  return withTheme(withoutSender(head, patterns), entries, patterns);
}

/** A numbered line with the lines that belong to it; a neighbour who forgot the number is an entry all the same. */
function readBlock(
  { number, from }: NumberedLine,
  lines: readonly Line[],
  goods: boolean,
  patterns: ChainPatterns,
): ChainEntry[] {
  const heads = lines.flatMap((line, index) => (index === 0 || isSomebody(line, goods, patterns) ? [index] : []));
  return heads.map((head, position) => {
    const own = joinEntry(lines.slice(head, heads[position + 1] ?? lines.length), position === 0 ? from : 0);
    const entry = readEntry(position === 0 ? number : undefined, own.text, own.said, goods, patterns.entry);
    return position === 0 ? entry : { ...entry, coming: entry.coming ?? 'unsure' };
  });
}

// 李姐+1, 3栋老周 两大一小; a longer line tells something.
const LONGEST_UNNUMBERED = 24;

function isSomebody({ text, said }: Line, goods: boolean, { entry: patterns }: ChainPatterns): boolean {
  if (text.trim() === '' || text.length > LONGEST_UNNUMBERED) return false;
  const { name, note, ...more } = readEntry(undefined, text, said, goods, patterns);
  if (name === undefined) return false;
  if (isTitled(name, patterns.person)) return true;
  return note === undefined && Object.keys(more).length > 0 && isPerson(name, patterns.person);
}

/** The numbered lines that are entries: a numbered block before an empty line that starts again at 1 is an agenda. */
function entryLines(lines: readonly Line[], patterns: ChainPatterns): NumberedLine[] {
  const numbered: NumberedLine[] = [];
  for (const [index, line] of lines.entries()) {
    const found = numberedLine(line, index, numbered.at(-1)?.number ?? 0, patterns);
    if (found === undefined) continue;
    if (found.number === 1 && numbered.length > 0 && startsAgain(lines, index, patterns)) numbered.length = 0;
    numbered.push(found);
  }
  return numbered;
}

function startsAgain(lines: readonly Line[], index: number, patterns: ChainPatterns): boolean {
  const before = lines[index - 1]?.text ?? '';
  return before.trim() === '' || patterns.example.test(before);
}

function numberedLine(line: Line, index: number, previous: number, patterns: ChainPatterns): NumberedLine | undefined {
  const match = patterns.numbered.exec(line.text);
  if (match === null) return gluedLine(line, index, previous, patterns);
  const from = match[0].length;
  const separator = match[2] ?? '';
  const number = Number(match[1]);
  const bare = separator.trim() === '';
  // 「9 点集合」 or 「1.5元」 is no entry, 「2.3号楼老陈」 is the one expected next.
  if (bare && number !== previous + 1) return undefined;
  if (/^\d/.test(line.text.slice(from)) && !/\s/.test(separator)) {
    patterns.entry.household.worded.lastIndex = 0;
    const address = patterns.entry.household.worded.exec(line.text.slice(from));
    patterns.entry.household.worded.lastIndex = 0;
    if (number !== previous + 1 || address?.index !== 0) return undefined;
  }
  return { index, number, from };
}

function gluedLine(
  { text }: Line,
  index: number,
  previous: number,
  { entry }: ChainPatterns,
): NumberedLine | undefined {
  const match = GLUED.exec(text);
  if (match === null || previous === 0 || Number(match[1]) !== previous + 1) return undefined;
  const from = match[0].length;
  const word = FIRST_WORD.exec(text.slice(from))?.[0] ?? '';
  return isPerson(word, entry.person) ? { index, number: previous + 1, from } : undefined;
}

function joinEntry(lines: readonly Line[], from: number): Line {
  const [first = { text: '', said: '' }, ...more] = lines;
  const head = { text: first.text.slice(from), said: first.said.slice(from) };
  return more.reduce(
    (entry, line) => ({ text: `${entry.text}\n${line.text}`, said: `${entry.said}\n${line.said}` }),
    head,
  );
}

interface InlineMark extends Span {
  readonly number: number;
}

/** 1. 2. 3. wherever they stand. */
function inlineMarks({ text }: Line): InlineMark[] {
  const marks: InlineMark[] = [];
  for (const match of text.matchAll(INLINE)) {
    if (Number(match[1]) !== marks.length + 1) continue;
    marks.push({ number: Number(match[1]), start: match.index, end: match.index + match[0].length });
  }
  return marks;
}

function readInline(body: Line, least: number, patterns: ChainPatterns): Chain | undefined {
  const marks = inlineMarks(body);
  const first = marks[0];
  if (first === undefined || marks.length < least) return undefined;
  const head = { text: body.text.slice(0, first.start), said: body.said.slice(0, first.start) };
  const goods = patterns.goods.test(head.text);
  const entries = marks.map((mark, index) => {
    const until = marks[index + 1]?.start ?? body.text.length;
    return readEntry(
      mark.number,
      body.text.slice(mark.end, until),
      body.said.slice(mark.end, until),
      goods,
      patterns.entry,
    );
  });
  return withTheme(splitLines(head), entries, patterns);
}

function withTheme(lines: readonly Line[], entries: readonly ChainEntry[], patterns: ChainPatterns): Chain {
  let theme = '';
  for (const line of lines) {
    const words = line.said.trim();
    if (words === '' || patterns.example.test(line.text)) continue;
    // A colon announces what follows it; anything else is one more sentence.
    theme += theme === '' || /[:\uff1a]$/.test(theme) ? words : ` ${words}`;
  }
  const trimmed = theme.replace(/[\s:\uff1a]+$/, '');
  return trimmed === '' ? { entries } : { theme: trimmed, entries };
}
