/** Reads a message once: its one spelling, the phrases heard and every slot. The intents only weigh what stands here. */
import type { HouseholdPlace, OpenQuestion, Utterance } from '../model/understanding.ts';
import { withRepeatedVerbs } from './a-not-a.ts';
import {
  type ActivityReading,
  matchActivity,
  matchAfterTurn,
  nameActivity,
  prepareTitle,
  type Title,
} from './activity-slot.ts';
import { type Chain, readNativeChain } from './chain.ts';
import { withCorrection } from './count-correction.ts';
import { type Counts, readCounts } from './count-slot.ts';
import { type DateReading, readDates } from './date-slot.ts';
import { type HabitReading, readHabits } from './habit-slot.ts';
import { joinPieces } from './household-pieces.ts';
import { readHousehold } from './household-slot.ts';
import { type Hit, type Hits, scan } from './lexicon.ts';
import { withoutInnerWords } from './longer-words.ts';
import { maskName, quotesSomeone, readName } from './name-slot.ts';
import { type Heard, normalise } from './normalise.ts';
import { withOwnWords } from './own-words.ts';
import { contentStart } from './padding.ts';
import { readPhones } from './phone-slot.ts';
import type { Signal } from './signals.ts';
import { hearWords, putIn } from './sound-alike.ts';
import { maskSpans } from './text-mask.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Reading extends Heard {
  /** The whole message in its one spelling. */
  readonly heard: string;
  /** A chain made by the chat; then `text` is empty, because nothing else is read from it. */
  readonly chain: Chain | undefined;
  readonly vocabulary: Vocabulary;
  /** In private, or with the bot's name: the person talks to the bot. */
  readonly addressed: boolean;
  /** A message that begins with someone else's @name, or gives their words, is not for the bot. */
  readonly toSomeoneElse: boolean;
  readonly at: string;
  readonly open: OpenQuestion | null;
  readonly hits: Hits;
  /** The text without phones, identity numbers and households. */
  readonly rest: string;
  readonly phone: string | undefined;
  readonly household: HouseholdPlace | undefined;
  readonly dates: readonly DateReading[];
  readonly counts: Counts;
  readonly habits: HabitReading;
  readonly name: () => string | undefined;
  readonly activity: () => ActivityReading | undefined;
}

const NOTHING: Heard = { said: '', text: '' };

export function read(utterance: Utterance, vocabulary: Vocabulary): Reading {
  const message = normalise(utterance.text, utterance.mentioned, vocabulary.folding);
  const chain = message.text.includes('#') ? readNativeChain(message, vocabulary.chain) : undefined;
  const heard =
    chain === undefined ? { said: message.said, text: byTheirSound(message, utterance, vocabulary) } : NOTHING;
  const scanned = scan(vocabulary.lexicon, heard.text, contentStart(heard.text, vocabulary.padding));
  const asked = withRepeatedVerbs(scanned, heard.text, vocabulary.repeatedVerbs);
  const hits = withoutInnerWords(withOwnWords(asked, heard.text, utterance.words ?? []));
  const { phones, rest: withoutPhones } = readPhones(heard.text, vocabulary.phone);
  const { household, rest } = joinPieces(
    readHousehold(withoutPhones, heard.said, vocabulary.household),
    vocabulary.householdPieces,
  );
  const dates = readDates(rest, utterance.at, vocabulary.date);
  const undated = maskSpans(rest, dates);
  const name = once(() => readName(rest, heard.said, vocabulary.name));
  return {
    ...heard,
    heard: chain === undefined ? heard.text : message.text,
    chain,
    vocabulary,
    addressed: utterance.chat === 'direct' || utterance.mentioned,
    toSomeoneElse: !utterance.mentioned && isOfSomeoneElse(heard.text, vocabulary),
    at: utterance.at,
    open: utterance.open,
    hits,
    rest,
    phone: phones.at(-1)?.phone,
    household,
    dates,
    counts: withCorrection(readCounts(undated, vocabulary.count), undated, vocabulary.countCorrection),
    habits: readHabits(hits),
    name: () => name()?.name,
    activity: once(() =>
      readActivity(heard, maskName(maskSpans(rest, dates), name()), hits, utterance.activities ?? [], vocabulary),
    ),
  };
}

/** Nobody's name and nothing that is called so here is taken for a mistyped word. */
function byTheirSound({ said, text }: Heard, { open, ...here }: Utterance, vocabulary: Vocabulary): string {
  const words = open?.kind === 'give-name' ? [] : hearWords(text, vocabulary.sounds);
  if (words.length === 0) return text;
  const name = readName(text, said, vocabulary.name);
  return putIn(
    text,
    words.filter(({ start, end }) => {
      if (name !== undefined && start < name.end && name.start < end) return false;
      const names = [...(here.activities ?? []), ...(here.words ?? []).map((word) => word.heard)];
      return !names.some((one) => one.includes(said.slice(start, end)));
    }),
  );
}

function isOfSomeoneElse(text: string, { name }: Vocabulary): boolean {
  return text.startsWith('@') || text.startsWith('"') || quotesSomeone(text, name);
}

export function hears(reading: Reading, ...signals: readonly Signal[]): boolean {
  for (const signal of signals) if (reading.hits.has(signal)) return true;
  return false;
}

export function hitsOf(reading: Reading, signal: Signal): readonly Hit[] {
  return reading.hits.get(signal) ?? [];
}

/** A polite request (能帮我…吗) has the form of a question and is none. */
export function asksAboutIt(reading: Reading): boolean {
  return hears(reading, 'asks') && !hears(reading, 'request');
}

// A long message is never a bare word, and longer still never one whose every word is understood, whatever it holds.
const LONGEST_BARE = 60;
export const LONGEST_UNDERSTOOD = 200;

/** How many letters the signals and ordinary filler leave unexplained: 0 for 「好的，谢谢啊」 and thanks. */
export function unexplained(reading: Reading, ...signals: readonly Signal[]): number {
  const { text } = reading;
  return text.length > LONGEST_BARE ? text.length : unexplainedOf(reading, text, ...signals, 'filler');
}

/** The same of the text with some of it hidden, and without the filler. */
export function unexplainedOf(reading: Reading, text: string, ...signals: readonly Signal[]): number {
  if (text.length > LONGEST_UNDERSTOOD) return text.length;
  const covered = new Uint8Array(text.length);
  for (const signal of signals) {
    for (const hit of hitsOf(reading, signal)) covered.fill(1, hit.start, hit.end);
  }
  let left = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (covered[at] === 0 && isLetter(text.charCodeAt(at))) left += 1;
  }
  return left;
}

function isLetter(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 0x3400 && code <= 0x9fff);
}

function readActivity(
  heard: Heard,
  rest: string,
  hits: Hits,
  titles: readonly string[],
  vocabulary: Vocabulary,
): ActivityReading | undefined {
  const prepared = prepareTitles(titles, vocabulary);
  const open =
    matchAfterTurn(heard.text, hits, prepared, vocabulary.activity) ??
    matchActivity(heard.text, hits, prepared, vocabulary.activity);
  if (open !== undefined) return { activity: open.title, open: true, sure: open.sure };
  const named = nameActivity(rest, heard.said, vocabulary.activity);
  return named === undefined ? undefined : { activity: named, open: false, sure: false };
}

/** The same titles come with every message while their activities are open, so what was made of one is kept. */
export function prepareTitles(titles: readonly string[], vocabulary: Vocabulary): Title[] {
  return titles.map((said) => {
    const known = vocabulary.titles.get(said);
    if (known !== undefined) return known;
    const { text } = normalise(said, false, vocabulary.folding);
    const title = prepareTitle(said, text, scan(vocabulary.lexicon, text, 0), vocabulary.activity);
    if (vocabulary.titles.size >= MOST_TITLES) vocabulary.titles.clear();
    vocabulary.titles.set(said, title);
    return title;
  });
}

// Many times what is open in a community; where thousands are served, the oldest go with the rest.
const MOST_TITLES = 1_000;

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
