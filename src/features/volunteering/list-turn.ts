/** What is coming up: a flat list, the number of a line signs up; or what of it was asked about. */
import { localDate } from '../../lib/zoned-time.ts';
import type { Outcome } from '../../runtime/feature.ts';
import { aboutMeant, asksAbout, tellAbout } from './about-turn.ts';
import { type HeardTurn, openAhead } from './heard-turn.ts';
import { tellOwn } from './own-turn.ts';
import { askShift, MOST_CHOICES } from './shift-choice.ts';
import { daysSaid, onDays } from './shift-said.ts';
import { DAY_MS } from './volunteering-rules.ts';
import { say } from './volunteering-texts.ts';

const A_WEEK_MS = 7 * DAY_MS;
const MOST_LISTED = 8;

export async function list(turn: HeardTurn): Promise<Outcome> {
  const { kinds } = turn.spoken;
  if (kinds.has('own') || kinds.has('position')) return tellOwn(turn);
  const about = asksAbout(turn.spoken) ? await aboutMeant(turn) : null;
  if (about !== null) return tellAbout(turn, about);
  return kinds.has('consider') ? tellOwn(turn) : listAhead(turn);
}

async function listAhead(turn: HeardTurn): Promise<Outcome> {
  const { community, chat, now, spoken } = turn;
  const { zone } = community.settings;
  const ahead = await openAhead(turn);
  if (ahead.length === 0) return { messages: [{ to: 'here', said: say('shift.none-planned') }], ask: null };
  const most = chat.kind === 'group' ? MOST_CHOICES : MOST_LISTED;
  const days = daysSaid(spoken, localDate(now, zone));
  if (days !== null) {
    const then = onDays(ahead, days, zone);
    if (then.length > 0) return askShift(turn, say('shift.list-then'), then.slice(0, most), {});
    return askShift(turn, say('shift.list-other-days'), ahead.slice(0, MOST_CHOICES), {});
  }
  const thisWeek = ahead.filter((shift) => shift.startsAt.getTime() < now.getTime() + A_WEEK_MS);
  if (thisWeek.length > 0) return askShift(turn, say('shift.list'), thisWeek.slice(0, most), {});
  return askShift(turn, say('shift.list-later'), ahead.slice(0, MOST_CHOICES), {});
}
