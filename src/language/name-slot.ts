/** Reads the name a person gives: 我叫王秀英, 姓名田桂花, or a name standing alone between stops. */
import { matchesOf } from '../lib/matches.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';
import { maskSpan, type Span } from './text-mask.ts';

export interface NamePatterns {
  readonly introduced: RegExp;
  /** 我是 introduces anything; only a name with a surname is believed. */
  readonly weaklyIntroduced: RegExp;
  /** 我是二单元的陈素芬: a name with a surname, at the end of what one says of oneself. */
  readonly placed: RegExp;
  readonly alone: RegExp;
  /** 帕提古丽, 扎西次仁, 其其格: names of other peoples, known by how they begin or end. */
  readonly unsurnamed: RegExp;
  readonly surname: RegExp;
  readonly stop: RegExp;
  readonly notName: RegExp;
  /** 周天有空 begins with a day although 周 is a surname; only who says 我叫周天成 is believed. */
  readonly day: RegExp;
  readonly title: RegExp;
  /** 写欧阳雪梅就行: what may stand around the name that was asked for. */
  readonly frame: RegExp;
  /** 王姐：…, as words of somebody else are passed on. */
  readonly speaker: RegExp;
}

export interface NameReading extends Span {
  readonly name: string;
}

// 阿卜杜热合曼·买买提明江: the long names of Xinjiang.
const LONGEST_NAME = 16;
const BARE_NAME = /^[\s,.!]*(\p{Script=Han}{2,5}|[\p{Script=Han}·]{5,16}|[a-z][a-z .]{1,20})[\s,.!]*$/u;

export function compileNamePatterns(tables: Tables): NamePatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'name-words', name));
  const surname = oneOf([...wordsOf(tables, 'surnames')]);
  const han = '\\p{Script=Han}';
  const dotted = `${han}{1,8}(?:[·•.]${han}{1,8}){1,2}`;
  const unsurnamed = `(?:${han}{0,6}${kind('given-end')}|${kind('given-start')}${han}{1,6})`;
  const full = `(?:(?:${kind('nick')})?${surname}${kind('title')}|${kind('nick')}${surname}|${unsurnamed}|${surname}${han}{1,2})`;
  const nick = `${kind('nick')}${han}{1,2}|${surname}${kind('title')}`;
  const name = `[: ]{0,2}(?<name>${dotted}|${han}{1,${LONGEST_NAME}}|[a-z][a-z ]{1,20}[a-z])`;
  return {
    introduced: new RegExp(`${kind('introduce')}${name}`, 'gu'),
    weaklyIntroduced: new RegExp(`${kind('introduce-weakly')}${name}`, 'gu'),
    placed: new RegExp(
      `${kind('introduce-weakly')}[^,.;:!?\\n]{1,12}?${kind('of')}(?<name>${full})(?=$|[\\s,.;:!?()]|\\ue000|${kind('particle')}(?:$|[\\s,.;!]))`,
      'gu',
    ),
    unsurnamed: new RegExp(`^${unsurnamed}$`, 'u'),
    alone: new RegExp(
      `(?<=^|[\\s,.;:!?()]|\\ue000)(?<name>${dotted}|${nick}|${unsurnamed}|${surname}${han}{1,2})(?=$|[\\s,.;:!?()]|\\ue000|\\d)`,
      'gu',
    ),
    surname: new RegExp(`^(?:${kind('nick')}${han}{1,2}|${surname}${kind('title')}|${surname}${han}{1,2})`, 'u'),
    stop: new RegExp(kind('stop'), 'u'),
    notName: new RegExp(kind('not-name'), 'u'),
    day: new RegExp(`^${kind('day')}`, 'u'),
    speaker: new RegExp(`^(?<name>${nick}|${surname}${han}{1,2}):`, 'u'),
    title: new RegExp(`^${kind('bare-title')}$`, 'u'),
    frame: new RegExp(
      `^[\\s,.!]*(?:${kind('answer-around')}){0,3}${kind('answer-front')}(?:${kind('answer-around')}){0,2}[: ]?(?<name>${han}{2,5}?)(?:${kind('answer-back')})*[\\s,.!]*$`,
      'u',
    ),
  };
}

/** The introduced name first, then one that stands alone. `text` has phones and households hidden. */
export function readName(text: string, said: string, patterns: NamePatterns): NameReading | undefined {
  return (
    introducedName(text, said, patterns.introduced, false, patterns) ??
    introducedName(text, said, patterns.weaklyIntroduced, true, patterns) ??
    firstName(text, said, patterns.placed, patterns) ??
    firstName(text, said, patterns.alone, patterns)
  );
}

function introducedName(
  text: string,
  said: string,
  pattern: RegExp,
  needsSurname: boolean,
  patterns: NamePatterns,
): NameReading | undefined {
  for (const match of matchesOf(text, pattern)) {
    const run = match.groups?.name ?? '';
    const name = cutName(run, needsSurname, patterns);
    if (name === '') continue;
    const start = match.index + match[0].length - run.length;
    return { name: said.slice(start, start + name.length), start, end: start + name.length };
  }
  return undefined;
}

function firstName(text: string, said: string, pattern: RegExp, patterns: NamePatterns): NameReading | undefined {
  for (const match of matchesOf(text, pattern)) {
    const name = match.groups?.name ?? '';
    if (patterns.notName.test(name) || patterns.title.test(name) || patterns.day.test(name)) continue;
    const start = match.index + match[0].length - name.length;
    return { name: said.slice(start, start + name.length), start, end: start + name.length };
  }
  return undefined;
}

/** An answer to "what is your name": introduced, with a surname, or a name of another people that is no known word. */
export function readNameAnswer(
  text: string,
  said: string,
  knownWords: boolean,
  patterns: NamePatterns,
): string | undefined {
  const introduced = readName(text, said, patterns);
  if (introduced !== undefined) return introduced.name;
  const framed = patterns.frame.exec(text)?.groups?.name;
  const name = framed ?? BARE_NAME.exec(text)?.[1]?.trim();
  if (name === undefined || (framed === undefined && knownWords) || patterns.notName.test(name)) return undefined;
  if (patterns.day.exec(name)?.[0] === name) return undefined;
  const start = text.indexOf(name);
  return said.slice(start, start + name.length);
}

/** Whether the message begins with a name and a colon: what follows is that person's. */
export function quotesSomeone(text: string, patterns: NamePatterns): boolean {
  const name = patterns.speaker.exec(text)?.groups?.name;
  return name !== undefined && !patterns.notName.test(name);
}

export function maskName(text: string, reading: NameReading | undefined): string {
  return reading === undefined ? text : maskSpan(text, reading);
}

/** From a run without stops, the part that is a name: 王秀英电话138… → 王秀英. */
function cutName(run: string, needsSurname: boolean, patterns: NamePatterns): string {
  // A name has two characters or more, and 李想 and 李和平 hold words that would end it.
  const stop = patterns.stop.exec(run.slice(2));
  const head = (stop === null ? run : run.slice(0, 2 + stop.index)).trim();
  if (patterns.stop.exec(run)?.index === 0) return '';
  if (needsSurname && patterns.day.test(head)) return '';
  if (/[·•.a-z]/.test(head) || patterns.unsurnamed.test(head)) return head;
  const name = patterns.surname.exec(head)?.[0];
  if (name === undefined && (needsSurname || head.length > 4)) return '';
  const cut = name !== undefined && (head.length >= 4 || needsSurname) ? name : head;
  return cut.length < 2 || patterns.notName.test(cut) || patterns.title.test(cut) ? '' : cut;
}
