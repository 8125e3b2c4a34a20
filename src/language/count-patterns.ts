/** The patterns by which people are counted, built from the table of count words. */
import type { NumberWords } from './number-words.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';

export interface CountPatterns {
  readonly numbers: NumberWords;
  readonly total: RegExp;
  readonly bigAndSmall: RegExp;
  readonly household: RegExp;
  readonly members: RegExp;
  readonly pairWord: RegExp;
  readonly people: RegExp;
  /** What can only be people: 三个人, 我和老伴, 就我一个; 两个 may be the second of a list. */
  readonly surelyPeople: RegExp;
  readonly alone: RegExp;
  readonly brought: RegExp;
  readonly company: RegExp;
  readonly companion: RegExp;
  /** 和我姨 after 带我妈: one more of them. */
  readonly further: RegExp;
  /** 我爱人和我: who comes is told before oneself. */
  readonly beforeSelf: RegExp;
  /** 我、我爱人、我丈母娘: told one by one. */
  readonly toldOneByOne: RegExp;
  /** 四个同事都想去: only others come. */
  readonly others: RegExp;
  /** 爸妈: two in a word. */
  readonly twoInOne: RegExp;
  /** 大人1个孩子2个. */
  readonly bigThenSmall: RegExp;
  /** 刘 between 对门 and 姐: both are one. */
  readonly surname: RegExp;
  /** 我和我家老李: one who is called by the surname. */
  readonly withNamed: RegExp;
  /** 我报名…，我媳妇也去. */
  readonly comesToo: RegExp;
  /** 就我一个人住, 家里就我: nobody else lives there. */
  readonly livesAlone: RegExp;
  /** 家里就我跟老伴, 我和老伴两个人住. */
  readonly livesWith: RegExp;
  /** 不是四口 beside 是三口人 is denied; 我跟老婆孩子商量好了 tells who was asked. Neither is counted. */
  readonly denied: RegExp;
  readonly plus: RegExp;
}

export function compileCountPatterns(tables: Tables, numbers: NumberWords): CountPatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'count-words', name));
  const number = `(\\d{1,3}|[${numbers.classText}]{1,3})`;
  const person = kind('person');
  const companion = kind('companion');
  // A few and no more: words that hold each other (只, 有, 只有) must not be tried in every order.
  const only = `(?:${kind('only')}){0,3}`;
  return {
    numbers,
    total: new RegExp(`${kind('total')}${kind('verb')}?\\s?${number}(?:${person}|(?=\\s|$|[,.;!]))`, 'g'),
    bigAndSmall: new RegExp(`${number}${kind('adult')}${kind('joint')}?\\s?${number}${kind('child')}`, 'g'),
    household: new RegExp(`${number}\\s?${kind('mouth')}`, 'g'),
    members: new RegExp(`${kind('members')}${only}[: ]{0,2}${number}(?:${person}|(?=\\s|$|[,.;!]))`, 'g'),
    pairWord: new RegExp(
      `(${kind('couple')})|${kind('we')}(?:${kind('family')})?([${[...numbers.pairs.keys()].join('')}])|${kind('pair-verb')}([${[...numbers.pairs.keys()].join('')}])(?=$|[\\s,.;!])|${kind('kin-group')}(${number.slice(1, -1)})(?!${kind('no-number')})(?:${person})?`,
      'g',
    ),
    people: new RegExp(
      `(?<![${numbers.classText}\\d+]|${kind('ordinal')})${number}\\s?(?:${person})(?!${companion}|${kind('not-people')})`,
      'g',
    ),
    surelyPeople: new RegExp(
      `(?<![${numbers.classText}\\d+]|${kind('ordinal')})${number}\\s?(?:${kind('surely-person')})(?!${kind('not-people')})|(?:${kind('self')}[, ]?)?${kind('and')}${kind('possessive')}?(?:[${numbers.classText}\\d]${kind('measure')}?)?${companion}|${kind('alone')}`,
      'g',
    ),
    ...companyPatterns(kind, {
      number,
      person,
      companion,
      only,
      surnames: oneOf(wordsOf(tables, 'surnames')),
      classText: numbers.classText,
    }),
    denied: new RegExp(
      `${kind('denied')}\\s?${number}\\s?(?:${kind('mouth')}|${person})?|(?:${kind('self')})?(?:${kind('and')})${kind('possessive')}?${companion}[^,.;!?\\n\\d]{0,6}?${kind('talk')}`,
      'g',
    ),
    plus: /(?:^|[^\d+])\+\s?(\d{1,2})(?!\d)/,
  };
}

interface Parts {
  readonly number: string;
  readonly person: string;
  readonly companion: string;
  readonly only: string;
  readonly surnames: string;
  readonly classText: string;
}

/** Who comes along or lives there, told by what they are to each other. */
function companyPatterns(
  kind: (name: string) => string,
  { number, person, companion, only, surnames, classText }: Parts,
) {
  const group = `(?:${number}(?:${person}|${kind('measure')})?)?`;
  return {
    alone: new RegExp(kind('alone')),
    brought: new RegExp(
      `${kind('bring')}\\s?${kind('possessive')}?(?:${number}(?!${kind('not-guests')})(?:${person}|${kind('measure')})?${kind('possessive')}?)?(${companion})?`,
    ),
    company: new RegExp(
      `(?:${kind('self')}[, ]?|(?<=^|[\\s,.;]))${kind('and')}((?:[^,.;!?\\n\\d]|,(?=${kind('possessive')}?${companion})){1,16})`,
    ),
    companion: new RegExp(`(?:([${classText}\\d])(?:${person}|${kind('measure')})?)?(${companion})`, 'g'),
    further: new RegExp(
      `^(?:(?:${kind('and')}|${kind('bring')})${kind('possessive')}?|${kind('possessive')})${group}(${companion})`,
    ),
    toldOneByOne: new RegExp(
      `${kind('oneself')}((?:,${kind('possessive')}?${group}${companion})+(?:(?:${kind('and')})${kind('possessive')}?${group}${companion})?)`,
    ),
    others: new RegExp(
      `(?:^|[\\s,.;])${kind('possessive')}?${number}(?:${person}|${kind('measure')})${companion}(?:${kind('all-of-them')})`,
    ),
    surname: new RegExp(`^${surnames}$`),
    twoInOne: new RegExp(`^${kind('pair-of-companions')}$`),
    bigThenSmall: new RegExp(
      `${kind('adult-noun')}${number}${kind('measure')}?[, ]?${kind('joint')}?${kind('child-noun')}${number}`,
      'g',
    ),
    beforeSelf: new RegExp(
      `(${companion}(?:(?:${kind('and')})${kind('possessive')}?${companion})*)(?:${kind('and')})${kind('oneself')}(?!${kind('not-oneself')})`,
    ),
    withNamed: new RegExp(
      `${kind('oneself')}${kind('and')}${kind('possessive')}?(?:${kind('called')})${surnames}(?=$|[,.;!\\s]|${kind('after-named')})`,
    ),
    comesToo: new RegExp(
      `${kind('signs')}.{0,40}?[,.;!\\s]${kind('possessive')}?${group}(${companion})(?:${kind('too')})`,
    ),
    livesAlone: new RegExp(
      `${kind('alone')}(?:${kind('living')})|${kind('members')}${only}${kind('alone')}(?!${kind('and')})|${kind('lone')}`,
    ),
    livesWith: new RegExp(
      `(?:${kind('members')}|${kind('only')})${only}${kind('oneself')}${kind('and')}([^,.;!?\\n]{1,10})(?=$|[,.;!\\s])|${kind('oneself')}${kind('and')}([^,.;!?\\n]{1,10}?)(?:${kind('living')})`,
    ),
  };
}
