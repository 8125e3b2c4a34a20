/** Somebody would rather come on another day: the old place is given up only once the new one is theirs. */
import { localDate } from '../../lib/zoned-time.ts';
import type { Shift } from '../../model/activity.ts';
import type { Ask, Outcome } from '../../runtime/feature.ts';
import { findShift } from '../../store/activity-table.ts';
import { findSignUpById, type OwnSignUp } from '../../store/sign-up-table.ts';
import { type HeardTurn, openAhead, ownAhead, ownMeant } from './heard-turn.ts';
import { namedActivities } from './named-activities.ts';
import { joinEffects } from './offer-effects.ts';
import { MOST_CHOICES, shiftChoices, shiftName } from './shift-choice.ts';
import { atTime } from './shift-said.ts';
import { shiftWords } from './shift-words.ts';
import { cancelSignUp, joinShift } from './sign-up-service.ts';
import type { Spoken } from './spoken.ts';
import { ANSWERS_VERSION, FEATURE, type SwapAnswers } from './volunteering-answers.ts';
import { fits } from './volunteering-rules.ts';
import { say } from './volunteering-texts.ts';

/** 周日改成两个人 changes how many come and not the day. */
export function wantsSwap({ swapTo, party }: Spoken): boolean {
  return swapTo !== undefined && party === undefined;
}

/** `null` where there is nothing to come to instead of: it means something else. */
export async function swap(turn: HeardTurn): Promise<Outcome | null> {
  const { zone } = turn.community.settings;
  const dayOf = ({ startsAt }: Shift) => localDate(startsAt, zone);
  const { swapTo: to, dates } = turn.spoken;
  const earlier = dates.filter((date) => date !== to);
  const own = (await ownAhead(turn)).filter(({ shift }) => dayOf(shift) !== to);
  const left = earlier.length === 0 ? own : own.filter(({ shift }) => earlier.includes(dayOf(shift)));
  if (left.length === 0) return null;
  const from = ownMeant(left, turn.now);
  if (from === undefined) return { messages: [{ to: 'here', said: say('shift.swap-which') }] };
  const thatDay = (await openAhead(turn)).filter((shift) => dayOf(shift) === to);
  return offerOf(turn, from, atTime(thatDay, turn.spoken, zone));
}

/** The same activity where it takes place that day, or the one that was named; else it is asked which. */
async function offerOf(turn: HeardTurn, from: OwnSignUp, thatDay: readonly Shift[]): Promise<Outcome> {
  const { title, day } = shiftWords(from.shift, turn.community, turn.now);
  if (thatDay.length === 0) return { messages: [{ to: 'here', said: say('shift.swap-none', { title, day }) }] };
  const same = thatDay.filter(({ activityId }) => activityId === from.shift.activityId);
  const named = namedActivities(turn.spoken.line, thatDay).map(({ activityId }) => activityId);
  const meant = named.length > 0 ? thatDay.filter(({ activityId }) => named.includes(activityId)) : same;
  const [only, ...more] = meant;
  if (only !== undefined && more.length === 0) return swapTo(turn, from, only);
  const offered = (meant.length > 0 ? meant : thatDay).slice(0, MOST_CHOICES);
  const heading = meant.length > 0 ? say('shift.which') : say('shift.swap-other', { title });
  return { messages: [shiftChoices(turn, heading, offered)], ask: question(turn, from, offered) };
}

function question(turn: HeardTurn, { signUp }: OwnSignUp, shifts: readonly Shift[]): Ask {
  const answers = { signUp: signUp.id, shifts: shifts.map(({ id }) => id) } satisfies SwapAnswers;
  const options = shifts.map((shift) => shiftName(shift, turn));
  return {
    step: FEATURE.steps.swap,
    version: ANSWERS_VERSION,
    question: { kind: 'choose-shift', options },
    answers,
  };
}

export async function swapChosen(turn: HeardTurn, asked: SwapAnswers, numbers: readonly number[]): Promise<Outcome> {
  const { tx, community, person } = turn;
  const [number = 0] = numbers;
  const id = asked.shifts[number - 1];
  if (id === undefined) {
    return { messages: [{ to: 'here', said: say('shift.no-such-number', { count: asked.shifts.length }) }] };
  }
  const signUp = await findSignUpById(tx, community.id, asked.signUp);
  const [from, to] = [
    signUp === null ? null : await findShift(tx, community.id, signUp.shiftId),
    await findShift(tx, community.id, id),
  ];
  const isOwn = signUp !== null && signUp.personId === person.id && signUp.state !== 'cancelled';
  if (!isOwn || from === null || to === null) {
    return { messages: [{ to: 'here', said: say('shift.cancel-none') }], ask: null };
  }
  return swapTo(turn, { signUp, shift: from }, to);
}

async function swapTo(turn: HeardTurn, from: OwnSignUp, to: Shift): Promise<Outcome> {
  const { tx, community, person, chat, now } = turn;
  const { party } = from.signUp;
  if (!fits(to, party)) return kept(turn, from, to);
  const request = { community, shiftId: to.id, personId: person.id, chatId: chat.id, source: 'chat', party } as const;
  const joined = await joinShift(tx, request, now);
  if (!joined.ok || joined.change === 'still-waiting') return kept(turn, from, to);
  if (joined.change === 'waiting') {
    // Somebody was faster: nobody is put in a line they did not ask for.
    await cancelSignUp(tx, community, joined.signUp.id, now);
    return kept(turn, from, to);
  }
  const given = await cancelSignUp(tx, community, from.signUp.id, now);
  const effects = given.ok ? joinEffects(joined.effects, given.effects) : joined.effects;
  const { title, day, time } = shiftWords(to, community, now);
  const said = say('shift.swapped', { title, day, time, from: shiftWords(from.shift, community, now).day });
  return { messages: [{ to: 'here', said }, ...effects.messages], askOthers: effects.askOthers ?? [], ask: null };
}

function kept({ community, now }: HeardTurn, from: OwnSignUp, to: Shift): Outcome {
  const { title, day } = shiftWords(to, community, now);
  const said = say('shift.swap-full', { title, day, kept: shiftWords(from.shift, community, now).day });
  return { messages: [{ to: 'here', said }], ask: null };
}
