/** What a worker does to the list of a shift: writes down a caller, lets somebody move up, takes somebody off. */
import { html } from 'hono/html';
import { z } from 'zod';
import type { LanguageTables } from '../../content/language-tables.ts';
import { addAtDesk, type DeskResult, moveUp, removeSignUp } from '../../features/volunteering/attendance-service.ts';
import { maskedView } from '../../features/volunteering/attendee-view.ts';
import { NO_EFFECTS } from '../../features/volunteering/offer-effects.ts';
import { readTypedCount } from '../../features/volunteering/typed-count.ts';
import { hasStarted } from '../../features/volunteering/volunteering-rules.ts';
import { LARGEST_PARTY } from '../../model/sign-up.ts';
import { findShift } from '../../store/activity-table.ts';
import { listAttendees } from '../../store/attendee-table.ts';
import type { Flash } from '../flash.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import type { PageTextKey } from '../page-texts.ts';
import { type Faults, optionalText, readForm, requiredText } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { ATTENDANCE_TEXTS } from './activities-texts.ts';
import { showActivity } from './activity-page.ts';
import { whenWords } from './shift-line.ts';

function addForm(tables: LanguageTables) {
  const wrong = 'fault.not-a-number' satisfies PageTextKey;
  return z.object({
    name: requiredText(60),
    phone: optionalText(30),
    party: z
      .string()
      .default('')
      .transform((text) => readTypedCount(text, tables) ?? Number.NaN)
      .pipe(z.int(wrong).min(1, wrong).max(LARGEST_PARTY, wrong)),
  });
}

export async function addPerson(visit: Visit): Promise<Response> {
  const { community, staff, now, parts } = visit;
  const form = readForm(visit.form, addForm(visit.content.languageTables));
  if (!form.ok) return showActivity(visit, { form: 'add', ...form });
  const { name, party, phone } = form.value;
  const row = { name, party, phone: phone === '' ? undefined : phone.normalize('NFKC') };
  const result = await parts.commit(community.id, 'volunteering', async (tx) => {
    const added = await addAtDesk(tx, shiftIdOf(visit), row, { community, staffId: staff.id, now });
    return { result: added, effects: added.ok ? added.effects : NO_EFFECTS };
  });
  if (result.ok) return goTo(visit, herePath(visit), addedFlash(result));
  const faults = deskFaults(result.why);
  if (faults !== null) return showActivity(visit, { form: 'add', typed: visit.form.fields, faults });
  return result.why === 'gone' ? showNothingThere(visit) : goTo(visit, herePath(visit), OVER);
}

function addedFlash(result: Extract<DeskResult, { ok: true }>): Flash {
  switch (result.change) {
    case 'joined':
      return { key: 'attendance.added' };
    case 'already':
      return { key: 'attendance.added-before' };
    case 'party-changed':
      return { key: 'attendance.added-changed', variables: { party: result.signUp.party } };
    case 'waiting':
    case 'still-waiting':
      return { key: 'attendance.added-waiting', variables: { position: result.ahead + 1 } };
  }
}

function deskFaults(why: Extract<DeskResult, { ok: false }>['why']): Faults | null {
  switch (why) {
    case 'name-missing':
      return { name: 'fault.empty' };
    case 'name-too-long':
      return { name: 'fault.too-long' };
    case 'phone-not-possible':
      return { phone: 'fault.not-a-phone' };
    case 'party-not-possible':
      return { party: 'fault.not-a-number' };
    case 'too-many':
    case 'no-room-for-more':
      return { party: 'fault.no-room' };
    case 'gone':
    case 'past':
    case 'closed':
    case 'called-off':
      return null;
  }
}

export async function moveUpPerson(visit: Visit): Promise<Response> {
  const { community, staff, now, parts } = visit;
  const office = { community, staffId: staff.id, now };
  const result = await parts.commit(community.id, 'volunteering', async (tx) => {
    const moved = await moveUp(tx, signUpIdOf(visit), office);
    return { result: moved, effects: moved.ok ? moved.effects : NO_EFFECTS };
  });
  if (result.ok) {
    const isTold = result.effects.messages.length > 0;
    return goTo(visit, herePath(visit), { key: isTold ? 'attendance.moved-up' : 'attendance.moved-up-call' });
  }
  if (result.why !== 'full') return goTo(visit, herePath(visit), OVER);
  const variables = { left: result.left };
  return goTo(visit, herePath(visit), { key: 'attendance.move-up-full', variables, isTrouble: true });
}

/** Who is told and who may be asked instead, before it is done: a message cannot be had back. */
export async function showRemove(visit: Visit): Promise<Response> {
  const { community, parts, now } = visit;
  const found = await parts.store.read(async (tx) => {
    const shift = await findShift(tx, community.id, shiftIdOf(visit));
    const attendees = shift === null ? [] : await listAttendees(tx, community.id, shift.id);
    const attendee = attendees.find(({ signUp }) => signUp.id === signUpIdOf(visit));
    return shift === null || attendee === undefined ? null : { shift, person: maskedView(attendee) };
  });
  if (found === null || found.shift.state === 'cancelled' || hasStarted(found.shift, now))
    return showNothingThere(visit);
  const { shift, person } = found;
  const words = wordsFor(visit, ATTENDANCE_TEXTS);
  const name = person.name ?? words('attendance.someone');
  const hasNext = shift.waiting > 0 && person.state !== 'waiting';
  const body = html`<p>${words('attendance.remove-who', { name, party: person.party })} ${words(person.isReachable ? 'attendance.remove-told' : 'attendance.remove-call')}</p>
${hasNext ? html`<p>${words('attendance.remove-next', { count: person.party })}</p>` : ''}
<form method="post"><p class="actions"><button class="danger">${words('attendance.remove-button')}</button>
<a class="button quiet" href="/admin${herePath(visit)}">${words('attendance.cancel-keep')}</a></p></form>`;
  const back = { path: herePath(visit), label: `${shift.title} ${whenWords(visit, shift)}` };
  return showPage(visit, { title: words('attendance.remove-title'), section: 'activities', back, body });
}

export async function removePerson(visit: Visit): Promise<Response> {
  const { community, staff, now, parts } = visit;
  const office = { community, staffId: staff.id, now };
  const result = await parts.commit(community.id, 'volunteering', async (tx) => {
    const removed = await removeSignUp(tx, signUpIdOf(visit), office);
    return { result: removed, effects: removed.ok ? removed.effects : NO_EFFECTS };
  });
  if (!result.ok) return goTo(visit, herePath(visit), OVER);
  const told = result.effects.messages.length;
  const flash = told === 0 ? { key: 'attendance.removed-call' } : { key: 'attendance.removed', variables: { told } };
  return goTo(visit, herePath(visit), flash);
}

/** Somebody was faster, or it has begun meanwhile. */
const OVER: Flash = { key: 'attendance.past', isTrouble: true };

function shiftIdOf({ context }: Visit): string {
  return context.req.param('shift') ?? '';
}

function signUpIdOf({ context }: Visit): string {
  return context.req.param('person') ?? '';
}

function herePath({ context }: Visit): string {
  return `/activities/${context.req.param('id')}?shift=${context.req.param('shift')}`;
}
