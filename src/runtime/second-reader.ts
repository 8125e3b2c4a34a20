/** Whoever is asked what a message means when the rules do not know: a language model, where one is set. */
import type { Understood, Utterance } from '../model/understanding.ts';

export interface Unread {
  readonly utterance: Utterance;
  /** Known ones, whoever's they are: they stay in the house. */
  readonly names: readonly string[];
}

export interface SecondReader {
  /** Whether there is one at all. Costs nothing. */
  isSet(): boolean;
  /** Whether it could be asked just now. */
  isFree(): boolean;
  /** `none` where it does not know either. It may take seconds: never inside a transaction. */
  read(unread: Unread): Promise<Understood>;
  /** How many messages may be asked about within 24 hours. */
  readonly aDay: DailyReadings;
}

export interface DailyReadings {
  readonly ofPerson: number;
  readonly ofGroup: number;
  readonly ofCommunity: number;
}

/** How a turn is taken. `first`: what nobody understands may be set aside; `told`: it was, and this is what came back. */
export type Hearing =
  | { readonly what: 'first' }
  /** After a failure or a crash: whoever waits has waited long enough. */
  | { readonly what: 'again' }
  | { readonly what: 'told'; readonly meant: Understood };

const FEWEST_LETTERS = 4;
// Longer ones are stories or pasted texts: a person reads them better.
const LONGEST = 300;

/** A sentence, not a word or two, a number, or marks. */
export function isWorthReading(text: string): boolean {
  if (text.length > LONGEST) return false;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const marks = text.match(/[^\p{L}\p{N}\s]/gu)?.length ?? 0;
  return letters >= FEWEST_LETTERS && letters >= marks;
}
