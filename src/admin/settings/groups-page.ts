/** The groups the bot is in, whether tips come there, and where residents without a group open their page. */
import { html } from 'hono/html';
import { renderSVG } from 'uqr';
import { z } from 'zod';
import { areaName, inAreaOrder } from '../../features/binding/area-name.ts';
import { setGroupTips } from '../../features/tips/tips-service.ts';
import type { Html } from '../../lib/http/html.ts';
import { isLoopbackUrl } from '../../lib/loopback.ts';
import type { Chat } from '../../model/chat.ts';
import { webGroupAddress } from '../../model/web-group.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { listGroups, updateChat } from '../../store/chat-table.ts';
import { type Area, listAreas } from '../../store/community-table.ts';
import { action, formAction, page } from '../admin-route.ts';
import { selectField, textField } from '../form-fields.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import { type Faults, readForm, requiredText, type Typed } from '../posted-form.ts';
import { actOf, isAllowed, type Visit, wordsFor } from '../visit.ts';
import { BINDING_PAGE_TEXTS } from './binding-texts.ts';
import { groupCodeTool } from './group-code-page.ts';
import { handGroupLink, handGroupTool } from './hand-group-page.ts';
import { channelWords, placeWords } from './place-words.ts';
import { backToSettings, settingsForm, stateOf, statusOf } from './settings-form.ts';
import { SETTINGS_TEXTS } from './settings-texts.ts';

const PATH = '/settings/groups';

export const GROUP_ROUTES = [
  page(PATH, 'viewer', showList),
  page('/settings/residents-qr.svg', 'viewer', qrCode),
  page(`${PATH}/:id`, 'viewer', (visit) => showOne(visit, null, {})),
  formAction(`${PATH}/:id`, 'admin', change),
  action(`${PATH}/:id/stop`, 'worker', (visit) => switchTips(visit, false)),
  action(`${PATH}/:id/resume`, 'worker', (visit) => switchTips(visit, true)),
] as const;

async function showList(visit: Visit): Promise<Response> {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const groups = await visit.parts.store.read((tx) => listGroups(tx, visit.community.id));
  const own = groups.find(
    ({ channel, address }) => channel === 'web' && address === webGroupAddress(visit.community.id),
  );
  const url = visit.parts.residentsUrl(visit.community);
  const areas = await readAreas(visit);
  const present = groups.filter(({ state }) => state === 'active');
  const list =
    present.length === 0
      ? html`<p class="empty">${words('settings.groups-empty')}</p>`
      : html`<ul class="rows">${present.map((group) => groupRow(visit, group, areas))}</ul>`;
  const gone = groups.filter(({ state }) => state === 'gone');
  const body = html`${list}${isAllowed(visit, 'worker') ? html`${await groupCodeTool(visit)}${handGroupTool(visit)}` : ''}${goneGroups(visit, gone, areas)}
<section><h2>${words('settings.groups-residents')}</h2><p>${words('settings.groups-residents-help')}</p>
${own === undefined ? '' : html`<p>${words('settings.groups-residents-told', { title: titleOf(visit, own) })}</p>`}
<p class="address"><a href="${url}">${url}</a></p>
${isLoopbackUrl(url) ? onlyHere(visit) : qrImage(visit)}
<p><a href="/admin/settings/entrances">${wordsFor(visit, BINDING_PAGE_TEXTS)('entrance.title')}</a> <span class="hint">${wordsFor(visit, BINDING_PAGE_TEXTS)('entrance.summary')}</span></p></section>`;
  return showPage(visit, { title: words('settings.groups'), section: 'settings', back: backToSettings(visit), body });
}

/** Pasted on a door it would lead every phone to itself. */
export function onlyHere(visit: Visit): Html {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const way = isAllowed(visit, 'admin')
    ? html` <a href="/admin/settings/machine">${words('settings.groups-residents-mend')}</a>`
    : '';
  return html`<p class="caution">${words('settings.groups-residents-local')}${way}</p>`;
}

function qrImage(visit: Visit): Html {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  return html`<img class="qr" src="/admin/settings/residents-qr.svg" alt="${words('settings.groups-residents-qr')}" width="180" height="180">`;
}

function groupRow(visit: Visit, group: Chat, areas: readonly Area[]): Html {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const isOn = group.unaskedStoppedAt === null;
  const state = wordsFor(visit, BINDING_PAGE_TEXTS)('groups.row', {
    ...whereabouts(visit, group, areas),
    tips: words(isOn ? 'settings.group-tips-on' : 'settings.group-tips-off'),
  });
  const toggle = html`<form method="post" action="/admin${PATH}/${group.id}/${isOn ? 'stop' : 'resume'}"><button class="quiet">${words(isOn ? 'settings.group-stop' : 'settings.group-resume')}</button></form>`;
  return html`<li class="split"><span><a href="/admin${PATH}/${group.id}">${titleOf(visit, group)}</a> <span class="hint">${state}</span></span>
${isAllowed(visit, 'worker') ? toggle : ''}</li>`;
}

/** Why nothing gets there any more, and what can be done about it. */
function goneGroups(visit: Visit, gone: readonly Chat[], areas: readonly Area[]): Html | '' {
  if (gone.length === 0) return '';
  const words = wordsFor(visit, BINDING_PAGE_TEXTS);
  const rows = gone.map((group) => {
    const { place, channel } = whereabouts(visit, group, areas);
    // The chat that gave way when its group came to this address (runtime/chat-events.ts).
    const line = group.address.includes('|before:')
      ? words('groups.moved', { channel })
      : words('groups.gone', { place, channel });
    return html`<li>${titleOf(visit, group)} <span class="hint">${line}</span></li>`;
  });
  return html`<section><h2>${words('groups.gone-title')}</h2><p>${words('groups.gone-help')}</p><ul class="rows">${rows}</ul></section>`;
}

function whereabouts(visit: Visit, { areaId, channel }: Chat, areas: readonly Area[]) {
  const place = areaName(areas, areaId, visit.community, placeWords(visit));
  return { place, channel: channelWords(visit, channel) };
}

async function qrCode(visit: Visit): Promise<Response> {
  const svg = renderSVG(visit.parts.residentsUrl(visit.community), { border: 2 });
  return visit.context.body(svg, 200, { 'Content-Type': 'image/svg+xml' });
}

const GroupForm = z.object({ title: requiredText(60), areaId: z.string().default('') });

async function change(visit: Visit): Promise<Response> {
  const group = await findGroup(visit);
  if (group === undefined) return showNothingThere(visit);
  const form = readForm(visit.form, GroupForm);
  if (!form.ok) return showOne(visit, form.typed, form.faults);
  const { title, areaId } = form.value;
  const areas = await readAreas(visit);
  if (areaId !== '' && !areas.some(({ id }) => id === areaId))
    return showOne(visit, visit.form.fields, { areaId: 'fault.not-offered' });
  const { communityId, staffId, now } = actOf(visit);
  await visit.parts.store.write(async (tx) => {
    await updateChat(tx, group.id, { title, areaId: areaId === '' ? null : areaId });
    await appendAudit(tx, { communityId, staffId, action: 'group.change', subjectId: group.id, at: now });
  });
  return goTo(visit, PATH, { key: 'page.saved' });
}

async function switchTips(visit: Visit, on: boolean): Promise<Response> {
  const group = await findGroup(visit);
  if (group === undefined) return showNothingThere(visit);
  const { communityId, staffId, now } = actOf(visit);
  await visit.parts.store.write((tx) => setGroupTips(tx, { communityId, chatId: group.id }, { on, staffId, now }));
  const variables = { title: titleOf(visit, group) };
  const undo = { path: `/admin${PATH}/${group.id}/${on ? 'stop' : 'resume'}`, fields: {} };
  return goTo(visit, PATH, { key: on ? 'settings.group-resumed' : 'settings.group-stopped', variables, undo });
}

async function showOne(visit: Visit, typed: Typed | null, faults: Faults): Promise<Response> {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const group = await findGroup(visit);
  if (group === undefined) return showNothingThere(visit);
  const form = stateOf(visit, typed ?? { title: group.title ?? '', areaId: group.areaId ?? '' }, faults);
  const known = await readAreas(visit);
  const areas = inAreaOrder(known, visit.community.locale).map(({ id }) => ({
    value: id,
    label: areaName(known, id, visit.community, placeWords(visit)),
  }));
  const body = html`${handGroupLink(visit, group)}${settingsForm(visit, {
    path: `${PATH}/${group.id}`,
    role: 'admin',
    fields: [
      textField(form, { name: 'title', label: words('settings.group-title') }),
      selectField(form, {
        name: 'areaId',
        label: words('settings.group-building'),
        choices: [{ value: '', label: words('settings.group-building-none') }, ...areas],
      }),
    ],
  })}`;
  const back = { path: PATH, label: words('settings.groups') };
  const title = words('settings.group', { title: titleOf(visit, group) });
  return showPage(visit, { title, section: 'settings', back, body, status: statusOf(faults) });
}

async function findGroup(visit: Visit): Promise<Chat | undefined> {
  const groups = await visit.parts.store.read((tx) => listGroups(tx, visit.community.id));
  return groups.find(({ id }) => id === visit.context.req.param('id'));
}

function readAreas({ parts, community }: Visit): Promise<Area[]> {
  return parts.store.read((tx) => listAreas(tx, community.id));
}

function titleOf(visit: Visit, group: Chat): string {
  return group.title ?? wordsFor(visit, SETTINGS_TEXTS)('settings.group-untitled');
}
