/** Answers to the questions of this feature. `null` where the message is no answer and means something of its own. */
import type { Conversation, Outcome, Turn } from '../../runtime/feature.ts';
import { findShift } from '../../store/activity-table.ts';
import { findSignUp, findSignUpById, setContact } from '../../store/sign-up-table.ts';
import { cancelOne } from './cancel-turn.ts';
import { joinOne } from './join-one-turn.ts';
import { nearbyShifts } from './join-turn.ts';
import {
  ANSWERS_VERSION,
  CancelAnswers,
  FEATURE,
  JoinAnswers,
  NameAnswers,
  OfferAnswers,
  SmallerAnswers,
} from './volunteering-answers.ts';
import { say } from './volunteering-texts.ts';

export async function answer(turn: Turn, { step, version, answers }: Conversation): Promise<Outcome | null> {
  if (version !== ANSWERS_VERSION) return null;
  switch (step) {
    case FEATURE.steps.join:
      return chooseShift(turn, JoinAnswers.safeParse(answers).data);
    case FEATURE.steps.cancel:
      return chooseSignUp(turn, CancelAnswers.safeParse(answers).data);
    case FEATURE.steps.offer:
      return answerOffer(turn, OfferAnswers.safeParse(answers).data);
    case FEATURE.steps.smaller:
      return comeWithFewer(turn, SmallerAnswers.safeParse(answers).data);
    case FEATURE.steps.name:
      return keepName(turn, NameAnswers.safeParse(answers).data);
    default:
      return null;
  }
}

async function chooseShift(turn: Turn, asked: JoinAnswers | undefined): Promise<Outcome | null> {
  const numbers = chosenNumbers(turn);
  if (asked === undefined || numbers === null) return null;
  const { shifts, ...wish } = asked;
  if (numbers.some((number) => shifts[number - 1] === undefined)) return noSuchNumber(shifts.length);
  const { party = wish.party, name = wish.name, phone = wish.phone } = turn.understood.slots;
  const others = numbers.length === 1 ? await nearbyShifts(turn) : [];
  const outcomes: Outcome[] = [];
  for (const id of numbers.flatMap((number) => shifts[number - 1] ?? [])) {
    outcomes.push(await joinOne(turn, id, { party, name, phone }, others));
  }
  return together(outcomes);
}

async function chooseSignUp(turn: Turn, asked: CancelAnswers | undefined): Promise<Outcome | null> {
  const numbers = chosenNumbers(turn);
  if (asked === undefined || numbers === null) return null;
  if (numbers.some((number) => asked.signUps[number - 1] === undefined)) return noSuchNumber(asked.signUps.length);
  const outcomes: Outcome[] = [];
  for (const id of numbers.flatMap((number) => asked.signUps[number - 1] ?? [])) {
    outcomes.push(await cancelOne(turn, id));
  }
  return together(outcomes);
}

/** A list may also be answered with "sign up 2", which reads as a wish to join an activity called 2. */
function chosenNumbers({ understood: { intent, slots } }: Turn): readonly number[] | null {
  if (intent === 'choice' && slots.numbers !== undefined && slots.numbers.length > 0)
    return [...new Set(slots.numbers)];
  if (intent !== 'sign-up.join' && intent !== 'sign-up.cancel') return null;
  const digits = /^\s*(\d{1,2})\s*$/.exec(slots.activity?.normalize('NFKC') ?? '');
  return digits === null ? null : [Number(digits[1])];
}

async function answerOffer(turn: Turn, asked: OfferAnswers | undefined): Promise<Outcome | null> {
  const yes = saidYes(turn) ?? saidInOtherWords(turn);
  if (asked === undefined || yes === null) return null;
  if (yes) return joinOne(turn, asked.shift, { party: turn.understood.slots.party }, []);
  const own = await findSignUp(turn.tx, asked.shift, turn.person.id);
  return cancelOne(turn, own?.id ?? '');
}

/** "I'll come", "can't come": without an activity or a day it is what was just asked about. */
function saidInOtherWords({ understood: { intent, slots } }: Turn): boolean | null {
  if (slots.activity !== undefined || slots.date !== undefined || slots.shift !== undefined) return null;
  return intent === 'sign-up.join' ? true : intent === 'sign-up.cancel' ? false : null;
}

async function comeWithFewer(turn: Turn, asked: SmallerAnswers | undefined): Promise<Outcome | null> {
  if (asked === undefined) return null;
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

async function keepName(turn: Turn, asked: NameAnswers | undefined): Promise<Outcome | null> {
  const { intent, slots } = turn.understood;
  if (asked === undefined || intent !== 'name.give' || slots.name === undefined) return null;
  const signUp = await findSignUpById(turn.tx, turn.community.id, asked.signUp);
  if (signUp === null || signUp.personId !== turn.person.id) return { messages: [], ask: null };
  await setContact(turn.tx, signUp, { name: slots.name, phone: null });
  return { messages: [{ to: 'here', said: say('shift.name-kept', { name: slots.name }) }], ask: null };
}

/** The question stays open for the right number. */
function noSuchNumber(count: number): Outcome {
  return { messages: [{ to: 'here', said: say('shift.no-such-number', { count }) }] };
}

/** The last question of several stays. */
function together(outcomes: readonly Outcome[]): Outcome {
  return {
    messages: outcomes.flatMap(({ messages }) => messages),
    askOthers: outcomes.flatMap(({ askOthers }) => askOthers ?? []),
    ask: outcomes.findLast(({ ask }) => ask !== null && ask !== undefined)?.ask ?? null,
  };
}
