/** Knows a person of a list by how they are called: 马大爷, 老李, 孙丽; and the line a messenger puts before what they said. */
import { type HouseholdPatterns, readHousehold } from './household-slot.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';

export interface PersonPatterns {
  readonly household: HouseholdPatterns;
  /** 马大爷, 老李, 王建国师傅: nobody takes it for a word. */
  readonly titled: RegExp;
  /** 孙丽: a surname and one or two characters, as many words have them too. */
  readonly named: RegExp;
  readonly notName: RegExp;
  /** 李秀英 of 代我妈李秀英报. */
  readonly reportedFor: RegExp;
  /** 代报: in front of the name. */
  readonly onBehalf: RegExp;
}

// 阳光花园3栋2单元501王阿姨 and not a sentence.
const LONGEST_SENDER = 24;

export function compilePersonPatterns(tables: Tables, household: HouseholdPatterns): PersonPatterns {
  const name = (kind: string): string => oneOf(wordsOf(tables, 'name-words', kind));
  const list = (kind: string): string => oneOf(wordsOf(tables, 'chain-words', kind));
  const surname = oneOf([...wordsOf(tables, 'surnames')]);
  const han = '\\p{Script=Han}';
  const titled = `(?:${name('nick')}${surname}|${name('nick')}?${surname}${han}{0,2}${name('title')})`;
  const named = `${surname}${han}{1,2}`;
  return {
    household,
    titled: new RegExp(`^${titled}$`, 'u'),
    named: new RegExp(`^${named}$`, 'u'),
    notName: new RegExp(`${name('not-name')}|${list('remark')}`, 'u'),
    reportedFor: new RegExp(`${list('for')}${han}{0,6}?(?<name>${titled}|${named})${list('reported')}`, 'du'),
    onBehalf: new RegExp(`^\\s*(${list('for')}${list('reported')})(?:[: ]|$)`, 'u'),
  };
}

export function isTitled(word: string, { titled }: PersonPatterns): boolean {
  return titled.test(word);
}

export function isPerson(word: string, { titled, named, notName }: PersonPatterns): boolean {
  return titled.test(word) || (named.test(word) && !notName.test(word));
}

/**
 * How long 「王阿姨 3-2-501:」 at the start of a line is, or 0. A chat that was copied has such a line over each message;
 * 「时间:」 begins like a name too, so a title or a door is asked for.
 */
export function senderLength(text: string, patterns: PersonPatterns): number {
  const colon = text.indexOf(':');
  if (colon < 2 || colon > LONGEST_SENDER) return 0;
  const head = text.slice(0, colon);
  const { household, rest } = readHousehold(head, head, patterns.household);
  const [word = '', ...more] = rest.split(/[\s\ue000]+/u).filter((part) => part !== '');
  if (more.length > 0 || word === '') return 0;
  const isOne = isTitled(word, patterns) || (household?.room !== undefined && isPerson(word, patterns));
  return isOne ? colon + 1 : 0;
}
