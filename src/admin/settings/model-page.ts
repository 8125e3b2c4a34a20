/** The language model that may be asked about what nobody understands: what leaves the house, whether it works, switching it off. */
import { html } from 'hono/html';
import { z } from 'zod';
import type { Html } from '../../lib/http/html.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { action, formAction, page } from '../admin-route.ts';
import { type FormState, textField, tickField } from '../form-fields.ts';
import { MODEL_FIELDS, type ModelField, type ModelFinding, type ModelSettings, type Trial } from '../model-desk.ts';
import { goTo, showPage } from '../page-answer.ts';
import { type Faults, optionalText, readForm, Ticked, type Typed } from '../posted-form.ts';
import { actOf, type Visit, wordsFor } from '../visit.ts';
import { MODEL_TEXTS } from './model-texts.ts';
import { backToSettings, settingsForm, stateOf, statusOf } from './settings-form.ts';

const PATH = '/settings/model';

export const MODEL_ROUTES = [
  page(PATH, 'admin', (visit) => show(visit, {})),
  page(`${PATH}/change`, 'admin', (visit) => show(visit, { changes: true })),
  formAction(PATH, 'admin', connect),
  formAction(`${PATH}/try`, 'admin', tryOut),
  action(`${PATH}/forget`, 'admin', forget),
];

// Names that begin with `password` are left out wherever a form is kept or shown again (posted-form.ts).
const INPUTS = { llmBaseUrl: 'baseUrl', llmModel: 'model', llmApiKey: 'password' } as const satisfies Record<
  ModelField,
  string
>;
const LONGEST = 512;
const ModelForm = z.object({
  baseUrl: optionalText(LONGEST),
  model: optionalText(LONGEST),
  password: optionalText(LONGEST),
  noKey: Ticked,
});

async function connect(visit: Visit): Promise<Response> {
  const { model } = visit.parts;
  const form = readForm(visit.form, ModelForm);
  if (!form.ok) return show(visit, { typed: form.typed, faults: form.faults });
  const { baseUrl, model: name, password, noKey } = form.value;
  // An empty field of a secret says that it stays.
  const key = noKey ? { llmApiKey: '' } : password === '' ? {} : { llmApiKey: password };
  const outcome = await model.connect({ llmBaseUrl: baseUrl, llmModel: name, ...key });
  const typed = visit.form.fields;
  if (outcome.is === 'wrong') return show(visit, { typed, faults: faultsOf(outcome.fields, form.value) });
  if (outcome.is === 'refused') return show(visit, { typed, found: outcome.found });
  if (outcome.is === 'unreadable') return show(visit, {});
  await note(visit, 'model.connect');
  return goTo(visit, PATH, { key: 'model.connected' });
}

function faultsOf(fields: readonly ModelField[], typed: z.infer<typeof ModelForm>): Faults {
  const faults = fields.map((field) => {
    const input = INPUTS[field];
    if (typed[input] === '') return [input, 'fault.empty'] as const;
    return [input, field === 'llmBaseUrl' ? 'fault.not-a-model-address' : 'fault.not-whole'] as const;
  });
  return Object.fromEntries(faults);
}

async function forget(visit: Visit): Promise<Response> {
  if ((await visit.parts.model.read()) === null) return show(visit, {});
  await visit.parts.model.forget();
  await note(visit, 'model.forget');
  return goTo(visit, PATH, { key: 'model.forgotten' });
}

const TrialForm = z.object({ said: optionalText(300) });

async function tryOut(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, TrialForm);
  if (!form.ok) return show(visit, { typed: form.typed, faults: form.faults });
  const { said } = form.value;
  if (said === '') return show(visit, { typed: { said }, faults: { said: 'fault.empty' } });
  const trial = await visit.parts.model.tryOut(said, visit.now);
  return show(visit, { typed: { said }, ...(trial === null ? {} : { trial }) });
}

async function note(visit: Visit, what: string): Promise<void> {
  const { communityId, staffId, now } = actOf(visit);
  await visit.parts.store.write((tx) => appendAudit(tx, { communityId, staffId, action: what, at: now }));
}

interface Shown {
  /** To be shown again; absent: as it is kept. */
  readonly typed?: Typed;
  readonly faults?: Faults;
  readonly found?: ModelFinding;
  readonly trial?: Trial;
  /** The form, although one is set. */
  readonly changes?: boolean;
}

async function show(visit: Visit, shown: Shown): Promise<Response> {
  const words = wordsFor(visit, MODEL_TEXTS);
  const { model } = visit.parts;
  const settings = await model.read();
  const body =
    settings === null
      ? html`<p class="fault">${words('model.unreadable', { file: model.file })}</p>`
      : html`<p>${words('model.what-for')}</p>${parts(visit, settings, shown)}`;
  const isWrong = settings === null || shown.found !== undefined;
  return showPage(visit, {
    title: words('model.title'),
    section: 'settings',
    back: backToSettings(visit),
    body,
    status: isWrong ? 422 : statusOf(shown.faults ?? {}),
  });
}

/** What leaves is read before anything is switched on; after that, what was done stands first. */
function parts(visit: Visit, settings: ModelSettings, shown: Shown): Html {
  const isNew = visit.parts.model.standing() === 'none' && shown.typed === undefined;
  const main = mainPart(visit, settings, shown);
  return isNew ? html`${whatLeaves(visit)}${main}` : html`${main}${whatLeaves(visit)}`;
}

function whatLeaves(visit: Visit): Html {
  const words = wordsFor(visit, MODEL_TEXTS);
  const { ofPerson: person, ofGroup: group, ofCommunity: community } = visit.parts.model.aDay;
  return html`<section><h2>${words('model.leaves')}</h2><ul><li>${words('model.leaves-which')}</li>
<li>${words('model.leaves-hidden')}</li><li>${words('model.leaves-where')}</li><li>${words('model.comes-back')}</li>
<li>${words('model.limits', { person, group, community })}</li></ul></section>`;
}

function mainPart(visit: Visit, settings: ModelSettings, shown: Shown): Html {
  const words = wordsFor(visit, MODEL_TEXTS);
  const standing = visit.parts.model.standing();
  const isTyped = shown.typed !== undefined && !('said' in shown.typed);
  if (standing === 'none' || shown.changes === true || isTyped) return modelForm(visit, settings, shown);
  const state = standing === 'well' ? 'model.is-on' : 'model.is-resting';
  return html`<p><strong>${words(state)}</strong></p>${trialPart(visit, shown)}
<p class="aside"><a href="/admin${PATH}/change">${words('model.change')}</a></p>`;
}

function modelForm(visit: Visit, settings: ModelSettings, { typed, faults = {}, found }: Shown): Html {
  const words = wordsFor(visit, MODEL_TEXTS);
  const { llmBaseUrl, llmModel, llmApiKey } = settings;
  const state = stateOf(visit, typed ?? { baseUrl: llmBaseUrl.shown, model: llmModel.shown }, faults);
  const refusal =
    found === undefined
      ? ''
      : html`<div class="caution" role="alert"><p>${words(`model.found-${found}`)}</p><p>${words('model.refused')}</p></div>`;
  const fields = [
    fixedOr(visit, settings, 'llmBaseUrl', () =>
      textField(state, { name: 'baseUrl', label: words('model.base-url'), hint: words('model.base-url-hint') }),
    ),
    fixedOr(visit, settings, 'llmModel', () =>
      textField(state, { name: 'model', label: words('model.name'), hint: words('model.name-hint') }),
    ),
    fixedOr(visit, settings, 'llmApiKey', () => keyFields(visit, state, llmApiKey.isSet)),
  ];
  const isOn = visit.parts.model.standing() !== 'none';
  const button = words(isOn ? 'model.save' : 'model.connect');
  // What the environment says would be back after the next start.
  const isFixed = MODEL_FIELDS.some((field) => settings[field].fixedBy !== null);
  return html`${refusal}<section><h2>${words('model.step-connect')}</h2>
${settingsForm(visit, { path: PATH, role: 'admin', button, fields })}</section>${isOn && !isFixed ? forgetting(visit) : ''}`;
}

function keyFields(visit: Visit, state: FormState, isSet: boolean): Html {
  const words = wordsFor(visit, MODEL_TEXTS);
  const hint = words(isSet ? 'model.key-kept' : 'model.key-hint');
  const input = {
    name: 'password',
    label: words('model.key'),
    type: 'password',
    autocomplete: 'new-password',
    hint,
  } as const;
  return html`${textField(state, input)}${isSet ? tickField(state, { name: 'noKey', label: words('model.no-key') }) : ''}`;
}

const LABELS = { llmBaseUrl: 'model.base-url', llmModel: 'model.name', llmApiKey: 'model.key' } as const;

/** What a variable says cannot be changed here: it would only seem to be. */
function fixedOr(visit: Visit, settings: ModelSettings, field: ModelField, control: () => Html): Html {
  const { fixedBy, shown } = settings[field];
  if (fixedBy === null) return control();
  const words = wordsFor(visit, MODEL_TEXTS);
  return html`<div class="field"><p><strong>${words(LABELS[field])}</strong></p><p>${shown}</p>
<p class="hint">${words('model.fixed', { variable: fixedBy })}</p></div>`;
}

function trialPart(visit: Visit, { typed = {}, faults = {}, trial }: Shown): Html {
  const words = wordsFor(visit, MODEL_TEXTS);
  const input = { name: 'said', label: words('model.try-label'), hint: words('model.try-hint') };
  const fields = [textField(stateOf(visit, typed, faults), input)];
  const form = settingsForm(visit, { path: `${PATH}/try`, role: 'admin', button: words('model.try-button'), fields });
  return html`<section><h2>${words('model.try')}</h2>${trial === undefined ? '' : outcomeOf(visit, trial)}${form}</section>`;
}

function outcomeOf(visit: Visit, { sent, found, isUnderstood }: Trial): Html {
  const words = wordsFor(visit, MODEL_TEXTS);
  const came =
    found === null
      ? words(isUnderstood ? 'model.tried-understood' : 'model.tried-none')
      : words(`model.found-${found}`);
  return html`<div role="status"><p>${words('model.tried-sent')}</p><blockquote>${sent}</blockquote><p>${came}</p></div>`;
}

function forgetting(visit: Visit): Html {
  const words = wordsFor(visit, MODEL_TEXTS);
  return html`<form class="aside" method="post" action="/admin${PATH}/forget"><p class="hint">${words('model.forget-help')}</p>
<button class="quiet">${words('model.forget')}</button></form>`;
}

/** A line about it for the list of settings. */
export function modelSummary(visit: Visit): string {
  const words = wordsFor(visit, MODEL_TEXTS);
  const standing = visit.parts.model.standing();
  if (standing === 'none') return words('model.summary-off');
  return words(standing === 'well' ? 'model.summary-on' : 'model.summary-resting');
}
