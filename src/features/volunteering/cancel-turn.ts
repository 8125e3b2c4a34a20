/** Somebody cannot come after all. */
import { localDate } from '../../lib/zoned-time.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import { listOwnSignUps, type OwnSignUp } from '../../store/sign-up-table.ts';
import type { HeardTurn } from './heard-turn.ts';
import { tellOwn } from './own-turn.ts';
import { askSignUp } from './shift-choice.ts';
import { matchShifts } from './shift-match.ts';
import { atTime } from './shift-said.ts';
import { shiftWords } from './shift-words.ts';
import { cancelSignUp } from './sign-up-service.ts';
import { swap, wantsSwap } from './swap-turn.ts';
import { say } from './volunteering-texts.ts';

export async function cancel(turn: HeardTurn): Promise<Outcome> {
  const own = (await listOwnSignUps(turn.tx, turn.person.id, turn.now)).filter(
    ({ shift }) => shift.state !== 'cancelled',
  );
  // Whoever would rather come on that day gives nothing of that day up, whatever else was read.
  if (wantsSwap(turn.spoken) && own.length > 0) return (await swap(turn)) ?? tellOwn(turn);
  const fits = meant(turn, own);
  const [only, ...more] = fits;
  if (only !== undefined && more.length === 0) return cancelOne(turn, only.signUp.id);
  // Neighbours tell each other that they will not come; without a sign-up it is none of ours.
  if (own.length === 0) return turn.addressed ? nothingToCancel() : { messages: [] };
  if (fits.length === 0 && !turn.addressed) return { messages: [] };
  return askSignUp(turn, say('shift.cancel-which'), fits.length > 0 ? fits : own);
}

function meant(turn: HeardTurn, own: readonly OwnSignUp[]): readonly OwnSignUp[] {
  const { slots } = turn.understood;
  if (slots.shift !== undefined) return own.filter(({ shift }) => shift.id === slots.shift);
  const shifts = own.map(({ shift }) => shift);
  const { zone } = turn.community.settings;
  const { fits } = matchShifts({ words: slots.activity }, shifts, (instant) => localDate(instant, zone));
  const named = own.filter(({ shift }) => fits.includes(shift));
  const { dates } = turn.spoken;
  const onDay =
    dates.length === 0 ? named : named.filter(({ shift }) => dates.includes(localDate(shift.startsAt, zone)));
  const then = atTime(
    onDay.map(({ shift }) => shift),
    turn.spoken,
    zone,
  );
  return onDay.filter(({ shift }) => then.includes(shift));
}

export async function cancelOne(turn: Turn, signUpId: string): Promise<Outcome> {
  const { tx, community, chat, now } = turn;
  const result = await cancelSignUp(tx, community, signUpId, now);
  if (!result.ok && result.why === 'gone') return nothingToCancel();
  const { title, day } = shiftWords(result.shift, community, now);
  if (!result.ok) return { messages: [{ to: 'here', said: say('shift.cancel-late', { title }) }], ask: null };
  const key = chat.kind === 'group' ? 'shift.cancelled-group' : 'shift.cancelled';
  return {
    messages: [{ to: 'here', said: say(key, { title, day }) }, ...result.effects.messages],
    askOthers: result.effects.askOthers ?? [],
    ask: null,
  };
}

function nothingToCancel(): Outcome {
  return { messages: [{ to: 'here', said: say('shift.cancel-none') }], ask: null };
}
