/** Hears the question that repeats its verb around a no: 上不上班, 办不办, 去没去, 参加不参加. */
import type { Hit, Hits } from './lexicon.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';

export interface RepeatedVerbPatterns {
  readonly repeated: RegExp;
  /** 招不招人，招的话我去 says what follows either way. */
  readonly conditions: readonly string[];
  /** 动不动就 and 去不去都行 have the form of the question and ask nothing. */
  readonly noQuestion: RegExp;
}

// Of a message that repeats one word for ever.
const MOST_TIMES = 20;
const LONGEST_NO_QUESTION = 8;

export function compileRepeatedVerbPatterns(tables: Tables): RepeatedVerbPatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'repeated-verbs', name));
  const han = '\\p{Script=Han}';
  // 不去了不去了 says one thing twice.
  const repeated = `(?<!${kind('between')})(?:(${han})${kind('between')}\\1|(${han}{2})(?<!${kind('ended')})${kind('between')}\\2)`;
  return {
    repeated: new RegExp(repeated, 'gu'),
    conditions: wordsOf(tables, 'repeated-verbs', 'condition'),
    noQuestion: new RegExp(`^(?:${kind('no-question')}|${repeated}${kind('whatever')})`, 'u'),
  };
}

/** The same hits with every repeated verb as a question, in the order of the text. */
export function withRepeatedVerbs(hits: Hits, text: string, patterns: RepeatedVerbPatterns): Hits {
  const { repeated, noQuestion, conditions } = patterns;
  const found: Hit[] = [];
  for (const match of text.matchAll(repeated)) {
    const start = match.index;
    const { length } = match[0];
    if (noQuestion.test(text.slice(start, start + LONGEST_NO_QUESTION))) continue;
    const verb = match[1] ?? match[2] ?? '';
    if (conditions.some((word) => text.includes(verb + word, start + length))) continue;
    found.push({ kind: 'asks', value: 'asks', start, end: start + length, weight: length });
    if (found.length >= MOST_TIMES) break;
  }
  if (found.length === 0) return hits;
  const asks = [...(hits.get('asks') ?? []), ...found].sort((one, other) => one.start - other.start);
  return new Map([...hits, ['asks', asks]]);
}
