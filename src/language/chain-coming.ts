/** Whether a line of a list says that somebody does not come, or leaves it open: 来不了了, 取消, 待定, ~~孙红~~. */
import { oneOf, type Tables, wordsOf } from './tables.ts';

export interface ComingPatterns {
  readonly absent: RegExp;
  readonly undecided: RegExp;
  /** 老伴来不了: somebody who was to come along. */
  readonly guestAbsent: RegExp;
}

// Two tildes on each side strike out; one is how people adorn their names.
const STRUCK = /~~[^~]+~~/;

export function compileComingPatterns(tables: Tables): ComingPatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'chain-words', name));
  const companion = oneOf(wordsOf(tables, 'count-words', 'companion'));
  return {
    absent: new RegExp(`(?<!${kind('unless')}[^\\s,.;]{0,6})${kind('absent')}`),
    undecided: new RegExp(kind('undecided')),
    guestAbsent: new RegExp(`${companion}[^\\s,.;]{0,3}${kind('absent')}`),
  };
}

/** Nothing where it says neither: who writes their name comes. */
export function readComing(text: string, patterns: ComingPatterns): 'no' | 'unsure' | undefined {
  if (patterns.undecided.test(text) || patterns.guestAbsent.test(text)) return 'unsure';
  return STRUCK.test(text) || patterns.absent.test(text) ? 'no' : undefined;
}

/** 刘洋 of 刘洋来不了了: where the words about coming begin in a token, or its end. */
export function nameEnd(token: string, { absent, undecided }: ComingPatterns): number {
  const starts = [absent, undecided].map((pattern) => pattern.exec(token)?.index ?? token.length);
  return Math.min(...starts);
}
