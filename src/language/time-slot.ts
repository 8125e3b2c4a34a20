/** Reads a time of day (早上9点, 下午2点半, 14:30, 明早8点) as HH:MM. */
import { matchesOf } from '../lib/matches.ts';
import { type NumberWords, readNumber } from './number-words.ts';
import { oneOf, type Tables, valuesOf, wordsOf } from './tables.ts';
import type { Span } from './text-mask.ts';

export interface TimePatterns {
  readonly numbers: NumberWords;
  readonly any: RegExp;
  /** Word → `am`, `noon` or `pm`. */
  readonly dayParts: ReadonlyMap<string, string>;
  /** 半, 一刻 → minutes. */
  readonly fractions: ReadonlyMap<string, number>;
}

export interface TimeReading extends Span {
  readonly time: string;
}

export function compileTimePatterns(tables: Tables, numbers: NumberWords): TimePatterns {
  const dayParts = valuesOf(tables, 'calendar', 'day-part');
  const fractions = new Map(
    [...valuesOf(tables, 'calendar', 'fraction')].map(([word, value]) => [word, Number(value)]),
  );
  const kind = (name: string): string => oneOf(wordsOf(tables, 'calendar', name));
  const number = `(?:\\d{1,2}|[${numbers.classText}]{1,3})`;
  const part = `(?<part>${oneOf(dayParts.keys())})?\\s?`;
  const minutes = `(?:(?<fraction>${oneOf(fractions.keys())})|(?<minute>${number})${kind('minute-word')}?|${kind('sharp')})?`;
  const worded = `(?<!\\d|\\d\\.)(?<hour>${number})${kind('hour-word')}(?!${kind('not-an-hour')})${minutes}`;
  const clock = '(?<![\\d:])(?<clockHour>[01]?\\d|2[0-4]):(?<clockMinute>[0-5]\\d)(?![\\d:])';
  return { numbers, any: new RegExp(`${part}(?:${worded}|${clock})`, 'g'), dayParts, fractions };
}

export function readTimes(text: string, patterns: TimePatterns): TimeReading[] {
  const found: TimeReading[] = [];
  for (const match of matchesOf(text, patterns.any)) {
    const time = timeOf(match.groups ?? {}, patterns);
    if (time !== undefined) found.push({ time, start: match.index, end: match.index + match[0].length });
  }
  return found;
}

function timeOf(groups: Readonly<Record<string, string | undefined>>, patterns: TimePatterns): string | undefined {
  const hour = readNumber(groups.hour ?? groups.clockHour ?? '', patterns.numbers);
  const said = groups.minute ?? groups.clockMinute;
  const minute =
    said === undefined ? (patterns.fractions.get(groups.fraction ?? '') ?? 0) : readNumber(said, patterns.numbers);
  if (hour === undefined || minute === undefined || hour > 24 || minute > 59) return undefined;
  const full = fullHour(hour, patterns.dayParts.get(groups.part ?? ''));
  return `${String(full % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function fullHour(hour: number, part: string | undefined): number {
  if (part === 'pm' && hour < 12) return hour + 12;
  // 中午1点 is 13:00, 中午12点 and 中午11点 are what they say.
  if (part === 'noon' && hour < 4) return hour + 12;
  return hour;
}
