/** The buildings, how many households live in each and who counted them. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { Area } from '../../store/community-table.ts';
import { listAreas } from '../../store/community-table.ts';
import { action, formAction, page } from '../admin-route.ts';
import { dateWords, numberWords } from '../local-words.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import { type Faults, NO_FORM, readForm, type Typed } from '../posted-form.ts';
import { actOf, isAllowed, type Visit, wordsFor } from '../visit.ts';
import { importForm } from './area-file-page.ts';
import { AreaForm, areaFields, draftOf, valuesOfArea } from './area-form.ts';
import { type AreaResult, addArea, changeArea, removeArea } from './area-service.ts';
import { backToSettings, settingsForm, stateOf, statusOf } from './settings-form.ts';
import { SETTINGS_TEXTS } from './settings-texts.ts';

const PATH = '/settings/areas';

export const AREA_ROUTES = [
  page(PATH, 'viewer', (visit) => showList(visit, { kind: 'building' }, {})),
  formAction(PATH, 'admin', add),
  page(`${PATH}/:id`, 'viewer', (visit) => showOne(visit, null, {})),
  formAction(`${PATH}/:id`, 'admin', change),
  action(`${PATH}/:id/remove`, 'admin', remove),
] as const;

async function add(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, AreaForm);
  if (!form.ok) return showList(visit, form.typed, form.faults);
  const result = await visit.parts.store.write((tx) => addArea(tx, draftOf(form.value), actOf(visit)));
  if (!result.ok) return showList(visit, visit.form.fields, areaFaults(result.why));
  return goTo(visit, PATH, { key: 'settings.area-added', variables: { name: result.area.name } });
}

async function change(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, AreaForm);
  if (!form.ok) return showOne(visit, form.typed, form.faults);
  const id = visit.context.req.param('id') ?? '';
  const result = await visit.parts.store.write((tx) => changeArea(tx, id, draftOf(form.value), actOf(visit)));
  if (result.ok) return goTo(visit, PATH, { key: 'page.saved' });
  return result.why === 'unknown' ? showNothingThere(visit) : showOne(visit, visit.form.fields, areaFaults(result.why));
}

async function remove(visit: Visit): Promise<Response> {
  const id = visit.context.req.param('id') ?? '';
  const result = await visit.parts.store.write((tx) => removeArea(tx, id, actOf(visit)));
  if (result.ok) {
    const undo = { path: `/admin${PATH}`, fields: valuesOfArea(result.area) };
    return goTo(visit, PATH, { key: 'settings.area-removed', variables: { name: result.area.name }, undo });
  }
  if (result.why === 'unknown') return showNothingThere(visit);
  const { name } = result;
  if (result.why === 'has-buildings')
    return goTo(visit, PATH, { key: 'settings.area-has-buildings', variables: { name }, isTrouble: true });
  return goTo(visit, PATH, {
    key: 'settings.area-in-use',
    variables: { name, count: result.households },
    isTrouble: true,
  });
}

function areaFaults(why: Extract<AreaResult, { ok: false }>['why']): Faults {
  return why === 'name-taken' ? { name: 'fault.name-taken' } : { parentId: 'fault.not-offered' };
}

async function showList(visit: Visit, typed: Typed, faults: Faults): Promise<Response> {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const areas = await visit.parts.store.read((tx) => listAreas(tx, visit.community.id));
  const form = stateOf(visit, typed, faults);
  const fields = areaFields(visit, form, areas, { withKind: true });
  const addForm = settingsForm(visit, { path: PATH, role: 'admin', button: words('settings.area-add-button'), fields });
  // Where there is nothing yet, it is what there is to do; where something was typed, it is what was being done.
  const isOpen = areas.length === 0 || visit.form !== NO_FORM;
  const body = html`${areas.length === 0 ? html`<p class="empty">${words('settings.areas-empty')}</p>` : areaList(visit, areas)}
${isAllowed(visit, 'admin') ? html`<details class="card tool" ${isOpen ? 'open' : ''}><summary>${words('settings.area-add')}</summary>${addForm}</details>${importForm(visit)}` : ''}`;
  const title = words('settings.areas');
  return showPage(visit, { title, section: 'settings', back: backToSettings(visit), body, status: statusOf(faults) });
}

function areaList(visit: Visit, areas: readonly Area[]): Html {
  const byName = areas.toSorted((one, other) =>
    one.name.localeCompare(other.name, visit.community.locale, { numeric: true }),
  );
  const top = byName.filter(({ parentId }) => parentId === null);
  return html`<ul class="rows">${top.map((area) => {
    const inside = byName.filter(({ parentId }) => parentId === area.id);
    return html`<li>${areaLine(visit, area)}${inside.length === 0 ? '' : html`<ul class="rows">${inside.map((one) => html`<li>${areaLine(visit, one)}</li>`)}</ul>`}</li>`;
  })}</ul>`;
}

function areaLine(visit: Visit, { id, kind, name, households }: Area): Html {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const shown =
    kind === 'building' && /^[0-9A-Z]+$/.test(name) ? words('settings.area-numbered', { number: name }) : name;
  const link = html`<a href="/admin${PATH}/${id}">${shown}</a>`;
  if (kind !== 'building') return link;
  if (households === null) return html`${link} <span class="hint">${words('settings.area-uncounted')}</span>`;
  const day = households.countedOn === '' ? '' : dateWords(households.countedOn, visit.community);
  return html`${link} ${words('settings.area-households', { count: numberWords(households.count, visit.community) })}
<span class="hint">${words('settings.area-counted', { source: households.source, day })}</span>`;
}

async function showOne(visit: Visit, typed: Typed | null, faults: Faults): Promise<Response> {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const areas = await visit.parts.store.read((tx) => listAreas(tx, visit.community.id));
  const area = areas.find(({ id }) => id === visit.context.req.param('id'));
  if (area === undefined) return showNothingThere(visit);
  const form = stateOf(visit, typed ?? valuesOfArea(area), faults);
  const fields = areaFields(visit, form, areas, { withKind: false, kind: area.kind });
  const removal = html`<form class="aside" method="post" action="/admin${PATH}/${area.id}/remove"><button class="quiet">${words('settings.area-remove')}</button></form>`;
  const body = html`${settingsForm(visit, { path: `${PATH}/${area.id}`, role: 'admin', fields })}${isAllowed(visit, 'admin') ? removal : ''}`;
  const back = { path: PATH, label: words('settings.areas') };
  const title = words('settings.area-change', { name: area.name });
  return showPage(visit, { title, section: 'settings', back, body, status: statusOf(faults) });
}
