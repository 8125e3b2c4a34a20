/** Webhook robots of WeCom groups: each has a name and an address, and can only speak. */
import { html } from 'hono/html';
import { z } from 'zod';
import type { Html } from '../../lib/http/html.ts';
import { action, formAction, page } from '../admin-route.ts';
import type { ChannelView } from '../channel-desk.ts';
import { hiddenField, textField } from '../form-fields.ts';
import { goTo, showPage } from '../page-answer.ts';
import { type Faults, optionalText, readForm, requiredText, type Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { channelsNow } from './channel-state.ts';
import { CHANNEL_PAGE_TEXTS } from './channel-texts.ts';
import { noteChannel } from './channels-page.ts';
import { settingsForm, stateOf, statusOf } from './settings-form.ts';

const PATH = '/settings/channels/webhooks';

export const WEBHOOKS_ROUTES = [
  page(PATH, 'admin', (visit) => show(visit, {}, {})),
  formAction(PATH, 'admin', add),
  action(`${PATH}/remove`, 'admin', remove),
] as const;

// Whoever has the address can speak there, so it is treated as a password (posted-form.ts).
const WebhookForm = z.object({
  name: requiredText(30).pipe(z.string().regex(/^[^=,]+$/, 'fault.not-understood')),
  password: requiredText(500),
});

const FAULTS = { 'name-taken': { name: 'fault.name-taken' }, malformed: { password: 'fault.not-whole' } } as const;

async function add(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, WebhookForm);
  if (!form.ok) return show(visit, form.typed, form.faults);
  const { name, password } = form.value;
  const outcome = await visit.parts.channels.addWebhook(name, password, visit.community.id);
  if (outcome === 'fixed' || outcome === 'unreadable') return show(visit, {}, {});
  if (outcome !== 'added') return show(visit, visit.form.fields, FAULTS[outcome]);
  await noteChannel(visit, 'channel.webhook-add', name);
  return goTo(visit, PATH, { key: 'channels.webhook-added', variables: { name } });
}

const RemoveForm = z.object({ name: optionalText(64) });

async function remove(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, RemoveForm);
  const name = form.ok ? form.value.name : '';
  if (!(await visit.parts.channels.removeWebhook(name))) return goTo(visit, PATH);
  await noteChannel(visit, 'channel.webhook-remove', name);
  return goTo(visit, PATH, { key: 'channels.webhook-removed', variables: { name } });
}

async function show(visit: Visit, typed: Typed, faults: Faults): Promise<Response> {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  const { channels } = visit.parts;
  const isReadable = (await channels.read()) !== null;
  const robots = channelsNow(visit).filter(({ platform }) => platform === null);
  const list = robots.length === 0 ? '' : html`<ul class="rows">${robots.map((robot) => row(visit, robot))}</ul>`;
  const body = html`<p>${words('channels.webhooks-can')}</p>${list}${
    isReadable
      ? addForm(visit, typed, faults)
      : html`<p class="fault">${words('channels.unreadable', { file: channels.file })}</p>`
  }`;
  const back = { path: '/settings/channels', label: words('channels.title') };
  const status = isReadable ? statusOf(faults) : 422;
  return showPage(visit, { title: words('channels.webhooks'), section: 'settings', back, body, status });
}

function row(visit: Visit, { title, account }: ChannelView): Html {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  const name = account.slice(account.indexOf(':') + 1);
  const button =
    visit.parts.channels.webhooksFixedBy === null
      ? html`<form method="post" action="/admin${PATH}/remove">${hiddenField('name', name)}<button class="quiet">${words('channels.webhook-remove')}</button></form>`
      : '';
  return html`<li class="split"><span>${title}</span>${button}</li>`;
}

function addForm(visit: Visit, typed: Typed, faults: Faults): Html {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  const variable = visit.parts.channels.webhooksFixedBy;
  if (variable !== null) return html`<p class="hint">${words('channels.fixed', { variable })}</p>`;
  const state = stateOf(visit, typed, faults);
  const fields = [
    textField(state, {
      name: 'name',
      label: words('channels.webhook-name'),
      hint: words('channels.webhook-name-hint'),
    }),
    textField(state, {
      name: 'password',
      label: words('channels.webhook-url'),
      hint: words('channels.webhook-url-hint'),
      type: 'password',
      autocomplete: 'new-password',
    }),
  ];
  return html`<section><h2>${words('channels.add')}</h2><p>${words('channels.webhooks-where')}</p>
${settingsForm(visit, { path: PATH, role: 'admin', button: words('channels.webhook-add'), fields })}</section>`;
}
