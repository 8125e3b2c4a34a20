/** What people here say for things and habits: taught by a worker, at work at once, and tried on the same page. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { OWN_WORD_KINDS, type OwnWord } from '../../model/own-word.ts';
import { listOwnWords } from '../../store/own-word-table.ts';
import { listWasteRules, type WasteRule } from '../../store/waste-rule-table.ts';
import { page } from '../admin-route.ts';
import { choiceField, hiddenField, textField } from '../form-fields.ts';
import { showPage } from '../page-answer.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { backToSettings, settingsForm, stateOf, statusOf } from './settings-form.ts';
import { trySection } from './tried-words.ts';
import { isKnown, meaningNames } from './word-meanings.ts';
import { type TypedWord, WORDS_PATH, wordRoutes } from './words-actions.ts';
import { WORDS_TEXTS } from './words-texts.ts';

export const WORDS_ROUTES = [page(WORDS_PATH, 'viewer', (visit) => show(visit, givenIn(visit))), ...wordRoutes(show)];

/** A link may bring a word along, as from a question that waits. */
function givenIn({ context }: Visit): TypedWord {
  return { typed: { kind: 'waste', said: context.req.query('said') ?? '' }, faults: {} };
}

async function show(visit: Visit, { typed, faults, refusal }: TypedWord): Promise<Response> {
  const words = wordsFor(visit, WORDS_TEXTS);
  const { own, rules } = await visit.parts.store.read(async (tx) => ({
    own: await listOwnWords(tx, visit.community.id),
    rules: await listWasteRules(tx, visit.community.id),
  }));
  const body = html`<p>${words('words.intro')}</p>${teachForm(visit, { typed, faults })}${
    refusal === undefined ? '' : html`<p class="fault" role="alert">${refusal}</p>`
  }
${trySection(visit, own)}${taughtList(visit, own)}${ruleList(visit, rules)}`;
  return showPage(visit, {
    title: words('words.title'),
    section: 'settings',
    back: backToSettings(visit),
    body,
    status: refusal === undefined ? statusOf(faults) : 422,
  });
}

function teachForm(visit: Visit, { typed, faults }: Pick<TypedWord, 'typed' | 'faults'>): Html {
  const words = wordsFor(visit, WORDS_TEXTS);
  const form = stateOf(visit, typed, faults);
  const choices = OWN_WORD_KINDS.map((value) => ({ value, label: words(`words.kind-${value}`) }));
  return html`<section><h2>${words('words.teach')}</h2>${settingsForm(visit, {
    path: WORDS_PATH,
    role: 'worker',
    button: words('words.teach-button'),
    fields: [
      choiceField(form, { name: 'kind', label: words('words.kind'), choices }),
      textField(form, { name: 'said', label: words('words.said'), hint: words('words.said-hint') }),
      textField(form, {
        name: 'meaning',
        label: words('words.meaning'),
        hint: words('words.meaning-hint'),
        suggestions: meaningNames(visit.content),
      }),
    ],
  })}</section>`;
}

function taughtList(visit: Visit, own: readonly OwnWord[]): Html {
  const words = wordsFor(visit, WORDS_TEXTS);
  const rows = own.map((word) => {
    const { id, said, meant } = word;
    const meaning = isKnown(visit.content, word) ? meant : words('words.gone', { meant });
    return forgetRow(visit, words('words.line', { said, meaning }), `${WORDS_PATH}/${id}/forget`);
  });
  return html`<section><h2>${words('words.list', { count: own.length })}</h2>${
    rows.length === 0 ? html`<p class="empty">${words('words.empty')}</p>` : html`<ul class="rows">${rows}</ul>`
  }</section>`;
}

/** Kept when a question was answered on the page of today. */
function ruleList(visit: Visit, rules: readonly WasteRule[]): Html | '' {
  if (rules.length === 0) return '';
  const words = wordsFor(visit, WORDS_TEXTS);
  const rows = rules.map(({ name, class: wasteClass, note }) => {
    const className = visit.content.wasteGuide.className(wasteClass, visit.community.settings.wasteScheme);
    const place = [className?.name ?? wasteClass, note].filter((part) => part !== '').join(' ');
    const line = words('words.line', { said: name, meaning: place });
    return forgetRow(visit, line, `${WORDS_PATH}/rules/forget`, hiddenField('name', name));
  });
  return html`<section><h2>${words('words.rules')}</h2><p class="hint">${words('words.rules-help')}</p>
<ul class="rows">${rows}</ul></section>`;
}

function forgetRow(visit: Visit, line: string, path: string, field: Html | '' = ''): Html {
  const label = wordsFor(visit, WORDS_TEXTS)('words.forget');
  const button = isAllowed(visit, 'worker')
    ? html`<form method="post" action="/admin${path}">${field}<button class="quiet" aria-label="${label} ${line}">${label}</button></form>`
    : '';
  return html`<li class="split"><span>${line}</span>${button}</li>`;
}
