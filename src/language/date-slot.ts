/** Reads calendar days (明天, 下周六, 4月12号, 礼拜天) as YYYY-MM-DD, worked out from when the message was sent. */
import { matchesOf } from '../lib/matches.ts';
import { type NumberWords, readNumber } from './number-words.ts';
import { oneOf, type Tables, valuesOf, wordsOf } from './tables.ts';
import type { Span } from './text-mask.ts';

export interface DatePatterns {
  readonly numbers: NumberWords;
  readonly any: RegExp;
  readonly relative: ReadonlyMap<string, number>;
  readonly weeks: ReadonlyMap<string, number>;
  readonly weekdays: ReadonlyMap<string, number>;
}

export interface DateReading extends Span {
  readonly date: string;
  /** 周六 without a word for the week: said on a Saturday it may mean today, which only whoever knows what is on can tell. */
  readonly isBareWeekday: boolean;
}

const DAY_MS = 86_400_000;
// Asia/Shanghai has been UTC+8 without summer time since September 1991 (IANA tzdata, zone Asia/Shanghai), and no
// message is older, so a constant is exact and no time-zone table is needed.
const SHANGHAI_MS = 8 * 3_600_000;

export function compileDatePatterns(tables: Tables, numbers: NumberWords): DatePatterns {
  const relative = numbersByWord(valuesOf(tables, 'calendar', 'relative'));
  const weeks = numbersByWord(valuesOf(tables, 'calendar', 'week'));
  const weekdays = numbersByWord(valuesOf(tables, 'calendar', 'weekday'));
  const kind = (name: string): string => oneOf(wordsOf(tables, 'calendar', name));
  const number = `(?:\\d{1,2}|[${numbers.classText}]{1,3})`;
  const week = `(?<week>${oneOf(weeks.keys())})?${kind('of')}?${kind('week-word')}(?<weekday>${oneOf(weekdays.keys())})`;
  const monthDay = `(?:(?<year>\\d{4})${kind('year-word')})?(?<month>${number})${kind('month-word')}\\s?(?<day>${number})${kind('day-word')}?`;
  const dayOnly = `(?<![\\d${numbers.classText}-]|\\d\\.)(?<alone>${number})${kind('day-word')}(?!${kind('not-a-day')})`;
  const iso = '(?<iso>\\b20\\d\\d[-/.]\\d{1,2}[-/.]\\d{1,2}\\b)';
  const slash = '(?<![\\d/-]|\\d\\.)(?<slashMonth>1[0-2]|0?[1-9])[/.](?<slashDay>3[01]|[12]\\d|0?[1-9])(?![\\d./%])';
  const any = [`(?<relative>${oneOf(relative.keys())})`, week, monthDay, iso, slash, dayOnly].join('|');
  return { numbers, any: new RegExp(any, 'g'), relative, weeks, weekdays };
}

/** Every day named in the text; none where `at` is not a time. */
export function readDates(text: string, at: string, patterns: DatePatterns): DateReading[] {
  const now = Date.parse(at);
  if (Number.isNaN(now)) return [];
  // Days are counted from the epoch in Shanghai; 1970-01-01 was a Thursday.
  const today = Math.floor((now + SHANGHAI_MS) / DAY_MS);
  const found: DateReading[] = [];
  for (const match of matchesOf(text, patterns.any)) {
    const day = dayOf(match.groups ?? {}, today, patterns);
    if (day === undefined) continue;
    found.push({
      date: isoDate(day),
      isBareWeekday: isBareWeekday(match.groups ?? {}),
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return found;
}

export function shanghaiToday(at: string): string | undefined {
  const now = Date.parse(at);
  return Number.isNaN(now) ? undefined : isoDate(Math.floor((now + SHANGHAI_MS) / DAY_MS));
}

function isBareWeekday({ weekday, week }: Groups): boolean {
  return weekday !== undefined && week === undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

function dayOf(groups: Groups, today: number, patterns: DatePatterns): number | undefined {
  if (groups.relative !== undefined) return today + (patterns.relative.get(groups.relative) ?? 0);
  if (groups.weekday !== undefined) return weekdayOf(groups.week, groups.weekday, today, patterns);
  if (groups.iso !== undefined) {
    const [year = 0, month = 0, day = 0] = groups.iso.split(/[-/.]/).map(Number);
    return dayNumber(year, month, day);
  }
  const month = readPart(groups.month ?? groups.slashMonth, patterns);
  const day = readPart(groups.day ?? groups.slashDay, patterns);
  if (month !== undefined && day !== undefined) return monthDayOf(readPart(groups.year, patterns), month, day, today);
  const alone = readPart(groups.alone, patterns);
  return alone === undefined ? undefined : nextDayOfMonth(alone, today);
}

/** A bare weekday is the next one ahead; with a word for the week it is counted in weeks that begin on Monday. */
function weekdayOf(week: string | undefined, name: string, today: number, patterns: DatePatterns): number {
  const weekday = patterns.weekdays.get(name) ?? 1;
  const todayWeekday = ((today + 3) % 7) + 1;
  if (week === undefined) return today + ((weekday - todayWeekday + 7) % 7 || 7);
  return today - todayWeekday + weekday + 7 * (patterns.weeks.get(week) ?? 0);
}

/** Without a year: this year's day, or next year's where it has passed. */
function monthDayOf(year: number | undefined, month: number, day: number, today: number): number | undefined {
  if (year !== undefined) return dayNumber(year, month, day);
  const thisYear = Number(isoDate(today).slice(0, 4));
  const said = dayNumber(thisYear, month, day);
  return said !== undefined && said < today ? dayNumber(thisYear + 1, month, day) : said;
}

function nextDayOfMonth(day: number, today: number): number | undefined {
  const [year = 0, month = 0] = isoDate(today).split('-').map(Number);
  const said = dayNumber(year, month, day);
  if (said !== undefined && said >= today) return said;
  return month === 12 ? dayNumber(year + 1, 1, day) : dayNumber(year, month + 1, day);
}

/** Days since the epoch; undefined for a day the month does not have. */
function dayNumber(year: number, month: number, day: number): number | undefined {
  const time = new Date(Date.UTC(year, month - 1, day));
  return time.getUTCMonth() === month - 1 && time.getUTCDate() === day ? time.getTime() / DAY_MS : undefined;
}

function isoDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function readPart(word: string | undefined, patterns: DatePatterns): number | undefined {
  return word === undefined ? undefined : readNumber(word, patterns.numbers);
}

function numbersByWord(words: ReadonlyMap<string, string>): Map<string, number> {
  return new Map([...words].map(([word, value]) => [word, Number(value)]));
}
