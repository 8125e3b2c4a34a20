/** Somebody wants their data gone: what is ahead is cancelled and moves on, what has been stays as a number. */
import type { Person } from '../../model/chat.ts';
import type { Effects } from '../../runtime/feature.ts';
import { findCommunity } from '../../store/community-table.ts';
import { forgetPersonOf, listOwnSignUps, listSignUpIdsOf } from '../../store/sign-up-table.ts';
import type { Transaction } from '../../store/store.ts';
import { joinEffects, NO_EFFECTS } from './offer-effects.ts';
import { cancelSignUp } from './sign-up-service.ts';
import { hasStarted } from './volunteering-rules.ts';

export async function eraseSignUps(
  tx: Transaction,
  person: Pick<Person, 'id' | 'communityId'>,
  now: Date,
): Promise<Effects> {
  const community = await findCommunity(tx, person.communityId);
  if (community === null) return NO_EFFECTS;
  const effects: Effects[] = [];
  const ahead = (await listOwnSignUps(tx, person.id, now)).filter(({ shift }) => !hasStarted(shift, now));
  // In one order for everybody, so that two erasures wait for each other instead of blocking.
  for (const { signUp } of ahead.sort((a, b) => (a.shift.id < b.shift.id ? -1 : 1))) {
    const result = await cancelSignUp(tx, community, signUp.id, now);
    if (result.ok) effects.push(result.effects);
  }
  await forgetPersonOf(tx, await listSignUpIdsOf(tx, person.id));
  return joinEffects(...effects);
}
