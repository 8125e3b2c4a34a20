/** The words this feature listens for beside what the language reader finds; a committee may add to them. */
import type { Content } from '../../content/content.ts';
import { type CountPatterns, compileCountPatterns } from '../../language/count-patterns.ts';
import { compileDatePatterns, type DatePatterns } from '../../language/date-slot.ts';
import { compileFolding, type Folding } from '../../language/normalise.ts';
import { compilePhonePatterns, type PhonePatterns } from '../../language/phone-slot.ts';
import { compileSounds, type SoundTable } from '../../language/sound-table.ts';
import { oneOf, type Tables, VocabularyFault, valuesOf, wordsOf } from '../../language/tables.ts';
import { compileTimePatterns, type TimePatterns } from '../../language/time-slot.ts';
import { buildNumberWords } from '../../language/vocabulary.ts';

export type WordContent = Pick<Content, 'languageTables'>;

/** `filler` says nothing by itself; the others say what a message is about. */
const WORD_KINDS = [
  'when',
  'where',
  'bring',
  'places',
  'position',
  'own',
  'whats-on',
  'cancel',
  'join',
  'again',
  'more',
  'change',
  'both',
  'and',
  'or',
  'consider',
  'weekend',
  'this-week',
  'next-week',
  'this-month',
  'next-month',
  'filler',
] as const;
export type WordKind = (typeof WORD_KINDS)[number];

export interface VolunteeringWords {
  readonly folding: Folding;
  readonly sounds: SoundTable;
  readonly phone: PhonePatterns;
  readonly date: DatePatterns;
  readonly time: TimePatterns;
  readonly count: CountPatterns;
  /** Group 1 is the month, where no day follows. */
  readonly month: RegExp;
  readonly numbers: ReturnType<typeof buildNumberWords>;
  /** Word → what it speaks of. */
  readonly kinds: ReadonlyMap<string, WordKind | 'company' | DayPart>;
  /** What lets a question go where nothing else is said, without spaces. */
  readonly drops: ReadonlySet<string>;
  /** Words that stand in many titles: sharing them means nothing. */
  readonly common: RegExp;
  /** Every word above, the longest first. */
  readonly any: RegExp;
}

const DAY_PARTS = ['am', 'noon', 'pm'] as const;
export type DayPart = (typeof DAY_PARTS)[number];

/** Read once for each set of content; a table that cannot be used leaves the words as they last were good. */
export function rememberVolunteeringWords(content: () => WordContent): () => VolunteeringWords {
  let known: { readonly of: WordContent; readonly words: VolunteeringWords } | undefined;
  return () => {
    const now = content();
    if (known?.of === now) return known.words;
    const words = goodWords(now.languageTables, known?.words);
    known = { of: now, words };
    return words;
  };
}

function goodWords(tables: Tables, before: VolunteeringWords | undefined): VolunteeringWords {
  try {
    return readVolunteeringWords(tables);
  } catch (cause) {
    if (cause instanceof VocabularyFault && before !== undefined) return before;
    throw cause;
  }
}

export function readVolunteeringWords(tables: Tables): VolunteeringWords {
  const numbers = buildNumberWords(tables);
  const kinds = wordsByKind(tables);
  const number = `(\\d{1,2}|[${numbers.classText}]{1,3})`;
  const month = oneOf(wordsOf(tables, 'calendar', 'month-word'));
  return {
    numbers,
    folding: compileFolding(tables),
    sounds: compileSounds(tables, []),
    phone: compilePhonePatterns(numbers),
    date: compileDatePatterns(tables, numbers),
    time: compileTimePatterns(tables, numbers),
    count: compileCountPatterns(tables, numbers),
    month: new RegExp(`${number}${month}(?!\\s?[\\d${numbers.classText}])`),
    kinds,
    common: new RegExp(oneOf(wordsOf(tables, 'activity-words', 'common')), 'g'),
    drops: new Set(wordsOf(tables, 'volunteering-words', 'drop')),
    any: new RegExp(oneOf(kinds.keys()), 'g'),
  };
}

function wordsByKind(tables: Tables): Map<string, WordKind | 'company' | DayPart> {
  const kinds = new Map<string, WordKind | 'company' | DayPart>();
  for (const word of wordsOf(tables, 'count-words', 'companion')) kinds.set(word, 'company');
  for (const [word, value] of valuesOf(tables, 'calendar', 'day-part')) {
    const part = DAY_PARTS.find((one) => one === value);
    if (part !== undefined) kinds.set(word, part);
  }
  for (const kind of WORD_KINDS) {
    for (const word of wordsOf(tables, 'volunteering-words', kind)) kinds.set(word, kind);
  }
  return kinds;
}
