/** Writing a notice, changing a draft, writing one like another or one that calls people to an activity. */
import { createNotice, type DraftResult, editNotice, type NewDraft } from '../../features/notices/notices-service.ts';
import { hasStarted } from '../../features/volunteering/volunteering-rules.ts';
import { findActivity, listShiftsOf } from '../../store/activity-table.ts';
import { findNotice, listAudience } from '../../store/notice-table.ts';
import type { Transaction } from '../../store/store.ts';
import { whenWords } from '../activities/shift-line.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Faults, readForm, type Typed } from '../posted-form.ts';
import { actOf, type Visit, wordsFor } from '../visit.ts';
import { draftOf, NoticeForm, noticeForm, readPlaces, typedOf } from './notice-form.ts';
import { NOTICES_PAGE_TEXTS } from './notices-texts.ts';

export async function showNew(visit: Visit): Promise<Response> {
  const { activity, from } = visit.context.req.query();
  const typed = await visit.parts.store.read(async (tx): Promise<Typed | null> => {
    if (activity !== undefined) return aboutActivity(tx, visit, activity);
    return from === undefined ? {} : anotherLike(tx, visit, from);
  });
  return typed === null ? showNothingThere(visit) : showForm(visit, null, typed, {});
}

export async function showEdit(visit: Visit): Promise<Response> {
  const id = visit.context.req.param('id') ?? '';
  const typed = await visit.parts.store.read((tx) => likeNotice(tx, visit, id));
  return typed === null ? showNothingThere(visit) : showForm(visit, id, typed, {});
}

/** With its picture, which the draft shows as well. */
async function anotherLike(tx: Transaction, visit: Visit, id: string): Promise<Typed | null> {
  const typed = await likeNotice(tx, visit, id);
  const notice = await findNotice(tx, visit.community.id, id);
  return typed === null ? null : { ...typed, picture: notice?.pictureId ?? '' };
}

async function likeNotice(tx: Transaction, { community }: Visit, id: string): Promise<Typed | null> {
  const notice = await findNotice(tx, community.id, id);
  if (notice === null) return null;
  const audience = await listAudience(tx, id);
  return typedOf({ ...notice, chatIds: audience.map(({ chatId }) => chatId) });
}

/** Its name, when and where, to be gone over by a person. */
async function aboutActivity(tx: Transaction, visit: Visit, id: string): Promise<Typed | null> {
  const { community, now } = visit;
  const activity = await findActivity(tx, community.id, id);
  if (activity === null) return null;
  const shifts = (await listShiftsOf(tx, community.id, id)).filter(
    (shift) => shift.state === 'open' && !hasStarted(shift, now),
  );
  const when = shifts.map((shift) => whenWords(visit, shift)).join(wordsFor(visit, PAGE_TEXTS)('page.list-separator'));
  const { title, place } = activity;
  return { text: wordsFor(visit, NOTICES_PAGE_TEXTS)('notices.from-activity', { title, when, place }) };
}

export function create(visit: Visit): Promise<Response> {
  return keep(visit, null);
}

export async function save(visit: Visit): Promise<Response> {
  return keep(visit, visit.context.req.param('id') ?? '');
}

async function keep(visit: Visit, id: string | null): Promise<Response> {
  const { parts, community } = visit;
  const form = readForm(visit.form, NoticeForm);
  if (!form.ok) return showForm(visit, id, form.typed, form.faults);
  const result = await parts.commit(community.id, 'notices', async (tx) => {
    const draft = draftOf(form.value, await readPlaces(tx, community.id));
    return { result: await keepDraft(tx, visit, id, { ...draft, pictureId: form.value.picture || null }) };
  });
  if (result.ok) return goTo(visit, `/notices/${result.noticeId}`);
  if (result.why === 'not-a-draft') return goTo(visit, '/notices', { key: 'notices.not-a-draft', isTrouble: true });
  const faults = [result.why, ...(result.also ?? [])].map(faultsOf);
  return showForm(visit, id, visit.form.fields, Object.assign({}, ...faults));
}

function keepDraft(tx: Transaction, visit: Visit, id: string | null, draft: NewDraft): Promise<DraftResult> {
  return id === null ? createNotice(tx, draft, actOf(visit)) : editNotice(tx, id, draft, actOf(visit));
}

function faultsOf(why: Exclude<Extract<DraftResult, { ok: false }>['why'], 'not-a-draft'>): Faults {
  switch (why) {
    case 'empty':
      return { text: 'fault.empty' };
    case 'too-long':
      return { text: 'fault.too-long' };
    case 'no-groups':
    case 'foreign-group':
      return { groups: 'fault.no-groups' };
    case 'reason-missing':
      return { reason: 'fault.reason-missing' };
  }
}

async function showForm(visit: Visit, id: string | null, typed: Typed, faults: Faults): Promise<Response> {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const places = await visit.parts.store.read((tx) => readPlaces(tx, visit.community.id));
  const path = id === null ? '/notices' : `/notices/${id}/edit`;
  const back = { path: id === null ? '/notices' : `/notices/${id}`, label: words('notices.title') };
  return showPage(visit, {
    title: words(id === null ? 'notices.new' : 'notices.edit'),
    section: 'notices',
    back,
    body: noticeForm(visit, { path, typed, faults, places }),
    status: Object.keys(faults).length === 0 ? 200 : 422,
  });
}
