/** Words about one's own sign-up that name no activity: how many come after all, one more, coming again. */
import type { Outcome } from '../../runtime/feature.ts';
import { findDroppedSignUp, type OwnSignUp } from '../../store/sign-up-table.ts';
import { type HeardTurn, ownAhead, ownMeant, saidOf } from './heard-turn.ts';
import { joinOne } from './join-one-turn.ts';
import { askShift, type JoinWish } from './shift-choice.ts';
import { bringsMore } from './spoken.ts';
import { say } from './volunteering-texts.ts';

/** `null` where something new is meant. */
export async function changeOwn(turn: HeardTurn, wish: JoinWish): Promise<Outcome | null> {
  const { kinds, rest } = turn.spoken;
  if (kinds.has('again')) {
    const again = await comeAgain(turn, wish);
    if (again !== null) return again;
  }
  if (bringsMore(turn.spoken) && rest.length <= 1) {
    const more = await bringMore(turn, wish);
    if (more !== null) return more;
  }
  const { activity, date, party } = turn.understood.slots;
  if (party === undefined || rest !== '') return null;
  // 我报的活动, 我的报名 means what stands, whatever else was read as a name.
  const isNamedOwn = kinds.has('own') && kinds.has('change');
  if (!isNamedOwn && (activity !== undefined || date !== undefined)) return null;
  const own = await ownSaid(turn);
  if (own.length === 0 && isNamedOwn) return { messages: [{ to: 'here', said: say('shift.own-none') }] };
  const meant = ownMeant(own, turn.now);
  if (meant !== undefined) return joinOne(turn, meant.shift.id, wish, []);
  if (own.length === 0) return null;
  const shifts = own.map(({ shift }) => shift);
  return askShift(turn, say('shift.which-own'), shifts, wish);
}

/** Those of one's own that the words, the day and the hour can mean. */
async function ownSaid(turn: HeardTurn): Promise<readonly OwnSignUp[]> {
  const all = await ownAhead(turn);
  const said = saidOf(
    turn,
    all.map(({ shift }) => shift),
  );
  return all.filter(({ shift }) => said.includes(shift));
}

/** 帮我老伴也报一个: one more than stand on the list. */
async function bringMore(turn: HeardTurn, wish: JoinWish): Promise<Outcome | null> {
  const meant = ownMeant(await ownSaid(turn), turn.now);
  if (meant === undefined) return null;
  const party = meant.signUp.party + (turn.spoken.party ?? 1);
  return joinOne(turn, meant.shift.id, { ...wish, party }, []);
}

/** 又能去了: what was cancelled last is taken up again with as many as before. */
async function comeAgain(turn: HeardTurn, wish: JoinWish): Promise<Outcome | null> {
  const dropped = await findDroppedSignUp(turn.tx, turn.person.id, turn.now);
  if (dropped === null || saidOf(turn, [dropped.shift]).length === 0) return null;
  return joinOne(turn, dropped.shift.id, { ...wish, party: wish.party ?? dropped.signUp.party }, []);
}
