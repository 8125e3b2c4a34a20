/** When two lines of a list are the same, alike, or by the same name. Pure, and knows no word of any language. */
import { maskSensitive } from '../../lib/phone.ts';
import { cutGraphemes } from '../../lib/text.ts';
import type { ChainLine } from '../../model/chain.ts';
import type { ChainEntry } from '../../model/understanding.ts';

// As in the forms that ask for a name, and as much as a page lets a worker type into one line.
const LONGEST_NAME = 30;
const LONGEST_NOTE = 200;

/** As it is kept: numbers of identity cards, and phones beside the one of the sign-up, are masked for good. */
export function keptLine({ number: _, name, note, ...rest }: ChainEntry): ChainLine {
  return {
    ...rest,
    ...(name === undefined ? {} : { name: cutGraphemes(maskSensitive(name), LONGEST_NAME) }),
    ...(note === undefined ? {} : { note: cutGraphemes(maskSensitive(note), LONGEST_NOTE) }),
  };
}

/** The same for every way of typing the same line: width, case, spaces and marks do not count. */
export function lineText({ name = '', party, household = {}, phone = '', note = '', coming }: ChainLine): string {
  const { compound = '', building = '', unit = '', room = '' } = household;
  const place = [compound, building, unit, room].map(bare).join('-');
  const said = coming === undefined ? [] : [coming];
  return [bare(name), place, party ?? '', phone, bare(note), ...said].join('|');
}

export function nameOf({ name = '' }: ChainLine): string {
  return bare(name);
}

export function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

// What is longer is told apart by its beginning: a stranger's novel costs no more than a line.
const MOST_COMPARED = 200;

/** 0 to 1 by the pairs of letters they share. */
export function likeness(one: ChainLine, other: ChainLine): number {
  return alikeness(bare(lineText(one)), bare(lineText(other)));
}

/** The same of bare words. */
export function alikeness(one: string, other: string): number {
  const ours = pairs(one.slice(0, MOST_COMPARED));
  const theirs = pairs(other.slice(0, MOST_COMPARED));
  if (ours.size === 0 || theirs.size === 0) return 0;
  let shared = 0;
  for (const pair of ours) shared += theirs.has(pair) ? 1 : 0;
  return (2 * shared) / (ours.size + theirs.size);
}

function pairs(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
}
