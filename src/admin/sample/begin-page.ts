/** One click from the sample to the real thing: says in numbers what goes, and asks only for the name. */
import { html } from 'hono/html';
import { z } from 'zod';
import { measureCommunity } from '../../store/community-size.ts';
import { formAction, page } from '../admin-route.ts';
import { textField } from '../form-fields.ts';
import { goTo, showNothingThere, showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Faults, readForm, requiredText, type Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { beginCommunity } from './begin-service.ts';
import { SAMPLE_TEXTS } from './sample-texts.ts';

export const SAMPLE_ROUTES = [
  page('/begin', 'admin', (visit) => show(visit, {}, {})),
  formAction('/begin', 'admin', begin),
] as const;

const BeginForm = z.object({ name: requiredText(30) });

async function show(visit: Visit, values: Typed, faults: Faults): Promise<Response> {
  const { community, parts } = visit;
  if (!community.isSample) return showNothingThere(visit);
  const words = wordsFor(visit, SAMPLE_TEXTS);
  const size = await parts.store.read((tx) => measureCommunity(tx, community.id));
  const form = { values, faults, words: wordsFor(visit, PAGE_TEXTS) };
  const body = html`<p>${words('begin.intro')}</p>
<p>${words('begin.goes', { ...size })}</p>
<p>${words('begin.stays')}</p>
<form method="post" action="/admin/begin">
${textField(form, { name: 'name', label: words('begin.name'), hint: words('begin.name-hint') })}
<p class="hint">${words('begin.for-good')}</p>
<p class="actions"><button>${words('begin.button')}</button></p>
</form>`;
  const status = Object.keys(faults).length === 0 ? 200 : 422;
  return showPage(visit, { title: words('begin.title'), section: null, body, status });
}

async function begin(visit: Visit): Promise<Response> {
  const { community, staff, parts, now } = visit;
  if (!community.isSample) return showNothingThere(visit);
  const form = readForm(visit.form, BeginForm);
  if (!form.ok) return show(visit, form.typed, form.faults);
  const { name } = form.value;
  const made = await parts.store.write((tx) => beginCommunity(tx, parts, { sample: community, name, staff, now }));
  if (!made) return goTo(visit, '/');
  return goTo(visit, '/settings/community', { key: 'begin.done', variables: { name } });
}
