/** What waits for one chat on one account, in the order in which it is to leave. */
import { OUTGOING_KINDS } from '../model/outgoing.ts';
import type { Departing } from './outgoing-writer.ts';
import type { SlidingGate } from './sliding-gate.ts';

export interface Lane {
  readonly waiting: Departing[];
  readonly gate: SlidingGate | null;
  /** In flight, listed as ready, or waiting for its gate. */
  engaged: boolean;
  /** Under which kind it is listed as ready; what stands of it in other lists is out of date. */
  listed: number | null;
  /** Its gate is closed for a while. */
  isAside: boolean;
}

/** By urgency, then by age. */
export function insertInOrder(waiting: Departing[], departing: Departing): void {
  let place = waiting.length;
  while (place > 0 && isBefore(departing, waiting[place - 1])) place -= 1;
  waiting.splice(place, 0, departing);
}

function isBefore(one: Departing, other: Departing | undefined): boolean {
  if (other === undefined) return false;
  const difference = OUTGOING_KINDS.indexOf(one.message.kind) - OUTGOING_KINDS.indexOf(other.message.kind);
  return difference === 0 ? one.message.id < other.message.id : difference < 0;
}
