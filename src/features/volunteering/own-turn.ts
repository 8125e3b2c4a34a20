/** What somebody signed up for, with their place in line; the soonest first. */
import type { Saying } from '../../model/text.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import { findShift } from '../../store/activity-table.ts';
import { findSignUp, listWaiting, type OwnSignUp } from '../../store/sign-up-table.ts';
import { type HeardTurn, ownAhead, saidOf } from './heard-turn.ts';
import { clockWords, dayWords, shiftWords } from './shift-words.ts';
import type { OfferAnswers } from './volunteering-answers.ts';
import { say } from './volunteering-texts.ts';

const MOST_IN_PRIVATE = 5;
const MOST_IN_GROUP = 1;

export async function tellOwn(turn: HeardTurn): Promise<Outcome> {
  const all = await ownAhead(turn);
  const said = saidOf(
    turn,
    all.map(({ shift }) => shift),
  );
  const named = all.filter(({ shift }) => said.includes(shift));
  const waiting = named.filter(({ signUp }) => signUp.state !== 'joined');
  const asked = turn.spoken.kinds.has('position') && waiting.length > 0 ? waiting : named;
  const own = asked.length > 0 ? asked : all;
  if (own.length === 0) return { messages: [{ to: 'here', said: say('shift.own-none') }] };
  const most = turn.chat.kind === 'group' ? MOST_IN_GROUP : MOST_IN_PRIVATE;
  const lines: Saying[] = [];
  for (const one of own.slice(0, most)) lines.push(await ownWords(turn, one));
  return { messages: lines.map((line) => ({ to: 'here', said: line })) };
}

/** How one sign-up stands. */
export async function ownWords(turn: Turn, { signUp, shift }: OwnSignUp): Promise<Saying> {
  const { title, day, time, place } = shiftWords(shift, turn.community, turn.now);
  const { party } = signUp;
  switch (signUp.state) {
    case 'offered':
      return heldWords(turn, { signUp, shift });
    case 'waiting': {
      const waiting = await listWaiting(turn.tx, shift.id);
      const position = waiting.findIndex(({ id }) => id === signUp.id) + 1;
      return say('shift.own-waiting', { title, day, party, position });
    }
    default:
      return say('shift.own', { title, day, time, place, party });
  }
}

/** A place is held: until when, and what to answer. */
export function heldWords({ community, now }: Turn, { signUp, shift }: OwnSignUp): Saying {
  const { title, day } = shiftWords(shift, community, now);
  const end = signUp.offeredUntil ?? shift.startsAt;
  const until = `${dayWords(end, community, now)} ${clockWords(end, community.settings.zone)}`;
  return say('shift.offer-again', { title, day, party: signUp.party, until });
}

/** The question stays open as long as the place is held. */
export async function askOfferAgain(turn: HeardTurn, asked: OfferAnswers): Promise<Outcome | null> {
  const { tx, community, person } = turn;
  const shift = await findShift(tx, community.id, asked.shift);
  const signUp = await findSignUp(tx, asked.shift, person.id);
  if (shift === null || signUp === null || signUp.state !== 'offered') return null;
  return { messages: [{ to: 'here', said: heldWords(turn, { signUp, shift }) }] };
}
