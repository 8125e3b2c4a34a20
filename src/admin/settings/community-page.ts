/** Name, plan, language, contact and place of the community. */
import { html } from 'hono/html';
import { z } from 'zod';
import type { Content } from '../../content/content.ts';
import { formAction, page } from '../admin-route.ts';
import { type Choice, selectField, textField } from '../form-fields.ts';
import { goTo, showPage } from '../page-answer.ts';
import { type Faults, oneOf, optionalText, readForm, requiredText, type Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { backToSettings, settingsForm, stateOf, statusOf } from './settings-form.ts';
import { saveCommunity } from './settings-saving.ts';
import { SETTINGS_TEXTS } from './settings-texts.ts';

const PATH = '/settings/community';

export const COMMUNITY_ROUTES = [
  page(PATH, 'viewer', (visit) => show(visit, valuesOf(visit), {})),
  formAction(PATH, 'admin', save),
] as const;

function communityForm({ plans, texts, wasteGuide, regions }: Content) {
  return z.object({
    name: requiredText(30),
    contact: optionalText(60),
    address: optionalText(100),
    plan: oneOf(plans.map(({ id }) => id)),
    province: oneOf(['', ...regions.map(({ id }) => id)]),
    wasteScheme: oneOf(wasteGuide.classNames.map(({ scheme }) => scheme)),
    locale: oneOf(texts.locales),
  });
}

function valuesOf({ community: { name, plan, locale, settings } }: Visit): Typed {
  const { contact, address, province, wasteScheme } = settings;
  return { name, plan, locale, contact, address, province, wasteScheme };
}

async function save(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, communityForm(visit.content));
  if (!form.ok) return show(visit, form.typed, form.faults);
  const { name, plan, locale, ...settings } = form.value;
  await saveCommunity(visit, 'community', (community) => ({
    ...community,
    name,
    plan,
    locale,
    settings: { ...community.settings, ...settings },
  }));
  return goTo(visit, PATH, { key: 'page.saved' });
}

async function show(visit: Visit, values: Typed, faults: Faults): Promise<Response> {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const form = stateOf(visit, values, faults);
  const { plans, regions } = visit.content;
  const planChoices = plans.map(({ id, title, issuedOn }) => {
    return { value: id, label: words('settings.plan-choice', { title, year: issuedOn.slice(0, 4) }) };
  });
  const provinces = [
    { value: '', label: words('settings.province-none') },
    ...regions.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const body = settingsForm(visit, {
    path: PATH,
    role: 'admin',
    fields: [
      textField(form, { name: 'name', label: words('settings.name') }),
      textField(form, { name: 'contact', label: words('settings.contact'), hint: words('settings.contact-hint') }),
      textField(form, { name: 'address', label: words('settings.address') }),
      selectField(form, {
        name: 'plan',
        label: words('settings.plan'),
        hint: words('settings.plan-hint'),
        choices: planChoices,
      }),
      selectField(form, {
        name: 'province',
        label: words('settings.province'),
        hint: words('settings.province-hint'),
        choices: provinces,
      }),
      selectField(form, {
        name: 'wasteScheme',
        label: words('settings.scheme'),
        hint: words('settings.scheme-hint'),
        choices: schemes(visit),
      }),
      selectField(form, { name: 'locale', label: words('settings.locale'), choices: locales(visit) }),
    ],
  });
  const title = words('settings.community');
  return showPage(visit, {
    title,
    section: 'settings',
    back: backToSettings(visit),
    body: html`${body}`,
    status: statusOf(faults),
  });
}

function schemes({ content }: Visit): Choice[] {
  const names = new Map(content.wasteGuide.classNames.map(({ scheme, schemeName }) => [scheme, schemeName]));
  return [...names].map(([value, label]) => ({ value, label }));
}

/** Each language by its own name. */
function locales({ content }: Visit): Choice[] {
  return content.texts.locales.map((value) => {
    const label = new Intl.DisplayNames(value, { type: 'language' }).of(value) ?? value;
    return { value, label };
  });
}
