/** Tells a list that many wrote from what one person writes: it is longer than any message, and cut off it would lie. */

import { LIST_GRAPHEMES, MESSAGE_GRAPHEMES } from './text.ts';

// #接龙 stands in the first line, after a name or a word at most.
const MARK_WITHIN = 60;
const MARK = /[#\uff03]/;
const NUMBERED = /^[^\S\n]*[0-9\uff10-\uff19]{1,4}[^\S\n]?[.,:)\u3001\uff0e\uff09\uff1a\s]/;
/** Without the mark it takes this many numbered lines to be a list. */
const ENOUGH_LINES = 3;
// A theme is seldom as long; a text without numbers so far has none.
const LINES_LOOKED_AT = 60;

/** How much of a text is read, in graphemes. */
export function longestRead(text: string): number {
  return text.length > MESSAGE_GRAPHEMES && looksLikeList(text) ? LIST_GRAPHEMES : MESSAGE_GRAPHEMES;
}

/** Whether nothing of it was cut off. */
export function isWholeText(text: string): boolean {
  return text.length < longestRead(text);
}

export function looksLikeList(text: string): boolean {
  let from = 0;
  let numbered = 0;
  let wanted = ENOUGH_LINES;
  for (let line = 0; line < LINES_LOOKED_AT && from < text.length; line += 1) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    const head = text.slice(from, Math.min(to, from + MARK_WITHIN) + 1);
    if (line === 0 && MARK.test(head)) wanted = 1;
    if (NUMBERED.test(head)) numbered += 1;
    if (numbered >= wanted) return true;
    from = to + 1;
  }
  return false;
}
