/** Which of two sign-ups of the same human for the same shift counts. */
import type { SignUpState } from '../../model/records.ts';
import type { SignUp } from '../../model/sign-up.ts';

/** What is best for the one who comes; it is the same people told twice, so the larger number and never the sum. */
export function combine(own: SignUp, theirs: SignUp): SignUp {
  const best = isBetter(theirs, own) ? theirs : own;
  const other = best === own ? theirs : own;
  // Who has a place does not get a larger one because of a wish that still waits.
  const isAlike = placesHeld(best) > 0 === placesHeld(other) > 0 && other.state !== 'cancelled';
  return {
    ...best,
    party: isAlike ? Math.max(best.party, other.party) : best.party,
    queuedAt: best.state === 'waiting' && other.state === 'waiting' ? earlier(best, other) : best.queuedAt,
  };
}

/** How many places of the shift are counted for it. */
export function placesHeld({ state, party }: SignUp): number {
  return state === 'joined' || state === 'offered' ? party : 0;
}

const ORDER: readonly SignUpState[] = ['cancelled', 'waiting', 'offered', 'joined'];

function isBetter(one: SignUp, other: SignUp): boolean {
  const [first, second] = [ORDER.indexOf(one.state), ORDER.indexOf(other.state)];
  return first === second ? one.queuedAt < other.queuedAt : first > second;
}

function earlier(one: SignUp, other: SignUp): Date {
  return one.queuedAt < other.queuedAt ? one.queuedAt : other.queuedAt;
}
