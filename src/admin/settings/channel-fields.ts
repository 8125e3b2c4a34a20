/** The fields an account is typed into: what is a secret is never shown again, what is fixed from outside is said so. */
import { html } from 'hono/html';
import { z } from 'zod';
import type { Html } from '../../lib/http/html.ts';
import {
  type AccountField,
  type AccountSetting,
  type AccountValues,
  type Platform,
  SECRET_FIELDS,
} from '../channel-desk.ts';
import { type FormState, textField, tickField } from '../form-fields.ts';
import { type Faults, optionalText, type PostedForm, readForm, Ticked, type Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { CHANNEL_PAGE_TEXTS } from './channel-texts.ts';

export type AccountSettings = Readonly<Record<AccountField, AccountSetting>>;

// Names that begin with `password` are left out wherever a form is kept or shown again (posted-form.ts).
const INPUTS = {
  wecomBotId: 'botId',
  wecomBotSecret: 'password',
  wecomBotName: 'botName',
  telegramBotToken: 'password',
  telegramProxy: 'passwordProxy',
  wechatEndpoint: 'endpoint',
  wechatToken: 'password',
  wechatAcceptRisk: 'accept',
  wechatStableIds: 'stable',
} as const satisfies Record<AccountField, string>;

const LABELS = {
  wecomBotId: { label: 'channels.wecom-bot-id', hint: null },
  wecomBotSecret: { label: 'channels.wecom-secret', hint: null },
  wecomBotName: { label: 'channels.wecom-name', hint: 'channels.wecom-name-hint' },
  telegramBotToken: { label: 'channels.telegram-token', hint: null },
  telegramProxy: { label: 'channels.telegram-proxy', hint: 'channels.telegram-proxy-hint' },
  wechatEndpoint: { label: 'channels.wechat-endpoint', hint: 'channels.wechat-endpoint-hint' },
  wechatToken: { label: 'channels.wechat-token', hint: 'channels.wechat-token-hint' },
} as const;
type TypedField = keyof typeof LABELS;

/** From the top of the form to its foot. */
export function accountInputs(visit: Visit, platform: Platform, settings: AccountSettings, state: FormState): Html[] {
  const input = (field: TypedField) => accountInput(visit, field, settings[field], state);
  if (platform === 'wecom') return [input('wecomBotId'), input('wecomBotSecret'), input('wecomBotName')];
  if (platform === 'telegram') {
    return [input('telegramBotToken'), input('telegramProxy'), ...withoutProxy(visit, settings.telegramProxy, state)];
  }
  return [input('wechatEndpoint'), input('wechatToken'), ...risk(visit, settings, state)];
}

function accountInput(visit: Visit, field: TypedField, { isSet, fixedBy }: AccountSetting, state: FormState): Html {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  const { label, hint } = LABELS[field];
  if (fixedBy !== null) return fixedInput(visit, field, fixedBy);
  const isSecret = SECRET_FIELDS.includes(field);
  const hints = [
    ...(hint === null ? [] : [words(hint)]),
    ...(isSecret && isSet ? [words('channels.kept-secret')] : []),
    ...(isSecret && !isSet ? [words('channels.secret-hint')] : []),
  ];
  return textField(state, {
    name: INPUTS[field],
    label: words(label),
    type: isSecret ? 'password' : 'text',
    ...(isSecret ? { autocomplete: 'new-password' } : {}),
    ...(hints.length === 0 ? {} : { hint: hints.join(' ') }),
  });
}

function fixedInput(visit: Visit, field: TypedField, variable: string): Html {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  return html`<div class="field"><p><strong>${words(LABELS[field].label)}</strong></p>
<p class="hint">${words('channels.fixed', { variable })}</p></div>`;
}

function withoutProxy(visit: Visit, { isSet, fixedBy }: AccountSetting, state: FormState): Html[] {
  if (!isSet || fixedBy !== null) return [];
  return [
    tickField(state, { name: 'noProxy', label: wordsFor(visit, CHANNEL_PAGE_TEXTS)('channels.telegram-no-proxy') }),
  ];
}

function risk(visit: Visit, { wechatAcceptRisk, wechatStableIds }: AccountSettings, state: FormState): Html[] {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  const sentence = words('channels.wechat-sentence');
  const accept = isAccepted(wechatAcceptRisk)
    ? []
    : [textField(state, { name: INPUTS.wechatAcceptRisk, label: words('channels.wechat-accept', { sentence }) })];
  const stable = wechatStableIds.fixedBy === null;
  return [
    ...(stable ? [tickField(state, { name: INPUTS.wechatStableIds, label: words('channels.wechat-stable') })] : []),
    ...accept,
  ];
}

function isAccepted({ shown, fixedBy }: AccountSetting): boolean {
  return shown === 'yes' || fixedBy !== null;
}

/** As it stands in the form before anybody types. */
export function keptAccount(settings: AccountSettings): Typed {
  return {
    botId: settings.wecomBotId.shown,
    botName: settings.wecomBotName.shown,
    endpoint: settings.wechatEndpoint.shown,
    ...(settings.wechatStableIds.shown === 'yes' ? { stable: 'yes' } : {}),
  };
}

const LONGEST = 600;
const AccountForm = z.object({
  botId: optionalText(LONGEST),
  botName: optionalText(64),
  password: optionalText(LONGEST),
  passwordProxy: optionalText(LONGEST),
  noProxy: Ticked,
  endpoint: optionalText(LONGEST),
  accept: optionalText(LONGEST),
  stable: Ticked,
});
type AccountForm = z.infer<typeof AccountForm>;

export type ReadAccount =
  | { readonly ok: true; readonly values: AccountValues }
  | { readonly ok: false; readonly faults: Faults };

export function readAccount(
  visit: Visit,
  form: PostedForm,
  platform: Platform,
  settings: AccountSettings,
): ReadAccount {
  const read = readForm(form, AccountForm);
  if (!read.ok) return { ok: false, faults: read.faults };
  const typed = read.value;
  if (platform === 'wecom') {
    const { botId, password, botName } = typed;
    return { ok: true, values: open(settings, { wecomBotId: botId, wecomBotSecret: password, wecomBotName: botName }) };
  }
  if (platform === 'telegram') return { ok: true, values: telegramValues(settings, typed) };
  if (!isAccepted(settings.wechatAcceptRisk) && !saysTheSentence(visit, typed.accept)) {
    return { ok: false, faults: { accept: 'fault.not-the-sentence' } };
  }
  return { ok: true, values: wechatValues(settings, typed) };
}

function telegramValues(settings: AccountSettings, { password, passwordProxy, noProxy }: AccountForm): AccountValues {
  const values = open(settings, { telegramBotToken: password, telegramProxy: passwordProxy });
  return noProxy && settings.telegramProxy.fixedBy === null ? { ...values, telegramProxy: '' } : values;
}

function wechatValues(settings: AccountSettings, { endpoint, password, stable }: AccountForm): AccountValues {
  return open(settings, {
    wechatEndpoint: endpoint,
    wechatToken: password,
    wechatAcceptRisk: 'yes',
    wechatStableIds: stable ? 'yes' : '',
  });
}

/** What is fixed from outside stays, and a secret that was left empty does as well. */
function open(settings: AccountSettings, values: AccountValues): AccountValues {
  const kept = Object.entries(values).filter(([name, value]) => {
    const field = SECRET_FIELDS.find((one) => one === name);
    const isLeft = field !== undefined && value === '';
    const setting = Object.entries(settings).find(([one]) => one === name)?.[1];
    return !isLeft && setting?.fixedBy === null;
  });
  return Object.fromEntries(kept);
}

function saysTheSentence(visit: Visit, typed: string): boolean {
  const bare = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[\s\p{P}]/gu, '');
  return bare(typed) === bare(wordsFor(visit, CHANNEL_PAGE_TEXTS)('channels.wechat-sentence'));
}

/** The input in which a field stands, for what is wrong with it. */
export function inputOf(field: AccountField): string {
  return INPUTS[field];
}
