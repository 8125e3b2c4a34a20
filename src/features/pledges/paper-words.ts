/** Habits in a cell of a table, read as the bot reads them in a chat. */
import type { OpenQuestion, Understood, Utterance } from '../../model/understanding.ts';

// Commas and semicolons of both widths, the Chinese enumeration comma, spaces, line breaks.
const WORD_SEPARATOR = /[\u3001,;\uff0c\uff1b\s]+/u;
// Without options, a number that stands in the cell chooses nothing.
const OPEN: OpenQuestion = { kind: 'choose-habits', options: [] };

type CellReader = (cell: string) => string;

/** Gives ids for what is understood, the words themselves for what is not. A list repeats its words, so each is read once. */
export function habitCellReader(understand: (utterance: Utterance) => Understood, now: Date): CellReader {
  const read = new Map<string, string>();

  function idsOf(word: string): string {
    const known = read.get(word);
    if (known !== undefined) return known;
    const utterance = { text: word, chat: 'direct', mentioned: true, at: now.toISOString(), open: OPEN } as const;
    const ids = understand(utterance).slots.habits?.join(' ') || word;
    read.set(word, ids);
    return ids;
  }

  return (cell) =>
    cell
      .split(WORD_SEPARATOR)
      .filter((word) => word !== '')
      .map(idsOf)
      .join(' ');
}
