/** Answers to the question the bot asked last, where it asked for more than a yes. */
import { matchActivity } from '../activity-slot.ts';
import { type ChoicePatterns, lastSaid, readChoices, readLetter } from '../choice-slot.ts';
import { maskFamily, maskPeople, readCounts } from '../count-slot.ts';
import { readDates } from '../date-slot.ts';
import type { IntentReader } from '../evidence.ts';
import { distinctValues } from '../habit-slot.ts';
import { readHouseholdAnswer } from '../household-slot.ts';
import { readNameAnswer } from '../name-slot.ts';
import { withDigits } from '../number-words.ts';
import { hears, hitsOf, prepareTitles, type Reading, unexplained, unexplainedOf } from '../reading.ts';
import { optionOfTime, optionsOfTime } from '../shift-time.ts';
import { MASK } from '../text-mask.ts';
import { readTimes } from '../time-slot.ts';
import { answerTo } from './answer-reader.ts';
import { asksLeave, family } from './pledge-intents.ts';

// Names, numbers and company are said in fewer characters.
const LONGEST_CHOICE = 60;
const CLAUSE_END = /[\n,.;:!?]/;
const LETTERS = ['A', 'B', 'C', 'D'] as const;

export const ANSWER_INTENTS: readonly IntentReader[] = [
  answerTo(['choose-habits'], 'pledge.make', (reading) => {
    const habits = chosenHabits(reading);
    return habits.length === 0 ? undefined : { habits, ...family(reading) };
  }),
  answerTo(['choose-shift'], 'choice', (reading) => {
    const numbers = chosenShifts(reading);
    if (numbers === undefined) return undefined;
    const party = partySaid(reading, numbers);
    return { numbers, ...(party === undefined ? {} : { party }) };
  }),
  answerTo(['quiz'], 'quiz.answer', (reading) => {
    const choice = chosenLetter(reading);
    return choice === undefined ? undefined : { choice };
  }),
  answerTo(['give-household'], 'household.give', (reading) => {
    const household = reading.household ?? readHouseholdAnswer(reading.text, reading.vocabulary.household);
    return household === undefined || hears(reading, 'asks') ? undefined : { household };
  }),
  answerTo(['give-name'], 'name.give', (reading) => {
    const name = givenName(reading);
    if (name === undefined) return undefined;
    return { name, ...(reading.phone === undefined ? {} : { phone: reading.phone }) };
  }),
  // Asked for a name, some say how many they are.
  answerTo(['give-name'], 'sign-up.join', (reading) => {
    const party = isOnlyParty(reading) ? reading.counts.party : undefined;
    return party === undefined || givenName(reading) !== undefined ? undefined : { party };
  }),
  answerTo(['choose-habits', 'choose-shift', 'give-household', 'give-name'], 'confirm', (reading) =>
    givesUp(reading) ? { yes: false } : undefined,
  ),
];

function givenName(reading: Reading): string | undefined {
  const name = readNameAnswer(reading.rest, reading.said, reading.hits.size > 0, reading.vocabulary.name);
  if (hears(reading, 'asks', 'emergency', 'tip')) return undefined;
  return hears(reading, ...NO_NAME) && unexplained(reading, ...NO_NAME) <= 1 ? undefined : name;
}

// 我叫黄伟明，多谢 gives a name, 多谢 gives none.
const NO_NAME = ['greet', 'thanks', 'no', 'yes', 'gives-up', 'undecided'] as const;

function isOnlyParty(reading: Reading): boolean {
  if (reading.text.length > LONGEST_CHOICE || hears(reading, 'asks', 'cancel', 'cancel-plainly')) return false;
  const { people, brought } = reading.vocabulary.count;
  const hide = (match: string): string => MASK.repeat(match.length);
  const rest = maskPeople(reading.rest, reading.vocabulary.count).replace(people, hide).replace(brought, hide);
  return unexplainedOf(reading, rest, 'filler', 'self', ...COMING) === 0;
}

const COMING = ['join', 'comes', 'own-family'] as const;

/** 算了不弄了, 打错了: the question is dropped. */
function givesUp(reading: Reading): boolean {
  return hears(reading, 'gives-up') && unexplained(reading, 'gives-up', 'no', 'thanks', 'self') === 0;
}

function chosenHabits(reading: Reading): string[] {
  const options = reading.open?.options ?? [];
  if (hears(reading, 'asks') || signsUp(reading)) return [];
  const named = distinctValues(reading.habits.habits);
  if (named.length > 0) return named;
  const text = maskFamily(reading.rest, reading.vocabulary.count);
  const numbers = readChoices(text, options.length, reading.vocabulary.choice) ?? [];
  return numbers.flatMap((number) => options[number - 1] ?? []);
}

/** 报名植树 is no habit where planting trees is an open activity. */
function signsUp(reading: Reading): boolean {
  const outright = [...hitsOf(reading, 'join-plainly'), ...hitsOf(reading, 'join-firm'), ...hitsOf(reading, 'comes')];
  const inHabit = outright.filter((hit) =>
    reading.habits.habits.some((habit) => habit.start <= hit.start && hit.end <= habit.end),
  );
  return outright.length > inHabit.length && reading.activity()?.open === true;
}

function chosenShifts(reading: Reading): number[] | undefined {
  const options = reading.open?.options ?? [];
  if (reading.text.length > LONGEST_CHOICE) return undefined;
  // 周三那个 is the one of Wednesday and not the third.
  const isTimed = reading.dates.length > 0 || readTimes(reading.rest, reading.vocabulary.time).length > 0;
  const ofDay = isTimed ? optionOfTime(reading, options) : undefined;
  if (ofDay !== undefined) return [ofDay + 1];
  const { choice, count } = reading.vocabulary;
  const several = allBut(reading.text, options, choice) ?? allOfTime(reading, options);
  if (several !== undefined) return several;
  const numbers = readChoices(lastSaid(maskPeople(reading.rest, count), choice), options.length, choice);
  if (numbers !== undefined) return numbers;
  if (hears(reading, 'asks', 'cancel', 'cancel-plainly') || reading.text.length > 30) return undefined;
  const named = severalNamed(reading.text, options, choice);
  if (named !== undefined) return named;
  const index = optionOfTime(reading, options) ?? matchOption(reading, options);
  return index === undefined ? undefined : [index + 1];
}

/** 除了周五都行; at least one is left, and at least one is not. */
function allBut(text: string, options: readonly string[], patterns: ChoicePatterns): number[] | undefined {
  const named = patterns.allBut.exec(text)?.[1] ?? patterns.unableBut.exec(text)?.[1];
  if (named === undefined) return undefined;
  const titles = options.map((option) => option.toLowerCase());
  const left = titles.flatMap((title, index) => (ownPairs(named, title, titles) > 0 ? [] : [index + 1]));
  return left.length === 0 || left.length === options.length ? undefined : left;
}

/** 周六全天都行: every option of that time. */
function allOfTime(reading: Reading, options: readonly string[]): number[] | undefined {
  if (!reading.vocabulary.choice.all.test(reading.text)) return undefined;
  const fitting = optionsOfTime(reading, options);
  return fitting.length === 0 ? undefined : fitting.map((index) => index + 1);
}

/** 河边和公园, and not a word besides. */
function severalNamed(
  text: string,
  options: readonly string[],
  { filler, joint }: ChoicePatterns,
): number[] | undefined {
  if (!joint.test(text)) return undefined;
  const titles = options.map((option) => option.toLowerCase());
  const named = titles.flatMap((title, index) => (ownPairs(text, title, titles) > 0 ? [index + 1] : []));
  const own = new Set(titles.join(''));
  const left = [...text.replace(filler, '')].filter((letter) => !own.has(letter));
  return named.length > 1 && left.length === 0 ? named : undefined;
}

/** Only what cannot be the number of a line, and not what is told of another day: 周日那个，周六要带孙子. */
function partySaid(reading: Reading, numbers: readonly number[]): number | undefined {
  const { count, date } = reading.vocabulary;
  const chosen = numbers.map((number) => reading.open?.options?.[number - 1] ?? '').join();
  const clauses = reading.rest.split(CLAUSE_END).filter((clause) => {
    const weekdays = readDates(clause, reading.at, date).filter(({ isBareWeekday }) => isBareWeekday);
    const days = weekdays.map(({ start, end }) => clause.slice(start, end));
    return days.every((day) => chosen.includes(day));
  });
  const rest = clauses.join(',');
  return maskPeople(rest, count) === rest ? undefined : readCounts(rest, count).party;
}

/** The option whose own characters the message holds most; characters that all options share do not count. */
function matchOption(reading: Reading, options: readonly string[]): number | undefined {
  const titles = prepareTitles(options, reading.vocabulary);
  const scores = titles.map((title) =>
    ownPairs(
      reading.text,
      title.text,
      titles.map(({ text }) => text),
    ),
  );
  const best = Math.max(0, ...scores);
  if (best > 0 && scores.filter((score) => score === best).length === 1) return scores.indexOf(best);
  const title = matchActivity(reading.text, reading.hits, titles, reading.vocabulary.activity)?.title;
  return title === undefined ? undefined : options.indexOf(title);
}

function ownPairs(text: string, title: string, all: readonly string[]): number {
  let score = 0;
  for (let at = 0; at + 2 <= title.length; at += 1) {
    const pair = title.slice(at, at + 2);
    const shared = all.filter((other) => other.includes(pair)).length;
    if (shared < all.length && text.includes(pair)) score += 1 / shared;
  }
  return score;
}

function chosenLetter(reading: Reading): string | undefined {
  const options = reading.open?.options ?? [];
  if (reading.text.length > 40 || hears(reading, 'pledge')) return undefined;
  const { choice, numbers } = reading.vocabulary;
  const named = options.flatMap((option, index) => (isOptionAlone(reading.text, option, choice) ? [index] : []));
  if (named.length === 1) return LETTERS[named[0] ?? 0];
  if (hears(reading, 'waste-ask')) return undefined;
  const said = lastSaid(reading.text, choice);
  const chosenLetters = said.split(CLAUSE_END).flatMap((clause) => readLetter(clause, choice) ?? []);
  if (new Set(chosenLetters).size === 1) return chosenLetters[0];
  const chosen = readChoices(said, Math.max(options.length, 4), choice);
  if (chosen?.length === 1) return LETTERS[(chosen[0] ?? 0) - 1];
  if (hears(reading, 'asks') && !asksLeave(reading)) return undefined;
  const text = withDigits(said, numbers);
  const texts = options.map((option) => withDigits(option.toLowerCase(), numbers));
  const told = texts.flatMap((option, index) => (optionNamed(text, option) ? [index] : []));
  if (told.length === 1) return LETTERS[told[0] ?? 0];
  const letters = onlyLetters(text, choice);
  const part = texts.flatMap((option, index) => (letters !== '' && option.includes(letters) ? [index] : []));
  return part.length === 1 && !hears(reading, 'yes', 'no') ? LETTERS[part[0] ?? 0] : undefined;
}

/** 红的吧 for 红桶: what is left when the words that say nothing are taken away. */
function onlyLetters(text: string, { filler }: ChoicePatterns): string {
  return text.replace(filler, '').replace(/[^\p{Letter}\p{Number}]/gu, '');
}

/** 应该是有害垃圾吧 is an answer, and no question about a thing. */
function isOptionAlone(text: string, option: string, { filler }: ChoicePatterns): boolean {
  const words = option.toLowerCase();
  return text.includes(words) && text.replace(words, '').replace(filler, '') === '';
}

/** The option in full, or its first two characters: 厨余 for 厨余垃圾. */
function optionNamed(text: string, option: string): boolean {
  const words = option.toLowerCase();
  return text.includes(words) || (words.length >= 4 && text.includes(words.slice(0, -2)));
}
