/** Answers to the questions of this feature. `null` where the message is no answer and means something of its own. */
import type { Saying } from '../../model/text.ts';
import type { Conversation, Outcome, Turn } from '../../runtime/feature.ts';
import { findShift } from '../../store/activity-table.ts';
import { findSignUp, findSignUpById, setContact } from '../../store/sign-up-table.ts';
import { cancelOne } from './cancel-turn.ts';
import { cancelChosen, chooseAgain, joinChosen } from './choose-again-turn.ts';
import { type HeardTurn, ownAhead, saysWhich } from './heard-turn.ts';
import { joinOne } from './join-one-turn.ts';
import { askOfferAgain } from './own-turn.ts';
import { swapChosen } from './swap-turn.ts';
import {
  type Asked,
  type CancelAnswers,
  FEATURE,
  type JoinAnswers,
  type NameAnswers,
  type OfferAnswers,
  readAsked,
  type SmallerAnswers,
  type SwapAnswers,
} from './volunteering-answers.ts';
import { say } from './volunteering-texts.ts';

export async function answer(turn: HeardTurn, conversation: Conversation): Promise<Outcome | null> {
  const asked = readAsked(conversation);
  if (asked === null) return null;
  const dropped = await letGo(turn, asked.step);
  if (dropped !== null) return dropped;
  switch (asked.step) {
    case FEATURE.steps.join:
      return chooseShift(turn, asked.answers);
    case FEATURE.steps.cancel:
      return chooseSignUp(turn, asked.answers);
    case FEATURE.steps.offer:
      return answerOffer(turn, asked.answers);
    case FEATURE.steps.smaller:
      return comeWithFewer(turn, asked.answers);
    case FEATURE.steps.swap:
      return chooseSwap(turn, asked.answers);
    case FEATURE.steps.name:
      return keepName(turn, asked.answers);
  }
}

/** 算了: the question goes, and it is said that nothing else did. Said among neighbours it goes without a word. */
export async function letGo(turn: HeardTurn, step: Asked['step']): Promise<Outcome | null> {
  const said = wordOfRest(step);
  const { intent, slots } = turn.understood;
  const drops = (intent === 'confirm' && slots.yes === false) || turn.spoken.isDrop || (await staysAway(turn, step));
  if (said === null || !drops) return null;
  return { messages: turn.addressed ? [{ to: 'here', said }] : [], ask: null };
}

function wordOfRest(step: Asked['step']): Saying | null {
  switch (step) {
    case FEATURE.steps.join:
      return say('shift.not-joined');
    case FEATURE.steps.cancel:
      return say('shift.none-cancelled');
    case FEATURE.steps.name:
      return say('shift.without-name');
    case FEATURE.steps.swap:
      return say('shift.not-swapped');
    default:
      return null;
  }
}

/** 不去了 under the list of what there is, from somebody who goes nowhere: none of these, and nothing to take back. */
async function staysAway(turn: HeardTurn, step: Asked['step']): Promise<boolean> {
  const isBare = turn.understood.intent === 'sign-up.cancel' && !saysWhich(turn.spoken);
  return step === FEATURE.steps.join && isBare && (await ownAhead(turn)).length === 0;
}

async function chooseShift(turn: HeardTurn, asked: JoinAnswers): Promise<Outcome | null> {
  const numbers = chosenNumbers(turn);
  if (numbers !== null) return joinChosen(turn, asked, numbers);
  return bareParty(turn) === null ? null : chooseAgain(turn, asked);
}

async function chooseSignUp(turn: Turn, asked: CancelAnswers): Promise<Outcome | null> {
  const numbers = chosenNumbers(turn);
  return numbers === null ? null : cancelChosen(turn, asked, numbers);
}

async function chooseSwap(turn: HeardTurn, asked: SwapAnswers): Promise<Outcome | null> {
  const numbers = chosenNumbers(turn);
  return numbers === null ? null : swapChosen(turn, asked, numbers);
}

/** A list may also be answered with "sign up 2", which reads as a wish to join an activity called 2. */
function chosenNumbers({ understood: { intent, slots } }: Turn): readonly number[] | null {
  if (intent === 'choice' && slots.numbers !== undefined && slots.numbers.length > 0)
    return [...new Set(slots.numbers)];
  if (intent !== 'sign-up.join' && intent !== 'sign-up.cancel') return null;
  const digits = /^\s*(\d{1,2})\s*$/.exec(slots.activity?.normalize('NFKC') ?? '');
  return digits === null ? null : [Number(digits[1])];
}

async function answerOffer(turn: HeardTurn, asked: OfferAnswers): Promise<Outcome | null> {
  // 我再想想 holds a no and is none: the place is not given away for it.
  if (turn.spoken.kinds.has('consider')) return askOfferAgain(turn, asked);
  const yes = saidYes(turn) ?? saidInOtherWords(turn);
  if (yes === null) return null;
  if (yes) return joinOne(turn, asked.shift, { party: turn.understood.slots.party }, []);
  const own = await findSignUp(turn.tx, asked.shift, turn.person.id);
  return cancelOne(turn, own?.id ?? '');
}

/** "I'll come", "can't come": without an activity or a day it is what was just asked about. */
function saidInOtherWords({ understood: { intent, slots } }: Turn): boolean | null {
  if (slots.activity !== undefined || slots.date !== undefined || slots.shift !== undefined) return null;
  return intent === 'sign-up.join' ? true : intent === 'sign-up.cancel' ? false : null;
}

async function comeWithFewer(turn: Turn, asked: SmallerAnswers): Promise<Outcome | null> {
  const { party } = turn.understood.slots;
  if (saidInOtherWords(turn) === true && party !== undefined) return joinOne(turn, asked.shift, { party }, []);
  const yes = saidYes(turn);
  if (yes === null) return null;
  if (yes) return joinOne(turn, asked.shift, { party: asked.party }, []);
  const shift = await findShift(turn.tx, turn.community.id, asked.shift);
  if (shift === null) return { messages: [], ask: null };
  return { messages: [{ to: 'here', said: say('shift.waiting-kept', { title: shift.title }) }], ask: null };
}

/** Where a channel has no buttons, yes is number 1 and no is number 2. */
function saidYes({ understood: { intent, slots } }: Turn): boolean | null {
  if (intent === 'confirm') return slots.yes ?? null;
  const [number] = intent === 'choice' ? (slots.numbers ?? []) : [];
  return number === 1 || number === 2 ? number === 1 : null;
}

async function keepName(turn: HeardTurn, asked: NameAnswers): Promise<Outcome | null> {
  const { intent, slots } = turn.understood;
  const party = bareParty(turn);
  if (party !== null) return changePartyOf(turn, asked, party);
  if (intent !== 'name.give' || slots.name === undefined) return null;
  const signUp = await findSignUpById(turn.tx, turn.community.id, asked.signUp);
  if (signUp === null || signUp.personId !== turn.person.id) return { messages: [], ask: null };
  const { name, phone = turn.spoken.phone ?? null } = slots;
  await setContact(turn.tx, signUp, { name, phone });
  const said = phone === null ? say('shift.name-kept', { name }) : say('shift.contact-kept', { name });
  return { messages: [{ to: 'here', said }], ask: null };
}

/** Asked for a name, people say with how many they come; the name is still welcome after that. */
export async function changePartyOf(turn: HeardTurn, asked: NameAnswers, party: number): Promise<Outcome | null> {
  const signUp = await findSignUpById(turn.tx, turn.community.id, asked.signUp);
  if (signUp === null || signUp.personId !== turn.person.id) return null;
  const { messages, askOthers = [] } = await joinOne(turn, signUp.shiftId, { party }, []);
  return { messages, askOthers };
}

/** How many come, where nothing else was said. */
function bareParty({ understood: { intent, slots }, spoken }: HeardTurn): number | null {
  if (intent !== 'sign-up.join' || spoken.rest !== '' || spoken.kinds.has('more')) return null;
  const isBare = slots.activity === undefined && slots.date === undefined && slots.shift === undefined;
  return isBare ? (slots.party ?? null) : null;
}
