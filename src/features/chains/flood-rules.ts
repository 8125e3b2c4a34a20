/** How many new lines of one copy count at once: more than people add by hand waits until a worker has looked. Pure. */
import type { Merged } from './copy-rules.ts';
import type { KnownEntry } from './list-copy-rules.ts';

// A WeChat group holds 500 people; a longer list is nobody's, and costs no more than this.
export const MOST_ENTRIES = 500;
// Who joins adds a line or two; after the bot was away for an evening a copy brings a dozen.
const MOST_AT_ONCE = 20;

export interface Admitted {
  readonly merged: Merged;
  /** Nothing new in it is signed up until a worker has answered. */
  readonly isWaiting: boolean;
}

/** For a list that is known, heard from a resident; what waits already is not added to without end. */
export function holdBackFlood(known: readonly KnownEntry[], merged: Merged): Admitted {
  const { added } = merged;
  const count = (state: KnownEntry['state']) => known.filter((entry) => entry.state === state).length;
  const isFlood = added.length > MOST_AT_ONCE || count('standing') + added.length > MOST_ENTRIES;
  if (!isFlood || added.length === 0) return { merged, isWaiting: false };
  const room = Math.max(0, MOST_ENTRIES - count('unsure'));
  // What such a copy lacks or counts wrong is nothing to ask about one by one.
  return { merged: { ...merged, added: added.slice(0, room), doubts: [] }, isWaiting: true };
}
