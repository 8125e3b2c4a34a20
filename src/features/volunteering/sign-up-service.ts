/**
 * Signing up, changing one's mind, moving up: what the chat, the forms and the committee's pages all call.
 * Each works on a shift it holds alone (`lockShift`), so that its counts and its sign-ups never disagree.
 */
import type { Shift } from '../../model/activity.ts';
import type { Community } from '../../model/community.ts';
import { LARGEST_PARTY, type SignUp, type SignUpSource } from '../../model/sign-up.ts';
import type { Effects } from '../../runtime/feature.ts';
import { lockShift } from '../../store/activity-table.ts';
import {
  findSignUp,
  findSignUpById,
  forgetPersonOf,
  insertSignUp,
  knownContact,
  listLapsedOffers,
  listWaiting,
  setContact,
  updateSignUp,
} from '../../store/sign-up-table.ts';
import type { Transaction } from '../../store/store.ts';
import { joinEffects, NO_EFFECTS } from './offer-effects.ts';
import { shiftWords } from './shift-words.ts';
import { fits, hasStarted, placesLeft } from './volunteering-rules.ts';
import { say } from './volunteering-texts.ts';
import { move, NOBODY, promote, promotionEffects } from './waiting-list-service.ts';

export interface JoinRequest {
  readonly community: Community;
  readonly shiftId: string;
  /** `null`: written down by a worker, for somebody who is on no channel. */
  readonly personId: string | null;
  readonly chatId: string | null;
  readonly source: SignUpSource;
  /** One where nothing was said; for a sign-up that stands, as it is. */
  readonly party?: number | undefined;
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  /** The sign-up it repeats, where there is no person to find it by. */
  readonly standing?: SignUp | undefined;
}

interface Joined {
  readonly ok: true;
  readonly signUp: SignUp;
  readonly shift: Shift;
  /** Whether the person never signed up for anything before. */
  readonly isFirst: boolean;
  /** Nothing to call them by is known, and they were not asked before, or have a place only now. */
  readonly wantsName: boolean;
  readonly effects: Effects;
}

export type JoinResult =
  | (Joined & { readonly change: 'joined' | 'party-changed' | 'already' })
  | (Joined & { readonly change: 'waiting' | 'still-waiting'; readonly ahead: number })
  | { readonly ok: false; readonly why: 'gone' }
  | { readonly ok: false; readonly why: 'past' | 'closed' | 'called-off'; readonly shift: Shift }
  /** More than could ever come. */
  | { readonly ok: false; readonly why: 'too-many'; readonly shift: Shift; readonly most: number }
  /** A sign-up that stands and stays as it is, because not so many more can come. */
  | { readonly ok: false; readonly why: 'no-room-for-more'; readonly shift: Shift; readonly signUp: SignUp };

/** A second time for the same shift changes how many come, or takes the place that was offered. */
export async function joinShift(tx: Transaction, asked: JoinRequest, now: Date): Promise<JoinResult> {
  // Nobody comes with less than themselves, whatever was read.
  const request = { ...asked, party: asked.party === undefined ? undefined : Math.max(1, asked.party) };
  const { community, personId } = request;
  const shift = await lockShift(tx, community.id, request.shiftId);
  if (shift === null) return { ok: false, why: 'gone' };
  if (shift.state === 'cancelled') return { ok: false, why: 'called-off', shift };
  if (hasStarted(shift, now)) return { ok: false, why: 'past', shift };
  const most = Math.min(shift.capacity ?? LARGEST_PARTY, LARGEST_PARTY);
  if ((request.party ?? 1) > most) return { ok: false, why: 'too-many', shift, most };
  const own = personId === null ? (request.standing ?? null) : await findSignUp(tx, shift.id, personId);
  if (own !== null && own.state !== 'cancelled') return changeOwn(tx, { request, shift, own, now });
  if (shift.state === 'closed') return { ok: false, why: 'closed', shift };
  return takePlace(tx, { request, shift, own, now });
}

interface Wish {
  readonly request: JoinRequest;
  readonly shift: Shift;
  readonly now: Date;
}

async function takePlace(tx: Transaction, wish: Wish & { readonly own: SignUp | null }): Promise<JoinResult> {
  const { request, shift, own, now } = wish;
  const party = request.party ?? 1;
  const hasPlace = fits(shift, party);
  const known = request.personId === null ? null : await knownContact(tx, shift.communityId, request.personId);
  const contact = { name: request.name ?? known?.name ?? null, phone: request.phone ?? known?.phone ?? null };
  const fresh: Omit<SignUp, 'id'> = {
    shiftId: shift.id,
    communityId: shift.communityId,
    personId: request.personId,
    chatId: request.chatId,
    party,
    state: hasPlace ? 'joined' : 'waiting',
    queuedAt: now,
    offeredUntil: null,
    source: request.source,
    createdAt: now,
  };
  const signUp = own === null ? await insertSignUp(tx, fresh, contact) : { ...fresh, id: own.id };
  if (signUp === null) throw new Error('a sign-up appeared although its shift is held');
  if (own !== null) {
    await updateSignUp(tx, signUp);
    await setContact(tx, signUp, contact);
  }
  const moved = await move(tx, shift, hasPlace ? { taken: party } : { waiting: 1 });
  const joined = { ok: true, signUp, shift: moved, effects: NO_EFFECTS } as const;
  const isFirst = known?.isKnown === false;
  const person = { isFirst, wantsName: isFirst && contact.name === null };
  return hasPlace
    ? { ...joined, ...person, change: 'joined' }
    : { ...joined, ...person, change: 'waiting', ahead: shift.waiting };
}

async function changeOwn(tx: Transaction, wish: Wish & { readonly own: SignUp }): Promise<JoinResult> {
  const { request, shift, own, now } = wish;
  const party = request.party ?? own.party;
  await setContact(tx, own, { name: request.name ?? null, phone: request.phone ?? null });
  const held = own.state === 'waiting' ? 0 : own.party;
  if (own.state === 'waiting' && !fits(shift, party)) return stillWaiting(tx, shift, own, party);
  if (!fits(shift, party, held)) return { ok: false, why: 'no-room-for-more', shift, signUp: own };
  const signUp: SignUp = { ...own, party, state: 'joined', offeredUntil: null };
  if (own.state !== 'joined' || party !== own.party) await updateSignUp(tx, signUp);
  const moved = await move(tx, shift, { taken: party - held, waiting: own.state === 'waiting' ? -1 : 0 });
  const promoted = party < held ? await promote(tx, moved, request.community, now) : { shift: moved, ...NOBODY };
  return {
    ok: true,
    change: own.state !== 'joined' ? 'joined' : party === own.party ? 'already' : 'party-changed',
    signUp,
    shift: promoted.shift,
    isFirst: false,
    wantsName: own.state !== 'joined' && own.personId !== null && !(await hasName(tx, own, own.personId)),
    effects: promotionEffects(promoted, request.community, now),
  };
}

async function hasName(tx: Transaction, { communityId }: SignUp, personId: string): Promise<boolean> {
  return (await knownContact(tx, communityId, personId)).name !== null;
}

async function stillWaiting(tx: Transaction, shift: Shift, own: SignUp, party: number): Promise<JoinResult> {
  const signUp = { ...own, party };
  if (party !== own.party) await updateSignUp(tx, signUp);
  const ahead = await countAhead(tx, own);
  const kept = { isFirst: false, wantsName: false, effects: NO_EFFECTS };
  return { ok: true, change: 'still-waiting', signUp, shift, ahead, ...kept };
}

async function countAhead(tx: Transaction, own: SignUp): Promise<number> {
  const waiting = await listWaiting(tx, own.shiftId);
  return waiting.findIndex(({ id }) => id === own.id);
}

export type CancelResult =
  | { readonly ok: true; readonly signUp: SignUp; readonly shift: Shift; readonly effects: Effects }
  | { readonly ok: false; readonly why: 'gone' }
  | { readonly ok: false; readonly why: 'past'; readonly shift: Shift };

/** Frees the places; those who wait are asked in turn. Also the no to an offer. */
export async function cancelSignUp(
  tx: Transaction,
  community: Community,
  signUpId: string,
  now: Date,
): Promise<CancelResult> {
  const seen = await findSignUpById(tx, community.id, signUpId);
  const shift = seen === null ? null : await lockShift(tx, community.id, seen.shiftId);
  const own = shift === null ? null : await findSignUpById(tx, community.id, signUpId);
  if (shift === null || own === null || own.state === 'cancelled') return { ok: false, why: 'gone' };
  if (hasStarted(shift, now)) return { ok: false, why: 'past', shift };
  const freed = await giveUp(tx, shift, own);
  const promoted = await promote(tx, freed.shift, community, now);
  return {
    ok: true,
    signUp: freed.signUp,
    shift: promoted.shift,
    effects: promotionEffects(promoted, community, now),
  };
}

export type AcceptResult =
  | { readonly ok: true; readonly signUp: SignUp; readonly shift: Shift }
  | { readonly ok: false; readonly why: 'gone' | 'past' }
  | { readonly ok: false; readonly why: 'full'; readonly left: number };

/** Somebody who waits, or for whom a place is held, has one from now on. */
export async function acceptPlace(
  tx: Transaction,
  community: Community,
  seen: SignUp,
  now: Date,
): Promise<AcceptResult> {
  const shift = await lockShift(tx, community.id, seen.shiftId);
  const own = await findSignUpById(tx, community.id, seen.id);
  if (shift === null || shift.state === 'cancelled' || own === null) return { ok: false, why: 'gone' };
  if (own.state !== 'waiting' && own.state !== 'offered') return { ok: false, why: 'gone' };
  if (hasStarted(shift, now)) return { ok: false, why: 'past' };
  const isHeld = own.state === 'offered';
  if (!isHeld && !fits(shift, own.party)) return { ok: false, why: 'full', left: placesLeft(shift) ?? 0 };
  const signUp: SignUp = { ...own, state: 'joined', offeredUntil: null };
  await updateSignUp(tx, signUp);
  return { ok: true, signUp, shift: isHeld ? shift : await move(tx, shift, { taken: own.party, waiting: -1 }) };
}

/** Offers nobody answered in time go on to the next. */
export async function lapseOffers(tx: Transaction, community: Community, now: Date): Promise<Effects> {
  const effects: Effects[] = [];
  for (const seen of await listLapsedOffers(tx, community.id, now)) {
    const shift = await lockShift(tx, community.id, seen.shiftId);
    const own = await findSignUpById(tx, community.id, seen.id);
    if (shift === null || own === null || !isLapsed(own, now)) continue;
    const freed = await giveUp(tx, shift, own);
    effects.push(tellLapsed(freed.signUp, freed.shift, community, now));
    const promoted = await promote(tx, freed.shift, community, now);
    effects.push(promotionEffects(promoted, community, now));
  }
  return joinEffects(...effects);
}

function isLapsed({ state, offeredUntil }: SignUp, now: Date): boolean {
  return state === 'offered' && offeredUntil !== null && offeredUntil <= now;
}

function tellLapsed({ personId }: SignUp, shift: Shift, community: Community, now: Date): Effects {
  if (personId === null || shift.state === 'cancelled' || hasStarted(shift, now)) return NO_EFFECTS;
  const { title, day } = shiftWords(shift, community, now);
  return {
    messages: [
      { to: { personId }, said: say('shift.offer-lapsed', { title, day }), kind: 'reminder', notAfter: shift.startsAt },
    ],
  };
}

async function giveUp(
  tx: Transaction,
  shift: Shift,
  own: SignUp,
): Promise<{ readonly signUp: SignUp; readonly shift: Shift }> {
  const signUp: SignUp = { ...own, state: 'cancelled', offeredUntil: null };
  await updateSignUp(tx, signUp);
  // Written down for somebody who is on no channel: nobody could ask for it to be erased later.
  if (own.personId === null) await forgetPersonOf(tx, [own.id]);
  const moved = await move(tx, shift, own.state === 'waiting' ? { waiting: -1 } : { taken: -own.party });
  return { signUp, shift: moved };
}
