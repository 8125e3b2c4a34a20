/** Reads the few words the desk listens for, and guesses from words what was meant. */
import { normaliseName } from '../../content/name-index.ts';
import { type EmergencyWords, readEmergencyWords } from './emergency-words.ts';
import { type AsksOfNeighbours, readNeighbourQuestions } from './neighbour-asked.ts';

/** What an unclear message may have been about, the likeliest first where nothing speaks for another. */
export const THINGS = ['activity', 'waste', 'pledge', 'tip'] as const;
export type Thing = (typeof THINGS)[number];

const ALONE = ['source', 'person', 'fine', 'drop', 'yes', 'bins', 'contact'] as const;

const WORD_KINDS = [...ALONE, ...THINGS] as const;
type WordKind = (typeof WORD_KINDS)[number];

export type DeskWords = Readonly<Record<WordKind, readonly string[]>> & {
  readonly danger: EmergencyWords;
  readonly asksOfNeighbours: AsksOfNeighbours;
};

type Row = Readonly<Record<string, string>>;

/** From data/language/front-desk-words.csv, and the surnames by which a neighbour is known. */
export function readDeskWords(tables: Readonly<Record<string, readonly Row[]>>): DeskWords {
  const rows = tables['front-desk-words'] ?? [];
  const words = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => normaliseName(row.word ?? ''));
  return {
    source: words('source'),
    person: words('person'),
    fine: words('fine'),
    drop: words('drop'),
    yes: words('yes'),
    bins: words('bins'),
    contact: words('contact'),
    activity: words('activity'),
    waste: words('waste'),
    pledge: words('pledge'),
    tip: words('tip'),
    danger: readEmergencyWords(rows),
    asksOfNeighbours: readNeighbourQuestions(tables),
  };
}

/** What the whole message says, where it is one of the words alone. `empty`: only the name was called; a mark or an emoji says that all is well. */
export function wordSaid(text: string, words: DeskWords): (typeof ALONE)[number] | 'empty' | null {
  const bare = text.replace(MENTION, '');
  const said = normaliseName(bare);
  if (said === '') return bare.trim() === '' ? 'empty' : 'fine';
  return ALONE.find((kind) => words[kind].includes(said)) ?? null;
}

const MENTION = /^\s*@\S+(?:\s+|$)/u;

/** Whether a short question holds a word for a source: "where is this tip from". */
export function asksForSource(text: string, words: DeskWords): boolean {
  const said = normaliseName(text.replace(MENTION, ''));
  return said.length <= LONGEST_SOURCE_QUESTION && words.source.some((word) => said.includes(word));
}

/** Longer ones ask where something else comes from. */
const LONGEST_SOURCE_QUESTION = 14;

/** The two likeliest things; a person is always the third. */
export function likelyThings(text: string, words: DeskWords): readonly [Thing, Thing] {
  const said = normaliseName(text);
  const hits = (thing: Thing) => words[thing].filter((word) => said.includes(word)).length;
  const [first = 'activity', second = 'waste'] = THINGS.toSorted((one, other) => hits(other) - hits(one));
  return [first, second];
}
