/** When nobody is disturbed, and how often at most. */

import { html } from 'hono/html';
import { z } from 'zod';
import type { Html } from '../../lib/http/html.ts';
import { formAction, page } from '../admin-route.ts';
import { textField } from '../form-fields.ts';
import { goTo, showPage } from '../page-answer.ts';
import { type Faults, readForm, TimeOfDay, type Typed, wholeNumber } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { backToSettings, settingsForm, stateOf, statusOf } from './settings-form.ts';
import { saveCommunity } from './settings-saving.ts';
import { SETTINGS_TEXTS } from './settings-texts.ts';

const PATH = '/settings/hours';

export const HOURS_ROUTES = [
  page(PATH, 'viewer', (visit) => show(visit, valuesOf(visit), {})),
  formAction(PATH, 'admin', save),
] as const;

const HoursForm = z.object({
  quietFrom: TimeOfDay,
  quietUntil: TimeOfDay,
  unaskedPerDay: wholeNumber(0, 5),
  unaskedPerWeek: wholeNumber(0, 14),
  /** The warnings that were read before the button was pressed again. */
  sure: z.string().default(''),
});

type Hours = Omit<z.output<typeof HoursForm>, 'sure'>;
type Warning = 'hours-open' | 'hours-none';

/** What is allowed, and means more than it looks. */
function warningsOf({ quietFrom, quietUntil, unaskedPerDay, unaskedPerWeek }: Hours): Warning[] {
  return [
    ...(quietFrom === quietUntil ? (['hours-open'] as const) : []),
    ...(unaskedPerDay === 0 || unaskedPerWeek === 0 ? (['hours-none'] as const) : []),
  ];
}

function valuesOf({ community: { settings } }: Visit): Typed {
  const { quietFrom, quietUntil, unaskedPerDay, unaskedPerWeek } = settings;
  return { quietFrom, quietUntil, unaskedPerDay: String(unaskedPerDay), unaskedPerWeek: String(unaskedPerWeek) };
}

async function save(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, HoursForm);
  if (!form.ok) return show(visit, form.typed, form.faults);
  const { sure, ...hours } = form.value;
  const warnings = warningsOf(hours);
  if (warnings.join() !== sure && warnings.length > 0) return show(visit, visit.form.fields, {}, warnings);
  await saveCommunity(visit, 'hours', (community) => {
    return { ...community, settings: { ...community.settings, ...hours } };
  });
  return goTo(visit, PATH, { key: 'page.saved' });
}

async function show(visit: Visit, values: Typed, faults: Faults, warnings: readonly Warning[] = []): Promise<Response> {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const form = stateOf(visit, values, faults);
  const fields = [
    textField(form, { name: 'quietFrom', label: words('settings.hours-from'), type: 'time', isShort: true }),
    textField(form, { name: 'quietUntil', label: words('settings.hours-until'), type: 'time', isShort: true }),
    textField(form, { name: 'unaskedPerDay', label: words('settings.hours-day'), type: 'number', isShort: true }),
    textField(form, { name: 'unaskedPerWeek', label: words('settings.hours-week'), type: 'number', isShort: true }),
    ...(warnings.length === 0 ? [] : [cautionOf(visit, warnings)]),
  ];
  const body = html`<p>${words('settings.hours-intro')}</p>${settingsForm(visit, { path: PATH, role: 'admin', fields })}`;
  const title = words('settings.hours');
  return showPage(visit, {
    title,
    section: 'settings',
    back: backToSettings(visit),
    body,
    status: warnings.length > 0 ? 422 : statusOf(faults),
  });
}

/** Beside the button, with what is meant by pressing it once more. */
function cautionOf(visit: Visit, warnings: readonly Warning[]): Html {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  return html`<div class="caution">${warnings.map((warning) => html`<p>${words(`settings.${warning}`)}</p>`)}
<p>${words('settings.hours-sure')}</p><input type="hidden" name="sure" value="${warnings.join()}"></div>`;
}
