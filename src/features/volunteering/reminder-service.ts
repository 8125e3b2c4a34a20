/** Reminds those who come, the evening before and an hour before: once each, whoever's clock ticks. */
import type { Shift } from '../../model/activity.ts';
import type { Community } from '../../model/community.ts';
import type { Outgoing } from '../../model/outgoing.ts';
import type { Saying } from '../../model/text.ts';
import type { Effects } from '../../runtime/feature.ts';
import { listShiftsFrom, markReminded } from '../../store/activity-table.ts';
import { type Attendee, listAttendees } from '../../store/attendee-table.ts';
import type { Transaction } from '../../store/store.ts';
import { shiftWords } from './shift-words.ts';
import { type DueReminder, dueReminder, remindersReachTo } from './volunteering-rules.ts';
import { say } from './volunteering-texts.ts';

// More shifts than this in one community within 30 hours are not a neighbourhood's.
const MOST_SHIFTS = 200;

export async function remindVolunteers(tx: Transaction, community: Community, now: Date): Promise<Effects> {
  const messages: Outgoing[] = [];
  for (const shift of await listShiftsFrom(tx, community.id, now, MOST_SHIFTS)) {
    if (shift.startsAt > remindersReachTo(now)) break;
    const due = shift.state === 'cancelled' ? null : dueReminder(shift, now, community.settings.zone);
    if (due === null || !(await markReminded(tx, shift, due.stage))) continue;
    const attendees = await listAttendees(tx, community.id, shift.id);
    messages.push(...attendees.flatMap((attendee) => remind({ attendee, shift, due, community, now })));
  }
  return { messages };
}

interface Reminding {
  readonly attendee: Attendee;
  readonly shift: Shift;
  readonly due: DueReminder;
  readonly community: Community;
  readonly now: Date;
}

function remind({ attendee, shift, due, community, now }: Reminding): Outgoing[] {
  const { signUp, privateChatId } = attendee;
  if (signUp.state !== 'joined' || privateChatId === null || signUp.createdAt >= due.dueAt) return [];
  const { title, day, time, place } = shiftWords(shift, community, now);
  const said: Saying =
    due.stage === 'day-before'
      ? say('shift.remind-tomorrow', { title, day, time, place, party: signUp.party })
      : say('shift.remind-soon', { title, time, place });
  return [
    {
      to: { chatId: privateChatId },
      said,
      kind: 'reminder',
      notAfter: shift.startsAt,
      collapseKey: `shift-reminder:${shift.id}`,
      subjectId: shift.id,
    },
  ];
}
