/** Closing an activity to sign-ups, opening it again, and calling it or one of its shifts off. */
import { html } from 'hono/html';
import { z } from 'zod';
import {
  type ActivityResult,
  callOffActivity,
  callOffShift,
  setActivityOpen,
} from '../../features/volunteering/activity-service.ts';
import { NO_EFFECTS } from '../../features/volunteering/offer-effects.ts';
import { hasStarted } from '../../features/volunteering/volunteering-rules.ts';
import type { Activity, Shift } from '../../model/activity.ts';
import { findActivity, listShiftsOf } from '../../store/activity-table.ts';
import { type Attendee, listAttendees } from '../../store/attendee-table.ts';
import { type FormState, hiddenField, textField } from '../form-fields.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Faults, optionalText, readForm, type Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { ATTENDANCE_TEXTS } from './activities-texts.ts';
import { fieldOf } from './activity-form-values.ts';
import { shiftPath, whenWords } from './shift-line.ts';

export async function setOpen(visit: Visit, isOpen: boolean): Promise<Response> {
  const { community, staff, now, parts } = visit;
  const id = visit.context.req.param('id') ?? '';
  const office = { community, staffId: staff.id, now };
  const result = await parts.commit(community.id, 'volunteering', async (tx) => {
    const changed = await setActivityOpen(tx, id, isOpen, office);
    return { result: changed, effects: changed.ok ? changed.news.effects : NO_EFFECTS };
  });
  if (!result.ok) return showNothingThere(visit);
  const undo = { path: `/admin/activities/${id}/${isOpen ? 'close' : 'reopen'}`, fields: {} };
  return goTo(visit, `/activities/${id}`, { key: isOpen ? 'activities.reopened-now' : 'activities.closed-now', undo });
}

interface ToCancel {
  readonly activity: Activity;
  /** The one that is called off; `null`: all that are ahead. */
  readonly shift: Shift | null;
  readonly attendees: readonly Attendee[];
}

/** Says in numbers who will be told, because it cannot be undone. */
export async function showCancel(visit: Visit): Promise<Response> {
  const found = await readToCancel(visit, visit.context.req.query('shift'));
  return found === null ? showNothingThere(visit) : showToCancel(visit, found, {}, {});
}

async function showToCancel(visit: Visit, found: ToCancel, values: Typed, faults: Faults): Promise<Response> {
  const { activity, shift, attendees } = found;
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const told = attendees.filter(({ privateChatId }) => privateChatId !== null).length;
  const unreached = attendees.length - told;
  const { title } = activity;
  const form: FormState = { values, faults, words: wordsFor(visit, PAGE_TEXTS) };
  const label = words('attendance.cancel-reason');
  const reason = textField(form, { name: 'reason', label, hint: words('attendance.cancel-reason-hint') });
  const body = html`${attendees.length === 0 ? html`<p>${words('attendance.cancel-nobody')}</p>` : ''}
${told === 0 ? '' : html`<p>${words('attendance.cancel-told', { told })}</p>`}
${unreached === 0 ? '' : html`<p>${words('attendance.cancel-unreached', { unreached })}</p>`}
<p>${words('attendance.cancel-for-good')}</p>
<form method="post" action="/admin/activities/${activity.id}/cancel">${shift === null ? '' : hiddenField('shift', shift.id)}
${attendees.length === 0 ? '' : reason}
<p class="actions"><button class="danger">${words(shift === null ? 'attendance.cancel-button' : 'attendance.cancel-shift-button')}</button>
<a class="button quiet" href="/admin${shift === null ? `/activities/${activity.id}` : shiftPath(shift)}">${words('attendance.cancel-keep')}</a></p></form>`;
  const back = { path: `/activities/${activity.id}`, label: title };
  const status = Object.keys(faults).length === 0 ? 200 : 422;
  return showPage(visit, { title: heading(visit, found), section: 'activities', back, body, status });
}

function heading(visit: Visit, { activity: { title }, shift }: ToCancel): string {
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  if (shift === null) return words('attendance.cancel-title', { title });
  return words('attendance.cancel-shift-title', { title, when: whenWords(visit, shift) });
}

/** One line, to be read on a phone. */
const CancelForm = z.object({ reason: optionalText(60) });

export async function cancel(visit: Visit): Promise<Response> {
  const { community, staff, now, parts } = visit;
  const asked = fieldOf(visit.form.fields, 'shift');
  const found = await readToCancel(visit, asked === '' ? undefined : asked);
  if (found === null) return showNothingThere(visit);
  const form = readForm(visit.form, CancelForm);
  if (!form.ok) return showToCancel(visit, found, form.typed, form.faults);
  const { reason } = form.value;
  const { activity, shift } = found;
  const office = { community, staffId: staff.id, now };
  const result = await parts.commit(community.id, 'volunteering', async (tx) => {
    const done =
      shift === null
        ? await callOffActivity(tx, activity.id, office, reason)
        : await callOffShift(tx, shift.id, office, reason);
    return { result: done, effects: done.ok ? done.news.effects : NO_EFFECTS };
  });
  if (!result.ok) return goTo(visit, `/activities/${activity.id}`, { key: 'activities.gone', isTrouble: true });
  const path = shift === null ? `/activities/${activity.id}` : shiftPath(shift);
  return goTo(visit, path, cancelledFlash(result.news));
}

function cancelledFlash({ effects, unreached }: Extract<ActivityResult, { ok: true }>['news']) {
  const told = effects.messages.length;
  if (unreached.length === 0) return { key: 'attendance.cancelled', variables: { told } };
  return { key: 'attendance.cancelled-unreached', variables: { told, unreached: unreached.length }, isTrouble: true };
}

async function readToCancel({ parts, community, context, now }: Visit, shiftId?: string): Promise<ToCancel | null> {
  const id = context.req.param('id') ?? '';
  return parts.store.read(async (tx) => {
    const activity = await findActivity(tx, community.id, id);
    if (activity === null || activity.state === 'cancelled') return null;
    const shifts = (await listShiftsOf(tx, community.id, id)).filter(
      (shift) => shift.state !== 'cancelled' && !hasStarted(shift, now),
    );
    const shift = shiftId === undefined ? null : shifts.find((one) => one.id === shiftId);
    if (shift === undefined || shifts.length === 0) return null;
    const attendees: Attendee[] = [];
    for (const one of shift === null ? shifts : [shift])
      attendees.push(...(await listAttendees(tx, community.id, one.id)));
    return { activity, shift, attendees };
  });
}
