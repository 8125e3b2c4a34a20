/** Reads what a worker types to publish: 发布活动：周六早上9点南门植树，限30人; 今晚8点发通知：…. */
import { type NumberWords, readNumber } from './number-words.ts';
import { type PlacePatterns, type PlaceReading, readPlace } from './place-slot.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';
import { maskSpan, maskSpans, type Span } from './text-mask.ts';

export interface StaffPatterns {
  readonly numbers: NumberWords;
  readonly capacity: RegExp;
  readonly titleFront: RegExp;
  readonly titleBack: RegExp;
  readonly titleLabel: RegExp;
}

export interface ActivityDraft {
  readonly title?: string;
  readonly place?: string;
  readonly capacity?: number;
}

export function compileStaffPatterns(tables: Tables, numbers: NumberWords): StaffPatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'staff-words', name));
  const number = `(\\d{1,4}|[${numbers.classText}]{1,4})`;
  return {
    numbers,
    capacity: new RegExp(
      `${kind('limit')}[: ]{0,2}${number}\\s?(?:${kind('person')})?(?:${kind('at-most')})?|${number}\\s?(?:${kind('places')}|${kind('person')}${kind('at-most')})|(?<=^|[\\s,.;:\\ue000])${number}\\s?${kind('head')}(?=$|[\\s,.;])`,
    ),
    titleFront: new RegExp(`^(?:${kind('title-front')}|[\\s,.:;])+`),
    titleBack: new RegExp(`(?:${kind('title-back')}|[\\s,.:;])+$`),
    titleLabel: new RegExp(`${kind('title-label')}[: ]{0,2}([^\\s,.;:!?\\ue000]{2,30})`),
  };
}

/** `spans` are the dates and times, which are neither title nor place. */
export function readActivityDraft(
  text: string,
  said: string,
  spans: readonly Span[],
  patterns: StaffPatterns,
  places: PlacePatterns,
): ActivityDraft {
  let rest = maskSpans(text, spans);
  const limit = patterns.capacity.exec(rest);
  if (limit !== null) rest = maskSpan(rest, { start: limit.index, end: limit.index + limit[0].length });
  const capacity = limit === null ? undefined : readNumber(limit[1] ?? limit[2] ?? limit[3] ?? '', patterns.numbers);
  const labelled = patterns.titleLabel.exec(rest)?.[1];
  const place = fullPlace(readPlace(rest, said, places), rest, said, patterns);
  if (place !== undefined) rest = maskSpan(rest, place);
  const title = labelled === undefined ? longestPart(rest, said, patterns) : cutFrom(rest, said, labelled);
  return {
    ...(title === undefined ? {} : { title }),
    ...(place === undefined ? {} : { place: place.place }),
    ...(capacity === undefined ? {} : { capacity }),
  };
}

// 红 of 红山坡植树: a name of its own before the kind of place, where the title follows.
const LONGEST_OWN_NAME = 3;

function fullPlace(
  place: PlaceReading | undefined,
  text: string,
  said: string,
  patterns: StaffPatterns,
): PlaceReading | undefined {
  if (place === undefined || !/^[^\s,.;:!?()\ue000]/.test(text.slice(place.end))) return place;
  const before = /[^\s,.;:!?()\ue000]*$/.exec(text.slice(0, place.start))?.[0] ?? '';
  const front = patterns.titleFront.exec(before)?.[0].length ?? 0;
  const own = before.length - front;
  if (own === 0 || own > LONGEST_OWN_NAME) return place;
  const start = place.start - own;
  return { place: said.slice(start, place.end), start, end: place.end };
}

function cutFrom(text: string, said: string, words: string): string {
  const start = text.indexOf(words);
  return start < 0 ? words : said.slice(start, start + words.length);
}

/** What is left when time, place and limit are taken away; its longest part is what the thing is called. */
function longestPart(text: string, said: string, patterns: StaffPatterns): string | undefined {
  let best: Span | undefined;
  for (const match of text.matchAll(/[^,.;:!?\n\s\ue000]+/g)) {
    const front = patterns.titleFront.exec(match[0])?.[0].length ?? 0;
    const words = match[0].slice(front).replace(patterns.titleBack, '');
    const start = match.index + front;
    if (words.length < 2 || (best !== undefined && words.length <= best.end - best.start)) continue;
    best = { start, end: start + words.length };
  }
  return best === undefined ? undefined : said.slice(best.start, best.end);
}
