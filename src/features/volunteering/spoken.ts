/** What a message says about activities, word by word: for what the language reader leaves open. Pure. */

import { readCounts } from '../../language/count-slot.ts';
import { type DateReading, readDates, shanghaiToday } from '../../language/date-slot.ts';
import { normalise } from '../../language/normalise.ts';
import { readNumber } from '../../language/number-words.ts';
import { readPhones } from '../../language/phone-slot.ts';
import { hearWords, putIn } from '../../language/sound-alike.ts';
import { MASK, maskSpans } from '../../language/text-mask.ts';
import { readTimes } from '../../language/time-slot.ts';
import { matchesOf } from '../../lib/matches.ts';
import type { DayPart, VolunteeringWords, WordKind } from './volunteering-words.ts';

export interface Spoken {
  /** Everything it speaks of. */
  readonly kinds: ReadonlySet<WordKind | 'company'>;
  /** How many come; not read from a bare number. */
  readonly party?: number;
  /** YYYY-MM-DD, in the order said. */
  readonly dates: readonly string[];
  /** 1 to 12, where no day was said. */
  readonly month?: number;
  readonly part?: DayPart;
  /** HH:MM. */
  readonly time?: string;
  readonly phone?: string;
  /** 不用了, 下次再说, and not a word more. */
  readonly isDrop: boolean;
  /** Of `dates`: the one right after a word for changing, 换周日; 周六不去了要换药 changes no day. */
  readonly swapTo?: string;
  /** Of `dates`: a week ahead, because its weekday is today's; today is meant where there is something to come to. */
  readonly weekAhead?: string;
  /** The message in its one spelling, the days where they stand in it, and what names nothing in a title. */
  readonly line: { readonly text: string; readonly days: readonly DateReading[]; readonly common: RegExp };
  /** What none of the words explains: the name of an activity, or something else altogether. */
  readonly rest: string;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1_000;
// Longer messages say more than these words can tell.
const LONGEST = 60;

export function readSpoken(said: string, isCalled: boolean, now: Date, words: VolunteeringWords): Spoken {
  if (said.length > LONGEST) {
    const line = { text: said, days: [], common: words.common };
    return { kinds: new Set(), dates: [], isDrop: false, line, rest: said };
  }
  const { text: typed } = normalise(said, isCalled, words.folding);
  const text = putIn(typed, hearWords(typed, words.sounds));
  const { phones, rest: open } = readPhones(text, words.phone);
  const dates = readDates(open, now.toISOString(), words.date);
  const inAWeek = new Date(now.getTime() + WEEK_MS).toISOString();
  const weekAhead = dates.find(({ isBareWeekday, date }) => isBareWeekday && date === shanghaiToday(inAWeek))?.date;
  const swapTo = dates.findLast(({ start }) => endsWithChange(open.slice(0, start), words))?.date;
  const times = readTimes(maskSpans(open, dates), words.time);
  const timeless = maskSpans(open, [...dates, ...times]);
  const { party } = readCounts(timeless, words.count);
  const phone = phones.at(-1)?.phone;
  const time = times[0]?.time;
  const month = monthIn(timeless, words);
  const hidden = timeless.replace(words.month, MASK).replace(words.count.people, MASK).replace(words.count.total, MASK);
  // 也报一个 is one word although 一个 is a number; 下午2点 is read whole, and its part of the day is known all the same.
  const kinds = kindsIn(timeless, words);
  const part = partIn(open, words);
  const rest = hidden.replace(words.any, '').replace(NO_LETTER, '');
  return {
    kinds,
    rest,
    isDrop: words.drops.has(text.replace(NO_LETTER, '')),
    dates: dates.map(({ date }) => date),
    line: { text: open, days: dates, common: words.common },
    ...(swapTo === undefined ? {} : { swapTo }),
    ...(weekAhead === undefined ? {} : { weekAhead }),
    ...(party === undefined ? {} : { party }),
    ...(month === undefined ? {} : { month }),
    ...(part === undefined ? {} : { part }),
    ...(time === undefined ? {} : { time }),
    ...(phone === undefined ? {} : { phone }),
  };
}

function endsWithChange(text: string, { kinds }: VolunteeringWords): boolean {
  const before = text.trimEnd();
  return [...kinds].some(([word, kind]) => kind === 'change' && before.endsWith(word));
}

function kindsIn(text: string, words: VolunteeringWords): Set<WordKind | 'company'> {
  const kinds = new Set<WordKind | 'company'>();
  for (const [word] of matchesOf(text, words.any)) {
    const kind = words.kinds.get(word);
    if (kind !== undefined && !isDayPart(kind) && kind !== 'filler') kinds.add(kind);
  }
  return kinds;
}

function partIn(text: string, words: VolunteeringWords): DayPart | undefined {
  for (const [word] of matchesOf(text, words.any)) {
    const kind = words.kinds.get(word);
    if (kind !== undefined && isDayPart(kind)) return kind;
  }
  return undefined;
}

function isDayPart(kind: string): kind is DayPart {
  return kind === 'am' || kind === 'noon' || kind === 'pm';
}

/** 再加一个, 我老公也去: one more than have signed up; 我和老公去 says how many there are in all. */
export function bringsMore({ kinds, party }: Spoken): boolean {
  return kinds.has('more') || (kinds.has('company') && kinds.has('join') && party === undefined);
}

const NO_LETTER = /[^\p{L}\p{N}]|\ue000/gu;

function monthIn(text: string, { month, numbers }: VolunteeringWords): number | undefined {
  const found = readNumber(month.exec(text)?.[1] ?? '', numbers);
  return found !== undefined && found >= 1 && found <= 12 ? found : undefined;
}
