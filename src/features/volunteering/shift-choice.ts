/** Shifts and sign-ups as numbered lines to choose from, and the question that goes with them. */

import type { Shift } from '../../model/activity.ts';
import type { Community } from '../../model/community.ts';
import type { Outgoing, SaidChoice } from '../../model/outgoing.ts';
import type { Saying } from '../../model/text.ts';
import type { Ask, Outcome, Turn } from '../../runtime/feature.ts';
import type { OwnSignUp } from '../../store/sign-up-table.ts';
import { shiftWords } from './shift-words.ts';
import { ANSWERS_VERSION, type CancelAnswers, FEATURE, type JoinAnswers } from './volunteering-answers.ts';
import { fits, hasStarted, placesLeft } from './volunteering-rules.ts';
import { say } from './volunteering-texts.ts';

/** As many lines as are read before the first is forgotten. */
export const MOST_CHOICES = 4;

/** What was said with a wish to join, kept until it is known which shift is meant. */
export type JoinWish = Omit<JoinAnswers, 'shifts'>;

/** Whether one can sign up for it now, be it for the waiting list. */
export function isOpen(shift: Shift, now: Date): boolean {
  return shift.state === 'open' && !hasStarted(shift, now);
}

export function withPlaces(shifts: readonly Shift[], party: number, now: Date): Shift[] {
  return shifts.filter((shift) => isOpen(shift, now) && fits(shift, party));
}

/** A heading over numbered shifts; the number, the words or a tap signs up. */
export function askShift(turn: Turn, heading: Saying, shifts: readonly Shift[], wish: JoinWish): Outcome {
  return { messages: [shiftChoices(turn, heading, shifts)], ask: joinQuestion(turn, shifts, wish) };
}

export function shiftChoices(turn: Turn, heading: Saying, shifts: readonly Shift[]): Outgoing {
  const labels = shifts.map((shift) => shiftLine(shift, turn.community, turn.now));
  return { to: 'here', said: { ...heading, choices: numbered(labels) } };
}

export function joinQuestion(turn: Turn, shifts: readonly Shift[], wish: JoinWish): Ask {
  const { party, name, phone } = wish;
  const answers = {
    shifts: shifts.map(({ id }) => id),
    ...(party === undefined ? {} : { party }),
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
  } satisfies JoinAnswers;
  return {
    step: FEATURE.steps.join,
    version: ANSWERS_VERSION,
    question: { kind: 'choose-shift', options: shifts.map((shift) => shiftName(shift, turn)) },
    answers,
  };
}

export function askSignUp(turn: Turn, heading: Saying, own: readonly OwnSignUp[]): Outcome {
  const labels = own.map(({ shift, signUp }) => {
    const { title, day, time } = shiftWords(shift, turn.community, turn.now);
    return say('shift.line-own', { title, day, time, party: signUp.party });
  });
  const answers = { signUps: own.map(({ signUp }) => signUp.id) } satisfies CancelAnswers;
  const options = own.map(({ shift }) => shiftName(shift, turn));
  return {
    messages: [{ to: 'here', said: { ...heading, choices: numbered(labels) } }],
    ask: {
      step: FEATURE.steps.cancel,
      version: ANSWERS_VERSION,
      question: { kind: 'choose-shift', options },
      answers,
    },
  };
}

function numbered(labels: readonly Saying[]): SaidChoice[] {
  return labels.map((label, index) => ({ label, say: String(index + 1) }));
}

/** The day stands in it, because an activity may have several. */
export function shiftName(shift: Shift, { community, now }: Turn): string {
  const { title, day } = shiftWords(shift, community, now);
  return `${title} ${day}`;
}

function shiftLine(shift: Shift, community: Community, now: Date): Saying {
  const { title, day, time } = shiftWords(shift, community, now);
  const left = placesLeft(shift);
  if (left === null) return say('shift.line-open', { title, day, time });
  if (left > 0) return say('shift.line', { title, day, time, left });
  return say('shift.line-full', { title, day, time });
}
