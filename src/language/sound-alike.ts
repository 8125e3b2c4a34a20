/** Hears a word of the vocabulary behind one mistyped character that sounds like the right one: 节谁 → 节水. */

import { FIRST_HAN, LAST_HAN, LONGEST_WORD, MOST_CLASSES, type SoundTable, soundingLike } from './sound-table.ts';
import type { Span } from './text-mask.ts';

export interface HeardWord extends Span {
  readonly meant: string;
}

/** Enough for a message that is mistyped all over; what one costs stays bounded. */
const MOST_WORDS = 8;
// As much on either side as tells where the words around it begin and end.
const AROUND = 8;
const SHORTEST_WORD = 2;
const ordinaryWords = new Intl.Segmenter('zh', { granularity: 'word' });

/** Which words are to be put in, in the order of the text; they are as long as what they stand for. */
export function hearWords(text: string, sounds: SoundTable): HeardWord[] {
  const found: HeardWord[] = [];
  let tried = 0;
  for (let start = 0; start + SHORTEST_WORD <= text.length && tried < MOST_WORDS; start += 1) {
    const word = longestAt(text, start, sounds);
    if (word === undefined) continue;
    tried += 1;
    if (cutsWord(text, word)) continue;
    found.push(word);
    start = word.end - 1;
  }
  return found;
}

export function putIn(text: string, words: readonly HeardWord[]): string {
  return words.reduce((heard, { start, end, meant }) => heard.slice(0, start) + meant + heard.slice(end), text);
}

function longestAt(text: string, start: number, sounds: SoundTable): HeardWord | undefined {
  const first = classAt(text, start, sounds);
  let key = first * MOST_CLASSES + classAt(text, start + 1, sounds);
  if (((sounds.beginnings[key >> 3] ?? 0) & (1 << (key & 7))) === 0) return undefined;
  let longest: HeardWord | undefined;
  for (let end = start + SHORTEST_WORD; end <= Math.min(text.length, start + LONGEST_WORD); end += 1) {
    const words = soundingLike(sounds, key);
    if (words.length > 0) longest = nearest(text.slice(start, end), words, sounds, start) ?? longest;
    key = key * MOST_CLASSES + classAt(text, end, sounds);
  }
  return longest;
}

/** The one word that differs in one character. Where two would do, a wrong guess costs more than none. */
function nearest(typed: string, words: readonly string[], sounds: SoundTable, start: number): HeardWord | undefined {
  if (words.includes(typed) || sounds.plain.has(typed)) return undefined;
  const near = words.filter((word) => {
    const at = onlyDifference(typed, word);
    return at >= 0 && !sounds.never.has(typed.charCodeAt(at));
  });
  const [meant] = near;
  return near.length === 1 && meant !== undefined ? { start, end: start + typed.length, meant } : undefined;
}

function onlyDifference(typed: string, word: string): number {
  let different = -1;
  for (let at = 0; at < word.length; at += 1) {
    if (typed.charCodeAt(at) === word.charCodeAt(at)) continue;
    if (different >= 0) return -1;
    different = at;
  }
  return different;
}

function classAt(text: string, at: number, { classes }: SoundTable): number {
  const code = text.charCodeAt(at);
  return code >= FIRST_HAN && code <= LAST_HAN ? (classes[code - FIRST_HAN] ?? 0) : 0;
}

/**
 * Is it, or the mistyped character in it, an ordinary word, or does it cut one in two? 晚报明天 holds no 报名. ICU's
 * dictionary of Chinese knows; it is asked for what sounds like a word only, as asking takes some 15 µs.
 */
function cutsWord(text: string, { start, end, meant }: HeardWord): boolean {
  const from = Math.max(0, start - AROUND);
  const odd = start + onlyDifference(text.slice(start, end), meant);
  for (const { segment, index } of ordinaryWords.segment(text.slice(from, end + AROUND))) {
    const first = from + index;
    const last = first + segment.length;
    if (segment.length === 1 || last <= start || first >= end) continue;
    if (first < start || last > end || (first <= odd && odd < last)) return true;
  }
  return false;
}
