/** Asks people on the waiting list whether they still want the place that is now held for them. */

import type { Shift } from '../../model/activity.ts';
import type { Community } from '../../model/community.ts';
import type { Outgoing } from '../../model/outgoing.ts';
import type { SignUp } from '../../model/sign-up.ts';
import type { Effects, OtherAsk } from '../../runtime/feature.ts';
import { clockWords, dayWords, shiftWords } from './shift-words.ts';
import { ANSWERS_VERSION, FEATURE, type OfferAnswers } from './volunteering-answers.ts';
import { say } from './volunteering-texts.ts';

export interface Offer {
  readonly signUp: SignUp;
  readonly shift: Shift;
  readonly askAt: Date;
  readonly until: Date;
  /** `null` where the bot cannot reach the person: a worker calls. */
  readonly privateChatId: string | null;
  /** Something else was asked there and is not answered yet: a plain yes would be taken for that. */
  readonly isBusy: boolean;
}

export function offerEffects(offers: readonly Offer[], community: Community, now: Date): Effects {
  return {
    messages: offers.flatMap((offer) => askStill(offer, community)),
    askOthers: offers.flatMap((offer) => question(offer, now)),
  };
}

export function joinEffects(...all: readonly Effects[]): Effects {
  return {
    messages: all.flatMap(({ messages }) => messages),
    askOthers: all.flatMap(({ askOthers }) => askOthers ?? []),
  };
}

export const NO_EFFECTS: Effects = { messages: [] };

function askStill(offer: Offer, community: Community): Outgoing[] {
  const { signUp, shift, askAt, until, privateChatId: chatId, isBusy } = offer;
  if (chatId === null) return [];
  const { title, ...words } = shiftWords(shift, community, askAt);
  const values = { title, ...words, party: signUp.party, until: untilWords(offer, community) };
  // A tap says the whole sentence, so that it is understood whatever else is open.
  const choices = [
    { label: say('shift.offer-yes'), say: say('shift.offer-yes-said', { title }) },
    { label: say('shift.offer-no'), say: say('shift.offer-no-said', { title }) },
  ];
  const said = isBusy ? say('shift.offer-in-words', values) : say('shift.offer', values);
  return [
    {
      to: { chatId },
      said: { ...said, choices },
      kind: 'reminder',
      runAt: askAt,
      notAfter: until,
      subjectId: signUp.id,
    },
  ];
}

/** The time alone where it is on the day the person is asked. */
function untilWords({ askAt, until }: Offer, community: Community): string {
  const time = clockWords(until, community.settings.zone);
  const day = dayWords(until, community, askAt);
  return day === dayWords(askAt, community, askAt) ? time : `${day} ${time}`;
}

function question({ signUp, until, privateChatId: chatId, isBusy }: Offer, now: Date): OtherAsk[] {
  if (chatId === null || signUp.personId === null || isBusy) return [];
  const answers: OfferAnswers = { shift: signUp.shiftId };
  return [
    {
      feature: FEATURE.name,
      chatId,
      personId: signUp.personId,
      step: FEATURE.steps.offer,
      version: ANSWERS_VERSION,
      question: { kind: 'confirm' },
      answers,
      openForMs: until.getTime() - now.getTime(),
    },
  ];
}
