/** A turn with what its words say of activities, and the shifts and sign-ups such words can mean. */
import { localDate } from '../../lib/zoned-time.ts';
import type { Shift } from '../../model/activity.ts';
import type { Turn } from '../../runtime/feature.ts';
import { listShiftsFrom } from '../../store/activity-table.ts';
import { listOwnSignUps, type OwnSignUp } from '../../store/sign-up-table.ts';
import { isOpen } from './shift-choice.ts';
import { holdsWords } from './shift-match.ts';
import { atTime } from './shift-said.ts';
import { readSpoken, type Spoken } from './spoken.ts';
import type { VolunteeringWords } from './volunteering-words.ts';

export type HeardTurn = Turn & { readonly spoken: Spoken };

export function hear(turn: Turn, words: VolunteeringWords): HeardTurn {
  return { ...turn, spoken: readSpoken(turn.text, turn.chat.kind === 'group', turn.now, words) };
}

/**
 * 周六 said on a Saturday reads as the next one. While something of today is still ahead it means today, here and in
 * what was understood; once it has begun, next week.
 */
export async function hearToday(turn: Turn, words: VolunteeringWords): Promise<HeardTurn> {
  const heard = hear(turn, words);
  const { weekAhead, dates, swapTo } = heard.spoken;
  if (weekAhead === undefined) return heard;
  const today = localDate(turn.now, turn.community.settings.zone);
  const isAhead = (await openAhead(turn)).some((shift) => isOn(shift, today, turn)) || (await hasOwnOn(turn, today));
  if (!isAhead) return heard;
  const { slots } = turn.understood;
  const day = (date: string) => (date === weekAhead ? today : date);
  const understood =
    slots.date === weekAhead ? { ...turn.understood, slots: { ...slots, date: today } } : turn.understood;
  const days = heard.spoken.line.days.map((one) => ({ ...one, date: day(one.date) }));
  const line = { ...heard.spoken.line, days };
  const changed = swapTo === undefined ? {} : { swapTo: day(swapTo) };
  return { ...heard, understood, spoken: { ...heard.spoken, ...changed, dates: dates.map(day), line } };
}

async function hasOwnOn(turn: Turn, day: string): Promise<boolean> {
  return (await ownAhead(turn)).some(({ shift }) => isOn(shift, day, turn));
}

function isOn({ startsAt }: Shift, day: string, { community }: Turn): boolean {
  return localDate(startsAt, community.settings.zone) === day;
}

// Further ahead than anybody plans.
const MOST_SHIFTS = 100;

/** What this person has signed up for and is still ahead. */
export async function ownAhead({ tx, person, now }: Turn): Promise<readonly OwnSignUp[]> {
  const own = await listOwnSignUps(tx, person.id, now);
  return own.filter(({ shift }) => shift.state !== 'cancelled' && shift.startsAt > now);
}

export async function openAhead({ tx, community, now }: Turn): Promise<readonly Shift[]> {
  return (await listShiftsFrom(tx, community.id, now, MOST_SHIFTS)).filter((shift) => isOpen(shift, now));
}

/** Those of the words, days and time of day that were said; all where nothing was. */
export function saidOf({ spoken, community }: HeardTurn, shifts: readonly Shift[]): readonly Shift[] {
  const { zone } = community.settings;
  const { dates, rest } = spoken;
  const named = rest.length > 1 ? shifts.filter((shift) => holdsWords(rest, shift)) : shifts;
  const onDay = dates.length === 0 ? named : named.filter(({ startsAt }) => dates.includes(localDate(startsAt, zone)));
  return atTime(onDay, spoken, zone);
}

/** Whether it says which one: by its name, its day or its time of day. */
export function saysWhich({ dates, part, time, rest }: Spoken): boolean {
  return dates.length > 0 || part !== undefined || time !== undefined || rest.length > 1;
}

/** What was signed up for within this time is what one speaks of without naming it. */
const JUST_NOW_MS = 60 * 60 * 1000;

/** Of several own ones: the only one, the one a place is held in, or the one just signed up for. */
export function ownMeant(own: readonly OwnSignUp[], now: Date): OwnSignUp | undefined {
  if (own.length < 2) return own[0];
  const held = own.filter(({ signUp }) => signUp.state === 'offered');
  if (held.length === 1) return held[0];
  const [last] = own.toSorted((a, b) => b.signUp.createdAt.getTime() - a.signUp.createdAt.getTime());
  return last !== undefined && now.getTime() - last.signUp.createdAt.getTime() <= JUST_NOW_MS ? last : undefined;
}
