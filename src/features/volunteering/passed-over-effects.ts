/** Tells those who wait with more people than there are places free: some of them may come, or the next was asked. */
import type { Shift } from '../../model/activity.ts';
import type { Community } from '../../model/community.ts';
import type { Outgoing, Said } from '../../model/outgoing.ts';
import type { SignUp } from '../../model/sign-up.ts';
import type { Effects, OtherAsk } from '../../runtime/feature.ts';
import { shiftWords } from './shift-words.ts';
import { ANSWERS_VERSION, FEATURE, type SmallerAnswers } from './volunteering-answers.ts';
import { newsAt } from './volunteering-rules.ts';
import { say } from './volunteering-texts.ts';

export interface PassedOver {
  readonly signUp: SignUp;
  readonly shift: Shift;
  /** How many places came free. */
  readonly left: number;
  /** Whether they are still free: then some of them may come. */
  readonly isAsked: boolean;
  readonly privateChatId: string;
  /** Something else was asked there and is not answered yet. */
  readonly isBusy: boolean;
}

export function passedOverEffects(passed: readonly PassedOver[], community: Community, now: Date): Effects {
  return {
    messages: passed.map((one) => tell(one, community, now)),
    askOthers: passed.flatMap((one) => question(one)),
  };
}

function tell(one: PassedOver, community: Community, now: Date): Outgoing {
  const { signUp, shift, privateChatId: chatId } = one;
  return {
    to: { chatId },
    said: words(one, community, now),
    kind: 'reminder',
    runAt: newsAt(shift.startsAt, now, community.settings),
    notAfter: shift.startsAt,
    collapseKey: `passed-over:${signUp.id}`,
    subjectId: signUp.id,
  };
}

function words({ signUp, shift, left, isAsked, isBusy }: PassedOver, community: Community, now: Date): Said {
  const { title, day } = shiftWords(shift, community, now);
  const { party } = signUp;
  if (!isAsked) return say('shift.passed-by', { title, day, left, party });
  const yes = { label: say('shift.smaller-yes', { left }), say: say('shift.offer-part-said', { title, left }) };
  if (isBusy) return { ...say('shift.offer-part-in-words', { title, day, left, party }), choices: [yes] };
  return {
    ...say('shift.offer-part', { title, day, left, party }),
    choices: [yes, { label: say('shift.smaller-no') }],
  };
}

/** The places are not held, so a late yes may still find them taken. */
function question({ signUp, left, isAsked, privateChatId: chatId, isBusy }: PassedOver): OtherAsk[] {
  if (!isAsked || isBusy || signUp.personId === null) return [];
  const answers: SmallerAnswers = { shift: signUp.shiftId, party: left };
  const ask = { step: FEATURE.steps.smaller, version: ANSWERS_VERSION, question: { kind: 'confirm' } as const };
  return [{ feature: FEATURE.name, chatId, personId: signUp.personId, ...ask, answers }];
}
