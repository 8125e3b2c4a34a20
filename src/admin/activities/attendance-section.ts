/** Who comes to a shift and who waits, what can be done about each of them, and the lists to take away. */
import { html } from 'hono/html';
import type { Attendance } from '../../features/volunteering/attendance-service.ts';
import type { AttendeeView } from '../../features/volunteering/attendee-view.ts';
import { hasStarted } from '../../features/volunteering/volunteering-rules.ts';
import type { Html } from '../../lib/http/html.ts';
import { CONTACTS_KEPT_MS } from '../../model/sign-up.ts';
import { targetValue } from '../chains/chain-target.ts';
import { doorWords } from '../chains/chain-words.ts';
import { type FormState, textField } from '../form-fields.ts';
import { dayWords, momentWords } from '../local-words.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { erasePath } from '../people/erase-page.ts';
import { PEOPLE_TEXTS } from '../people/people-texts.ts';
import type { Faults, Typed } from '../posted-form.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { ACTIVITIES_TEXTS, ATTENDANCE_TEXTS } from './activities-texts.ts';
import { shiftPath, stateWords, whenWords } from './shift-line.ts';

/** A form of this page that did not fit, with what was typed. */
export interface Refused {
  readonly form: 'add' | 'full';
  readonly typed: Typed;
  readonly faults: Faults;
}

export interface SectionState {
  /** Whether the activity has other shifts that could take place without this one. */
  readonly isOneOfSeveral: boolean;
  readonly isFull: boolean;
  readonly refused: Refused | null;
}

export function attendanceSection(visit: Visit, attendance: Attendance, state: SectionState): Html {
  const { shift } = attendance;
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const marks = stateWords(visit, { ...shift, waiting: 0 }).map((mark) => html` <span class="mark">${mark}</span>`);
  const full = state.isFull ? html`<p class="done trouble" role="status">${words('attendance.full-shown')}</p>` : '';
  const worker = isAllowed(visit, 'worker');
  return html`<section id="people"><h2>${whenWords(visit, shift)}${marks}</h2>${full}
${comingList(visit, attendance, state.isFull)}${waitingList(visit, attendance, state.isFull)}
${worker ? addForm(visit, attendance, state) : ''}${worker ? chainTools(visit, attendance) : ''}${takeAway(visit, attendance, state)}${worker && state.isOneOfSeveral ? cancelLink(visit, attendance) : ''}</section>`;
}

/** After it was called off: whom the bot could not tell, with a way to their numbers. */
export function unreachedList(visit: Visit, cancelled: readonly Attendance[]): Html | '' {
  const unreached = cancelled.flatMap(({ shift, coming, waiting }) =>
    [...coming, ...waiting].filter(({ isReachable }) => !isReachable).map((person) => ({ shift, person })),
  );
  if (unreached.length === 0) return '';
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const lines = unreached.map(
    ({ shift, person }) =>
      html`<li class="split">${who(visit, person, shift.state)}<a href="/admin${shiftPath(shift)}#people">${whenWords(visit, shift)}</a></li>`,
  );
  return html`<section><h2>${words('attendance.unreached', { count: unreached.length })}</h2><p>${words('attendance.unreached-help')}</p><ul class="rows">${lines}</ul></section>`;
}

function comingList(visit: Visit, { shift, coming }: Attendance, isFull: boolean): Html {
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const isAhead = shift.state !== 'cancelled' && !hasStarted(shift, visit.now);
  const counts = { households: coming.length, people: shift.taken };
  const heading = words(isAhead ? 'attendance.coming' : 'attendance.signed', counts);
  const empty = words(isAhead && shift.state === 'open' ? 'attendance.coming-empty' : 'attendance.coming-nobody');
  if (coming.length === 0) return html`<p class="empty">${empty}</p>`;
  return html`<h3>${heading}</h3><ul class="rows people">${coming.map((person) => personRow(visit, { shift, person, isFull }))}</ul>`;
}

function waitingList(visit: Visit, { shift, waiting }: Attendance, isFull: boolean): Html | '' {
  if (waiting.length === 0) return '';
  const rows = waiting.map((person, index) => personRow(visit, { shift, person, isFull, position: index + 1 }));
  return html`<h3>${wordsFor(visit, ATTENDANCE_TEXTS)('attendance.waiting', { count: waiting.length })}</h3><ol class="rows people">${rows}</ol>`;
}

interface Row {
  readonly shift: Attendance['shift'];
  readonly person: AttendeeView;
  /** One should be sure whom one erases, so that way starts where names are shown in full. */
  readonly isFull: boolean;
  readonly position?: number;
}

function personRow(visit: Visit, { shift, person, isFull, position }: Row): Html {
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const isOpen = shift.state !== 'cancelled' && !hasStarted(shift, visit.now) && isAllowed(visit, 'worker');
  const path = `/admin/activities/${shift.activityId}/shifts/${shift.id}/people/${person.signUpId}`;
  const up = person.state === 'offered' ? 'attendance.said-yes' : 'attendance.move-up';
  const moveUp = html`<form method="post" action="${path}/move-up"><button class="quiet">${words(up)}</button></form>`;
  const open = html`${person.state === 'joined' ? '' : moveUp}<a class="button quiet" href="${path}/remove">${words('attendance.remove')}</a>`;
  const erase = isFull ? eraseLink(visit, { shift, person }, isOpen) : '';
  const buttons = isOpen || erase !== '' ? html`<span class="buttons">${isOpen ? open : ''}${erase}</span>` : '';
  return html`<li class="split">${who(visit, person, shift.state, position)}${buttons}</li>`;
}

/** Who is in the chats is erased everywhere; of who was only written down there is this one line, taken off while it can be. */
function eraseLink(visit: Visit, { shift, person }: Pick<Row, 'shift' | 'person'>, isOpen: boolean): Html | '' {
  const { personId, signUpId, name, phone } = person;
  if (personId !== null) {
    const label = wordsFor(visit, PEOPLE_TEXTS)('people.erase');
    return html`<a class="button quiet" href="${erasePath(personId, shiftPath(shift))}">${label}</a>`;
  }
  if (isOpen || (name === null && phone === null)) return '';
  const path = `/admin/activities/${shift.activityId}/shifts/${shift.id}/people/${signUpId}/forget`;
  return html`<a class="button quiet" href="${path}">${wordsFor(visit, ATTENDANCE_TEXTS)('attendance.forget')}</a>`;
}

function who(visit: Visit, person: AttendeeView, shiftState: Attendance['shift']['state'], position?: number): Html {
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const name = person.name ?? words('attendance.someone');
  const signedUp = words('attendance.signed-up', {
    when: momentWords(person.signedUpAt, visit.community),
    source: words(`attendance.source-${person.source}`),
  });
  const notes = [
    ...(position === undefined ? [] : [words('attendance.position', { position })]),
    ...(person.phone === null ? [] : [person.phone]),
    ...(person.place === null ? [] : [doorWords(visit, person.place)]),
    ...(person.note === null ? [] : [person.note]),
    signedUp,
    ...(shiftState === 'cancelled' ? [] : callNotes(visit, person)),
  ];
  return html`<span><strong>${name}</strong> ${words('attendance.party', { party: person.party })} <span class="hint">${notes.join(' · ')}</span></span>`;
}

function callNotes(visit: Visit, { state, offeredUntil, isReachable, phone }: AttendeeView): string[] {
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const until = offeredUntil === null ? '' : momentWords(offeredUntil, visit.community);
  if (state === 'offered') return [words(isReachable ? 'attendance.held' : 'attendance.held-call', { until })];
  return isReachable ? [] : [words(phone === null ? 'attendance.no-phone' : 'attendance.call')];
}

function addForm(visit: Visit, { shift }: Attendance, { refused }: SectionState): Html | '' {
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  if (shift.state === 'cancelled' || hasStarted(shift, visit.now)) return '';
  if (shift.state === 'closed') return html`<p class="hint">${words('attendance.add-closed')}</p>`;
  const form = formState(visit, 'add', refused, { party: '1' });
  return html`<details class="card" ${refused?.form === 'add' ? 'open' : ''}><summary>${words('attendance.add')}</summary>
<form method="post" action="/admin/activities/${shift.activityId}/shifts/${shift.id}/people">
${textField(form, { name: 'name', label: words('attendance.add-name') })}
${textField(form, { name: 'phone', label: words('attendance.add-phone'), hint: words('attendance.add-phone-hint'), type: 'tel', isShort: true })}
${textField(form, { name: 'party', label: words('attendance.add-party'), type: 'number', isShort: true })}
<p class="actions"><button>${words('attendance.add-button')}</button></p></form></details>`;
}

/** A list that residents fill in themselves, and whom it has not reached. */
function chainTools(visit: Visit, { shift }: Attendance): Html | '' {
  if (shift.state !== 'open' || hasStarted(shift, visit.now)) return '';
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const target = `target=${encodeURIComponent(targetValue({ kind: 'shift', id: shift.id }))}`;
  return html`<p class="tools"><a class="button quiet" href="/admin/chains/start?${target}">${words('attendance.chain')}</a>
<a class="button quiet" href="/admin/chains/not-yet?${target}">${words('attendance.not-yet')}</a></p>`;
}

/** Masked lists for anybody who may look; full ones for a reason, which is written down. */
function takeAway(visit: Visit, attendance: Attendance, { refused }: SectionState): Html | '' {
  const { shift, coming, waiting } = attendance;
  if (coming.length + waiting.length === 0) return '';
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const path = `/admin/activities/${shift.activityId}/shifts/${shift.id}`;
  const form = formState(visit, 'full', refused, {});
  const reason = { name: 'reason', label: words('attendance.full-reason'), hint: words('attendance.full-reason-hint') };
  const full = html`<details class="card" ${refused?.form === 'full' ? 'open' : ''}><summary>${words('attendance.full')}</summary>
<p>${words('attendance.full-help')}</p>
<form method="post" action="${path}/full">${textField(form, reason)}
<p class="actions"><button name="do" value="show">${words('attendance.full-show')}</button>
<button class="quiet" name="do" value="download">${words('attendance.full-download')}</button>
<button class="quiet" name="do" value="sheet">${words('attendance.full-sheet')}</button></p></form></details>`;
  return html`<h3>${words('attendance.lists')}</h3><p class="tools"><a class="button quiet" href="${path}/list">${words('attendance.download')}</a>
<a class="button quiet" href="${path}/sheet">${words('attendance.sheet')}</a></p>${keptLine(visit, shift)}${isAllowed(visit, 'worker') ? full : ''}`;
}

/** Names go by themselves, so whoever needs them for the books takes them away before. */
function keptLine(visit: Visit, { endsAt }: Attendance['shift']): Html {
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const goneAt = new Date(endsAt.getTime() + CONTACTS_KEPT_MS);
  const variables = { day: dayWords(goneAt, visit.community) };
  const said =
    goneAt > visit.now ? words('attendance.kept-until', variables) : words('attendance.names-gone', variables);
  return html`<p class="hint">${said}</p>`;
}

function cancelLink(visit: Visit, { shift }: Attendance): Html | '' {
  if (shift.state === 'cancelled' || hasStarted(shift, visit.now)) return '';
  const label = wordsFor(visit, ACTIVITIES_TEXTS)('activities.cancel-shift');
  return html`<p class="aside"><a href="/admin/activities/${shift.activityId}/cancel?shift=${shift.id}">${label}</a></p>`;
}

function formState(
  visit: Visit,
  name: Refused['form'],
  refused: Refused | null,
  values: Readonly<Record<string, string>>,
): FormState {
  const words = wordsFor(visit, PAGE_TEXTS);
  if (refused?.form !== name) return { values, faults: {}, words, prefix: name };
  return { values: refused.typed, faults: refused.faults, words, prefix: name };
}
