/**
 * Our texts as WeCom's Markdown: everything a person typed is shown as typed, lines stay lines, and what is too long
 * is cut where a reader would pause, never inside a mark. Backslashes and hard breaks are CommonMark's.
 */
import { splitText } from '../../lib/split-text.ts';
import type { Message } from '../../model/message.ts';
import { type BoldText, boldSpans } from '../folding/bold-text.ts';

// WeCom takes 20,480 bytes (document 101138); marks around bold words come on top of what is counted.
const PART_BYTES = 18_000;
// Four bytes each; nobody stresses more than this, and then nothing is stressed.
const MOST_BOLD = 500;

/** `marked` holds `**bold**` and bare links. */
export function markdownParts(marked: string, mostBytes = PART_BYTES): string[] {
  const given = boldSpans(marked);
  const { text, bold } = given.bold.length > MOST_BOLD ? { ...given, bold: [] } : given;
  const parts = splitText(text, (part) => byteLength(escaped(part)) <= mostBytes);
  let from = 0;
  return parts.map((part) => {
    const start = text.indexOf(part, from);
    from = start + part.length;
    return styled(part, spansWithin(bold, start, from));
  });
}

export function markdownLink({ label, url }: NonNullable<Message['link']>): string {
  return `[${escaped(label)}](${encodeURI(decodedUrl(url)).replace(/[()]/g, (mark) => (mark === '(' ? '%28' : '%29'))})`;
}

/** An address that is encoded already is not encoded twice. */
function decodedUrl(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

type Spans = BoldText['bold'];

function spansWithin(bold: Spans, start: number, end: number): Spans {
  return bold.flatMap(({ offset, length }) => {
    const first = Math.max(offset, start);
    const last = Math.min(offset + length, end);
    return first < last ? [{ offset: first - start, length: last - first }] : [];
  });
}

/** Stars beside punctuation or space do not count as marks (CommonMark 6.2), so they go inside of it. */
const OUTSIDE = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu;

function styled(text: string, bold: Spans): string {
  const marks = new Map<number, string>();
  for (const { offset, length } of bold) {
    const inner = text.slice(offset, offset + length);
    const core = inner.replace(OUTSIDE, '');
    if (core === '') continue;
    const start = offset + inner.indexOf(core);
    marks.set(start, `${marks.get(start) ?? ''}**`);
    marks.set(start + core.length, `${marks.get(start + core.length) ?? ''}**`);
  }
  return escaped(text, marks);
}

/** Puts the marks in, and a backslash before whatever would be taken for one. */
function escaped(text: string, marks: ReadonlyMap<number, string> = new Map()): string {
  let lineStart = 0;
  let number: number | null = null;
  const lines = text.split('\n').map((line) => {
    const opening = openingOf(line, number);
    number = opening.number;
    const written = escapedLine(line, lineStart, opening, marks);
    lineStart += line.length + 1;
    return written;
  });
  // Two spaces keep a line a line where a single break would not.
  return lines.map((line, index) => (index < lines.length - 1 && line !== '' ? `${line}  ` : line)).join('\n');
}

interface Opening {
  /** Where a backslash belongs so that the line does not become a heading, a quotation or an item; -1: nowhere. */
  readonly escapeAt: number;
  /** Of an item of a list; the next one is to have the next. */
  readonly number: number | null;
}

/** A list is numbered anew by whoever shows it, so only numbers that follow each other, with words, are left to it. */
function openingOf(line: string, before: number | null): Opening {
  const item = /^\s*(\d{1,9})[.)](?=\s|$)/u.exec(line);
  if (item !== null) {
    const number = Number(item[1]);
    const isNext = before === null ? number === 1 : number === before + 1;
    const hasWords = line.slice(item[0].length).trim() !== '';
    return isNext && hasWords ? { escapeAt: -1, number } : { escapeAt: item[0].length - 1, number: null };
  }
  const mark = /^\s*[#>+\-=]/u.exec(line);
  return { escapeAt: mark === null ? -1 : mark[0].length - 1, number: null };
}

// What an address may hold, and what Markdown takes for a mark.
const TOKEN = /https?:\/\/[!#-;=?-[\]^_a-z|~]+|[\\`*_[\]<~|]|&(?=[#\w]+;)|^[ \t]+/gu;

function escapedLine(line: string, start: number, { escapeAt }: Opening, marks: ReadonlyMap<number, string>): string {
  const breaks = new Map<number, string>();
  for (const { 0: token, index } of line.matchAll(TOKEN)) {
    if (token.length === 1 && token !== ' ' && token !== '\t' && !isInsideWord(line, index)) breaks.set(index, '\\');
  }
  if (escapeAt >= 0) breaks.set(escapeAt, '\\');
  let written = '';
  for (let place = 0; place <= line.length; place += 1) {
    written += (marks.get(start + place) ?? '') + (breaks.get(place) ?? '') + line.charAt(place);
  }
  // Four spaces in front would make it code.
  return written.trimEnd().replace(/^[ \t]+/u, (spaces) => spaces.replaceAll('\t', '    ').replaceAll(' ', '\u00a0'));
}

/** An underscore between letters marks nothing. */
function isInsideWord(line: string, index: number): boolean {
  return (
    line[index] === '_' && /[\p{L}\p{N}]/u.test(line[index - 1] ?? '') && /[\p{L}\p{N}]/u.test(line[index + 1] ?? '')
  );
}

/** Back to what was written, without any mark. */
export function plainOf(markdown: string): string {
  return markdown
    .replace(/(?<!\\)\[((?:\\.|[^\]\\])*)\]\(([^)\s]*)\)/gu, '$1\n$2')
    .replace(/\\([!-/:-@[-`{-~])|\*\*/gu, (_, escapedMark: string | undefined) => escapedMark ?? '')
    .replace(/ {2}$/gmu, '')
    .replaceAll('\u00a0', ' ');
}
