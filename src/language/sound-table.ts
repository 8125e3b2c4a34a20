/** Which words of the vocabulary sound like what was typed: the tables of sounds, made into numbers that compare fast. */
import { cell, rowsOf, type Tables, VocabularyFault, wordsOf } from './tables.ts';

export interface SoundTable {
  /** By character from `FIRST_HAN` on, the class of its usual sound; 0 where it has none. */
  readonly classes: Uint16Array;
  /** By the classes of two characters, one bit: whether some word begins like this. */
  readonly beginnings: Uint8Array;
  /** One number for how a whole word sounds, in their order; beside each the word. As a map it takes ten times the memory. */
  readonly keys: Float64Array;
  readonly words: readonly string[];
  /** What only sounds like one of the words and is one itself: 接水 is not 节水. */
  readonly plain: ReadonlySet<string>;
  /** Characters that mean themselves wherever they stand: 就, 放, 没. */
  readonly never: ReadonlySet<number>;
}

export const FIRST_HAN = 0x4e00;
export const LAST_HAN = 0x9fff;
/** More than there are sounds; the classes of five characters still fit into a number without loss. */
export const MOST_CLASSES = 512;
export const LONGEST_WORD = 5;

// Of two characters nearly everything is the sound of some word, so those are named in the table one by one.
const LONG_ENOUGH = 3;
/** The tables whose words are things people name; what the others hold is too common to be guessed. */
const HEARD_TABLES = ['habit-aliases', 'activity-concepts'];

const HAN_RUNS = new RegExp(`\\p{Script=Han}{2,${LONGEST_WORD}}`, 'gu');

/** `names` are the words that come from elsewhere: what habits and things to throw away are called. */
export function compileSounds(tables: Tables, names: readonly string[]): SoundTable {
  const numbered = numberSounds(tables);
  const beginnings = new Uint8Array((MOST_CLASSES * MOST_CLASSES) / 8);
  const sounding = [...wordsBySound(tables, names)]
    .flatMap((word) => keysOf(word, numbered.all).map((key) => ({ key, word })))
    .sort((one, other) => one.key - other.key);
  for (const { key, word } of sounding) {
    const pair = Math.floor(key / MOST_CLASSES ** (word.length - 2));
    beginnings[pair >> 3] = (beginnings[pair >> 3] ?? 0) | (1 << (pair & 7));
  }
  const taken = new Set(sounding.map(({ key }) => key));
  const known = [...wordsOf(tables, 'sound-words', 'plain'), ...knownWords(tables), ...names];
  const never = wordsOf(tables, 'sound-words', 'never').join('');
  return {
    classes: numbered.usual,
    beginnings,
    keys: Float64Array.from(sounding, ({ key }) => key),
    words: sounding.map(({ word }) => word),
    plain: new Set(known.filter((word) => taken.has(usualKey(word, numbered.usual)))),
    never: new Set([...never].map((character) => character.charCodeAt(0))),
  };
}

/** The words that sound like this. */
export function soundingLike({ keys, words }: Pick<SoundTable, 'keys' | 'words'>, key: number): readonly string[] {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (keys[end] === key) end += 1;
  return low === end ? NONE : words.slice(low, end);
}

const NONE: readonly never[] = [];

interface NumberedSounds {
  readonly usual: Uint16Array;
  /** The other sounds of a character count where it stands in a word we know: 行 of 骑行 and of 银行. */
  readonly all: ReadonlyMap<string, readonly number[]>;
}

function numberSounds(tables: Tables): NumberedSounds {
  const classOf = classesBySound(tables);
  const usual = new Uint16Array(LAST_HAN - FIRST_HAN + 1);
  const all = new Map<string, number[]>();
  for (const row of rowsOf(tables, 'sounds')) {
    const number = classOf(cell(row, 'sound', 'sounds'));
    const characters = cell(row, 'characters', 'sounds');
    for (const character of characters) usual[character.charCodeAt(0) - FIRST_HAN] = number;
    for (const character of characters + cell(row, 'also', 'sounds')) {
      const sounds = all.get(character);
      if (sounds === undefined) all.set(character, [number]);
      else sounds.push(number);
    }
  }
  return { usual, all };
}

/** Sounds that people mix up share a class: zh and z, ing and in. */
function classesBySound(tables: Tables): (sound: string) => number {
  const table = 'sound-classes';
  const rows = rowsOf(tables, table).map((row) => ({
    part: cell(row, 'part', table),
    typed: cell(row, 'typed', table),
    meant: cell(row, 'meant', table),
  }));
  const unknown = rows.findIndex(({ part }) => part !== 'initial' && part !== 'final');
  if (unknown >= 0) throw new VocabularyFault({ table, row: unknown }, `unknown part ${rows[unknown]?.part}`);
  const initials = rows.filter(({ part }) => part === 'initial');
  const finals = rows.filter(({ part }) => part === 'final');
  const numbers = new Map<string, number>();
  return (sound) => {
    const initial = initials.find(({ typed }) => sound.startsWith(typed));
    const front = initial === undefined ? sound : initial.meant + sound.slice(initial.typed.length);
    const final = finals.find(({ typed }) => front.endsWith(typed));
    const folded = final === undefined ? front : front.slice(0, -final.typed.length) + final.meant;
    const number = numbers.get(folded) ?? numbers.size + 1;
    if (number >= MOST_CLASSES) throw new VocabularyFault({ table: 'sounds' }, 'too many sounds');
    numbers.set(folded, number);
    return number;
  };
}

function wordsBySound(tables: Tables, names: readonly string[]): Set<string> {
  const literal = new RegExp(`^\\p{Script=Han}{${LONG_ENOUGH},${LONGEST_WORD}}$`, 'u');
  const phrases = HEARD_TABLES.flatMap((table) => rowsOf(tables, table).map((row) => cell(row, 'phrase', table)));
  return new Set([
    ...wordsOf(tables, 'sound-words', 'meant'),
    ...[...phrases, ...names].filter((word) => literal.test(word)),
  ]);
}

/** What the tables hold means what it says: 湿垃圾 is not 拾垃圾. */
function knownWords(tables: Tables): Set<string> {
  const known = new Set<string>();
  for (const rows of Object.values(tables)) {
    for (const { phrase = '' } of rows) for (const word of phrase.match(HAN_RUNS) ?? []) known.add(word);
  }
  return known;
}

/** One number for every way to read the word aloud; none where a character has no sound in the table. */
function keysOf(word: string, sounds: NumberedSounds['all']): number[] {
  if (word.length > LONGEST_WORD) return [];
  let keys = [0];
  for (const character of word) {
    keys = (sounds.get(character) ?? []).flatMap((sound) => keys.map((key) => key * MOST_CLASSES + sound));
  }
  return [...new Set(keys)];
}

/** As it is read from what is typed, where a character has its usual sound. */
function usualKey(word: string, usual: NumberedSounds['usual']): number {
  if (word.length > LONGEST_WORD) return 0;
  let key = 0;
  for (let at = 0; at < word.length; at += 1) key = key * MOST_CLASSES + (usual[word.charCodeAt(at) - FIRST_HAN] ?? 0);
  return key;
}
