/** Something was asked and nobody understood the answer: what its words may mean all the same, or the question once more. */
import type { Ask, Conversation, Outcome } from '../../runtime/feature.ts';
import { findShift } from '../../store/activity-table.ts';
import { findSignUpById, setContact } from '../../store/sign-up-table.ts';
import { changePartyOf, letGo } from './answer-turn.ts';
import { cancelAgain, chooseAgain } from './choose-again-turn.ts';
import { type HeardTurn, ownAhead, saysWhich } from './heard-turn.ts';
import { joinOne } from './join-one-turn.ts';
import { askOfferAgain } from './own-turn.ts';
import {
  FEATURE,
  type NameAnswers,
  type OfferAnswers,
  readAsked,
  type SmallerAnswers,
} from './volunteering-answers.ts';
import { say } from './volunteering-texts.ts';

/** `null`: it was about something else, and the desk answers. */
export async function unclear(turn: HeardTurn): Promise<Outcome | null> {
  const { conversation } = turn;
  const asked = conversation === null ? null : readAsked(conversation);
  if (conversation === null || asked === null || speaksOfOthers(turn)) return null;
  const dropped = await letGo(turn, asked.step);
  if (dropped !== null) return dropped;
  const held = asked.step === FEATURE.steps.offer ? null : await takeHeld(turn);
  if (held !== null) return held;
  switch (asked.step) {
    case FEATURE.steps.join:
      return chooseAgain(turn, asked.answers);
    case FEATURE.steps.cancel:
      return cancelAgain(turn, asked.answers);
    case FEATURE.steps.offer:
      return offerAgain(turn, asked.answers);
    case FEATURE.steps.smaller:
      return smallerAgain(turn, asked.answers);
    case FEATURE.steps.name:
      return nameAgain(turn, conversation, asked.answers);
    case FEATURE.steps.swap:
      return null;
  }
}

/** What I signed up for, where I stand, taking it back, one more: no answer to anything, and the desk hands it on. */
function speaksOfOthers({ spoken: { kinds, rest } }: HeardTurn): boolean {
  const isOwnMatter = (['own', 'position', 'cancel', 'again', 'more', 'places'] as const).some((kind) =>
    kinds.has(kind),
  );
  return isOwnMatter && rest.length <= 1;
}

/** 去: whatever was asked since, it is the place that is held. */
async function takeHeld(turn: HeardTurn): Promise<Outcome | null> {
  const { kinds, rest } = turn.spoken;
  if (!kinds.has('join') || rest !== '' || saysWhich(turn.spoken)) return null;
  const [held, ...more] = (await ownAhead(turn)).filter(({ signUp }) => signUp.state === 'offered');
  return held === undefined || more.length > 0 ? null : joinOne(turn, held.shift.id, { party: turn.spoken.party }, []);
}

async function offerAgain(turn: HeardTurn, asked: OfferAnswers): Promise<Outcome | null> {
  const { party, rest } = turn.spoken;
  if (party !== undefined && rest === '') return joinOne(turn, asked.shift, { party }, []);
  return askOfferAgain(turn, asked);
}

async function smallerAgain(turn: HeardTurn, asked: SmallerAnswers): Promise<Outcome | null> {
  const { party, rest } = turn.spoken;
  if (party !== undefined && rest === '') return joinOne(turn, asked.shift, { party }, []);
  const shift = await findShift(turn.tx, turn.community.id, asked.shift);
  if (shift === null) return null;
  return { messages: [{ to: 'here', said: say('shift.smaller-again', { title: shift.title, left: asked.party }) }] };
}

async function nameAgain(
  turn: HeardTurn,
  { version, step, question }: Conversation,
  asked: NameAnswers,
): Promise<Outcome | null> {
  if (question === null) return null;
  const signUp = await findSignUpById(turn.tx, turn.community.id, asked.signUp);
  if (signUp === null || signUp.personId !== turn.person.id) return null;
  const { party, phone, rest } = turn.spoken;
  if (party !== undefined && rest === '' && !saysWhen(turn)) {
    return changePartyOf(turn, asked, party);
  }
  if (phone !== undefined && rest === '') {
    await setContact(turn.tx, signUp, { name: null, phone });
    return { messages: [{ to: 'here', said: say('shift.phone-kept') }] };
  }
  if (asked.again === true || saysWhen(turn)) return null;
  const ask: Ask = { step, version, question, answers: { signUp: signUp.id, again: true } };
  return { messages: [{ to: 'here', said: say('shift.ask-name-again') }], ask };
}

/** A day or a time of day is about an activity and not a name. */
function saysWhen({ spoken: { dates, part, time } }: HeardTurn): boolean {
  return dates.length > 0 || part !== undefined || time !== undefined;
}
