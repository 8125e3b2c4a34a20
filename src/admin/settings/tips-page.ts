/** On which days and when a tip goes out, with the next dates to look at. */
import { html } from 'hono/html';
import { z } from 'zod';
import type { Html } from '../../lib/http/html.ts';
import { formAction, page } from '../admin-route.ts';
import { choiceField, textField, tickField } from '../form-fields.ts';
import { dayWords, timeWords, weekdayWords } from '../local-words.ts';
import { goTo, showPage } from '../page-answer.ts';
import { type Faults, readForm, Ticked, TickedOnes, TimeOfDay, type Typed } from '../posted-form.ts';
import { nextTipTimes } from '../tip-days-rules.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { backToSettings, settingsForm, stateOf, statusOf } from './settings-form.ts';
import { saveCommunity } from './settings-saving.ts';
import { SETTINGS_TEXTS } from './settings-texts.ts';

const PATH = '/settings/tips';
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const SHOWN_AHEAD = 4;

export const TIP_SETTINGS_ROUTES = [
  page(PATH, 'viewer', (visit) => show(visit, valuesOf(visit), {})),
  formAction(PATH, 'admin', save),
] as const;

const Weekdays = TickedOnes.transform((days) => WEEKDAYS.filter((day) => days.includes(String(day))));
const TipsForm = z.object({ on: Ticked, weekdays: Weekdays, time: TimeOfDay });

function valuesOf({ community: { settings } }: Visit): Typed {
  const { on, weekdays, time } = settings.tips;
  return { ...(on ? { on: 'yes' } : {}), weekdays: weekdays.map(String), time };
}

async function save(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, TipsForm);
  if (!form.ok) return show(visit, form.typed, form.faults);
  const tips = form.value;
  if (tips.on && tips.weekdays.length === 0) return show(visit, visit.form.fields, { weekdays: 'fault.no-weekday' });
  await saveCommunity(visit, 'tips', (community) => ({ ...community, settings: { ...community.settings, tips } }));
  return goTo(visit, PATH, { key: 'page.saved' });
}

async function show(visit: Visit, values: Typed, faults: Faults): Promise<Response> {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const form = stateOf(visit, values, faults);
  const choices = WEEKDAYS.map((day) => ({ value: String(day), label: weekdayWords(day, visit.community) }));
  const body = html`${settingsForm(visit, {
    path: PATH,
    role: 'admin',
    fields: [
      tickField(form, { name: 'on', label: words('settings.tips-on') }),
      choiceField(form, { name: 'weekdays', label: words('settings.tips-weekdays'), choices, many: true }),
      textField(form, { name: 'time', label: words('settings.tips-time'), type: 'time', isShort: true }),
    ],
  })}${ahead(visit)}`;
  const title = words('settings.tips');
  return showPage(visit, { title, section: 'settings', back: backToSettings(visit), body, status: statusOf(faults) });
}

/** As saved: what is being typed shows after saving. */
function ahead(visit: Visit): Html {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const times = nextTipTimes(visit.community.settings, visit.now, SHOWN_AHEAD);
  const lines = times.map((at) => html`<li>${dayWords(at, visit.community)} ${timeWords(at, visit.community)}</li>`);
  return html`<section><h2>${words('settings.tips-next')}</h2>${
    lines.length === 0
      ? html`<p class="empty">${words('settings.tips-next-none')}</p>`
      : html`<ul class="rows">${lines}</ul>`
  }</section>`;
}
