/** The lists that residents made with #接龙: what about them needs a look, each of them, and a box for one from elsewhere. */
import { html } from 'hono/html';
import type { ChainView } from '../../features/chains/chains-service.ts';
import type { Html } from '../../lib/http/html.ts';
import { momentWords } from '../local-words.ts';
import { showPage } from '../page-answer.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { aboutWords, themeWords } from './chain-words.ts';
import { CHAIN_TOOL_TEXTS, CHAINS_PAGE_TEXTS } from './chains-texts.ts';
import { doubtScript, doubtSection, type RefusedChange } from './doubt-card.ts';
import { pasteForm, type RefusedPaste } from './paste-form.ts';

const CHAINS_A_PAGE = 30;
const MOST_DOUBTS = 50;
/** How many milliseconds fit into a link. */
const MOMENT = /^\d{1,15}$/;

export interface Refused {
  readonly paste?: RefusedPaste;
  readonly change?: RefusedChange;
}

export async function showChains(visit: Visit, refused: Refused = {}): Promise<Response> {
  const { parts, community, now, context } = visit;
  const words = wordsFor(visit, CHAINS_PAGE_TEXTS);
  const from = context.req.query('before') ?? '';
  const before = MOMENT.test(from) ? { before: new Date(Number(from)) } : {};
  const { chains, doubts, count } = await parts.store.read(async (tx) => ({
    chains: await parts.chains.list(tx, community, { limit: CHAINS_A_PAGE + 1, ...before }, now),
    doubts: await parts.chains.listDoubts(tx, community, now, MOST_DOUBTS),
    count: await parts.chains.countDoubts(tx, community),
  }));
  const isWorker = isAllowed(visit, 'worker');
  const body = html`<p>${words('chains.lead')}</p>${isWorker ? tools(visit) : ''}
${doubtSection(visit, doubts, { count, refused: refused.change ?? null })}
<section><h2>${words('chains.list')}</h2>${rows(visit, chains.slice(0, CHAINS_A_PAGE))}${older(visit, chains)}</section>
${isWorker ? await pasteForm(visit, refused.paste ?? null) : ''}`;
  return showPage(visit, {
    title: words('chains.title'),
    section: 'activities',
    body,
    ...doubtScript(visit, doubts),
    status: refused.paste === undefined && refused.change === undefined ? 200 : 422,
  });
}

function tools(visit: Visit): Html {
  const words = wordsFor(visit, CHAIN_TOOL_TEXTS);
  return html`<div class="tools"><a class="button quiet" href="/admin/chains/start">${words('chain-start.title')}</a>
<a class="button quiet" href="/admin/chains/not-yet">${words('not-yet.title')}</a>
<a class="button quiet" href="#paste">${words('chain-paste.title')}</a></div>`;
}

function rows(visit: Visit, chains: readonly ChainView[]): Html {
  if (chains.length === 0) return html`<p class="empty">${wordsFor(visit, CHAINS_PAGE_TEXTS)('chains.list-empty')}</p>`;
  return html`<ul class="rows">${chains.map((chain) => row(visit, chain))}</ul>`;
}

function row(visit: Visit, chain: ChainView): Html {
  const words = wordsFor(visit, CHAINS_PAGE_TEXTS);
  const { entries, people, doubts, group, heardAt } = chain;
  const numbers = [
    words('chains.counts', { entries, people }),
    ...(doubts === 0 ? [] : [words('chains.to-look-at', { count: doubts })]),
  ];
  const where = [aboutWords(visit, chain), group ?? words('chains.in-private'), momentWords(heardAt, visit.community)];
  return html`<li class="split"><span><a href="/admin/chains/${chain.id}">${themeWords(visit, chain.theme)}</a> <span class="hint">${where.join(' · ')}</span></span><span class="hint">${numbers.join(' · ')}</span></li>`;
}

function older(visit: Visit, chains: readonly ChainView[]): Html | '' {
  const last = chains[CHAINS_A_PAGE - 1];
  if (last === undefined || chains.length <= CHAINS_A_PAGE) return '';
  const label = wordsFor(visit, CHAINS_PAGE_TEXTS)('chains.older');
  return html`<p class="actions"><a class="button quiet" href="/admin/chains?before=${last.heardAt.getTime()}">${label}</a></p>`;
}
