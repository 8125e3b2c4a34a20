/** A number of people as a worker types it into a field: 4, ４, 四, 两个, 二十人. */
import { readNumber } from '../../language/number-words.ts';
import { oneOf, type Tables, wordsOf } from '../../language/tables.ts';
import { buildNumberWords } from '../../language/vocabulary.ts';

/** `null` where it is no whole number; whether so many can come is decided elsewhere. */
export function readTypedCount(typed: string, tables: Tables): number | null {
  const text = typed.normalize('NFKC').replaceAll(/\s/g, '');
  if (/^\d{1,6}$/.test(text)) return Number(text);
  const words = buildNumberWords(tables);
  const person = oneOf(wordsOf(tables, 'count-words', 'person'));
  const [, number = ''] = new RegExp(`^(\\d{1,6}|[${words.classText}]{1,6})${person}?$`).exec(text) ?? [];
  // 两三个 is two or three and no number.
  const isVague = number.length > 1 && /\D/.test(number) && ![...number].some((mark) => words.powers.has(mark));
  return isVague ? null : (readNumber(number, words) ?? null);
}
