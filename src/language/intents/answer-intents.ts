/** Answers to the question the bot asked last. They weigh more than anything but another clear request. */
import type { QuestionKind, Slots } from '../../model/understanding.ts';
import { matchActivity } from '../activity-slot.ts';
import { readChoices, readLetter } from '../choice-slot.ts';
import { maskFamily } from '../count-slot.ts';
import { type IntentReader, reasons } from '../evidence.ts';
import { distinctValues } from '../habit-slot.ts';
import { readNameAnswer } from '../name-slot.ts';
import { hears, hitsOf, prepareTitles, type Reading, unexplained } from '../reading.ts';
import { family } from './pledge-intents.ts';

const ANSWER_WEIGHT = 6;
const SHORT_ANSWER = 20;
const LETTERS = ['A', 'B', 'C', 'D'] as const;

export const ANSWER_INTENTS: readonly IntentReader[] = [
  answerTo('choose-habits', 'pledge.make', (reading) => {
    const habits = chosenHabits(reading);
    return habits.length === 0 ? undefined : { habits, ...family(reading) };
  }),
  answerTo('choose-shift', 'choice', (reading) => {
    const numbers = chosenShifts(reading);
    return numbers === undefined ? undefined : { numbers };
  }),
  answerTo('quiz', 'quiz.answer', (reading) => {
    const choice = chosenLetter(reading);
    return choice === undefined ? undefined : { choice };
  }),
  answerTo('confirm', 'confirm', (reading) => {
    const yes = saysYes(reading);
    return yes === undefined ? undefined : { yes };
  }),
  answerTo('give-household', 'household.give', (reading) => {
    const household = reading.household ?? spacedHousehold(reading.text);
    return household === undefined || hears(reading, 'asks') ? undefined : { household };
  }),
  answerTo('give-name', 'name.give', (reading) => {
    const name = readNameAnswer(reading.rest, reading.said, reading.hits.size > 0, reading.vocabulary.name);
    return name === undefined || hears(reading, 'asks', 'greet', 'thanks', 'no') ? undefined : { name };
  }),
];

/** One way to answer one kind of question; `answer` gives the slots, or nothing where the message is no answer. */
function answerTo(
  kind: QuestionKind,
  intent: IntentReader['intent'],
  answer: (reading: Reading) => Slots | undefined,
): IntentReader {
  const isOpen = (reading: Reading): boolean => reading.open?.kind === kind;
  return {
    intent,
    weigh: (reading) =>
      isOpen(reading) ? reasons([answer(reading) !== undefined, ANSWER_WEIGHT, `answers ${kind}`]) : [],
    slots: (reading) => answer(reading) ?? {},
    overheard: isOpen,
  };
}

function chosenHabits(reading: Reading): string[] {
  const options = reading.open?.options ?? [];
  if (hears(reading, 'asks')) return [];
  const named = distinctValues(reading.habits.habits);
  if (named.length > 0) return named;
  const text = maskFamily(reading.rest, reading.vocabulary.count);
  const numbers = readChoices(text, options.length, reading.vocabulary.choice) ?? [];
  return numbers.flatMap((number) => options[number - 1] ?? []);
}

function chosenShifts(reading: Reading): number[] | undefined {
  const options = reading.open?.options ?? [];
  const numbers = readChoices(reading.rest, options.length, reading.vocabulary.choice);
  if (numbers !== undefined) return numbers;
  if (hears(reading, 'asks', 'cancel', 'cancel-plainly') || reading.text.length > 30) return undefined;
  const index = matchOption(reading, options);
  return index === undefined ? undefined : [index + 1];
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
  if (reading.text.length > 40 || hears(reading, 'waste-ask', 'pledge')) return undefined;
  const letter = readLetter(reading.text, reading.vocabulary.choice);
  if (letter !== undefined) return letter;
  const numbers = readChoices(reading.text, Math.max(options.length, 4), reading.vocabulary.choice);
  if (numbers?.length === 1) return LETTERS[(numbers[0] ?? 0) - 1];
  const named = options.flatMap((option, index) => (optionNamed(reading.text, option) ? [index] : []));
  return named.length === 1 ? LETTERS[named[0] ?? 0] : undefined;
}

/** The option in full, or its first two characters: 厨余 for 厨余垃圾. */
function optionNamed(text: string, option: string): boolean {
  const words = option.toLowerCase();
  return text.includes(words) || (words.length >= 4 && text.includes(words.slice(0, -2)));
}

/** The first word of agreement or refusal decides, where little else is said: 不是，是502. */
function saysYes(reading: Reading): boolean | undefined {
  if (hears(reading, 'asks')) return undefined;
  const bare = reading.text.replace(/[\s,.!]/g, '');
  if (bare === '1' || bare === '2') return bare === '1';
  const hits = [
    ...hitsOf(reading, 'yes').map((hit) => ({ ...hit, yes: true })),
    ...hitsOf(reading, 'agree').map((hit) => ({ ...hit, yes: true })),
    ...hitsOf(reading, 'no').map((hit) => ({ ...hit, yes: false })),
    ...hitsOf(reading, 'disagree').map((hit) => ({ ...hit, yes: false })),
  ];
  const first = hits.sort((a, b) => a.start - b.start || b.weight - a.weight)[0];
  if (first === undefined) return undefined;
  const left = unexplained(reading, 'yes', 'no', 'agree', 'disagree', 'thanks', 'self');
  const ends = /^(?:$|[\s,.!\n])/.test(reading.text.slice(first.end));
  // A correction begins with a plain no: 不是三口，是四口.
  const leads = first.start <= 1 && (ends || (!first.yes && first.weight > 1 && reading.text.length <= SHORT_ANSWER));
  return left <= 3 || leads ? first.yes : undefined;
}

/** 「3 2 501」 and a bare 「501」 are addresses only when the bot has just asked for one. */
function spacedHousehold(text: string): Slots['household'] {
  const match = /^\s*(?:(\d{1,3})[\s,.]+)?(?:(\d{1,2})[\s,.]+)?(\d{3,4})\s*$/.exec(text);
  if (match === null) return undefined;
  const [, building, unit, room] = match;
  return {
    ...(building === undefined ? {} : { building }),
    ...(unit === undefined ? {} : { unit }),
    ...(room === undefined ? {} : { room }),
  };
}
