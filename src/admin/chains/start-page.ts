/** A text that starts a #接龙: a bot cannot start a native one, so a person copies it into the group. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { selectField } from '../form-fields.ts';
import { showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { COPY_SCRIPT } from '../scripts/page-script.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { readTarget, targetChoices, targetValue } from './chain-target.ts';
import { CHAIN_TOOL_TEXTS, CHAINS_PAGE_TEXTS } from './chains-texts.ts';

export async function showStart(visit: Visit): Promise<Response> {
  const { parts, community, now, context } = visit;
  const words = wordsFor(visit, CHAIN_TOOL_TEXTS);
  const targets = await parts.store.read((tx) => parts.chains.listTargets(tx, community, now));
  const wanted = readTarget(context.req.query('target') ?? '') ?? targets[0]?.target ?? null;
  const text =
    wanted === null ? null : await parts.store.read((tx) => parts.chains.readyText(tx, community, wanted, now));
  const form = {
    values: { target: wanted === null ? '' : targetValue(wanted) },
    faults: {},
    words: wordsFor(visit, PAGE_TEXTS),
  };
  const field = selectField(form, {
    name: 'target',
    label: words('chain-start.about'),
    choices: targetChoices(visit, targets),
  });
  const choose = html`<form method="get" action="/admin/chains/start">${field}<p class="actions"><button class="quiet">${words('chain-start.show')}</button></p></form>`;
  const body = html`<p>${words('chain-start.help')}</p>${targets.length === 0 ? html`<p class="empty">${words('chain-start.nothing')}</p>` : choose}${text === null ? '' : textToCopy(visit, text)}`;
  const back = { path: '/chains', label: wordsFor(visit, CHAINS_PAGE_TEXTS)('chains.title') };
  const shown = { title: words('chain-start.title'), section: 'activities', back, body } as const;
  return showPage(visit, text === null ? shown : { ...shown, script: COPY_SCRIPT.path });
}

function textToCopy(visit: Visit, text: string): Html {
  const words = wordsFor(visit, CHAIN_TOOL_TEXTS);
  return html`<section><h2>${words('chain-start.words')}</h2><textarea id="words" class="to-copy" readonly rows="${text.split('\n').length + 1}" aria-label="${words('chain-start.words')}">
${text}</textarea>
<p class="actions"><button type="button" hidden data-copy="words" data-done="${words('chain-start.copied')}" data-marked="${words('chain-start.marked')}">${words('chain-start.copy')}</button></p>
<p class="hint">${words('chain-start.then')}</p></section>`;
}
