/** The platforms the bot speaks on: how each account stands, what to do about it, and the way to add one. */
import { html, raw } from 'hono/html';
import { qrSvg } from '../../documents/qr-picture.ts';
import type { Html } from '../../lib/http/html.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { action, page } from '../admin-route.ts';
import { type ChannelView, PLATFORMS } from '../channel-desk.ts';
import { hiddenField } from '../form-fields.ts';
import { momentWords } from '../local-words.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import { actOf, isAllowed, type Visit, wordsFor } from '../visit.ts';
import { channelState, channelsNow } from './channel-state.ts';
import { CHANNEL_PAGE_TEXTS } from './channel-texts.ts';
import { backToSettings } from './settings-form.ts';

const PATH = '/settings/channels';

export const CHANNELS_ROUTES = [
  page(PATH, 'viewer', show),
  page(`${PATH}/login-code.svg`, 'admin', showLoginCode),
  action(`${PATH}/release`, 'admin', release),
] as const;

// A login code runs out after some minutes, and nobody presses a button with the phone in the other hand.
const AGAIN_S = '10';

async function show(visit: Visit): Promise<Response> {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  const views = channelsNow(visit);
  const list =
    views.length === 0 ? html`<p class="empty">${words('channels.empty')}</p>` : views.map((view) => one(visit, view));
  const body = html`<p>${words('channels.intro')}</p>${list}${isAllowed(visit, 'admin') ? toAdd(visit, views) : ''}`;
  if (views.some(({ loginCode }) => loginCode !== null)) visit.context.header('Refresh', AGAIN_S);
  return showPage(visit, { title: words('channels.title'), section: 'settings', back: backToSettings(visit), body });
}

function one(visit: Visit, view: ChannelView): Html {
  const isMine = isAllowed(visit, 'admin');
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  const way =
    isMine && view.platform !== null
      ? html`<p><a href="/admin${PATH}/${view.platform}">${words('channels.open')}</a></p>`
      : '';
  return html`<section><h2>${view.title}</h2>${channelState(visit, view)}${heardLine(visit, view)}
${isMine ? loginPicture(visit, view) : ''}${isMine && view.isRestricted ? releaseForm(visit, view) : ''}${way}</section>`;
}

function heardLine(visit: Visit, { platform, heardAt, standing }: ChannelView): Html | '' {
  if (platform === null || standing !== 'well') return '';
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  const line =
    heardAt === null
      ? words('channels.heard-nothing')
      : words('channels.heard', { when: momentWords(heardAt, visit.community) });
  return html`<p class="hint">${line}</p>`;
}

export function loginPicture(visit: Visit, { loginCode }: ChannelView): Html | '' {
  if (loginCode === null) return '';
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  return html`<p>${words('channels.scan')}</p>
<img class="qr" src="/admin${PATH}/login-code.svg" alt="${words('channels.scan-picture')}" width="220" height="220">
<p><a href="/admin${PATH}">${words('channels.look-again')}</a></p>`;
}

/** The code itself stands in no address. */
async function showLoginCode(visit: Visit): Promise<Response> {
  const code = channelsNow(visit).find(({ loginCode }) => loginCode !== null)?.loginCode ?? null;
  if (code === null) return showNothingThere(visit);
  return visit.context.body(String(raw(qrSvg(code))), 200, { 'Content-Type': 'image/svg+xml' });
}

function releaseForm(visit: Visit, { name, account }: ChannelView): Html {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  return html`<p>${words('channels.release-help')}</p><form method="post" action="/admin${PATH}/release">
${hiddenField('channel', name)}${hiddenField('account', account)}<p class="actions"><button>${words('channels.release')}</button></p></form>`;
}

async function release(visit: Visit): Promise<Response> {
  const { channel, account } = visit.form.fields;
  const view = channelsNow(visit).find((one) => one.name === channel && one.account === account);
  if (view?.isRestricted !== true) return goTo(visit, PATH);
  await visit.parts.channels.release(view.name, view.account);
  await noteChannel(visit, 'channel.release', view.title);
  return goTo(visit, PATH, { key: 'channels.released', variables: { channel: view.title } });
}

/** Who did it, to which platform; never a value that was typed. */
export async function noteChannel(visit: Visit, act: string, title: string): Promise<void> {
  const { communityId, staffId, now } = actOf(visit);
  const record = { communityId, staffId, action: act, detail: { to: title }, at: now };
  await visit.parts.store.write((tx) => appendAudit(tx, record));
}

function toAdd(visit: Visit, views: readonly ChannelView[]): Html {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  const missing = PLATFORMS.filter((platform) => views.every((view) => view.platform !== platform));
  const rows = missing.map(
    (platform) =>
      html`<li><a href="/admin${PATH}/${platform}"><strong>${words(`channels.add-${platform}`)}</strong> <span>${words(`channels.${platform}-can`)}</span></a></li>`,
  );
  return html`<section><h2>${words('channels.add')}</h2><ul class="entries">${rows}
<li><a href="/admin${PATH}/webhooks"><strong>${words('channels.add-webhook')}</strong> <span>${words('channels.webhooks-can')}</span></a></li></ul></section>`;
}
