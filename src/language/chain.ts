/** Reads a #接龙 whole: its theme, and every entry with the lines that belong to it. Never drops one. */
import type { ChainEntry } from '../model/understanding.ts';
import { compileEntryPatterns, type EntryPatterns, readEntry } from './chain-entry.ts';
import type { Heard } from './normalise.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';

export interface ChainPatterns {
  readonly entry: EntryPatterns;
  /** The marker with what stands before it on its line: `#接龙`, `打卡#接龙`. */
  readonly native: RegExp;
  readonly example: RegExp;
  readonly goods: RegExp;
  /** 一、 in front of an entry. */
  readonly worded: RegExp;
  readonly ones: ReadonlyMap<string, number>;
}

export interface Chain {
  readonly theme?: string;
  readonly entries: readonly ChainEntry[];
}

interface Line {
  readonly text: string;
  readonly said: string;
}

interface NumberedLine {
  readonly index: number;
  readonly number: number;
  /** Where the text after the number begins. */
  readonly from: number;
}

const NUMBERED = /^\s*(\d{1,4})\s?([.,):]\s*|\s)(?=\S|$)/;
const INLINE = /(?<![\d.]|\d:)(\d{1,3})\s?[.,)]\s?(?=[^\d\s])/g;

export function compileChainPatterns(
  tables: Tables,
  shared: Parameters<typeof compileEntryPatterns>[1],
): ChainPatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'chain-words', name));
  const ones = new Map([...shared.count.numbers.digits].filter(([mark, value]) => value > 0 && !/\d/.test(mark)));
  return {
    entry: compileEntryPatterns(tables, shared),
    native: new RegExp(`^[^\\n#,.!?]{0,8}#\\s?${kind('mark')}`),
    example: new RegExp(`^\\s*${kind('example')}(?=[\\s:.,])`),
    goods: new RegExp(kind('goods')),
    worded: new RegExp(`(?<=^|[\\s,;])[${[...ones.keys()].join('')}](?=[.,)]\\s?\\p{Script=Han})`, 'u'),
    ones,
  };
}

/** A chain made with WeChat's own tool, or undefined. One line with the marker and no entry is talk about chains. */
export function readNativeChain(heard: Heard, patterns: ChainPatterns): Chain | undefined {
  const mark = patterns.native.exec(heard.text);
  if (mark === null) return undefined;
  const body = { text: heard.text.slice(mark[0].length), said: heard.said.slice(mark[0].length) };
  const chain = readLines(body, patterns) ?? readInline(body, 1, patterns);
  if (chain !== undefined) return chain;
  if (!body.text.includes('\n')) return undefined;
  return withTheme(splitLines(body), [], patterns);
}

/** `1、张三 2、李四` or `一、张三 二、李四` typed by hand, numbered from 1 without a gap. */
export function readTypedChain(heard: Heard, patterns: ChainPatterns): Chain | undefined {
  const body = patterns.worded.test(heard.text) ? withDigits(heard, patterns) : heard;
  if (!body.text.includes('1') || !body.text.includes('2')) return undefined;
  return readInline(body, 2, patterns) ?? readNumberedLines(body, patterns);
}

/** 1 周丽, 2 陈晨, each on a line of its own and nothing besides. */
function readNumberedLines(body: Line, patterns: ChainPatterns): Chain | undefined {
  const lines = splitLines(body);
  const numbered = lines.every((line, index) => Number(NUMBERED.exec(line.text)?.[1]) === index + 1);
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
  const lines = splitLines(body);
  const numbered = entryLines(lines, patterns);
  const first = numbered[0];
  if (first === undefined) return undefined;
  const goods = patterns.goods.test(
    lines
      .slice(0, first.index)
      .map((line) => line.text)
      .join(' '),
  );
  const entries = numbered.map((line, position) => {
    const until = numbered[position + 1]?.index ?? lines.length;
    const own = joinEntry(lines.slice(line.index, until), line.from);
    return readEntry(line.number, own.text, own.said, goods, patterns.entry);
  });
  return withTheme(lines.slice(0, first.index), entries, patterns);
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
  const match = NUMBERED.exec(line.text);
  if (match === null) return undefined;
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

function joinEntry(lines: readonly Line[], from: number): Line {
  const [first = { text: '', said: '' }, ...more] = lines;
  const head = { text: first.text.slice(from), said: first.said.slice(from) };
  return more.reduce(
    (entry, line) => ({ text: `${entry.text}\n${line.text}`, said: `${entry.said}\n${line.said}` }),
    head,
  );
}

function readInline(body: Line, least: number, patterns: ChainPatterns): Chain | undefined {
  const marks: { number: number; start: number; end: number }[] = [];
  for (const match of body.text.matchAll(INLINE)) {
    if (Number(match[1]) !== marks.length + 1) continue;
    marks.push({ number: Number(match[1]), start: match.index, end: match.index + match[0].length });
  }
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

function withTheme(lines: readonly Line[], entries: ChainEntry[], patterns: ChainPatterns): Chain {
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

function splitLines(body: Line): Line[] {
  const said = body.said.split('\n');
  return body.text.split('\n').map((text, index) => ({ text, said: said[index] ?? '' }));
}
