/** Days of the year whose date is announced: what is known, and a form for what is not. */
import { html } from 'hono/html';
import { z } from 'zod';
import { confirmDays } from '../../features/tips/announced-days-service.ts';
import type { Html } from '../../lib/http/html.ts';
import { localDate } from '../../lib/zoned-time.ts';
import { listAnnouncedDays } from '../../store/announced-days-table.ts';
import { formAction, page } from '../admin-route.ts';
import { daysFault } from '../days-fault.ts';
import { textField } from '../form-fields.ts';
import { dateWords } from '../local-words.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import { Day, type Faults, readForm, requiredText, type Typed } from '../posted-form.ts';
import { TODAY_TEXTS } from '../today/today-texts.ts';
import { actOf, type Visit, wordsFor } from '../visit.ts';
import { type DaysToConfirm, daysToConfirm } from './days-rules.ts';
import { backToSettings, settingsForm, stateOf, statusOf } from './settings-form.ts';
import { SETTINGS_TEXTS } from './settings-texts.ts';

const PATH = '/settings/days';

export const DAYS_ROUTES = [
  page(PATH, 'viewer', (visit) => show(visit, null)),
  formAction(`${PATH}/:event`, 'worker', save),
] as const;

const DaysForm = z.object({ from: Day, to: Day, source: requiredText(200) });

interface Refused {
  readonly eventId: string;
  readonly typed: Typed;
  readonly faults: Faults;
}

async function save(visit: Visit): Promise<Response> {
  const eventId = visit.context.req.param('event') ?? '';
  const known = (await readDays(visit)).find(({ event }) => event.id === eventId);
  if (known === undefined) return showNothingThere(visit);
  const form = readForm(visit.form, DaysForm);
  if (!form.ok) return show(visit, { eventId, ...form });
  const days = { ...actOf(visit), eventId, year: known.year, ...form.value };
  const result = await visit.parts.store.write((tx) => confirmDays(tx, visit.content, days));
  if (result.ok) return goTo(visit, PATH, { key: 'settings.days-kept', variables: { name: known.event.name } });
  const faults = daysFault(result.why);
  return faults === null ? showNothingThere(visit) : show(visit, { eventId, typed: visit.form.fields, faults });
}

function readDays({ parts, community, content, now }: Visit): Promise<DaysToConfirm[]> {
  const { zone, province } = community.settings;
  const year = Number(localDate(now, zone).slice(0, 4));
  return parts.store.read(async (tx) => {
    return daysToConfirm(content.calendar, province, year, await listAnnouncedDays(tx, community.id, year));
  });
}

async function show(visit: Visit, refused: Refused | null): Promise<Response> {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const days = await readDays(visit);
  const year = localDate(visit.now, visit.community.settings.zone).slice(0, 4);
  const cards = days.map((one) => card(visit, one, refused?.eventId === one.event.id ? refused : null));
  const body = html`<p>${words('settings.days-intro', { year })}</p>
${cards.length === 0 ? html`<p class="empty">${words('settings.days-none')}</p>` : cards}`;
  const title = words('settings.days');
  return showPage(visit, {
    title,
    section: 'settings',
    back: backToSettings(visit),
    body,
    status: statusOf(refused?.faults ?? {}),
  });
}

function card(visit: Visit, { event, days }: DaysToConfirm, refused: Refused | null): Html {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const field = wordsFor(visit, TODAY_TEXTS);
  const form = stateOf(visit, refused?.typed ?? { ...days }, refused?.faults ?? {}, event.id);
  const known =
    days === null
      ? words('settings.days-unknown')
      : words('settings.days-known', {
          from: dateWords(days.from, visit.community),
          to: dateWords(days.to, visit.community),
        });
  return html`<details class="card" ${refused === null ? '' : 'open'}><summary>${event.name} <span class="hint">${known}</span></summary>
${settingsForm(visit, {
  path: `${PATH}/${event.id}`,
  role: 'worker',
  fields: [
    textField(form, { name: 'from', label: field('today.days-from'), type: 'date', isShort: true }),
    textField(form, { name: 'to', label: field('today.days-to'), type: 'date', isShort: true }),
    textField(form, { name: 'source', label: field('today.days-source'), hint: field('today.days-source-hint') }),
  ],
})}</details>`;
}
