/** Which of several was chosen, by number or by its day and time of day; and the question once more where it was neither. */
import type { Shift } from '../../model/activity.ts';
import type { Ask, Outcome, Turn } from '../../runtime/feature.ts';
import { findShift } from '../../store/activity-table.ts';
import { cancelOne } from './cancel-turn.ts';
import { type HeardTurn, ownAhead, saidOf, saysWhich } from './heard-turn.ts';
import { joinOne } from './join-one-turn.ts';
import { nearbyShifts } from './join-turn.ts';
import { askShift, askSignUp } from './shift-choice.ts';
import { together } from './together.ts';
import type { CancelAnswers, JoinAnswers } from './volunteering-answers.ts';
import { say } from './volunteering-texts.ts';

export async function joinChosen(turn: Turn, asked: JoinAnswers, numbers: readonly number[]): Promise<Outcome> {
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

export async function cancelChosen(turn: Turn, asked: CancelAnswers, numbers: readonly number[]): Promise<Outcome> {
  if (numbers.some((number) => asked.signUps[number - 1] === undefined)) return noSuchNumber(asked.signUps.length);
  const outcomes: Outcome[] = [];
  for (const id of numbers.flatMap((number) => asked.signUps[number - 1] ?? [])) {
    outcomes.push(await cancelOne(turn, id));
  }
  return together(outcomes);
}

export async function chooseAgain(turn: HeardTurn, asked: JoinAnswers): Promise<Outcome | null> {
  const shifts = await shiftsOf(turn, asked.shifts);
  const numbers = numbersSaid(turn, asked.shifts, shifts);
  const { party } = turn.spoken;
  const wish = { ...asked, ...(party === undefined ? {} : { party }) };
  const [only, ...more] = numbers;
  if (only !== undefined && more.length === 0) return joinChosen(turn, wish, [only]);
  if (party === undefined && asked.again === true) return null;
  if (party !== undefined && turn.spoken.rest !== '') return null;
  const left = numbers.length > 0 ? shifts.filter(({ id }) => numbers.includes(asked.shifts.indexOf(id) + 1)) : shifts;
  const outcome = askShift(turn, say('shift.choose-again'), left, wish);
  return { ...outcome, ask: markedAgain(outcome.ask) };
}

export async function cancelAgain(turn: HeardTurn, asked: CancelAnswers): Promise<Outcome | null> {
  const own = (await ownAhead(turn)).filter(({ signUp }) => asked.signUps.includes(signUp.id));
  const ids = asked.signUps.map((id) => own.find(({ signUp }) => signUp.id === id)?.shift.id ?? '');
  const numbers = numbersSaid(
    turn,
    ids,
    own.map(({ shift }) => shift),
  );
  const [only, ...more] = numbers;
  if (only !== undefined && more.length === 0) return cancelChosen(turn, asked, [only]);
  if (asked.again === true || own.length === 0) return null;
  const outcome = askSignUp(turn, say('shift.choose-again'), own);
  return { ...outcome, ask: markedAgain(outcome.ask) };
}

/** The numbers of those of the day and time of day that were said. */
function numbersSaid(turn: HeardTurn, ids: readonly string[], shifts: readonly Shift[]): number[] {
  if (!saysWhich(turn.spoken)) return [];
  const said = saidOf(turn, shifts);
  return ids.flatMap((id, index) => (said.some((shift) => shift.id === id) ? [index + 1] : []));
}

function markedAgain(ask: Outcome['ask']): Ask | null {
  if (ask == null) return null;
  const answers = ask.answers;
  const isRecord = typeof answers === 'object' && answers !== null && !Array.isArray(answers);
  return isRecord ? { ...ask, answers: { ...answers, again: true } } : ask;
}

async function shiftsOf({ tx, community }: HeardTurn, ids: readonly string[]): Promise<Shift[]> {
  const shifts: Shift[] = [];
  for (const id of ids) {
    const shift = await findShift(tx, community.id, id);
    if (shift !== null) shifts.push(shift);
  }
  return shifts;
}

/** The question stays open for the right number. */
function noSuchNumber(count: number): Outcome {
  return { messages: [{ to: 'here', said: say('shift.no-such-number', { count }) }] };
}
