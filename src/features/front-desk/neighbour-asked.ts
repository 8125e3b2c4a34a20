/** Hears who asks where a neighbour lives, for their number, or for the names on a list: none of it is for residents. */
import { normaliseName } from '../../content/name-index.ts';

type Row = Readonly<Record<string, string>>;
type Tables = Readonly<Record<string, readonly Row[]>>;

export type AsksOfNeighbours = (text: string) => boolean;

/** From the tables front-desk-words and surnames. */
export function readNeighbourQuestions(tables: Tables): AsksOfNeighbours {
  const words = (kind: string) =>
    (tables['front-desk-words'] ?? []).filter((row) => row.kind === kind).map(({ word = '' }) => normaliseName(word));
  const surnames = (tables.surnames ?? []).map(({ word = '' }) => word);
  const lists = words('list-asked');
  const office = words('neighbour-not');
  const name = `${oneOf(surnames)}\\p{Script=Han}{1,2}?`;
  const asked = new RegExp(
    `^${oneOf(words('neighbour-lead'))}?${name}${oneOf(words('neighbour-of'))}?${oneOf(words('neighbour-asked'))}`,
    'u',
  );
  return (text) => {
    const said = normaliseName(text.replace(MENTION, ''));
    if (said.length > LONGEST || office.some((word) => said.includes(word))) return false;
    return asked.test(said) || lists.some((word) => said.includes(word));
  };
}

/** A longer one asks more than this, and a person reads it. */
const LONGEST = 25;

const MENTION = /^\s*@\S+(?:\s+|$)/u;

/** The longest first; nothing at all where there is none. */
function oneOf(words: readonly string[]): string {
  if (words.length === 0) return '(?:(?!))';
  return `(?:${words.toSorted((one, other) => other.length - one.length).join('|')})`;
}
