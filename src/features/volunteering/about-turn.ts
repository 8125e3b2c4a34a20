/** When and where an activity is, what to bring and whether there is room: answered from the records. */
import { cutGraphemes } from '../../lib/text.ts';
import { localDate } from '../../lib/zoned-time.ts';
import type { Shift } from '../../model/activity.ts';
import type { Saying } from '../../model/text.ts';
import type { Outcome } from '../../runtime/feature.ts';
import { findActivity } from '../../store/activity-table.ts';
import { type HeardTurn, openAhead, ownAhead, ownMeant, saidOf, saysWhich } from './heard-turn.ts';
import { namedActivities } from './named-activities.ts';
import { shiftWords } from './shift-words.ts';
import type { Spoken } from './spoken.ts';
import { placesLeft } from './volunteering-rules.ts';
import { say } from './volunteering-texts.ts';

// What a phone shows at once.
const SHOWN_DETAILS = 200;
const SHOWN_DETAILS_IN_GROUP = 40;

export function asksAbout({ kinds }: Spoken): boolean {
  // 在哪报名 asks for the way to sign up.
  const asksPlace = kinds.has('where') && !kinds.has('join');
  return asksPlace || kinds.has('when') || kinds.has('bring') || kinds.has('places');
}

/** The one meant: named, else the own one, else the only one there is. */
export async function aboutMeant(turn: HeardTurn): Promise<Shift | null> {
  const own = await ownAhead(turn);
  const mine = own.map(({ shift }) => shift);
  const open = await openAhead(turn);
  if (saysWhich(turn.spoken)) {
    const [first] = [...saidOf(turn, mine), ...saidOf(turn, open)];
    return first ?? namedIn(turn, [...mine, ...open]);
  }
  const meant = ownMeant(own, turn.now)?.shift ?? mine[0];
  if (meant !== undefined) return meant;
  const [only, ...more] = open;
  return only !== undefined && more.length === 0 ? only : null;
}

/** 收旧衣服几点 names 旧衣服回收 in words of its own. */
function namedIn({ spoken: { line, dates }, community }: HeardTurn, shifts: readonly Shift[]): Shift | null {
  const named = new Set(namedActivities(line, shifts).map(({ activityId }) => activityId));
  if (named.size !== 1) return null;
  const onDay = ({ startsAt }: Shift) => dates.includes(localDate(startsAt, community.settings.zone));
  const meant = shifts.filter(({ activityId }) => named.has(activityId));
  return meant.find(onDay) ?? meant[0] ?? null;
}

export async function tellAbout(turn: HeardTurn, shift: Shift): Promise<Outcome> {
  return { messages: [{ to: 'here', said: await aboutWords(turn, shift) }] };
}

async function aboutWords({ tx, community, chat, now, spoken: { kinds } }: HeardTurn, shift: Shift): Promise<Saying> {
  const { title, day, time, place } = shiftWords(shift, community, now);
  if (kinds.has('bring')) {
    const activity = await findActivity(tx, shift.communityId, shift.activityId);
    const most = chat.kind === 'group' ? SHOWN_DETAILS_IN_GROUP : SHOWN_DETAILS;
    if (activity !== null && activity.details !== '') {
      return say('activity.details', { title, details: cutGraphemes(activity.details, most) });
    }
  }
  if (!kinds.has('places')) return say('activity.when-where', { title, day, time, place });
  const left = placesLeft(shift);
  if (left === null) return say('activity.room-for-all', { title, day });
  return left > 0 ? say('activity.room', { title, day, left }) : say('activity.no-room', { title, day });
}
