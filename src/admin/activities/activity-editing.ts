/** Making an activity, changing one, and making one like another. */
import type { ActivityFault } from '../../features/volunteering/activity-rules.ts';
import { type ActivityResult, createActivity, editActivity } from '../../features/volunteering/activity-service.ts';
import { NO_EFFECTS } from '../../features/volunteering/offer-effects.ts';
import { addDays, daysBetween, localDate } from '../../lib/zoned-time.ts';
import type { Shift } from '../../model/activity.ts';
import { findActivity, listShiftsOf } from '../../store/activity-table.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import type { Faults, Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { ACTIVITIES_TEXTS, ACTIVITY_FORM_TEXTS } from './activities-texts.ts';
import { activityForm, formValues } from './activity-form.ts';
import {
  allFaults,
  faultFields,
  fieldOf,
  type ReadDraft,
  readDraft,
  type Typing,
  withoutRow,
  withRow,
} from './activity-form-values.ts';

/** Empty, or like another activity, moved on by whole weeks until it lies ahead. */
export async function showNew(visit: Visit): Promise<Response> {
  const from = visit.context.req.query('from');
  if (from === undefined) return showForm(visit, null, { rows: '1' }, {});
  const found = await readOne(visit, from);
  if (found === null) return showNothingThere(visit);
  const { activity, shifts } = found;
  const today = localDate(visit.now, visit.community.settings.zone);
  const values = formValues(activity, shifts, visit.community);
  // Insurance is bought for each time anew, so nobody inherits the tick.
  return showForm(visit, null, { ...moveOn(values, shifts.length, today), insured: '' }, {});
}

function moveOn(values: Typed, rows: number, today: string): Typed {
  const days = Array.from({ length: rows }, (_, row) => fieldOf(values, `day${row}`));
  const first = days.toSorted()[0] ?? today;
  const weeks = Math.max(0, Math.ceil((daysBetween(first, today) + 1) / 7));
  const moved = days.flatMap((day, row) => [
    [`day${row}`, addDays(day, weeks * 7)],
    [`shift${row}`, ''],
  ]);
  return { ...values, ...Object.fromEntries(moved) };
}

export async function showEdit(visit: Visit): Promise<Response> {
  const found = await readOne(visit, visit.context.req.param('id') ?? '');
  if (found === null) return showNothingThere(visit);
  return showForm(visit, found, formValues(found.activity, found.shifts, visit.community), {});
}

export async function create(visit: Visit): Promise<Response> {
  const { community, staff, now, parts } = visit;
  const changed = changedRows(visit);
  if (changed !== null) return showForm(visit, null, changed, {}, 200);
  const read = readHere(visit, []);
  if (!read.ok) return showForm(visit, null, visit.form.fields, read.faults);
  const office = { community, staffId: staff.id, now };
  const result = await parts.commit(community.id, 'volunteering', async (tx) => ({
    result: await createActivity(tx, read.draft, office),
  }));
  if (!result.ok) return showForm(visit, null, visit.form.fields, faultsOf(result, read.rows));
  return goTo(visit, `/activities/${result.activity.id}`, { key: 'activities.created' });
}

export async function save(visit: Visit): Promise<Response> {
  const { community, staff, now, parts } = visit;
  const found = await readOne(visit, visit.context.req.param('id') ?? '');
  if (found === null) return showNothingThere(visit);
  const changed = changedRows(visit);
  if (changed !== null) return showForm(visit, found, changed, {}, 200);
  const read = readHere(visit, found.shifts);
  if (!read.ok) return showForm(visit, found, visit.form.fields, read.faults);
  const office = { community, staffId: staff.id, now };
  const { id } = found.activity;
  const result = await parts.commit(community.id, 'volunteering', async (tx) => {
    const edited = await editActivity(tx, id, read.draft, office);
    return { result: edited, effects: edited.ok ? edited.news.effects : NO_EFFECTS };
  });
  if (result.ok) return goTo(visit, `/activities/${id}`, savedFlash(result));
  if (result.why === 'gone') return goTo(visit, `/activities/${id}`, { key: 'activities.gone', isTrouble: true });
  return showForm(visit, found, visit.form.fields, faultsOf(result, read.rows));
}

function savedFlash({ news }: Extract<ActivityResult, { ok: true }>) {
  const told = news.effects.messages.length;
  const unreached = news.unreached.length;
  if (unreached > 0) {
    return { key: 'activities.saved-unreached', variables: { told, unreached }, isTrouble: true };
  }
  return told === 0 ? { key: 'activities.saved' } : { key: 'activities.saved-told', variables: { told } };
}

/** The form with a row more or less, where one of those buttons was pressed. */
function changedRows(visit: Visit): Typed | null {
  const typed = visit.form.fields;
  const pressed = fieldOf(typed, 'do');
  if (pressed === 'more') return withRow(typed, typingOf(visit));
  const [, dropped] = /^drop-(\d{1,2})$/.exec(pressed) ?? [];
  return dropped === undefined ? null : withoutRow(typed, Number(dropped));
}

type ReadHere = ({ readonly ok: true } & ReadDraft) | { readonly ok: false; readonly faults: Faults };

function readHere(visit: Visit, standing: readonly Shift[]): ReadHere {
  // After a session that ran out it is shown again before anything is done.
  if (visit.form.isResumed) return { ok: false, faults: {} };
  const read = readDraft(visit.form.fields, typingOf(visit));
  const isRead = Object.keys(read.faults).length === 0;
  return isRead ? { ok: true, ...read } : { ok: false, faults: allFaults(read, standing, visit.now) };
}

function typingOf({ community, now, content }: Visit): Typing {
  const { zone } = community.settings;
  return { zone, today: localDate(now, zone), tables: content.languageTables };
}

function faultsOf(result: Extract<ActivityResult, { ok: false }>, rows: readonly number[]): Faults {
  const faults: readonly ActivityFault[] = result.why === 'faults' ? result.faults : [];
  return faultFields(faults, rows);
}

interface Found {
  readonly activity: NonNullable<Awaited<ReturnType<typeof findActivity>>>;
  readonly shifts: readonly Shift[];
}

function readOne({ parts, community }: Visit, id: string): Promise<Found | null> {
  return parts.store.read(async (tx) => {
    const activity = await findActivity(tx, community.id, id);
    return activity === null ? null : { activity, shifts: await listShiftsOf(tx, community.id, id) };
  });
}

async function showForm(
  visit: Visit,
  found: Found | null,
  typed: Typed,
  faults: Faults,
  status: 200 | 422 = Object.keys(faults).length === 0 ? 200 : 422,
): Promise<Response> {
  const words = wordsFor(visit, ACTIVITY_FORM_TEXTS);
  const form =
    found === null
      ? { path: '/activities', button: words('activity-form.create'), standing: [] }
      : { path: `/activities/${found.activity.id}/edit`, button: words('activity-form.save'), standing: found.shifts };
  const back =
    found === null
      ? { path: '/activities', label: wordsFor(visit, ACTIVITIES_TEXTS)('activities.title') }
      : { path: `/activities/${found.activity.id}`, label: found.activity.title };
  return showPage(visit, {
    title: found === null ? words('activity-form.new') : words('activity-form.edit', { title: found.activity.title }),
    section: 'activities',
    back,
    body: activityForm(visit, { ...form, typed, faults }),
    status,
  });
}
