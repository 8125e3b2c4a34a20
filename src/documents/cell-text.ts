/** Text as a spreadsheet cell can hold it: nothing XML forbids, nothing Excel would turn into something else. */
import { cutGraphemes } from '../lib/text.ts';

// https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
const LONGEST_CELL = 32_767;

// https://www.w3.org/TR/xml/#charsets, after lone surrogates have been replaced.
const NOT_IN_XML = /[[\p{Cc}\ufffe\uffff]--[\t\n]]/gv;
// ISO/IEC 29500-1, 22.9.2.19: _xHHHH_ stands for a character. Typed by a person it must stay what it is.
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/g;
const WIDE = /[\p{Script=Han}\p{Script=Hangul}\u3000-\u30ff\uff01-\uff60\uffe0-\uffe6\p{Extended_Pictographic}]/u;

/** What is kept of a text: line breaks as \n, no other control characters, at most 32,767 code units. */
export function cellText(text: string): string {
  const legal = text.toWellFormed().replace(/\r\n?/g, '\n').replace(NOT_IN_XML, '');
  return cutGraphemes(legal, Number.POSITIVE_INFINITY, LONGEST_CELL);
}

/** The same text in the spelling of the file. */
export function escapedCellText(text: string): string {
  return cellText(text).replace(LOOKS_ESCAPED, '_x005F_');
}

/** How wide it stands on the sheet: an ideograph or a full-width form counts two. Of several lines, the widest. */
export function displayWidth(text: string): number {
  let widest = 0;
  for (const line of text.split('\n')) {
    let width = 0;
    for (const character of line) width += WIDE.test(character) ? 2 : 1;
    widest = Math.max(widest, width);
  }
  return widest;
}
