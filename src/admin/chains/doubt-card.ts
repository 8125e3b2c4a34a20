/** What about a list a person has to decide: one question at a time, each answered with one key. */
import { html } from 'hono/html';
import type { DoubtView } from '../../features/chains/chains-service.ts';
import type { Html } from '../../lib/http/html.ts';
import { type FormState, hiddenField, selectField, textField } from '../form-fields.ts';
import { momentWords } from '../local-words.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import type { Faults, Typed } from '../posted-form.ts';
import { REVIEW_SCRIPT } from '../scripts/page-script.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { targetChoices } from './chain-target.ts';
import { entryWords, fateWords, targetWords, themeWords } from './chain-words.ts';
import { DOUBT_TEXTS } from './chains-texts.ts';

/** An entry that was corrected into something that tells nobody. */
export interface RefusedChange {
  readonly doubtId: string;
  readonly typed: Typed;
  readonly faults: Faults;
}

export interface DoubtSectionState {
  /** All that wait, more than are shown. */
  readonly count: number;
  readonly refused: RefusedChange | null;
}

/** The keys belong to the first: when it is answered, the next one is the first. */
export function doubtSection(visit: Visit, doubts: readonly DoubtView[], state: DoubtSectionState): Html | '' {
  if (doubts.length === 0) return '';
  const words = wordsFor(visit, DOUBT_TEXTS);
  const cards = doubts.map((doubt, at) => doubtCard(visit, doubt, { hasKeys: at === 0, refused: state.refused }));
  const keys = isAllowed(visit, 'worker') ? html`<p class="hint for-keys">${words('doubt.keys')}</p>` : '';
  return html`<section id="doubts"><h2>${words('doubt.title', { count: state.count })}</h2>${keys}${cards}</section>`;
}

/** Only where something waits is there a key to press. */
export function doubtScript(visit: Visit, doubts: readonly DoubtView[]): { readonly script?: string } {
  return doubts.length > 0 && isAllowed(visit, 'worker') ? { script: REVIEW_SCRIPT.path } : {};
}

interface CardState {
  readonly hasKeys: boolean;
  readonly refused: RefusedChange | null;
}

function doubtCard(visit: Visit, doubt: DoubtView, state: CardState): Html {
  const words = wordsFor(visit, DOUBT_TEXTS);
  const where = html`<a href="/admin/chains/${doubt.chainId}">${words('doubt.in', { theme: themeWords(visit, doubt.theme) })}</a>`;
  return html`<article class="card" id="doubt-${doubt.id}"><p class="lead">${question(visit, doubt)}</p>
<p class="hint">${where} · ${momentWords(doubt.raisedAt, visit.community)}</p>
${isAllowed(visit, 'worker') ? answers(visit, doubt, state) : ''}</article>`;
}

function question(visit: Visit, doubt: DoubtView): string {
  const words = wordsFor(visit, DOUBT_TEXTS);
  const entry = doubt.entry === null ? '' : entryWords(visit, doubt.entry);
  const number = doubt.number ?? '';
  switch (doubt.kind) {
    case 'which':
      return words('doubt.which');
    case 'gap':
    case 'many':
      return words(`doubt.${doubt.kind}`, { number });
    case 'number':
      return words('doubt.number', { entry, number });
    case 'changed':
      return words('doubt.changed', { entry, other: doubt.other === null ? '' : entryWords(visit, doubt.other) });
    case 'refused':
      return words('doubt.refused', { entry, why: doubt.entry === null ? '' : fateWords(visit, doubt.entry) });
    case 'missing':
    case 'came-back':
    case 'said':
    case 'elsewhere':
      return words(`doubt.${doubt.kind}`, { entry });
  }
}

function answers(visit: Visit, doubt: DoubtView, state: CardState): Html {
  const one = doubt.answers.filter((answer) => answer === 'yes' || answer === 'no');
  const buttons = one.map((answer, at) => answerButton(visit, doubt, { answer, at }, state.hasKeys));
  return html`<div class="tools">${buttons}</div>${otherTarget(visit, doubt)}${correction(visit, doubt, state)}`;
}

interface Offered {
  readonly answer: 'yes' | 'no';
  readonly at: number;
}

/** The likeliest answer is the first key. */
function answerButton(visit: Visit, doubt: DoubtView, { answer, at }: Offered, hasKeys: boolean): Html {
  const key = String(at + 1);
  const keyed = hasKeys ? html`accesskey="${key}" data-key="${key}"` : '';
  const label = hasKeys ? `${key}. ${answerLabel(visit, doubt, answer)}` : answerLabel(visit, doubt, answer);
  return html`<form method="post" action="${pathOf(doubt)}">${hiddenField('answer', answer)}<button ${at > 0 || doubt.answers.length === 1 ? html`class="quiet"` : ''} ${keyed}>${label}</button></form>`;
}

function answerLabel(visit: Visit, { kind, choices }: DoubtView, answer: 'yes' | 'no'): string {
  const words = wordsFor(visit, DOUBT_TEXTS);
  const [first] = choices;
  if (kind !== 'which') return words(`doubt.${kind}-${answer}`);
  if (answer === 'no') return words('doubt.which-no');
  return words('doubt.which-yes', { target: first === undefined ? '' : targetWords(visit, first) });
}

/** The likeliest stands on the button. */
function otherTarget(visit: Visit, doubt: DoubtView): Html | '' {
  const hasYes = doubt.answers.includes('yes');
  const others = hasYes ? doubt.choices.slice(1) : doubt.choices;
  if (!doubt.answers.includes('target') || others.length === 0) return '';
  const words = wordsFor(visit, DOUBT_TEXTS);
  const form = formOf(visit, doubt, {}, {});
  const field = selectField(form, {
    name: 'target',
    label: words('doubt.other-target'),
    choices: targetChoices(visit, others),
  });
  return html`<form method="post" action="${pathOf(doubt)}">${hiddenField('answer', 'target')}<div class="aside">${field}<button class="quiet">${words('doubt.other-target-button')}</button></div></form>`;
}

function correction(visit: Visit, doubt: DoubtView, { refused, hasKeys }: CardState): Html | '' {
  if (!doubt.answers.includes('change')) return '';
  const words = wordsFor(visit, DOUBT_TEXTS);
  const mine = refused?.doubtId === doubt.id ? refused : null;
  const form = formOf(visit, doubt, mine?.typed ?? {}, mine?.faults ?? {});
  const line = { name: 'line', label: words('doubt.change-line'), hint: words('doubt.change-hint') };
  const keyed = hasKeys ? html`accesskey="3" data-key="3"` : '';
  const label = hasKeys ? `3. ${words('doubt.change')}` : words('doubt.change');
  return html`<details ${mine === null ? '' : 'open'}><summary ${keyed}>${label}</summary><form method="post" action="${pathOf(doubt)}">${hiddenField('answer', 'change')}${textField(form, line)}
<p class="actions"><button class="quiet">${words('doubt.change-button')}</button></p></form></details>`;
}

function formOf(visit: Visit, { id }: DoubtView, values: Typed, faults: Faults): FormState {
  return { values, faults, words: wordsFor(visit, PAGE_TEXTS), prefix: id };
}

function pathOf({ id }: DoubtView): string {
  return `/admin/chains/doubts/${id}`;
}
