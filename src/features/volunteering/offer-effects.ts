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
}

export function offerEffects(offers: readonly Offer[], community: Community, now: Date): Effects {
  const effects = offers.flatMap((offer) => {
    const { signUp, privateChatId: chatId } = offer;
    if (chatId === null || signUp.personId === null) return [];
    return [{ message: askStill(offer, chatId, community), ask: question(offer, chatId, signUp.personId, now) }];
  });
  return { messages: effects.map(({ message }) => message), askOthers: effects.map(({ ask }) => ask) };
}

export function joinEffects(...all: readonly Effects[]): Effects {
  return {
    messages: all.flatMap(({ messages }) => messages),
    askOthers: all.flatMap(({ askOthers }) => askOthers ?? []),
  };
}

export const NO_EFFECTS: Effects = { messages: [] };

function askStill({ signUp, shift, askAt, until }: Offer, chatId: string, community: Community): Outgoing {
  const zone = community.settings.zone;
  const untilDay = dayWords(until, community, askAt);
  const untilWords =
    dayWords(askAt, community, askAt) === untilDay ? clockWords(until, zone) : `${untilDay} ${clockWords(until, zone)}`;
  return {
    to: { chatId },
    said: {
      ...say('shift.offer', { ...shiftWords(shift, community, askAt), party: signUp.party, until: untilWords }),
      choices: [{ label: say('shift.offer-yes') }, { label: say('shift.offer-no') }],
    },
    kind: 'reminder',
    runAt: askAt,
    notAfter: until,
    subjectId: signUp.id,
  };
}

function question({ signUp, until }: Offer, chatId: string, personId: string, now: Date): OtherAsk {
  const answers: OfferAnswers = { shift: signUp.shiftId };
  return {
    feature: FEATURE.name,
    chatId,
    personId,
    step: FEATURE.steps.offer,
    version: ANSWERS_VERSION,
    question: { kind: 'confirm' },
    answers,
    openForMs: until.getTime() - now.getTime(),
  };
}
