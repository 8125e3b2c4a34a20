/** One list: what it is about, who stands in it and what became of each, and what can be done about them. */
import { html } from 'hono/html';
import { z } from 'zod';
import type { ChainDetail, ChainEntryView, ChainView, TargetView } from '../../features/chains/chains-service.ts';
import type { Html } from '../../lib/http/html.ts';
import type { FormState } from '../form-fields.ts';
import { selectField, textField } from '../form-fields.ts';
import { momentWords } from '../local-words.ts';
import { showNothingThere, showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Faults, readForm, requiredText, type Typed } from '../posted-form.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { officeOf } from './chain-office.ts';
import { NONE_OF_OURS, targetChoices, targetValue } from './chain-target.ts';
import { aboutWords, detailWords, fateWords, nameWords, themeWords } from './chain-words.ts';
import { CHAINS_PAGE_TEXTS } from './chains-texts.ts';
import { doubtScript, doubtSection, type RefusedChange } from './doubt-card.ts';

interface Refused {
  readonly typed: Typed;
  readonly faults: Faults;
}

interface Shown {
  readonly change?: RefusedChange;
  readonly full?: Refused;
  readonly isFull?: boolean;
}

export async function showChain(visit: Visit, shown: Shown = {}): Promise<Response> {
  const found = await visit.parts.store.read(async (tx) => ({
    detail: await visit.parts.chains.view(tx, officeOf(visit), idOf(visit), 'masked'),
    targets: await visit.parts.chains.listTargets(tx, visit.community, visit.now),
  }));
  return found.detail === null ? showNothingThere(visit) : showDetail(visit, found.detail, found.targets, shown);
}

const FullForm = z.object({ reason: requiredText(100) });

/** Who looked and why stands in the audit log before anything is shown. */
export async function showChainInFull(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, FullForm);
  if (!form.ok) return showChain(visit, { full: form });
  const { chains } = visit.parts;
  const found = await visit.parts.store.write(async (tx) => ({
    detail: await chains.view(tx, officeOf(visit), idOf(visit), form.value),
    targets: await chains.listTargets(tx, visit.community, visit.now),
  }));
  return found.detail === null
    ? showNothingThere(visit)
    : showDetail(visit, found.detail, found.targets, { isFull: true });
}

function showDetail(
  visit: Visit,
  detail: ChainDetail,
  targets: readonly TargetView[],
  shown: Shown,
): Promise<Response> {
  const words = wordsFor(visit, CHAINS_PAGE_TEXTS);
  const { chain, doubts } = detail;
  const isWorker = isAllowed(visit, 'worker');
  const full =
    shown.isFull === true ? html`<p class="done trouble" role="status">${words('chains.full-shown')}</p>` : '';
  const body = html`${facts(visit, detail)}${full}
${doubtSection(visit, doubts, { count: doubts.length, refused: shown.change ?? null })}
${entryList(visit, detail)}${isWorker ? html`<section>${aboutForm(visit, detail, targets)}${fullForm(visit, chain.id, shown.full ?? null)}</section>` : ''}`;
  return showPage(visit, {
    title: themeWords(visit, chain.theme),
    section: 'activities',
    back: { path: '/chains', label: words('chains.title') },
    body,
    ...doubtScript(visit, doubts),
    status: shown.change === undefined && shown.full === undefined ? 200 : 422,
  });
}

function facts(visit: Visit, { chain }: ChainDetail): Html {
  const words = wordsFor(visit, CHAINS_PAGE_TEXTS);
  const { entries, people, group, heardAt } = chain;
  const when = momentWords(heardAt, visit.community);
  return html`<dl class="facts"><dt>${words('chains.about')}</dt><dd>${aboutWords(visit, chain)}</dd>
<dt>${words('chains.group')}</dt><dd>${group ?? words('chains.in-private')} · ${words('chains.heard-at', { when })}</dd>
<dt>${words('chains.entries')}</dt><dd>${words('chains.counts', { entries, people })}</dd></dl>`;
}

function entryList(visit: Visit, { chain, entries }: ChainDetail): Html {
  const words = wordsFor(visit, CHAINS_PAGE_TEXTS);
  const standing = entries.filter(isOn);
  const off = entries.filter((entry) => !isOn(entry));
  const list = (shown: readonly ChainEntryView[]) =>
    html`<ol class="rows people">${shown.map((entry) => entryRow(visit, chain, entry))}</ol>`;
  return html`<section><h2>${words('chains.entries')}</h2>${standing.length === 0 ? html`<p class="empty">${words('chains.entries-empty')}</p>` : list(standing)}
${off.length === 0 ? '' : html`<h3>${words('chains.entries-off')}</h3>${list(off)}`}</section>`;
}

function isOn({ state }: ChainEntryView): boolean {
  return state === 'standing' || state === 'unsure';
}

/** The number is the one in the list, which may have gaps, so it is written out. */
function entryRow(visit: Visit, chain: ChainView, entry: ChainEntryView): Html {
  const words = wordsFor(visit, CHAINS_PAGE_TEXTS);
  const notes = [...detailWords(visit, entry), ...(entry.isKnown ? [words('chains.by-known')] : [])];
  const turn = isOn(entry) ? 'take-off' : 'put-back';
  const form = html`<form method="post" action="/admin/chains/${chain.id}/entries/${entry.id}/${turn}"><button class="quiet">${words(`chains.${turn}`)}</button></form>`;
  const buttons = isAllowed(visit, 'worker') ? html`<span class="buttons">${form}</span>` : '';
  return html`<li class="split"><span>${entry.number}. <strong>${nameWords(visit, entry)}</strong> <span class="hint">${notes.join(' · ')}</span>${fate(visit, chain, entry)}</span>${buttons}</li>`;
}

/** Only what went wrong is marked; before it is known what the list is about, nothing has become of anybody. */
function fate(visit: Visit, { about }: ChainView, entry: ChainEntryView): Html | '' {
  if (about === null) return '';
  const isTrouble = isOn(entry) && (entry.standing === null || entry.standing === 'cancelled');
  return html` <span class="${isTrouble ? 'mark' : 'hint'}">${fateWords(visit, entry)}</span>`;
}

/** A wrong guess is put right here, and everybody moves with it. */
function aboutForm(visit: Visit, { chain }: ChainDetail, targets: readonly TargetView[]): Html {
  const words = wordsFor(visit, CHAINS_PAGE_TEXTS);
  const now = chain.about === null ? NONE_OF_OURS : targetValue(chain.about.target);
  const choices = [...targetChoices(visit, targets), { value: NONE_OF_OURS, label: words('chains.about-none') }];
  const form = formState(visit, { target: now }, {});
  const field = selectField(form, {
    name: 'target',
    label: words('chains.about'),
    hint: words('chains.about-hint'),
    choices,
  });
  return html`<details class="card"><summary>${words('chains.about-change')}</summary><form method="post" action="/admin/chains/${chain.id}/about">${field}
<p class="actions"><button>${words('chains.about-button')}</button></p></form></details>`;
}

function fullForm(visit: Visit, chainId: string, refused: Refused | null): Html {
  const words = wordsFor(visit, CHAINS_PAGE_TEXTS);
  const form = formState(visit, refused?.typed ?? {}, refused?.faults ?? {});
  const reason = { name: 'reason', label: words('chains.full-reason'), hint: words('chains.full-reason-hint') };
  return html`<details class="card" ${refused === null ? '' : 'open'}><summary>${words('chains.full')}</summary><p>${words('chains.full-help')}</p>
<form method="post" action="/admin/chains/${chainId}/full">${textField(form, reason)}<p class="actions"><button>${words('chains.full-show')}</button></p></form></details>`;
}

function formState(visit: Visit, values: Typed, faults: Faults): FormState {
  return { values, faults, words: wordsFor(visit, PAGE_TEXTS) };
}

function idOf({ context }: Visit): string {
  return context.req.param('id') ?? '';
}
