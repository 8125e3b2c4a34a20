/** How an intent argues for itself: readable reasons with weights, added up and compared. */
import type { IntentName, Slots } from '../model/understanding.ts';
import type { Reading } from './reading.ts';

export interface Evidence {
  readonly why: string;
  readonly weight: number;
}

/** One intent: why the message may mean it, and what it then says. */
export interface IntentReader {
  readonly intent: IntentName;
  readonly weigh: (reading: Reading) => readonly Evidence[];
  readonly slots: (reading: Reading) => Slots;
  /** May it be taken from group talk that nobody addressed to the bot? Absent: never. */
  readonly overheard?: (reading: Reading) => boolean;
}

/** An intent is taken when its reasons add up to this: one strong phrase, or a weak one with two things that fit. */
export const BAR = 3;
/** Closer than this two readings are near, and the one that claims less is safer. */
export const NEAR = 0.5;

/** A reason is [does it hold, its weight, why]. */
export function reasons(...list: readonly (readonly [boolean, number, string])[]): Evidence[] {
  return list.filter(([holds]) => holds).map(([, weight, why]) => ({ why, weight }));
}

export function total(evidence: readonly Evidence[]): number {
  return evidence.reduce((sum, { weight }) => sum + weight, 0);
}

export function noSlots(): Slots {
  return {};
}
