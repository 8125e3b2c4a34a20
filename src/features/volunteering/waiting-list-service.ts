/** The waiting list moves up: who is asked for a place that came free, and who is told that it does not hold them. */
import type { Shift } from '../../model/activity.ts';
import type { Community } from '../../model/community.ts';
import type { SignUp } from '../../model/sign-up.ts';
import type { Effects } from '../../runtime/feature.ts';
import { moveCounts } from '../../store/activity-table.ts';
import { findPrivateConversation } from '../../store/conversation-table.ts';
import { findPrivateChat } from '../../store/private-chat-table.ts';
import { listWaiting, updateSignUp } from '../../store/sign-up-table.ts';
import type { Transaction } from '../../store/store.ts';
import { joinEffects, type Offer, offerEffects } from './offer-effects.ts';
import { type PassedOver, passedOverEffects } from './passed-over-effects.ts';
import { FEATURE } from './volunteering-answers.ts';
import { fits, hasStarted, offerTime, placesLeft } from './volunteering-rules.ts';

/** Who is asked, and who is told why not, when places come free. */
interface Promotion {
  readonly shift: Shift;
  readonly offers: readonly Offer[];
  readonly passedOver: readonly PassedOver[];
}

export const NOBODY = { offers: [], passedOver: [] } as const;

export function promotionEffects({ offers, passedOver }: Promotion, community: Community, now: Date): Effects {
  return joinEffects(offerEffects(offers, community, now), passedOverEffects(passedOver, community, now));
}

/** Holds free places for those who wait, the longest first; who comes with more than fit is passed over this time. */
export async function promote(tx: Transaction, shift: Shift, community: Community, now: Date): Promise<Promotion> {
  if (shift.waiting === 0 || shift.state === 'cancelled' || hasStarted(shift, now)) return { shift, ...NOBODY };
  const offers: Offer[] = [];
  const tooMany: SignUp[] = [];
  let current = shift;
  for (const waiting of await listWaiting(tx, shift.id)) {
    if (placesLeft(current) === 0) break;
    if (!fits(current, waiting.party)) {
      tooMany.push(waiting);
      continue;
    }
    current = await move(tx, current, { taken: waiting.party, waiting: -1 });
    offers.push(await hold(tx, waiting, current, community, now));
  }
  return { shift: current, offers, passedOver: await passOver(tx, tooMany, { before: shift, after: current }, now) };
}

/** What is left when everybody who fits was asked is offered to the first of those whom it does not hold. */
async function passOver(
  tx: Transaction,
  tooMany: readonly SignUp[],
  { before, after }: { readonly before: Shift; readonly after: Shift },
  now: Date,
): Promise<PassedOver[]> {
  const passed: PassedOver[] = [];
  for (const signUp of tooMany) {
    const privateChatId = await privateChatOf(tx, signUp);
    const left = placesLeft(after) ?? 0;
    const isAsked = left > 0 && passed.every((one) => !one.isAsked);
    const isBusy = await isInQuestion(tx, signUp, privateChatId, now);
    const free = isAsked ? left : (placesLeft(before) ?? 0);
    if (privateChatId !== null) passed.push({ signUp, shift: after, left: free, isAsked, privateChatId, isBusy });
  }
  return passed;
}

async function hold(tx: Transaction, waiting: SignUp, shift: Shift, community: Community, now: Date): Promise<Offer> {
  const privateChatId = await privateChatOf(tx, waiting);
  const { askAt, until } = offerTime(shift, privateChatId !== null, now, community.settings);
  const signUp: SignUp = { ...waiting, state: 'offered', offeredUntil: until };
  await updateSignUp(tx, signUp);
  return { signUp, shift, askAt, until, privateChatId, isBusy: await isInQuestion(tx, waiting, privateChatId, now) };
}

const YIELDING_STEPS: ReadonlySet<string> = new Set([FEATURE.steps.name]);

async function privateChatOf(tx: Transaction, { personId }: SignUp): Promise<string | null> {
  const chat = personId === null ? null : await findPrivateChat(tx, personId);
  return chat?.id ?? null;
}

/** Something else was asked there that a plain yes would answer; a name or the offer of fewer places can wait. */
async function isInQuestion(tx: Transaction, { personId }: SignUp, chatId: string | null, now: Date): Promise<boolean> {
  if (personId === null || chatId === null) return false;
  const open = await findPrivateConversation(tx, chatId, now);
  return open !== null && !(open.feature === FEATURE.name && YIELDING_STEPS.has(open.step));
}

/** The shift with its new counts. What is refused here was decided wrongly above, and nothing of it stays. */
export async function move(
  tx: Transaction,
  shift: Shift,
  { taken = 0, waiting = 0 }: { readonly taken?: number; readonly waiting?: number },
): Promise<Shift> {
  if (taken === 0 && waiting === 0) return shift;
  if (!(await moveCounts(tx, shift.id, { taken, waiting }))) throw new Error('more places were given than there are');
  return { ...shift, taken: shift.taken + taken, waiting: shift.waiting + waiting };
}
