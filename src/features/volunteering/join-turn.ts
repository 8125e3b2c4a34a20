/** A wish to join: which shift is meant, and what is said when it is clear, unclear or too late. */

import { localDate } from '../../lib/zoned-time.ts';
import type { Shift } from '../../model/activity.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import { listShiftsFrom } from '../../store/activity-table.ts';
import { listOwnSignUps } from '../../store/sign-up-table.ts';
import { changeOwn } from './change-own-turn.ts';
import type { HeardTurn } from './heard-turn.ts';
import { joinOne } from './join-one-turn.ts';
import { namedActivities } from './named-activities.ts';
import { askShift, isOpen, type JoinWish, MOST_CHOICES } from './shift-choice.ts';
import { type Matched, matchShifts } from './shift-match.ts';
import { atTime } from './shift-said.ts';
import { shiftWords } from './shift-words.ts';
import { swap, wantsSwap } from './swap-turn.ts';
import { together } from './together.ts';
import { DAY_MS, hasStarted } from './volunteering-rules.ts';
import { say } from './volunteering-texts.ts';

// Enough to say of last week's activity that it is over, and further ahead than anybody plans.
const LOOKS_BACK_MS = 7 * DAY_MS;
const MOST_SHIFTS = 100;

export async function join(turn: HeardTurn): Promise<Outcome> {
  const { slots } = turn.understood;
  const wish: JoinWish = { party: slots.party, name: slots.name, phone: slots.phone };
  const shifts = await nearbyShifts(turn);
  if (slots.shift !== undefined) return joinOne(turn, slots.shift, wish, shifts);
  const swapped = turn.addressed && wantsSwap(turn.spoken) ? await swap(turn) : null;
  if (swapped !== null) return swapped;
  const several = await joinSeveral(turn, wish, shifts);
  if (several !== null) return several;
  const changed = await changeOwn(turn, wish);
  if (changed !== null) return changed;
  const open = shifts.filter((shift) => isOpen(shift, turn.now));
  const matched = atSaidTime(turn, match(turn, open));
  const [only, ...more] = matched.fits;
  if (only === undefined) return noneFits(turn, wish, { shifts, open, matched });
  if (more.length === 0 && isPlain(turn)) return joinOne(turn, only.id, wish, shifts);
  if (!isPlain(turn) && !turn.addressed) return { messages: [] };
  const isNamed = slots.activity !== undefined || slots.date !== undefined;
  const offered = await offeredAmong(turn, matched.fits);
  if (offered !== undefined) return joinOne(turn, offered.id, wish, shifts);
  const heading = isNamed ? say('shift.which') : say('shift.open-now');
  return askShift(turn, heading, matched.fits.slice(0, MOST_CHOICES), wish);
}

/**
 * 周六捡垃圾和周日植树都去, 周六周日都去: each is joined, or answered for itself; of 捡垃圾或者植树 it is
 * asked which. `null` where one thing is meant.
 */
async function joinSeveral(turn: HeardTurn, wish: JoinWish, shifts: readonly Shift[]): Promise<Outcome | null> {
  const { kinds, dates, line } = turn.spoken;
  if (!turn.addressed) return null;
  const open = shifts.filter((shift) => isOpen(shift, turn.now));
  const named = namedActivities(line, open);
  if (named.length > 1 && kinds.has('or')) {
    const either = open.filter((shift) => named.some(({ activityId }) => activityId === shift.activityId));
    return askShift(turn, say('shift.which'), either.slice(0, MOST_CHOICES), wish);
  }
  const days = new Set(dates);
  // 报名捡垃圾，祝您健康 wishes well and joins no 健康讲座.
  const isList = kinds.has('both') || kinds.has('and') || days.size > 1;
  const wanted = named.length > 0 ? named : kinds.has('both') ? [...days].map((date) => ({ date })) : [];
  if (wanted.length < 2 || !isList) return null;
  const outcomes: Outcome[] = [];
  for (const one of wanted) outcomes.push(await joinOneOf(turn, wish, { shifts, open, one }));
  return together(outcomes);
}

interface OneOfSeveral {
  readonly shifts: readonly Shift[];
  readonly open: readonly Shift[];
  readonly one: { readonly activityId?: string; readonly date?: string };
}

async function joinOneOf(turn: HeardTurn, wish: JoinWish, { shifts, open, one }: OneOfSeveral): Promise<Outcome> {
  const { zone } = turn.community.settings;
  const named = one.activityId === undefined ? open : open.filter(({ activityId }) => activityId === one.activityId);
  const { date } = one;
  const fits = date === undefined ? named : named.filter(({ startsAt }) => localDate(startsAt, zone) === date);
  const [only, ...more] = fits;
  if (only !== undefined && more.length === 0) return joinOne(turn, only.id, wish, []);
  if (fits.length > 0) return askShift(turn, say('shift.which'), fits.slice(0, MOST_CHOICES), wish);
  const otherDays = one.activityId === undefined ? [] : named;
  return noneFits(turn, wish, { shifts, open, matched: { fits: [], otherDays } });
}

/** Of several days of one activity it is the one a place is held in. */
async function offeredAmong(turn: Turn, fits: readonly Shift[]): Promise<Shift | undefined> {
  const own = await listOwnSignUps(turn.tx, turn.person.id, turn.now);
  const [only, ...more] = own.filter(
    ({ signUp, shift }) => signUp.state === 'offered' && fits.some(({ id }) => id === shift.id),
  );
  return more.length === 0 ? only?.shift : undefined;
}

export function nearbyShifts({ tx, community, now }: Turn): Promise<Shift[]> {
  return listShiftsFrom(tx, community.id, new Date(now.getTime() - LOOKS_BACK_MS), MOST_SHIFTS);
}

/** Somebody who names neither activity nor day in a group may mean anything. */
function isPlain({ understood: { slots }, chat }: Turn): boolean {
  return chat.kind === 'direct' || slots.activity !== undefined || slots.date !== undefined;
}

function match({ understood: { slots }, community }: Turn, shifts: readonly Shift[]): Matched {
  const wanted = { words: slots.activity, date: slots.date };
  return matchShifts(wanted, shifts, (instant) => localDate(instant, community.settings.zone));
}

/** Of several times of one day the one that was said; where there is none then, the others are offered. */
function atSaidTime({ spoken, community }: HeardTurn, { fits, otherDays }: Matched): Matched {
  const then = atTime(fits, spoken, community.settings.zone);
  return then.length > 0 ? { fits: then, otherDays } : { fits: [], otherDays: fits.length > 0 ? fits : otherDays };
}

interface Seen {
  readonly shifts: readonly Shift[];
  readonly open: readonly Shift[];
  readonly matched: Matched;
}

function noneFits(turn: Turn, wish: JoinWish, { shifts, open, matched }: Seen): Outcome {
  if (matched.otherDays.length > 0) {
    return askShift(turn, say('shift.other-days'), matched.otherDays.slice(0, MOST_CHOICES), wish);
  }
  const gone = match(turn, shifts).fits.findLast((shift) => !isOpen(shift, turn.now));
  if (gone !== undefined) return tooLate(turn, gone);
  if (!turn.addressed) return { messages: [] };
  if (open.length === 0) return { messages: [{ to: 'here', said: say('shift.none-planned') }], ask: null };
  return askShift(turn, say('shift.unknown'), open.slice(0, MOST_CHOICES), wish);
}

function tooLate({ community, now }: Turn, shift: Shift): Outcome {
  const { title, day } = shiftWords(shift, community, now);
  const key = shift.state === 'cancelled' ? 'shift.called-off' : hasStarted(shift, now) ? 'shift.past' : 'shift.closed';
  return { messages: [{ to: 'here', said: say(key, { title, day }) }], ask: null };
}
