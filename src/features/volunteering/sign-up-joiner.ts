/** Two records of the same human become one: their sign-ups too, and nobody takes two places by having had two chats. */
import type { Shift } from '../../model/activity.ts';
import type { Person } from '../../model/chat.ts';
import type { Community } from '../../model/community.ts';
import type { SignUp } from '../../model/sign-up.ts';
import type { Effects } from '../../runtime/feature.ts';
import { lockShift } from '../../store/activity-table.ts';
import { deleteSignUp, giveSignUp, listSignUpsOfPerson, readSignUpContact } from '../../store/sign-up-join-table.ts';
import { findSignUp, findSignUpById, setContact, updateSignUp } from '../../store/sign-up-table.ts';
import type { Transaction } from '../../store/store.ts';
import { joinEffects, NO_EFFECTS } from './offer-effects.ts';
import { combine, placesHeld } from './sign-up-join-rules.ts';
import { move, promote, promotionEffects } from './waiting-list-service.ts';

/** The places this sets free go to those who wait. */
export async function joinSignUps(
  tx: Transaction,
  people: { readonly stays: Person; readonly goes: Person },
  community: Community,
  now: Date,
): Promise<Effects> {
  const effects: Effects[] = [];
  for (const seen of await listSignUpsOfPerson(tx, people.goes.id)) {
    const shift = await lockShift(tx, community.id, seen.shiftId);
    const theirs = await findSignUpById(tx, community.id, seen.id);
    if (shift === null || theirs === null) continue;
    const own = await findSignUp(tx, shift.id, people.stays.id);
    if (own === null) await giveSignUp(tx, theirs.id, people.stays.id);
    else effects.push(await joinTwo(tx, { shift, own, theirs }, community, now));
  }
  return joinEffects(...effects);
}

interface Two {
  readonly shift: Shift;
  readonly own: SignUp;
  readonly theirs: SignUp;
}

async function joinTwo(
  tx: Transaction,
  { shift, own, theirs }: Two,
  community: Community,
  now: Date,
): Promise<Effects> {
  const signUp = combine(own, theirs);
  const dropped = signUp.id === own.id ? theirs : own;
  const kept = await readSignUpContact(tx, signUp);
  const more = await readSignUpContact(tx, dropped);
  await deleteSignUp(tx, dropped.id);
  if (own.personId !== null) await giveSignUp(tx, signUp.id, own.personId);
  await updateSignUp(tx, signUp);
  await setContact(tx, signUp, {
    name: kept.name === null ? more.name : null,
    phone: kept.phone === null ? more.phone : null,
  });
  const moved = await move(tx, shift, {
    taken: placesHeld(signUp) - placesHeld(own) - placesHeld(theirs),
    waiting: waits(signUp) - waits(own) - waits(theirs),
  });
  if (moved.taken >= shift.taken) return NO_EFFECTS;
  return promotionEffects(await promote(tx, moved, community, now), community, now);
}

function waits({ state }: SignUp): number {
  return state === 'waiting' ? 1 : 0;
}
