/** Finds the option meant by its day or its hour: 周日的, 下午那场, 10点的. */
import { maskPeople } from './count-slot.ts';
import { readDates } from './date-slot.ts';
import { type Reading, unexplainedOf } from './reading.ts';
import { MASK, maskSpan, maskSpans, type Span } from './text-mask.ts';
import { readTimes } from './time-slot.ts';
import type { Vocabulary } from './vocabulary.ts';

/** When something is said to be; what was not said is absent. */
interface When {
  readonly dates: ReadonlySet<string>;
  readonly times: readonly string[];
  readonly part: string | undefined;
}

const LONGEST_ANSWER = 30;
const NOON_HOUR = 12;
const HALF_DAY_HOURS = 12;

/** The one option that fits the day and the hour said; undefined where none was said, or more, or several fit. */
export function optionOfTime(reading: Reading, options: readonly string[]): number | undefined {
  if (reading.text.length > LONGEST_ANSWER) return undefined;
  const clauses = clausesOf(reading.text);
  const told = [{ start: 0, end: reading.text.length }, ...clauses].flatMap((clause) => {
    const index = optionOfClause(reading, clause, options);
    return index === undefined ? [] : [index];
  });
  return new Set(told).size === 1 ? told[0] : undefined;
}

/** 上午的都行: every option that fits one clause; none where all do, as then nothing was told apart. */
export function optionsOfTime(reading: Reading, options: readonly string[]): readonly number[] {
  if (reading.text.length > LONGEST_ANSWER) return [];
  const clauses = clausesOf(reading.text).map((clause) => fittingClause(reading, clause, options));
  return clauses.find((fitting) => fitting.length > 0 && fitting.length < options.length) ?? [];
}

/** 晚上那个吧，白天要带孙子: one clause may choose and another say why. */
function clausesOf(text: string): Span[] {
  return [...text.matchAll(/[^\n,.;!]+/g)].map(({ index, 0: words }) => ({ start: index, end: index + words.length }));
}

function optionOfClause(reading: Reading, clause: Span, options: readonly string[]): number | undefined {
  const fitting = fittingClause(reading, clause, options);
  return fitting.length === 1 ? fitting[0] : undefined;
}

function fittingClause(reading: Reading, clause: Span, options: readonly string[]): number[] {
  const { at, vocabulary } = reading;
  const text = reading.text.slice(clause.start, clause.end);
  const wanted = whenOf(text, at, vocabulary);
  if (wanted.dates.size === 0 && wanted.times.length === 0 && wanted.part === undefined) return [];
  const fitting = options.flatMap((option, index) =>
    fits(wanted, whenOf(option.toLowerCase(), at, vocabulary)) ? [index] : [],
  );
  return fitting.length > 0 && lettersLeft(reading, clause, options.join('')) === 0 ? fitting : [];
}

/** 下午没空 tells of an afternoon and chooses none. */
function lettersLeft(reading: Reading, clause: Span, titles: string): number {
  const { date, time, count, activity, choice } = reading.vocabulary;
  const people = maskPeople(onlySpan(reading.rest, clause), count);
  const spans = [...readDates(people, reading.at, date), ...readTimes(people, time)];
  const parts = [...time.dayParts.keys()].sort((a, b) => b.length - a.length);
  const hide = (match: string): string => MASK.repeat(match.length);
  const timed = parts.reduce((rest, part) => rest.replace(part, hide), maskSpans(people, spans));
  const bare = timed.replace(activity.ofDayWords, hide).replace(choice.filler, hide);
  const rest = [...bare].map((letter) => (titles.includes(letter) ? MASK : letter));
  return unexplainedOf(reading, rest.join(''), 'filler', 'self', 'join', 'join-plainly', 'comes', 'thanks', 'yes');
}

function onlySpan(text: string, { start, end }: Span): string {
  return maskSpan(maskSpan(text, { start: 0, end: start }), { start: end, end: text.length });
}

function whenOf(text: string, at: string, { date, time }: Vocabulary): When {
  const times = readTimes(text, time).map((reading) => reading.time);
  const word = [...time.dayParts.keys()].filter((part) => text.includes(part)).sort((a, b) => b.length - a.length)[0];
  const half = word === undefined ? undefined : time.dayParts.get(word);
  const [first] = times;
  return {
    dates: new Set(readDates(text, at, date).map((reading) => reading.date)),
    times,
    part: half ?? (first === undefined ? undefined : hourOf(first) < NOON_HOUR ? 'am' : 'pm'),
  };
}

function fits(wanted: When, option: When): boolean {
  if (wanted.dates.size > 0 && ![...wanted.dates].some((date) => option.dates.has(date))) return false;
  const [hour] = wanted.times;
  if (hour === undefined) return wanted.part === undefined || wanted.part === option.part;
  // 2点那场 is at 14:00 where nothing is at 02:00.
  const said = [hourOf(hour), (hourOf(hour) + HALF_DAY_HOURS) % (2 * HALF_DAY_HOURS)];
  const [starts] = option.times;
  return starts !== undefined && said.includes(hourOf(starts)) && starts.slice(3) === hour.slice(3);
}

function hourOf(time: string): number {
  return Number(time.slice(0, 2));
}
