/** The lists of a shift to take away: as a table for Excel, as a sheet to sign, and in full for a reason that is kept. */
import { html } from 'hono/html';
import { z } from 'zod';
import type { SheetColumn } from '../../documents/sheet.ts';
import { writeWorkbookInThread } from '../../documents/workbook-thread.ts';
import { type Attendance, readAttendance } from '../../features/volunteering/attendance-service.ts';
import type { AttendeeView } from '../../features/volunteering/attendee-view.ts';
import { localDate } from '../../lib/zoned-time.ts';
import { doorWords } from '../chains/chain-words.ts';
import { sendWorkbook } from '../download.ts';
import { momentWords } from '../local-words.ts';
import { showNothingThere, showPage } from '../page-answer.ts';
import { oneOf, readForm, requiredText } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { ATTENDANCE_TEXTS } from './activities-texts.ts';
import { readActivity, showActivity, showView } from './activity-page.ts';
import { shiftPath, whenWords } from './shift-line.ts';

export async function downloadMasked(visit: Visit): Promise<Response> {
  const attendance = await readMasked(visit);
  return attendance === null ? showNothingThere(visit) : sendList(visit, attendance, 'masked');
}

export async function showMaskedSheet(visit: Visit): Promise<Response> {
  const attendance = await readMasked(visit);
  return attendance === null ? showNothingThere(visit) : showSheet(visit, attendance);
}

const FullForm = z.object({
  reason: requiredText(100),
  do: oneOf(['show', 'download', 'sheet']).default('show'),
});

/** Who looked, at how many and why, stands in the audit log before anything is shown. */
export async function takeFull(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, FullForm);
  if (!form.ok) return showActivity(visit, { form: 'full', ...form });
  const attendance = await readFull(visit, form.value.reason);
  if (attendance === null) return showNothingThere(visit);
  if (form.value.do === 'download') return sendList(visit, attendance, 'full');
  if (form.value.do === 'sheet') return showSheet(visit, attendance);
  const id = visit.context.req.param('id') ?? '';
  const view = await visit.parts.store.read((tx) => readActivity(tx, visit, id, attendance.shift.id));
  return view === null
    ? showNothingThere(visit)
    : showView(visit, { ...view, attendance }, { isFull: true, refused: null });
}

function readMasked({ parts, community, staff, now, context }: Visit): Promise<Attendance | null> {
  const office = { community, staffId: staff.id, now };
  return parts.store.read((tx) => readAttendance(tx, context.req.param('shift') ?? '', office, 'masked'));
}

function readFull(visit: Visit, reason: string): Promise<Attendance | null> {
  const { parts, community, staff, now, context } = visit;
  const office = { community, staffId: staff.id, now };
  return parts.store.write((tx) => readAttendance(tx, context.req.param('shift') ?? '', office, { reason }));
}

async function sendList(visit: Visit, attendance: Attendance, view: 'masked' | 'full'): Promise<Response> {
  const { community, now, context } = visit;
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const { shift, coming, waiting } = attendance;
  const rows = [...coming, ...waiting].map((person, index) => rowOf(visit, person, index + 1));
  const sheet = {
    name: words('attendance.file-sheet'),
    title: `${shift.title} ${whenWords(visit, shift)} ${shift.place}`,
    note: words(`attendance.file-${view}`, { when: momentWords(now, community) }),
    columns: columnsOf(visit, view),
    rows,
  };
  const bytes = await writeWorkbookInThread([sheet]);
  const day = localDate(shift.startsAt, community.settings.zone);
  return sendWorkbook(
    context,
    bytes,
    words(view === 'full' ? 'attendance.file-name-full' : 'attendance.file', { title: shift.title, day }),
  );
}

function columnsOf(visit: Visit, view: 'masked' | 'full'): SheetColumn[] {
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  return [
    { key: 'number', header: words('attendance.number'), kind: 'number' },
    { key: 'name', header: words('attendance.name'), kind: 'text' },
    { key: 'phone', header: words('attendance.phone'), kind: 'text' },
    { key: 'door', header: words('attendance.door'), kind: 'text' },
    { key: 'people', header: words('attendance.people'), kind: 'number' },
    { key: 'state', header: words('attendance.state'), kind: 'text' },
    { key: 'at', header: words('attendance.at'), kind: 'text' },
    { key: 'source', header: words('attendance.source'), kind: 'text' },
    ...(view === 'full' ? [{ key: 'note', header: words('attendance.note'), kind: 'text' } as const] : []),
  ];
}

function rowOf(visit: Visit, person: AttendeeView, number: number) {
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const state = person.state === 'cancelled' ? 'waiting' : person.state;
  return {
    number,
    name: person.name ?? '',
    phone: person.phone ?? '',
    door: person.place === null ? '' : doorWords(visit, person.place),
    people: person.party,
    state: words(`attendance.state-${state}`),
    at: momentWords(person.signedUpAt, visit.community),
    source: words(`attendance.source-${person.source}`),
    note: person.note ?? '',
  };
}

// Who comes without having signed up writes in by hand.
const BLANK_ROWS = 5;

/** Large rows for pens, no phones: it lies open on a table. */
function showSheet(visit: Visit, { shift, coming }: Attendance): Promise<Response> {
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const someone = words('attendance.someone');
  const lines = coming.map(
    ({ name, party }, index) =>
      html`<tr><td>${index + 1}</td><td>${name ?? someone}</td><td>${party}</td><td></td></tr>`,
  );
  const blank = Array.from(
    { length: BLANK_ROWS },
    (_, index) => html`<tr><td>${coming.length + index + 1}</td><td></td><td></td><td></td></tr>`,
  );
  const body = html`<p>${whenWords(visit, shift)} · ${shift.place} · ${words('attendance.sheet-total', { people: shift.taken })}</p>
<p class="hint on-screen">${words('attendance.sheet-print')}</p>
<table class="sign-in"><thead><tr><th scope="col">${words('attendance.number')}</th><th scope="col">${words('attendance.name')}</th><th scope="col">${words('attendance.people')}</th><th scope="col">${words('attendance.sheet-signature')}</th></tr></thead>
<tbody>${lines}${blank}</tbody></table>`;
  const back = { path: shiftPath(shift), label: shift.title };
  return showPage(visit, {
    title: words('attendance.sheet-title', { title: shift.title }),
    section: 'activities',
    back,
    body,
  });
}
