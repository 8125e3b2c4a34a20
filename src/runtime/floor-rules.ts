/** When the bot may speak in a group: not twice with nobody's word in between, and once for many who act together. */

/**
 * From one answer to the next to somebody else; what comes meanwhile is told in one. Nobody asks again within three
 * seconds, and it makes twenty a minute at most, which is what Telegram lets a bot say in a group.
 */
export const BREATH_MS = 3_000;
/** An answer is owed: where nobody says anything, it stands below the bot's own words in the end. */
export const LONGEST_SILENCE_MS = 10_000;

/** Times are milliseconds of a steady clock. */
export interface Floor {
  readonly isSpeaking: boolean;
  /** What residents said and is being read at this moment. */
  readonly underWay: number;
  /** The bot's last answer there; `null`: too long ago to matter. */
  readonly last: LastWord | null;
}

export interface LastWord {
  readonly at: number;
  /** Whom it answered; `null`: several. */
  readonly to: string | null;
  /** Somebody has said something since. */
  readonly isFollowed: boolean;
}

/** Answers that wait. */
export interface Owed {
  /** When the first of them was ready. */
  readonly since: number;
  readonly personIds: ReadonlySet<string>;
}

/** Milliseconds until they may be said; infinite while something else is being said. */
export function untilFloor({ isSpeaking, underWay, last }: Floor, owed: Owed, now: number): number {
  if (isSpeaking) return Number.POSITIVE_INFINITY;
  // Who is just being read is answered together with the others, rather than after them.
  const reading = underWay > 0 ? owed.since + BREATH_MS - now : 0;
  return Math.max(0, reading, last === null ? 0 : untilFollowed(last, owed, now));
}

function untilFollowed({ at, to, isFollowed }: LastWord, { since, personIds }: Owed, now: number): number {
  if (!isFollowed) return since + LONGEST_SILENCE_MS - now;
  // Two who talk with each other need no breath in between.
  const isTalk = to !== null && personIds.size === 1 && personIds.has(to);
  return isTalk ? 0 : at + BREATH_MS - now;
}
