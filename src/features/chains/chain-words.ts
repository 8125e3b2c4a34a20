/** The words this feature listens for: what a theme is about, and that somebody on a list does not come. */
import type { Content } from '../../content/content.ts';
import { compileDatePatterns, type DatePatterns, readDates } from '../../language/date-slot.ts';
import { compileFolding, type Folding, unifyScript } from '../../language/normalise.ts';
import { readNumber } from '../../language/number-words.ts';
import { oneOf, type Tables, VocabularyFault, wordsOf } from '../../language/tables.ts';
import { compileTimePatterns, readTimes, type TimePatterns } from '../../language/time-slot.ts';
import { buildNumberWords } from '../../language/vocabulary.ts';

export type WordContent = Pick<Content, 'languageTables'>;

export interface ChainWords {
  readonly folding: Folding;
  readonly numbers: ReturnType<typeof buildNumberWords>;
  readonly date: DatePatterns;
  readonly time: TimePatterns;
  readonly goods: RegExp;
  readonly pledge: RegExp;
  /** Group 1 is the number on the list. */
  readonly numbered: RegExp;
  readonly own: RegExp;
  readonly strike: RegExp;
}

/** Read once for each set of content; a table that cannot be used leaves the words as they last were good. */
export function rememberChainWords(content: () => WordContent): () => ChainWords {
  let known: { readonly of: WordContent; readonly words: ChainWords } | undefined;
  return () => {
    const now = content();
    if (known?.of === now) return known.words;
    known = { of: now, words: goodWords(now.languageTables, known?.words) };
    return known.words;
  };
}

function goodWords(tables: Tables, before: ChainWords | undefined): ChainWords {
  try {
    return readChainWords(tables);
  } catch (cause) {
    if (cause instanceof VocabularyFault && before !== undefined) return before;
    throw cause;
  }
}

function readChainWords(tables: Tables): ChainWords {
  const kind = (name: string) => wordsOf(tables, 'chain-talk', name);
  const numbers = buildNumberWords(tables);
  const off = oneOf([...kind('strike'), ...kind('absent')]);
  const self = oneOf(kind('self'));
  const number = `(\\d{1,3}|[${numbers.classText}]{1,3})${oneOf(kind('number'))}(?!${oneOf(kind('place'))})`;
  // A few words may stand between: 3 号家里有事去不了了.
  return {
    folding: compileFolding(tables),
    numbers,
    date: compileDatePatterns(tables, numbers),
    time: compileTimePatterns(tables, numbers),
    goods: new RegExp(oneOf(wordsOf(tables, 'chain-words', 'goods'))),
    pledge: new RegExp(oneOf(kind('pledge'))),
    numbered: new RegExp(`^[^\\d]{0,6}?${number}[^\\d${numbers.classText}]{0,10}?${off}\\D{0,4}$`),
    own: new RegExp(`^\\D{0,6}?${self}\\D{0,8}?${off}\\D{0,4}$|^${oneOf(kind('strike'))}${self}\\D{0,3}$`),
    strike: new RegExp(oneOf(kind('strike'))),
  };
}

export interface SaidOff {
  /** Their number on the list; `null`: whoever speaks. */
  readonly number: number | null;
  /** Of a list for sure, and not of dinner. */
  readonly isSure: boolean;
}

// Longer ones tell more than that somebody does not come.
const LONGEST = 24;

/** 「3号不来了」, 「把我划掉」; `null` for anything else. */
export function readSaidOff(text: string, words: ChainWords): SaidOff | null {
  if (text.length > LONGEST) return null;
  const said = unifyScript(text.normalize('NFKC').replace(/@\S+\s*/gu, ''), words.folding).replace(/\s/gu, '');
  const numbered = words.numbered.exec(said);
  if (numbered !== null) {
    const number = readNumber(numbered[1] ?? '', words.numbers);
    return number === undefined ? null : { number, isSure: true };
  }
  return words.own.test(said) ? { number: null, isSure: words.strike.test(said) } : null;
}

export interface ThemeFacts {
  /** YYYY-MM-DD; for a weekday without its week any of that weekday will do. */
  readonly dates: readonly { readonly date: string; readonly isBareWeekday: boolean }[];
  /** HH:MM. */
  readonly times: readonly string[];
  readonly isGoods: boolean;
  readonly isPledge: boolean;
}

// 1.6 of kilometres or of a price is no day.
const MEASURE = /^\d+\.\d+\p{Script=Han}$/u;

export function readTheme(theme: string, at: Date, words: ChainWords): ThemeFacts {
  const text = unifyScript(theme.normalize('NFKC'), words.folding);
  return {
    dates: readDates(text, at.toISOString(), words.date)
      .filter(({ start, end }) => !MEASURE.test(text.slice(start, end + 1)))
      .map(({ date, isBareWeekday }) => ({ date, isBareWeekday })),
    times: readTimes(text, words.time).map(({ time }) => time),
    isGoods: words.goods.test(text),
    isPledge: words.pledge.test(text),
  };
}
