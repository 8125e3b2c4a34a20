/** Reads where a household lives: 3栋2单元501, 3-2-501, 三号楼五零一, 阳光花园6栋东户, 三组15号. */
import { matchesOf } from '../lib/matches.ts';
import type { HouseholdPlace } from '../model/understanding.ts';
import { type NumberWords, readDigits, readNumber } from './number-words.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';
import { MASK, maskSpan, maskSpans, type Span } from './text-mask.ts';

export interface HouseholdPatterns {
  readonly numbers: NumberWords;
  /** What every address holds; most messages and entries do not, and are spared the five searches. */
  readonly trace: RegExp;
  readonly worded: RegExp;
  readonly dashed: RegExp;
  readonly village: RegExp;
  readonly unitFirst: RegExp;
  readonly roomOnly: RegExp;
  readonly corrected: RegExp;
  /** A room and nothing else, as only an answer can be: 502, 门牌是502, 不是501，是502. */
  readonly roomAnswer: RegExp;
  /** 不是501 beside 我住502. */
  readonly denied: RegExp;
  readonly deniedBefore: RegExp;
  readonly compound: RegExp;
  readonly beforeCompound: RegExp;
}

export interface HouseholdReading {
  readonly household?: HouseholdPlace;
  /** The text with every household hidden. */
  readonly rest: string;
}

interface PlacedHousehold extends Span {
  readonly household: HouseholdPlace;
}

// More than this is no bare room, and the pattern is not to be tried on it.
const LONGEST_ROOM_ANSWER = 24;
// Places a compound's name may reach back from its building.
const COMPOUND_REACH = 16;

export function compileHouseholdPatterns(tables: Tables, numbers: NumberWords): HouseholdPatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'units', name));
  const spoken = `[${numbers.classText}]`;
  const small = `(?:\\d{1,3}|${spoken}{1,4})`;
  const building = `(?:\\d{1,3}[a-z]?|[a-z]\\d{0,2}|${spoken}{1,4})`;
  const side = kind('side');
  const notMeasured = `(?!\\d| ?${kind('measure')}|-\\d)`;
  // A room without its word needs two digits or more: 「3号楼 2人」 is people.
  // 七零一一共四个人: the 一 of 一共 is no digit of the room.
  const digit = `(?:${spoken}(?!${kind('not-digit')}))`;
  const room = `(?:(${side})|(\\d{1,4}|${spoken}{1,6})\\s?${kind('room')}|(\\d{2,4}|${digit}{2,6})${notMeasured})`;
  const floor = `(?:${small}${kind('floor')})?`;
  const unit = `(?:${kind('of')}?[,-]?\\s?(${small}|[a-z])\\s?(?:${kind('unit')}|-(?=\\d{2,4})))`;
  // 三楼 is a floor unless a unit or a room follows.
  // 28号501室 is a building with its room, 28号 alone a day.
  const anyBuilding = `(?:${kind('building')}|${kind('building-if-room')}(?=\\s?(?:\\d|${spoken}){3,4}\\s?(?:${kind('room-only')}|$|[,.;!\\s]))|${kind('building-if-more')}(?=\\s?[\\d${numbers.classText}]))`;
  const tail = `(?:${kind('of')}?[-,]?\\s?${floor}\\s?${room})`;
  const before = `(?<![\\d${numbers.classText}-]|\\d\\.)`;
  return {
    numbers,
    trace: new RegExp(
      `[\\da-z${numbers.classText}]\\s?(?:${['building', 'building-if-more', 'unit', 'group', 'room-only'].map(kind).join('|')})|\\d\\s?[-#/]\\s?\\d|${kind('live')}\\d`,
    ),
    worded: new RegExp(`${before}(${building})\\s?${anyBuilding}${unit}?${tail}?`, 'g'),
    dashed: /(?<![\da-z-]|\d[.:])([a-z]?\d{1,3})\s?[-#/]\s?(?:(\d{1,2})\s?[-/]\s?(\d{2,4})|(\d{3,4}))(?![\d.]|-\d)/g,
    village: new RegExp(`(${small})${kind('group')}(${small})${kind('house')}`, 'g'),
    unitFirst: new RegExp(`${before}(${small})\\s?${kind('unit')}${tail}`, 'g'),
    roomOnly: new RegExp(
      `(?:(?<![\\d-]|\\d\\.)(\\d{3,4})${kind('room-only')}|${kind('live')}(\\d{3,4})${notMeasured})`,
      'g',
    ),
    corrected: new RegExp(`${kind('correction')}[,. ]{0,2}(\\d{2,4}|${spoken}{2,6})${kind('room')}?${notMeasured}`),
    roomAnswer: new RegExp(
      `^(?:${kind('room-before')}|[\\s,.!:])*(?:\\d{3,4}(?:${kind('room-before')}|[\\s,.!:])+)?(\\d{3,4}|${spoken}{3,6})${kind('room')}?(?:${kind('room-after')}|[\\s,.!])*$`,
    ),
    denied: new RegExp(`${kind('denied')}\\s?(?:\\d|${spoken}){3,4}${kind('room')}?`, 'g'),
    deniedBefore: new RegExp(`${kind('denied')}\\s?$`),
    beforeCompound: new RegExp(`^(?:${kind('before-compound')})+`),
    compound: new RegExp(
      `(?:^|[\\s,.:;!?])(\\p{Script=Han}{1,14}?)(?:(?<=${kind('compound-suffix')})|${kind('compound-word')})$`,
      'u',
    ),
  };
}

/** The last household said; a correction after it (啊不对是1014) replaces its room. */
export function readHousehold(text: string, said: string, patterns: HouseholdPatterns): HouseholdReading {
  const found = patterns.trace.test(text) ? readAll(text, patterns) : [];
  const meant = found.filter(({ start }) => !patterns.deniedBefore.test(text.slice(0, start)));
  const all = meant.length === 0 ? found : meant;
  const last = all.at(-1);
  if (last === undefined) return { rest: text };
  const compound = readCompound(text, said, last.start, patterns);
  const correction = patterns.corrected.exec(
    text.slice(last.end, last.end + 20).replace(patterns.denied, (match) => MASK.repeat(match.length)),
  );
  const room = correction === null ? undefined : roomText(correction[1] ?? '', patterns.numbers);
  const end = correction === null || room === undefined ? last.end : last.end + correction.index + correction[0].length;
  return {
    household: {
      ...(compound === undefined ? {} : { compound: compound.name }),
      ...last.household,
      ...(room === undefined ? {} : { room }),
    },
    rest: maskSpan(maskSpans(text, all), { start: compound?.start ?? last.start, end }),
  };
}

/** 「3 2 501」 and a bare 「501」 are addresses only when the bot has just asked for one. */
export function readHouseholdAnswer(given: string, patterns: HouseholdPatterns): HouseholdPlace | undefined {
  if (given.length > LONGEST_ROOM_ANSWER) return undefined;
  const text = given.replace(patterns.denied, ' ');
  const spaced = /^\s*(?:(\d{1,3})[\s,.]+)?(?:(\d{1,2})[\s,.]+)?(\d{3,4})\s*$/.exec(text);
  if (spaced !== null) return compact({ building: spaced[1], unit: spaced[2], room: spaced[3] });
  const room = roomText(patterns.roomAnswer.exec(text)?.[1] ?? '', patterns.numbers);
  return room === undefined ? undefined : { room };
}

function readAll(text: string, patterns: HouseholdPatterns): PlacedHousehold[] {
  const worded = [...matchesOf(text, patterns.worded)].map((match) => wordedPlace(match, patterns.numbers));
  if (worded.length > 0) return worded;
  const village = [...matchesOf(text, patterns.village)].map((match) => villagePlace(match, patterns.numbers));
  if (village.length > 0) return village;
  const dashed = [...matchesOf(text, patterns.dashed)].map(dashedPlace);
  if (dashed.length > 0) return dashed;
  const unit = [...matchesOf(text, patterns.unitFirst)].map((match) => unitPlace(match, patterns.numbers));
  if (unit.length > 0) return unit;
  return [...matchesOf(text, patterns.roomOnly)].map((match) => ({
    household: compact({ room: match[1] ?? match[2] }),
    ...spanOf(match),
  }));
}

function wordedPlace(match: RegExpExecArray, numbers: NumberWords): PlacedHousehold {
  const [, building = '', unit, side, worded, bare] = match;
  const household = compact({
    building: plainNumber(building, numbers),
    unit: unit === undefined ? undefined : plainNumber(unit, numbers),
    room: side ?? roomText(worded ?? bare ?? '', numbers),
  });
  return { household, ...spanOf(match) };
}

function unitPlace(match: RegExpExecArray, numbers: NumberWords): PlacedHousehold {
  const [, unit = '', side, worded, bare] = match;
  const household = compact({
    unit: plainNumber(unit, numbers),
    room: side ?? roomText(worded ?? bare ?? '', numbers),
  });
  return { household, ...spanOf(match) };
}

function villagePlace(match: RegExpExecArray, numbers: NumberWords): PlacedHousehold {
  const household = compact({
    building: plainNumber(match[1] ?? '', numbers),
    room: plainNumber(match[2] ?? '', numbers),
  });
  return { household, ...spanOf(match) };
}

function dashedPlace(match: RegExpExecArray): PlacedHousehold {
  const [, building = '', unit, room, roomAlone] = match;
  const household = compact({ building: building.toUpperCase(), unit, room: room ?? roomAlone });
  return { household, ...spanOf(match) };
}

/** 二零一 and 201 are "201", 十二 is "12", a letter is kept as a capital. */
function plainNumber(word: string, numbers: NumberWords): string {
  if (/[a-z]/.test(word)) return word.toUpperCase();
  const value = readNumber(word, numbers);
  return value === undefined ? word : String(value);
}

/** Rooms are said digit by digit, so a leading zero is part of the name. */
function roomText(word: string, numbers: NumberWords): string | undefined {
  if (word === '') return undefined;
  const value = readDigits(word, numbers) ?? readNumber(word, numbers);
  return value === undefined ? undefined : String(value);
}

function readCompound(
  text: string,
  said: string,
  before: number,
  patterns: HouseholdPatterns,
): { name: string; start: number } | undefined {
  const from = Math.max(0, before - COMPOUND_REACH);
  const match = patterns.compound.exec(text.slice(from, before).replace(/[\s,]+$/, ''));
  const run = match?.[1];
  if (match === null || run === undefined) return undefined;
  const intro = patterns.beforeCompound.exec(run)?.[0].length ?? 0;
  if (run.length - intro < 2) return undefined;
  const start = from + match.index + match[0].indexOf(run) + intro;
  const end = start + run.length - intro;
  return { name: said.slice(start, end), start };
}

function compact(place: {
  building?: string | undefined;
  unit?: string | undefined;
  room?: string | undefined;
}): HouseholdPlace {
  return {
    ...(place.building === undefined ? {} : { building: place.building }),
    ...(place.unit === undefined ? {} : { unit: place.unit }),
    ...(place.room === undefined ? {} : { room: place.room }),
  };
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}
