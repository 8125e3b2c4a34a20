/** Makes one spelling of what was typed: width, invisible characters, the @name in front, traditional characters, homophones. */
import { looksLikeList } from '../lib/list-text.ts';
import { cell, oneOf, rowsOf, type Tables, VocabularyFault, wordsOf } from './tables.ts';

export interface Folding {
  /** Traditional and odd characters → the ones the tables use, one UTF-16 unit each. */
  readonly characters: ReadonlyMap<number, number>;
  /** By first character: what is typed, what is meant; the same length, so positions stay. */
  readonly homophones: ReadonlyMap<number, readonly (readonly [string, string])[]>;
  /** WeChat's own emoji come as their names: [握拳], [强]. */
  readonly emojiNames: RegExp;
  readonly emoji: ReadonlyMap<string, string>;
  readonly botName: RegExp;
}

/** The same message twice, position by position: `said` is what slots are cut from, `text` is what is matched. */
export interface Heard {
  readonly said: string;
  readonly text: string;
}

/** What is typed wrongly, and what other parts of the country say for the same. */
const REWRITTEN = ['homophones', 'dialect-words'] as const;

/** What a message costs must not depend on who types it: longer ones are read up to here (UTF-16 code units, graphemes). */
const MOST_CODE_UNITS = 4_000;
const MOST_GRAPHEMES = 2_000;
/** A native chain of a large group: 500 entries of 40 characters. */
const MOST_CHAIN_CODE_UNITS = 20_000;

const PLAIN = /^[\n\x20-\x7e\u3001-\u301f\u4e00-\u9fff\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]*$/;
// C0 and C1 controls but for tab and line ends, soft hyphen, zero-width marks, bidi controls, byte order mark.
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: residents' phones do send them
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]/g;
/** A zero-width joiner holds an emoji together; anywhere else it is noise. */
const STRAY_JOINER = /(?<!\p{Extended_Pictographic}|\ufe0f)\u200d/gu;
const KEYCAP = /([0-9])\ufe0f?\u20e3/g;
const CIRCLED = /[\u2460-\u2473]/g;
/** NFKC would also turn the Chinese comma and colon into ASCII; texts that go out again keep theirs. */
const FOLDED_BY_NFKC = /[^\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\uff5e\u2026]+/g;
/** What WeChat puts before an answer to somebody: the quoted words in corner brackets and a broken line. */
const QUOTE_IN_FRONT = /^\s*\u300c[^\u300d]*\u300d\s*\n(?:- ?){3,}\n/;
const MENTION_IN_FRONT = /^@[^\s@]{1,24}\s+/;

export function compileFolding(tables: Tables): Folding {
  const characters = new Map<number, number>();
  for (const row of rowsOf(tables, 'characters')) {
    characters.set(cell(row, 'typed', 'characters').charCodeAt(0), cell(row, 'meant', 'characters').charCodeAt(0));
  }
  const homophones = new Map<number, [string, string][]>();
  for (const table of REWRITTEN) {
    for (const [row, cells] of rowsOf(tables, table).entries()) {
      const typed = cell(cells, 'typed', table);
      const meant = cell(cells, 'meant', table);
      if (typed.length !== meant.length)
        throw new VocabularyFault({ table, row }, `${typed} and ${meant} differ in length`);
      const first = typed.charCodeAt(0);
      homophones.set(first, [...(homophones.get(first) ?? []), [typed, meant]]);
    }
  }
  const botName = new RegExp(`@${oneOf(wordsOf(tables, 'chain-words', 'bot'))}\\s*`, 'gu');
  const named = rowsOf(tables, 'emoji-names').map(
    (row) => [cell(row, 'name', 'emoji-names'), cell(row, 'mark', 'emoji-names')] as const,
  );
  const emoji = new Map(named);
  const emojiNames = new RegExp(`\\[(${oneOf(emoji.keys())})\\]`, 'gu');
  return { characters, homophones, emoji, emojiNames, botName };
}

export function normalise(raw: string, mentioned: boolean, folding: Folding): Heard {
  const typed = unifyCharacters(drawEmoji(capLength(raw), folding));
  const said = dropMention(typed.replace(QUOTE_IN_FRONT, ''), mentioned, folding).trim();
  return { said, text: unifyHomophones(unifyScript(said, folding), folding) };
}

function capLength(raw: string): string {
  if (raw.length <= MOST_GRAPHEMES) return raw;
  if (looksLikeList(raw)) return raw.slice(0, MOST_CHAIN_CODE_UNITS);
  const short = raw.slice(0, MOST_CODE_UNITS);
  let graphemes = 0;
  for (const { index } of new Intl.Segmenter('zh').segment(short)) {
    graphemes += 1;
    if (graphemes > MOST_GRAPHEMES) return short.slice(0, index);
  }
  return short;
}

function drawEmoji(raw: string, { emojiNames, emoji }: Folding): string {
  return raw.includes('[') ? raw.replace(emojiNames, (_, name: string) => emoji.get(name) ?? '') : raw;
}

function unifyCharacters(raw: string): string {
  if (PLAIN.test(raw)) return raw;
  return raw
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .replace(STRAY_JOINER, '')
    .replace(KEYCAP, '$1. ')
    .replace(CIRCLED, (mark) => `${mark.charCodeAt(0) - 0x245f}. `)
    .replace(FOLDED_BY_NFKC, (run) => run.normalize('NFKC'))
    .replace(/\t/g, ' ');
}

/** The bot's own name goes wherever it stands; another @name in front goes only where the bot was spoken to. */
function dropMention(typed: string, mentioned: boolean, folding: Folding): string {
  if (!typed.includes('@')) return typed;
  const withoutBot = typed.replace(folding.botName, ' ').trimStart();
  return mentioned ? withoutBot.replace(MENTION_IN_FRONT, '') : withoutBot;
}

/** Traditional characters, full-width forms and capitals as the tables write them; the same length. */
export function unifyScript(said: string, folding: Folding): string {
  let changed = false;
  const codes = new Array<number>(said.length);
  for (let at = 0; at < said.length; at += 1) {
    const code = said.charCodeAt(at);
    const folded = foldCode(code, folding.characters);
    codes[at] = folded;
    if (folded !== code) changed = true;
  }
  return changed ? codesToString(codes) : said;
}

function foldCode(code: number, characters: ReadonlyMap<number, number>): number {
  if (code >= 65 && code <= 90) return code + 32;
  if (code < 128) return code;
  // Full-width forms are their ASCII twins shifted by a constant.
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
  return characters.get(code) ?? code;
}

function codesToString(codes: readonly number[]): string {
  let text = '';
  // Below the limit of arguments of one call.
  for (let at = 0; at < codes.length; at += 4_096) text += String.fromCharCode(...codes.slice(at, at + 4_096));
  return text;
}

function unifyHomophones(text: string, folding: Folding): string {
  let result = '';
  let done = 0;
  for (let at = 0; at < text.length; at += 1) {
    const pair = folding.homophones.get(text.charCodeAt(at))?.find(([heard]) => text.startsWith(heard, at));
    if (pair === undefined) continue;
    result += text.slice(done, at) + pair[1];
    at += pair[0].length - 1;
    done = at + 1;
  }
  return done === 0 ? text : result + text.slice(done);
}
