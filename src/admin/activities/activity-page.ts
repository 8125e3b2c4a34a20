/** One activity: what it is, its shifts, and who comes to one of them. */
import { html } from 'hono/html';
import { type Attendance, readAttendance } from '../../features/volunteering/attendance-service.ts';
import { hasStarted } from '../../features/volunteering/volunteering-rules.ts';
import type { Html } from '../../lib/http/html.ts';
import type { Activity, Shift } from '../../model/activity.ts';
import { findActivity, listShiftsOf } from '../../store/activity-table.ts';
import type { Transaction } from '../../store/store.ts';
import { showNothingThere, showPage } from '../page-answer.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { ACTIVITIES_TEXTS } from './activities-texts.ts';
import { attendanceSection, type Refused, unreachedList } from './attendance-section.ts';
import { shiftRow, whenWords } from './shift-line.ts';

export interface ActivityView {
  readonly activity: Activity;
  readonly shifts: readonly Shift[];
  /** Who comes to the shift that is looked at; `null` where there is none. */
  readonly attendance: Attendance | null;
  /** Shifts called off that would still be ahead: who could not be told is to be called. */
  readonly calledOff: readonly Attendance[];
}

export async function showActivity(
  visit: Visit,
  refused: Refused | null = null,
  shiftId = visit.context.req.param('shift') ?? visit.context.req.query('shift'),
): Promise<Response> {
  const id = visit.context.req.param('id') ?? '';
  const view = await visit.parts.store.read((tx) => readActivity(tx, visit, id, shiftId));
  if (view === null) return showNothingThere(visit);
  return showView(visit, view, { isFull: false, refused });
}

/** `isFull`: names and phones as they are; the view was written into the audit log. */
export function showView(
  visit: Visit,
  view: ActivityView,
  { isFull, refused }: { readonly isFull: boolean; readonly refused: Refused | null },
): Promise<Response> {
  const { activity, attendance } = view;
  const words = wordsFor(visit, ACTIVITIES_TEXTS);
  const body = html`${facts(visit, activity)}${isAllowed(visit, 'worker') ? actions(visit, view) : ''}
${unreachedList(visit, view.calledOff)}${shiftList(visit, view)}${attendance === null ? '' : attendanceSection(visit, attendance, { isFull, refused, isOneOfSeveral: view.shifts.length > 1 })}`;
  return showPage(visit, {
    title: activity.title,
    section: 'activities',
    back: { path: '/activities', label: words('activities.title') },
    body,
    status: refused === null ? 200 : 422,
  });
}

export async function readActivity(
  tx: Transaction,
  { community, staff, now }: Visit,
  id: string,
  shiftId: string | undefined,
): Promise<ActivityView | null> {
  const activity = await findActivity(tx, community.id, id);
  if (activity === null) return null;
  const shifts = await listShiftsOf(tx, community.id, id);
  const shift = shifts.find((one) => one.id === shiftId) ?? nextOf(shifts, now);
  const office = { community, staffId: staff.id, now };
  const attendance = shift === undefined ? null : await readAttendance(tx, shift.id, office, 'masked');
  const calledOff: Attendance[] = [];
  for (const one of shifts.filter((other) => other.state === 'cancelled' && !hasStarted(other, now))) {
    const attendees = await readAttendance(tx, one.id, office, 'masked');
    if (attendees !== null) calledOff.push(attendees);
  }
  return { activity, shifts, attendance, calledOff };
}

/** The one that comes next; of an activity that is over, its last. */
function nextOf(shifts: readonly Shift[], now: Date): Shift | undefined {
  return shifts.find((shift) => shift.state !== 'cancelled' && !hasStarted(shift, now)) ?? shifts.at(-1);
}

function facts(visit: Visit, { place, details, risk, insured, state }: Activity): Html {
  const words = wordsFor(visit, ACTIVITIES_TEXTS);
  const riskLine = risk !== null && insured ? words('activities.risk-insured', { risk }) : risk;
  const state_ = state === 'closed' ? words('activities.closed') : words('activities.called-off');
  return html`${state === 'open' ? '' : html`<p><span class="mark">${state_}</span></p>`}<dl class="facts">
<dt>${words('activities.place')}</dt><dd>${place}</dd>
${details === '' ? '' : html`<dt>${words('activities.details')}</dt><dd class="typed">${details}</dd>`}
${riskLine === null ? '' : html`<dt>${words('activities.risk')}</dt><dd class="typed">${riskLine}</dd>`}</dl>`;
}

function actions(visit: Visit, { activity, shifts }: ActivityView): Html {
  const words = wordsFor(visit, ACTIVITIES_TEXTS);
  const path = `/admin/activities/${activity.id}`;
  const copy = html`<a class="button quiet" href="/admin/activities/new?from=${activity.id}">${words('activities.copy')}</a>`;
  const isAhead = shifts.some((shift) => shift.state !== 'cancelled' && !hasStarted(shift, visit.now));
  if (activity.state === 'cancelled' || !isAhead) return html`<div class="tools">${copy}</div>`;
  const turn = activity.state === 'open' ? 'close' : 'reopen';
  return html`<div class="tools"><a class="button quiet" href="${path}/edit">${words('activities.edit')}</a>${copy}
<a class="button quiet" href="/admin/notices/new?activity=${activity.id}">${words('activities.announce')}</a>
<form method="post" action="${path}/${turn}"><button class="quiet">${words(`activities.${turn}`)}</button></form>
<a class="button quiet" href="${path}/cancel">${words('activities.cancel')}</a></div>`;
}

/** Only where there are several: the one looked at is marked. */
function shiftList(visit: Visit, { shifts, attendance }: ActivityView): Html | '' {
  if (shifts.length < 2) return '';
  const lines = shifts.map((shift) =>
    shiftRow(visit, shift, whenWords(visit, shift), shift.id === attendance?.shift.id),
  );
  return html`<section><h2>${wordsFor(visit, ACTIVITIES_TEXTS)('activities.shifts')}</h2><ul class="rows">${lines}</ul></section>`;
}
