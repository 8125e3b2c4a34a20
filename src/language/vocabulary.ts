/** Builds everything that reading a message needs from the language tables, once, when the bot starts or its tables change. */
import { atOnce, type Slices } from '../lib/in-slices.ts';
import { compileRepeatedVerbPatterns, type RepeatedVerbPatterns } from './a-not-a.ts';
import { type ActivityPatterns, compileActivityPatterns, type Title } from './activity-slot.ts';
import { type ChainPatterns, compileChainPatterns } from './chain.ts';
import { type ChoicePatterns, compileChoicePatterns } from './choice-slot.ts';
import { type CountCorrection, compileCountCorrection } from './count-correction.ts';
import { type CountPatterns, compileCountPatterns } from './count-patterns.ts';
import { compileDatePatterns, type DatePatterns } from './date-slot.ts';
import { compileHouseholdPieces, type HouseholdPiecePatterns } from './household-pieces.ts';
import { compileHouseholdPatterns, type HouseholdPatterns } from './household-slot.ts';
import { type Lexicon, lexiconInSlices, type Phrase } from './lexicon.ts';
import { compileNamePatterns, type NamePatterns } from './name-slot.ts';
import { compileFolding, type Folding } from './normalise.ts';
import type { NumberWords } from './number-words.ts';
import { compilePaddingPatterns, type PaddingPatterns } from './padding.ts';
import { compilePhonePatterns, type PhonePatterns } from './phone-slot.ts';
import { compilePlacePatterns, type PlacePatterns } from './place-slot.ts';
import { SIGNALS } from './signals.ts';
import { compileSounds, type SoundTable } from './sound-table.ts';
import { compileStaffPatterns, type StaffPatterns } from './staff-slot.ts';
import { cell, rowsOf, type Tables, VocabularyFault, valuesOf, wordsOf } from './tables.ts';
import { compileTimePatterns, type TimePatterns } from './time-slot.ts';
import { compileWasteItemPatterns, type WasteItemPatterns } from './waste-item-slot.ts';

export interface Vocabulary {
  readonly folding: Folding;
  readonly padding: PaddingPatterns;
  readonly lexicon: Lexicon;
  readonly sounds: SoundTable;
  readonly repeatedVerbs: RepeatedVerbPatterns;
  readonly numbers: NumberWords;
  readonly phone: PhonePatterns;
  readonly household: HouseholdPatterns;
  readonly householdPieces: HouseholdPiecePatterns;
  readonly date: DatePatterns;
  readonly time: TimePatterns;
  readonly count: CountPatterns;
  readonly countCorrection: CountCorrection;
  readonly name: NamePatterns;
  readonly activity: ActivityPatterns;
  /** What was made of titles of activities so far; forgetting it changes no answer. */
  readonly titles: Map<string, Title>;
  readonly waste: WasteItemPatterns;
  readonly place: PlacePatterns;
  readonly choice: ChoicePatterns;
  readonly chain: ChainPatterns;
  readonly staff: StaffPatterns;
}

/** What the other tables of the bot add to its language. */
export interface KnownThings {
  readonly habits: readonly { readonly id: string; readonly title: string }[];
  readonly wasteNames: readonly string[];
}

export function buildVocabulary(tables: Tables, known: KnownThings): Vocabulary {
  return atOnce(vocabularyInSlices(tables, known));
}

/** A bot that is at work takes over edited tables without keeping anybody waiting. */
export function* vocabularyInSlices(tables: Tables, known: KnownThings): Slices<Vocabulary> {
  const phrases = phrasesOf(tables, known);
  const particles = [...wordsOf(tables, 'padding', 'particle'), ...wordsOf(tables, 'padding', 'ending')];
  yield;
  const lexicon = yield* lexiconInSlices(phrases, particles.join(''));
  yield;
  const sounds = compileSounds(tables, [...known.habits.map(({ title }) => title), ...known.wasteNames]);
  yield;
  const numbers = buildNumberWords(tables);
  const phone = compilePhonePatterns(numbers);
  const household = compileHouseholdPatterns(tables, numbers);
  const count = compileCountPatterns(tables, numbers);
  return {
    folding: compileFolding(tables),
    padding: compilePaddingPatterns(tables),
    lexicon,
    sounds,
    repeatedVerbs: compileRepeatedVerbPatterns(tables),
    numbers,
    phone,
    household,
    householdPieces: compileHouseholdPieces(tables, numbers),
    date: compileDatePatterns(tables, numbers),
    time: compileTimePatterns(tables, numbers),
    count,
    countCorrection: compileCountCorrection(tables, numbers),
    name: compileNamePatterns(tables),
    activity: compileActivityPatterns(tables),
    titles: new Map(),
    waste: compileWasteItemPatterns(tables),
    place: compilePlacePatterns(tables, numbers),
    choice: compileChoicePatterns(tables, numbers),
    chain: compileChainPatterns(tables, { phone, household, count }),
    staff: compileStaffPatterns(tables, numbers),
  };
}

export function buildNumberWords(tables: Tables): NumberWords {
  const read = (kind: string): Map<string, number> =>
    new Map([...valuesOf(tables, 'numbers', kind)].map(([word, value]) => [word, Number(value)]));
  const digits = read('digit');
  const powers = read('power');
  const pairs = read('pair');
  return { digits, powers, pairs, classText: [...digits.keys(), ...powers.keys(), ...pairs.keys()].join('') };
}

function phrasesOf(tables: Tables, known: KnownThings): Phrase[] {
  checkSignals(tables);
  checkHabits(tables, known);
  return [
    ...phraseRows(tables, 'signals', 'signal', (value) => value),
    ...phraseRows(tables, 'habit-aliases', 'habit', () => 'habit'),
    ...known.habits.map(({ id, title }) => ({ kind: 'habit', value: id, pattern: title.toLowerCase() })),
    ...phraseRows(tables, 'topics', 'category', () => 'topic'),
    ...phraseRows(tables, 'tip-topics', 'category', () => 'tip-topic'),
    ...phraseRows(tables, 'issues', 'about', () => 'issue'),
    ...phraseRows(tables, 'activity-concepts', 'concept', () => 'concept'),
    ...emergencyPhrases(tables),
    ...known.wasteNames
      .filter((name) => name.trim() !== '')
      .map((name) => ({ kind: 'waste', value: name, pattern: name.toLowerCase() })),
  ];
}

function phraseRows(tables: Tables, name: string, column: string, kindOf: (value: string) => string): Phrase[] {
  return rowsOf(tables, name).map((cells, row) => {
    const value = cell(cells, column, name);
    return { kind: kindOf(value), value, pattern: cell(cells, 'phrase', name), place: { table: name, row } };
  });
}

/** The desk's words for people in danger; what is only about danger (a drill, a talk) is heard apart. */
function emergencyPhrases(tables: Tables): Phrase[] {
  const table = 'front-desk-words';
  return rowsOf(tables, table).flatMap((cells, row) => {
    const value = cell(cells, 'kind', table);
    if (!value.startsWith('emergency')) return [];
    const kind = value === 'emergency-calm' ? 'calm' : 'emergency';
    return [{ kind, value, pattern: cell(cells, 'word', table), place: { table, row } }];
  });
}

function checkSignals(tables: Tables): void {
  const known: ReadonlySet<string> = new Set(SIGNALS);
  const table = 'signals';
  const used = rowsOf(tables, table).map((row) => cell(row, 'signal', table));
  for (const [row, signal] of used.entries()) {
    if (!known.has(signal)) throw new VocabularyFault({ table, row }, `unknown signal ${signal}`);
  }
  const present: ReadonlySet<string> = new Set(used);
  for (const signal of SIGNALS) {
    if (!present.has(signal)) throw new VocabularyFault({ table }, `no phrase for ${signal}`);
  }
}

function checkHabits(tables: Tables, known: KnownThings): void {
  const ids = new Set(known.habits.map((habit) => habit.id));
  const table = 'habit-aliases';
  for (const [row, cells] of rowsOf(tables, table).entries()) {
    const id = cell(cells, 'habit', table);
    if (!ids.has(id)) throw new VocabularyFault({ table, row }, `unknown habit ${id}`);
  }
}
