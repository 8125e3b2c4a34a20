/** One household: what it promised and how that came about; the door and the people only for a reason that is kept. */
import { html } from 'hono/html';
import { type HouseholdFacts, readHouseholdFacts } from '../../features/pledges/household-facts-service.ts';
import { type HouseholdView, viewHousehold } from '../../features/pledges/household-list-service.ts';
import type { Html } from '../../lib/http/html.ts';
import type { PledgeChange } from '../../model/pledge.ts';
import { listStaff } from '../../store/staff-table.ts';
import { hiddenField, textField } from '../form-fields.ts';
import { dayWords, momentWords } from '../local-words.ts';
import { showNothingThere, showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { readForm } from '../posted-form.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { habitBoxes } from './habit-boxes.ts';
import { memberList } from './member-list.ts';
import { peopleWords, pledgeWords } from './pledge-words.ts';
import { HOUSEHOLD_TEXTS, PLEDGES_PAGE_TEXTS } from './pledges-texts.ts';
import { ReasonForm, type Refused, reasonForm } from './reason-form.ts';

/** What was sent from the page and does not fit. */
export interface RefusedHere extends Refused {
  readonly form: 'full' | 'change';
}

export async function showHousehold(visit: Visit, refused: RefusedHere | null = null): Promise<Response> {
  const facts = await readFacts(visit);
  return facts === null ? showNothingThere(visit) : showFacts(visit, facts, { view: null, refused });
}

/** That it was looked at, and why, stands in the audit log before anything is shown. */
export async function showFull(visit: Visit): Promise<Response> {
  const facts = await readFacts(visit);
  if (facts === null) return showNothingThere(visit);
  const form = readForm(visit.form, ReasonForm);
  if (!form.ok) return showFacts(visit, facts, { view: null, refused: { form: 'full', ...form } });
  const { parts, community, staff, now } = visit;
  const { reason } = form.value;
  const view = await parts.store.write((tx) => viewHousehold(tx, community, facts.id, staff.id, now, reason));
  return view === null ? showNothingThere(visit) : showFacts(visit, facts, { view, refused: null });
}

export function readFacts({ parts, community, context, now }: Visit): Promise<HouseholdFacts | null> {
  return parts.store.read((tx) => readHouseholdFacts(tx, community, context.req.param('id') ?? '', now));
}

export function titleOf(visit: Visit, { building }: Pick<HouseholdFacts, 'building'>): string {
  const place = pledgeWords(visit).place({ building });
  return wordsFor(visit, PLEDGES_PAGE_TEXTS)('pledges.household', { building: place });
}

interface Shown {
  readonly view: HouseholdView | null;
  readonly refused: RefusedHere | null;
}

async function showFacts(visit: Visit, facts: HouseholdFacts, { view, refused }: Shown): Promise<Response> {
  const isWorker = isAllowed(visit, 'worker');
  const body = html`${factList(visit, facts, view)}${view === null ? '' : memberList(visit, facts.id, view.members)}
${isWorker ? actions(visit, facts) : ''}
${isWorker && view === null ? fullForm(visit, facts, refused) : ''}
${isWorker && facts.current?.state === 'standing' ? changeForm(visit, facts, refused?.form === 'change' ? refused : null) : ''}
${await historySection(visit, facts)}`;
  const back = { path: '/pledges', label: wordsFor(visit, PLEDGES_PAGE_TEXTS)('pledges.title') };
  const status = refused === null ? 200 : 422;
  return showPage(visit, { title: titleOf(visit, facts), section: 'pledges', back, body, status });
}

function factList(visit: Visit, { current, people, members }: HouseholdFacts, view: HouseholdView | null): Html {
  const words = wordsFor(visit, HOUSEHOLD_TEXTS);
  const spoken = members === 0 ? words('household.members-none') : words('household.members', { members });
  return html`<dl class="facts">${view === null ? '' : doorLine(visit, view)}<dt>${words('household.pledge')}</dt><dd>${pledgeLine(visit, current)}</dd>
<dt>${words('household.people')}</dt><dd>${peopleWords(visit, people)}</dd>
<dt>${words('household.spoken-for')}</dt><dd>${spoken}</dd></dl>${view === null ? '' : html`<p class="hint">${words('household.full-shown')}</p>`}`;
}

function doorLine(visit: Visit, { household }: HouseholdView): Html {
  const words = wordsFor(visit, HOUSEHOLD_TEXTS);
  return html`<dt>${words('household.door')}</dt><dd>${pledgeWords(visit).place(household.door)}</dd>`;
}

function pledgeLine(visit: Visit, current: HouseholdFacts['current']): Html {
  const words = wordsFor(visit, HOUSEHOLD_TEXTS);
  if (current === null) return html`${words('household.none-this-year')}`;
  const habits = pledgeWords(visit).habits(current.habits);
  if (current.state === 'standing') return html`${habits}`;
  const day = dayWords(current.changedAt, visit.community);
  return html`<span class="mark">${words('household.withdrawn-on', { day })}</span> ${habits}`;
}

function actions(visit: Visit, { id, current }: HouseholdFacts): Html {
  const words = wordsFor(visit, HOUSEHOLD_TEXTS);
  const path = `/admin/pledges/${id}`;
  const turn = current?.state === 'withdrawn' ? 'renew' : 'withdraw';
  const form = html`<form method="post" action="${path}/${turn}"><button class="quiet">${words(`household.${turn}`)}</button></form>`;
  return html`<div class="actions">${current === null ? '' : form}<a class="button quiet" href="${path}/remove">${words('household.remove')}</a></div>`;
}

function fullForm(visit: Visit, { id }: HouseholdFacts, refused: RefusedHere | null): Html {
  const words = wordsFor(visit, HOUSEHOLD_TEXTS);
  return reasonForm(visit, {
    path: `/pledges/${id}/full`,
    summary: words('household.full'),
    help: words('household.full-help'),
    button: words('household.full-button'),
    refused: refused?.form === 'full' ? refused : null,
  });
}

/** What was shown goes along, so that what a resident changes meanwhile is not undone. */
function changeForm(visit: Visit, { id, people, current }: HouseholdFacts, refused: Refused | null): Html {
  const words = wordsFor(visit, HOUSEHOLD_TEXTS);
  const habits = current?.habits ?? [];
  const values = refused?.typed ?? { habits, people: people === null ? '' : String(people), shown: habits.join(' ') };
  const form = { values, faults: refused?.faults ?? {}, words: wordsFor(visit, PAGE_TEXTS), prefix: 'change' };
  const shown = typeof values.shown === 'string' ? values.shown : '';
  return html`<details class="card" ${refused === null ? '' : 'open'}><summary>${words('household.change')}</summary>
<form method="post" action="/admin/pledges/${id}/change">${hiddenField('shown', shown)}
${textField(form, { name: 'people', label: words('household.people-field'), type: 'number', isShort: true })}
${habitBoxes(visit, form)}<p class="actions"><button>${form.words('page.save')}</button></p></form></details>`;
}

async function historySection(visit: Visit, { pledges }: HouseholdFacts): Promise<Html> {
  const words = wordsFor(visit, HOUSEHOLD_TEXTS);
  const staff = await visit.parts.store.read((tx) => listStaff(tx, visit.community.id));
  const names = new Map(staff.map(({ id, displayName }) => [id, displayName]));
  const lines = pledges.flatMap(({ history }) =>
    history.toReversed().map((change) => html`<li>${changeWords(visit, change, names)}</li>`),
  );
  return html`<section><h2>${words('household.history')}</h2><ul class="rows">${lines}</ul></section>`;
}

function changeWords(visit: Visit, change: PledgeChange, names: ReadonlyMap<string, string>): string {
  const words = wordsFor(visit, HOUSEHOLD_TEXTS);
  const { kind, staffId, at } = change;
  const who =
    staffId === null ? words('household.resident') : words('household.staff', { name: names.get(staffId) ?? '' });
  const when = momentWords(at, visit.community);
  if (kind === 'withdrawn') return words('household.change-withdrawn', { when, who });
  return words(`household.change-${kind}`, { when, who, habits: pledgeWords(visit).habits(change.habits) });
}
