/** How long somebody who joins a family by saying its door is a newcomer there. */

/** Long enough that whoever lives there has read the word about it; then a newcomer is one of the family. */
const NEW_FOR_MS = 3 * 24 * 60 * 60 * 1_000;

/** Whoever was there when the first pledge was made is no newcomer. */
export function cameAfter(joinedAt: Date, firstPledgeAt: Date | null): boolean {
  return firstPledgeAt !== null && firstPledgeAt.getTime() < joinedAt.getTime();
}

export function isStillNew(joinedAt: Date, firstPledgeAt: Date | null, now: Date): boolean {
  return cameAfter(joinedAt, firstPledgeAt) && now.getTime() - joinedAt.getTime() < NEW_FOR_MS;
}
