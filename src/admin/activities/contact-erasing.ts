/** Somebody who called or came by wants their name off a list that is over: it goes, who came stays as a number. */
import { html } from 'hono/html';
import { forgetWritten } from '../../features/volunteering/attendance-service.ts';
import { maskedView } from '../../features/volunteering/attendee-view.ts';
import { findShift } from '../../store/activity-table.ts';
import { listAttendees } from '../../store/attendee-table.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { ATTENDANCE_TEXTS } from './activities-texts.ts';
import { shiftPath, whenWords } from './shift-line.ts';

/** Says what goes and what stays, because it cannot be undone. */
export async function showForget(visit: Visit): Promise<Response> {
  const { parts, community, context } = visit;
  const found = await parts.store.read(async (tx) => {
    const shift = await findShift(tx, community.id, context.req.param('shift') ?? '');
    const attendees = shift === null ? [] : await listAttendees(tx, community.id, shift.id);
    const attendee = attendees.find(({ signUp }) => signUp.id === context.req.param('person'));
    const isWritten = attendee !== undefined && attendee.signUp.personId === null;
    return shift === null || !isWritten ? null : { shift, person: maskedView(attendee) };
  });
  if (found === null) return showNothingThere(visit);
  const { shift, person } = found;
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const here = shiftPath(shift);
  const body = html`<p class="lead">${person.name ?? words('attendance.someone')} ${words('attendance.party', { party: person.party })}</p>
<p>${words('attendance.forget-goes')}</p>
<form method="post"><p class="actions"><button class="danger">${words('attendance.forget-button')}</button>
<a class="button quiet" href="/admin${here}">${words('attendance.cancel-keep')}</a></p></form>`;
  const back = { path: here, label: `${shift.title} ${whenWords(visit, shift)}` };
  return showPage(visit, { title: words('attendance.forget'), section: 'activities', back, body });
}

export async function forget(visit: Visit): Promise<Response> {
  const { parts, community, staff, now, context } = visit;
  const office = { community, staffId: staff.id, now };
  const isGone = await parts.store.write((tx) => forgetWritten(tx, context.req.param('person') ?? '', office));
  const here = `/activities/${context.req.param('id')}?shift=${context.req.param('shift')}`;
  return isGone ? goTo(visit, here, { key: 'attendance.forgotten' }) : showNothingThere(visit);
}
