/** Residents who talk to the bot: many at once, or one at a time. */

import { inboundOf, wordsOf } from './residents.ts';
import type { Street } from './street.ts';

export interface Talk {
  readonly firstResident: number;
  readonly residents: number;
  /** How many talk at the same time; each waits for the answer before the next word. */
  readonly atOnce: number;
  /** Times in milliseconds from the message to its record on disk and its reply in the channel's hands. */
  readonly onAnswered?: (ms: number) => void;
}

/** Returns how many messages were said. Ends when every reply has left and is marked as sent. */
export async function talk(street: Street, { firstResident, residents, atOnce, onAnswered }: Talk): Promise<number> {
  let next = firstResident;
  let said = 0;
  const end = firstResident + residents;
  async function live(): Promise<void> {
    while (next < end) {
      const resident = next;
      next += 1;
      for (const [turn, words] of wordsOf(resident).entries()) {
        const from = performance.now();
        await street.hear(inboundOf(resident, turn, words));
        onAnswered?.(performance.now() - from);
        said += 1;
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, live));
  await street.bot.dispatcher.idle();
  return said;
}

// Person, address, chat, household, membership, pledge, its history, sign-up; four check-ins; ten marks, eleven replies.
const ROWS_PER_RESIDENT = 33;

/** Lets as many residents talk as it takes to leave this many rows. */
export function fill(street: Street, rows: number): Promise<number> {
  return talk(street, { firstResident: 0, residents: residentsFor(rows), atOnce: 256 });
}

export function residentsFor(rows: number): number {
  return Math.ceil(rows / ROWS_PER_RESIDENT);
}
