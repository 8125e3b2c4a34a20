/** A number put right in the next breath: 家里四个人，不对五个; 三口，哦不，四口. */
import type { Counts } from './count-slot.ts';
import { type NumberWords, readNumber } from './number-words.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';

export interface CountCorrection {
  readonly numbers: NumberWords;
  readonly corrected: RegExp;
}

// More are no family, and 502 is a room.
const MOST_PEOPLE = 30;

export function compileCountCorrection(tables: Tables, numbers: NumberWords): CountCorrection {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'count-words', name));
  return {
    numbers,
    corrected: new RegExp(
      `(?:^|[\\s,.])(?:${kind('slip')})[,. ]{0,2}(?:${kind('really')}){0,2}(\\d{1,2}|[${numbers.classText}]{1,2})(?:${kind('mouth')}|${kind('person')}|${kind('measure')})?(?=$|[\\s,.;!]|${kind('ending')})`,
    ),
  };
}

/** The last word counts, where there was a number to put right. */
export function withCorrection(counts: Counts, text: string, { numbers, corrected }: CountCorrection): Counts {
  if (counts.party === undefined && counts.members === undefined) return counts;
  const told = readNumber(corrected.exec(text)?.[1] ?? '', numbers);
  if (told === undefined || told < 1 || told > MOST_PEOPLE) return counts;
  return {
    ...(counts.members === undefined ? {} : { members: told }),
    ...(counts.party === undefined ? {} : { party: told }),
  };
}
