/** Step by step to an account on a platform: where to click there, what to copy here, whether it works, who to greet. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { action, formAction, page } from '../admin-route.ts';
import { ACCOUNT_FIELDS, type ChannelView, PLATFORMS, type Platform } from '../channel-desk.ts';
import { momentWords } from '../local-words.ts';
import { goTo, showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import type { Faults, Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { type AccountSettings, accountInputs, inputOf, keptAccount, readAccount } from './channel-fields.ts';
import { channelState, channelsNow } from './channel-state.ts';
import { CHANNEL_PAGE_TEXTS } from './channel-texts.ts';
import { loginPicture, noteChannel } from './channels-page.ts';
import { placeWords } from './place-words.ts';
import { settingsForm, stateOf } from './settings-form.ts';

const PATH = '/settings/channels';
const AGAIN_S = '5';

export const CHANNEL_WIZARD_ROUTES = PLATFORMS.flatMap((platform) => [
  page(`${PATH}/${platform}`, 'admin', (visit) => show(visit, platform, null)),
  // Apart from the page that looks again by itself: what is being typed there would be lost.
  page(`${PATH}/${platform}/change`, 'admin', (visit) => show(visit, platform, NOTHING_TYPED)),
  formAction(`${PATH}/${platform}`, 'admin', (visit) => connect(visit, platform)),
  action(`${PATH}/${platform}/forget`, 'admin', (visit) => forget(visit, platform)),
]);

interface Tried {
  /** `null`: as it is kept. */
  readonly typed: Typed | null;
  readonly faults: Faults;
  /** What the platform said. */
  readonly refusal: string | null;
}

const NOTHING_TYPED: Tried = { typed: null, faults: {}, refusal: null };

async function connect(visit: Visit, platform: Platform): Promise<Response> {
  const { channels } = visit.parts;
  const typed = visit.form.fields;
  const settings = await channels.read();
  if (settings === null) return show(visit, platform, null);
  const account = readAccount(visit, visit.form, platform, settings);
  if (!account.ok) return show(visit, platform, { typed, faults: account.faults, refusal: null });
  const outcome = await channels.connect(platform, account.values, placeWords(visit));
  if (outcome.is === 'unreadable') return show(visit, platform, null);
  if (outcome.is === 'wrong') {
    const faults = outcome.fields.map((field) => {
      const isEmpty = (account.values[field] ?? '') === '';
      return [inputOf(field), isEmpty ? 'fault.empty' : 'fault.not-whole'] as const;
    });
    return show(visit, platform, { typed, faults: Object.fromEntries(faults), refusal: null });
  }
  if (outcome.is === 'refused') return show(visit, platform, { typed, faults: {}, refusal: outcome.news });
  const title = titleOf(visit, platform);
  await noteChannel(visit, 'channel.connect', title);
  return goTo(visit, `${PATH}/${platform}`, { key: 'channels.connected', variables: { channel: title } });
}

async function forget(visit: Visit, platform: Platform): Promise<Response> {
  const title = titleOf(visit, platform);
  if ((await visit.parts.channels.read()) === null) return show(visit, platform, null);
  await visit.parts.channels.forget(platform);
  await noteChannel(visit, 'channel.forget', title);
  return goTo(visit, PATH, { key: 'channels.forgotten', variables: { channel: title } });
}

function titleOf(visit: Visit, platform: Platform): string {
  return placeWords(visit)({ key: `channel.${platform}`, variables: {} });
}

/** `tried` is `null` where nothing is to be changed. */
async function show(visit: Visit, platform: Platform, tried: Tried | null): Promise<Response> {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  const settings = await visit.parts.channels.read();
  const view = channelsNow(visit).find((one) => one.platform === platform) ?? null;
  if (settings !== null && tried === null && view !== null && waitsForWords(view)) {
    visit.context.header('Refresh', AGAIN_S);
  }
  const body =
    settings === null
      ? html`<p class="fault">${words('channels.unreadable', { file: visit.parts.channels.file })}</p>`
      : pageOf(visit, platform, { settings, view, tried });
  const isWrong = tried !== null && (tried.refusal !== null || Object.keys(tried.faults).length > 0);
  return showPage(visit, {
    title: words(`channels.add-${platform}`),
    section: 'settings',
    back: { path: PATH, label: words('channels.title') },
    body,
    status: settings === null || isWrong ? 422 : 200,
  });
}

/** Until the first word has come the page looks again by itself: both hands are at the phone. */
function waitsForWords({ heardAt, standing }: ChannelView): boolean {
  return heardAt === null && standing !== 'elsewhere';
}

interface Shown {
  readonly settings: AccountSettings;
  readonly view: ChannelView | null;
  readonly tried: Tried | null;
}

function pageOf(visit: Visit, platform: Platform, shown: Shown): Html {
  if (shown.view === null) return firstSteps(visit, platform, shown);
  return shown.tried === null ? lastSteps(visit, platform, shown, shown.view) : changing(visit, platform, shown);
}

function firstSteps(visit: Visit, platform: Platform, shown: Shown): Html {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  return html`<p>${words(`channels.${platform}-can`)}</p>${whereToClick(visit, platform)}
<section><h2>${words('channels.step-connect')}</h2>${accountForm(visit, platform, shown)}</section>`;
}

function lastSteps(visit: Visit, platform: Platform, { settings }: Shown, view: ChannelView): Html {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  return html`${channelState(visit, view)}${loginPicture(visit, view)}${greeting(visit, platform, settings, view)}${binding(visit)}
<p class="aside"><a href="/admin${PATH}/${platform}/change">${words('channels.change')}</a></p>`;
}

function changing(visit: Visit, platform: Platform, shown: Shown): Html {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  // What the environment says would be back after the next start.
  const isFixed = ACCOUNT_FIELDS[platform].some((field) => shown.settings[field].fixedBy !== null);
  const forgetting = html`<form class="aside" method="post" action="/admin${PATH}/${platform}/forget"><p class="hint">${words('channels.forget-help')}</p><button class="quiet">${words('channels.forget')}</button></form>`;
  return html`<p>${words('channels.change-help')}</p>${accountForm(visit, platform, shown)}${isFixed ? '' : forgetting}`;
}

function whereToClick(visit: Visit, platform: Platform): Html {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  const lines = ([1, 2, 3] as const).map((number) => html`<li>${words(`channels.${platform}-where-${number}`)}</li>`);
  return html`<section><h2>${words(`channels.${platform}-where`)}</h2><ol>${lines}</ol>
${platform === 'wechat' ? html`<p class="caution">${words('channels.wechat-risk')}</p>` : ''}
${platform === 'wecom' ? html`<p class="hint">${words('channels.wecom-one')}</p>` : ''}</section>`;
}

function accountForm(visit: Visit, platform: Platform, { settings, tried, view }: Shown): Html {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  const { typed, faults, refusal: said } = tried ?? NOTHING_TYPED;
  const state = stateOf(visit, typed ?? keptAccount(settings), faults);
  const refusal =
    said === null
      ? ''
      : html`<div class="caution" role="alert"><p>${said}</p><p>${words('channels.refused')}</p></div>`;
  const button = view === null ? words('channels.connect') : wordsFor(visit, PAGE_TEXTS)('page.save');
  const fields = accountInputs(visit, platform, settings, state);
  return html`${refusal}${settingsForm(visit, { path: `${PATH}/${platform}`, role: 'admin', button, fields })}`;
}

function greeting(visit: Visit, platform: Platform, settings: AccountSettings, view: ChannelView): Html {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  const { heardAt } = view;
  const came =
    heardAt === null
      ? html`<p class="hint">${words('channels.not-yet')} ${words(`channels.${platform}-nothing-comes`)}</p>`
      : html`<p>${words('channels.first-heard', { when: momentWords(heardAt, visit.community) })}</p>`;
  return html`<section><h2>${words('channels.step-say')}</h2><p>${whatToSay(visit, platform, settings, view)}</p>${came}</section>`;
}

function whatToSay(visit: Visit, platform: Platform, settings: AccountSettings, view: ChannelView): Html | string {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  if (platform === 'wechat') return words('channels.wechat-say');
  if (platform === 'wecom') {
    const name = settings.wecomBotName.shown;
    return name === '' ? words('channels.wecom-say') : words('channels.wecom-say-named', { name });
  }
  const name = view.handle;
  if (name === null) return words('channels.telegram-say');
  return html`<a href="https://t.me/${name}" rel="noreferrer">${words('channels.telegram-say-named', { name })}</a>`;
}

function binding(visit: Visit): Html {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  return html`<section><h2>${words('channels.step-bind')}</h2><p>${words('channels.bind-help')}</p>
<p><a class="button quiet" href="/admin/settings/group-code">${words('channels.bind')}</a></p></section>`;
}
