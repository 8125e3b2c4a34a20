/** Looks through a notice for what everybody in a group would read about one person: numbers and names. */
import type { LanguageTables } from '../../content/language-tables.ts';
import { findSensitive } from '../../lib/phone.ts';

export interface PrivateWords {
  readonly hasNumber: boolean;
  /** What looks like a name, as it stands in the text. */
  readonly names: readonly string[];
}

export function findPrivateWords(text: string, tables: LanguageTables): PrivateWords {
  const surnames = oneOf((tables.surnames ?? []).map(({ word = '' }) => word));
  const titles = oneOf(kind(tables, 'title'));
  const notName = new RegExp(oneOf(kind(tables, 'not-name')), 'u');
  const han = '\\p{Script=Han}';
  // A surname with how one addresses people, or three characters that stand alone and begin with one.
  const titled = new RegExp(`${surnames}${titles}`, 'gu');
  const alone = new RegExp(`(?<=^|[\\s\\p{P}])${surnames}${han}{2}(?=$|[\\s\\p{P}\\d])`, 'gmu');
  const lone = [...text.matchAll(alone)].map(([name]) => name).filter((name) => !notName.test(name));
  const addressed = [...text.matchAll(titled)].map(([name]) => name);
  return { hasNumber: findSensitive(text).length > 0, names: [...new Set([...addressed, ...lone])] };
}

function kind(tables: LanguageTables, name: string): string[] {
  return (tables['name-words'] ?? []).filter((row) => row.kind === name).map(({ word = '' }) => word);
}

/** The longest first; nothing at all where the table is empty. */
function oneOf(words: readonly string[]): string {
  const known = words.filter((word) => word !== '').toSorted((one, other) => other.length - one.length);
  return known.length === 0
    ? '(?!)'
    : `(?:${known.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})`;
}
