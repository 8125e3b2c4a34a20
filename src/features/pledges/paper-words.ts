/** Habits in a cell of a table, read as the bot reads them in a chat. */
import type { OpenQuestion, Understood, Utterance } from '../../model/understanding.ts';

// Commas and semicolons of both widths, the Chinese enumeration comma, spaces, line breaks.
const WORD_SEPARATOR = /[\u3001,;\uff0c\uff1b\s]+/u;
// Without options, a number that stands in the cell chooses nothing.
const OPEN: OpenQuestion = { kind: 'choose-habits', options: [] };

/** Ids for what is understood, the words themselves for what is not. */
export function habitsInCell(cell: string, understand: (utterance: Utterance) => Understood, now: Date): string {
  return cell
    .split(WORD_SEPARATOR)
    .filter((word) => word !== '')
    .map((text) => {
      const utterance = { text, chat: 'direct', mentioned: true, at: now.toISOString(), open: OPEN } as const;
      return understand(utterance).slots.habits?.join(' ') || text;
    })
    .join(' ');
}
