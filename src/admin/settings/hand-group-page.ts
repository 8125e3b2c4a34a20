/** Groups where no bot may sit: a worker adds them by hand, and says who looks after them. */
import { randomUUID } from 'node:crypto';
import { html } from 'hono/html';
import { z } from 'zod';
import { areaName, inAreaOrder } from '../../features/binding/area-name.ts';
import type { Html } from '../../lib/http/html.ts';
import { BY_HAND } from '../../model/channel-name.ts';
import type { Chat } from '../../model/chat.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { insertChat, listGroups, updateChat } from '../../store/chat-table.ts';
import { type Area, listAreas } from '../../store/community-table.ts';
import { type HandGroup, listHandGroups, saveHandGroup } from '../../store/hand-group-table.ts';
import { action, formAction, page } from '../admin-route.ts';
import { type FormState, selectField, textField } from '../form-fields.ts';
import { HAND_GROUP_TEXTS } from '../forwarding/forwarding-texts.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import { type Faults, optionalText, readForm, requiredText, type Typed } from '../posted-form.ts';
import { actOf, isAllowed, type Visit, wordsFor } from '../visit.ts';
import { placeWords } from './place-words.ts';
import { settingsForm, stateOf, statusOf } from './settings-form.ts';
import { SETTINGS_TEXTS } from './settings-texts.ts';

const PATH = '/settings/hand-groups';
const GROUPS = '/settings/groups';

export const HAND_GROUP_ROUTES = [
  page(PATH, 'worker', (visit) => showForm(visit, null, {}, {})),
  formAction(PATH, 'worker', add),
  page(`${PATH}/:id`, 'worker', showOne),
  formAction(`${PATH}/:id`, 'worker', change),
  action(`${PATH}/:id/leave`, 'worker', (visit) => setState(visit, 'gone')),
  action(`${PATH}/:id/return`, 'worker', (visit) => setState(visit, 'active')),
] as const;

/** On the page of groups, folded away. */
export function handGroupTool(visit: Visit): Html {
  const words = wordsFor(visit, HAND_GROUP_TEXTS);
  return html`<p class="tool"><a href="/admin${PATH}">${words('hand-group.title')}</a> <span class="hint">${words('hand-group.help')}</span></p>`;
}

/** From the page of one group to what only such a group has. */
export function handGroupLink(visit: Visit, group: Chat): Html | '' {
  if (group.channel !== BY_HAND || !isAllowed(visit, 'worker')) return '';
  return html`<p><a href="/admin${PATH}/${group.id}">${wordsFor(visit, HAND_GROUP_TEXTS)('hand-group.edit')}</a></p>`;
}

const GroupForm = z.object({
  title: requiredText(60),
  areaId: z.string().default(''),
  owner: optionalText(40),
  link: optionalText(300),
  wecomChat: optionalText(64),
  wecomOwner: optionalText(64),
});
type GroupForm = z.output<typeof GroupForm>;

type ReadGroup =
  | { readonly ok: true; readonly value: GroupForm }
  | { readonly ok: false; typed: Typed; faults: Faults };

function readGroup(visit: Visit, areas: readonly Area[]): ReadGroup {
  const form = readForm(visit.form, GroupForm);
  if (!form.ok) return form;
  const { areaId, link } = form.value;
  const faults: Faults = {
    ...(areaId === '' || areas.some(({ id }) => id === areaId) ? {} : { areaId: 'fault.not-offered' }),
    ...(link === '' || isWebAddress(link) ? {} : { link: 'fault.not-a-web-address' }),
  };
  return Object.keys(faults).length === 0 ? form : { ok: false, typed: visit.form.fields, faults };
}

/** Nothing that a browser would run. */
function isWebAddress(link: string): boolean {
  return z.url({ protocol: /^https?$/ }).safeParse(link).success;
}

async function add(visit: Visit): Promise<Response> {
  const form = readGroup(visit, await readAreas(visit));
  if (!form.ok) return showForm(visit, null, form.typed, form.faults);
  const { communityId, staffId, now } = actOf(visit);
  const { title, areaId } = form.value;
  await visit.parts.store.write(async (tx) => {
    const place = { channel: BY_HAND, account: communityId, address: `hand:${randomUUID()}`, kind: 'group' } as const;
    const chat = { ...place, communityId, title, areaId: areaId === '' ? null : areaId, personId: null, now };
    const { id } = await insertChat(tx, chat);
    await saveHandGroup(tx, aboutOf({ id, communityId }, form.value));
    await appendAudit(tx, { communityId, staffId, action: 'group.add', subjectId: id, at: now });
  });
  return goTo(visit, GROUPS, { key: 'hand-group.added', variables: { title } });
}

function aboutOf({ id, communityId }: Pick<Chat, 'id' | 'communityId'>, form: GroupForm): HandGroup {
  const { owner, link, wecomChat, wecomOwner } = form;
  return {
    chatId: id,
    communityId,
    owner: owner || null,
    link: link || null,
    wecomChat: wecomChat || null,
    wecomOwner: wecomOwner || null,
  };
}

async function showOne(visit: Visit): Promise<Response> {
  const group = await findGroup(visit);
  if (group === null) return showNothingThere(visit);
  const { chat, about } = group;
  const typed = {
    title: chat.title ?? '',
    areaId: chat.areaId ?? '',
    owner: about?.owner ?? '',
    link: about?.link ?? '',
    wecomChat: about?.wecomChat ?? '',
    wecomOwner: about?.wecomOwner ?? '',
  };
  return showForm(visit, chat, typed, {});
}

async function change(visit: Visit): Promise<Response> {
  const group = await findGroup(visit);
  if (group === null) return showNothingThere(visit);
  const form = readGroup(visit, await readAreas(visit));
  if (!form.ok) return showForm(visit, group.chat, form.typed, form.faults);
  const { communityId, staffId, now } = actOf(visit);
  const { id } = group.chat;
  const { title, areaId } = form.value;
  const kept = { wecomChat: group.about?.wecomChat ?? '', wecomOwner: group.about?.wecomOwner ?? '' };
  // Where no app is set up the fields are not there to be sent; what they held stays.
  const value = visit.parts.byHand.owners === null ? { ...form.value, ...kept } : form.value;
  await visit.parts.store.write(async (tx) => {
    await updateChat(tx, id, { title, areaId: areaId === '' ? null : areaId });
    await saveHandGroup(tx, aboutOf({ id, communityId }, value));
    await appendAudit(tx, { communityId, staffId, action: 'group.change', subjectId: id, at: now });
  });
  return goTo(visit, GROUPS, { key: 'page.saved' });
}

async function setState(visit: Visit, state: 'gone' | 'active'): Promise<Response> {
  const group = await findGroup(visit);
  if (group === null) return showNothingThere(visit);
  const { communityId, staffId, now } = actOf(visit);
  const { id, title } = group.chat;
  const isLeft = state === 'gone';
  await visit.parts.store.write(async (tx) => {
    await updateChat(tx, id, { state });
    const action = isLeft ? 'group.leave' : 'group.return';
    await appendAudit(tx, { communityId, staffId, action, subjectId: id, at: now });
  });
  const variables = { title: title ?? '' };
  const undo = { path: `/admin${PATH}/${id}/return`, fields: {} };
  if (isLeft) return goTo(visit, GROUPS, { key: 'hand-group.left', variables, undo });
  return goTo(visit, GROUPS, { key: 'hand-group.back-again', variables });
}

async function showForm(visit: Visit, chat: Chat | null, typed: Typed, faults: Faults): Promise<Response> {
  const words = wordsFor(visit, HAND_GROUP_TEXTS);
  const path = chat === null ? PATH : `${PATH}/${chat.id}`;
  const form = settingsForm(visit, {
    path,
    role: 'worker',
    ...(chat === null ? { button: words('hand-group.add') } : {}),
    fields: fieldsOf(visit, stateOf(visit, typed, faults), await readAreas(visit)),
  });
  const leave =
    chat === null || chat.state === 'gone'
      ? ''
      : html`<form class="aside" method="post" action="/admin${path}/leave"><button class="quiet">${words('hand-group.leave')}</button></form>`;
  const title = words(chat === null ? 'hand-group.title' : 'hand-group.edit');
  const back = { path: GROUPS, label: wordsFor(visit, SETTINGS_TEXTS)('settings.groups') };
  const help = html`<p class="hint">${words('hand-group.help')}</p>`;
  const body = html`${chat === null ? help : ''}${form}${leave}`;
  return showPage(visit, { title, section: 'settings', back, body, status: statusOf(faults) });
}

function fieldsOf(visit: Visit, state: FormState, known: readonly Area[]): Html[] {
  const words = wordsFor(visit, HAND_GROUP_TEXTS);
  const areas = [null, ...inAreaOrder(known, visit.community.locale).map(({ id }) => id)].map((id) => ({
    value: id ?? '',
    label: areaName(known, id, visit.community, placeWords(visit)),
  }));
  const wecom = [
    textField(state, {
      name: 'wecomChat',
      label: words('hand-group.wecom-chat'),
      hint: words('hand-group.wecom-chat-hint'),
    }),
    textField(state, { name: 'wecomOwner', label: words('hand-group.wecom-owner') }),
  ];
  return [
    textField(state, { name: 'title', label: words('hand-group.name') }),
    selectField(state, { name: 'areaId', label: words('hand-group.area'), choices: areas }),
    textField(state, { name: 'owner', label: words('hand-group.owner'), hint: words('hand-group.owner-hint') }),
    textField(state, { name: 'link', label: words('hand-group.link'), hint: words('hand-group.link-hint') }),
    ...(visit.parts.byHand.owners === null ? [] : wecom),
  ];
}

async function findGroup(visit: Visit): Promise<{ readonly chat: Chat; readonly about: HandGroup | null } | null> {
  const { parts, community, context } = visit;
  const id = context.req.param('id') ?? '';
  return parts.store.read(async (tx) => {
    const chat = (await listGroups(tx, community.id)).find((one) => one.id === id && one.channel === BY_HAND);
    if (chat === undefined) return null;
    const about = (await listHandGroups(tx, community.id)).find(({ chatId }) => chatId === id);
    return { chat, about: about ?? null };
  });
}

function readAreas({ parts, community }: Visit): Promise<Area[]> {
  return parts.store.read((tx) => listAreas(tx, community.id));
}
