/** Connecting a group: a worker picks its place and gets a code, and whoever is in the group sends it there. */
import { html } from 'hono/html';
import { z } from 'zod';
import { areaName, inAreaOrder } from '../../features/binding/area-name.ts';
import { makeCode } from '../../features/binding/code-service.ts';
import type { Html } from '../../lib/http/html.ts';
import { type Area, listAreas } from '../../store/community-table.ts';
import { formAction, page } from '../admin-route.ts';
import { selectField } from '../form-fields.ts';
import { showPage } from '../page-answer.ts';
import { type Faults, readForm, type Typed } from '../posted-form.ts';
import { actOf, type Visit, wordsFor } from '../visit.ts';
import { BINDING_PAGE_TEXTS } from './binding-texts.ts';
import { placeWords, timeWords } from './place-words.ts';
import { settingsForm, stateOf, statusOf } from './settings-form.ts';
import { SETTINGS_TEXTS } from './settings-texts.ts';

const PATH = '/settings/group-code';
const GROUPS = '/settings/groups';

export const GROUP_CODE_ROUTES = [
  page(PATH, 'worker', (visit) => showForm(visit, {}, {})),
  formAction(PATH, 'worker', make),
] as const;

/** On the page of groups, folded away: where there is only the web page, it is not the first thing to do. */
export async function groupCodeTool(visit: Visit): Promise<Html> {
  const title = wordsFor(visit, BINDING_PAGE_TEXTS)('group-code.title');
  return html`<details class="card tool"><summary>${title}</summary>${await groupCodeForm(visit, {}, {})}</details>`;
}

async function groupCodeForm(visit: Visit, typed: Typed, faults: Faults): Promise<Html> {
  const words = wordsFor(visit, BINDING_PAGE_TEXTS);
  const areas = await readAreas(visit);
  const choices = [null, ...inAreaOrder(areas, visit.community.locale).map(({ id }) => id)].map((id) => ({
    value: id ?? '',
    label: areaName(areas, id, visit.community, placeWords(visit)),
  }));
  const form = settingsForm(visit, {
    path: PATH,
    role: 'worker',
    button: words('group-code.button'),
    fields: [selectField(stateOf(visit, typed, faults), { name: 'areaId', label: words('group-code.area'), choices })],
  });
  return html`<p class="hint">${words('group-code.help')}</p>${form}`;
}

async function showForm(visit: Visit, typed: Typed, faults: Faults): Promise<Response> {
  const title = wordsFor(visit, BINDING_PAGE_TEXTS)('group-code.title');
  const body = await groupCodeForm(visit, typed, faults);
  return showPage(visit, { title, section: 'settings', back: backToGroups(visit), body, status: statusOf(faults) });
}

const CodeForm = z.object({ areaId: z.string().default('') });

async function make(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, CodeForm);
  if (!form.ok) return showForm(visit, form.typed, form.faults);
  const areas = await readAreas(visit);
  const areaId = form.value.areaId === '' ? null : form.value.areaId;
  if (areaId !== null && !areas.some(({ id }) => id === areaId))
    return showForm(visit, visit.form.fields, { areaId: 'fault.not-offered' });
  const { communityId, staffId, now } = actOf(visit);
  const wish = { communityId, purpose: 'group', areaId, staffId } as const;
  const { code, record } = await visit.parts.store.write((tx) => makeCode(tx, visit.parts.codes, wish, now));
  return showCode(visit, areaName(areas, areaId, visit.community, placeWords(visit)), code, record.expiresAt);
}

/** On the page itself and nowhere else: not in an address, a cookie or the log. */
function showCode(visit: Visit, place: string, code: string, until: Date): Promise<Response> {
  const words = wordsFor(visit, BINDING_PAGE_TEXTS);
  const bot = visit.parts.telegramName();
  const link =
    bot === null
      ? ''
      : html`<p><a href="https://t.me/${bot}?startgroup=${code}" rel="noreferrer">${words('group-code.telegram')}</a> <span class="hint">${words('group-code.telegram-line', { bot, code })}</span></p>`;
  const body = html`<ol><li>${words('group-code.step-add')}</li>
<li>${words('group-code.step-say')}<dl class="secret"><dt>${words('group-code.line-label')}</dt><dd>${words('group-code.line', { code })}</dd></dl></li>
<li>${words('group-code.step-wait', { until: timeWords(until, visit.community) })}</li></ol>${link}
<p class="hint">${words('group-code.once')}</p>
<p class="actions"><a class="button" href="/admin${GROUPS}">${words('group-code.back')}</a></p>`;
  const title = words('group-code.made-title', { place });
  return showPage(visit, { title, section: 'settings', back: backToGroups(visit), body });
}

function backToGroups(visit: Visit): { readonly path: string; readonly label: string } {
  return { path: GROUPS, label: wordsFor(visit, SETTINGS_TEXTS)('settings.groups') };
}

function readAreas({ parts, community }: Visit): Promise<Area[]> {
  return parts.store.read((tx) => listAreas(tx, community.id));
}
