/** Finds which shifts somebody means by a few words and perhaps a date. Pure, and knows no word of any language. */
import type { Shift } from '../../model/activity.ts';

export interface Wanted {
  /** The title of an activity, or the words used for it. */
  readonly words?: string | undefined;
  /** YYYY-MM-DD. */
  readonly date?: string | undefined;
}

export interface Matched {
  /** Those that fit words and date equally well, the soonest first. */
  readonly fits: readonly Shift[];
  /** The right words on another day: to be offered, never to be taken for granted. */
  readonly otherDays: readonly Shift[];
}

/** `dayOf` gives the local date of an instant. */
export function matchShifts(wanted: Wanted, shifts: readonly Shift[], dayOf: (instant: Date) => string): Matched {
  const named = bestNamed(wanted.words, shifts);
  if (wanted.date === undefined) return { fits: named, otherDays: [] };
  const fits = named.filter((shift) => dayOf(shift.startsAt) === wanted.date);
  return fits.length > 0 ? { fits, otherDays: [] } : { fits: [], otherDays: wanted.words === undefined ? [] : named };
}

/** Whether the title holds these words or they hold the title: for words that were never asked to be a title. */
export function holdsWords(words: string, { title }: Pick<Shift, 'title'>): boolean {
  const [spoken, whole] = [bare(words), bare(title)];
  return spoken.length > 1 && whole.length > 1 && (whole.includes(spoken) || spoken.includes(whole));
}

function bestNamed(words: string | undefined, shifts: readonly Shift[]): readonly Shift[] {
  if (words === undefined) return shifts;
  const spoken = bare(words);
  const scored = shifts.map((shift) => ({ shift, score: similarity(spoken, bare(shift.title)) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  if (best < ENOUGH) return [];
  return scored.filter(({ score }) => score === best).map(({ shift }) => shift);
}

// Half of the pairs of characters of the shorter text stand in the longer one.
const ENOUGH = 0.5;
const SAME = 3;
const HOLDS = 2;

/** 0 to 1 by shared pairs of characters; above that where one holds the other, and most where they are the same. */
function similarity(spoken: string, title: string): number {
  if (spoken === '' || title === '') return 0;
  if (spoken === title) return SAME;
  // One character stands in too many titles to mean one of them.
  if (Math.min(spoken.length, title.length) < 2) return 0;
  if (title.includes(spoken) || spoken.includes(title)) return HOLDS;
  const ours = pairs(spoken);
  const theirs = pairs(title);
  const shared = [...ours].filter((pair) => theirs.has(pair)).length;
  return shared / Math.min(ours.size, theirs.size);
}

function pairs(text: string): Set<string> {
  return new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)));
}

function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
