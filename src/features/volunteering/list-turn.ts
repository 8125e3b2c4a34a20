/** What is coming up: a flat list, the number of a line signs up. */
import type { Outcome, Turn } from '../../runtime/feature.ts';
import { listShiftsFrom } from '../../store/activity-table.ts';
import { askShift, isOpen, MOST_CHOICES } from './shift-choice.ts';
import { DAY_MS } from './volunteering-rules.ts';
import { say } from './volunteering-texts.ts';

const A_WEEK_MS = 7 * DAY_MS;
const MOST_LISTED = 8;
const READS = 60;

export async function list(turn: Turn): Promise<Outcome> {
  const { tx, community, chat, now } = turn;
  const ahead = (await listShiftsFrom(tx, community.id, now, READS)).filter((shift) => isOpen(shift, now));
  if (ahead.length === 0) return { messages: [{ to: 'here', said: say('shift.none-planned') }], ask: null };
  const most = chat.kind === 'group' ? MOST_CHOICES : MOST_LISTED;
  const thisWeek = ahead.filter((shift) => shift.startsAt.getTime() < now.getTime() + A_WEEK_MS);
  if (thisWeek.length > 0) return askShift(turn, say('shift.list'), thisWeek.slice(0, most), {});
  return askShift(turn, say('shift.list-later'), ahead.slice(0, MOST_CHOICES), {});
}
