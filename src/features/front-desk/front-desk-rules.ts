/** Sees numbers and doors that do not belong in a group. */
import { findSensitive } from '../../lib/phone.ts';

/** Whether a text typed in a group holds a phone or identity number, which everybody there can now read. */
export function shouldWarn(text: string): boolean {
  return findSensitive(text).length > 0;
}

type Row = Readonly<Record<string, string>>;

/** Whether a text tells behind which door somebody lives. `units`: rows of data/language/units.csv. */
export function tellsDoor(text: string, units: readonly Row[]): boolean {
  const said = text.normalize('NFKC');
  return DOOR_IN_NUMBERS.test(said) || doorWith(units).test(said);
}

// 3-2-501; not a date, which begins or ends with a year.
const DOOR_IN_NUMBERS = /(?<![\d-])\d{1,2}-\d{1,2}-(?!20\d\d)\d{3,4}(?![\d-])/u;

/** Building and room, with or without the entrance between them. */
function doorWith(units: readonly Row[]): RegExp {
  const word = (kind: string) => {
    const known = units.filter((row) => row.kind === kind).map((row) => row.word ?? '');
    return known.length === 0 ? '(?!)' : `(?:${known.toSorted((one, other) => other.length - one.length).join('|')})`;
  };
  return new RegExp(`\\d\\s*${word('building')}[\\s,-]*(?:\\d{1,2}\\s*(?:${word('unit')}|-)\\s*)?\\d{3,4}(?!\\d)`, 'u');
}
