/** Who of those known is not in it yet: for staff, on paper or in Excel, never for a group. */
import { html } from 'hono/html';
import { z } from 'zod';
import { writeWorkbookInThread } from '../../documents/workbook-thread.ts';
import { areaName, inAreaOrder } from '../../features/binding/area-name.ts';
import type { NotYetList, NotYetQuery, NotYetRow } from '../../features/chains/chains-service.ts';
import type { Html } from '../../lib/http/html.ts';
import { localDate } from '../../lib/zoned-time.ts';
import { listGroups } from '../../store/chat-table.ts';
import { listAreas } from '../../store/community-table.ts';
import { sendWorkbook } from '../download.ts';
import { type Choice, selectField } from '../form-fields.ts';
import { momentWords } from '../local-words.ts';
import { showNothingThere, showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { oneOf, readForm } from '../posted-form.ts';
import { placeWords } from '../settings/place-words.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { officeOf } from './chain-office.ts';
import { readTarget, targetChoices, targetValue } from './chain-target.ts';
import { doorWords, targetWords } from './chain-words.ts';
import { CHAIN_TOOL_TEXTS, CHAINS_PAGE_TEXTS } from './chains-texts.ts';

export async function showNotYetForm(visit: Visit): Promise<Response> {
  const { parts, community, now } = visit;
  const words = wordsFor(visit, CHAIN_TOOL_TEXTS);
  const { targets, areas, groups } = await parts.store.read(async (tx) => ({
    targets: await parts.chains.listTargets(tx, community, now),
    areas: inAreaOrder(await listAreas(tx, community.id), community.locale),
    groups: await listGroups(tx, community.id),
  }));
  const wanted = readTarget(visit.context.req.query('target') ?? '');
  const values = wanted === null ? {} : { target: targetValue(wanted) };
  const form = { values, faults: {}, words: wordsFor(visit, PAGE_TEXTS) };
  const of: Choice[] = [
    ...areas.map(({ id }) => ({ value: `area:${id}`, label: areaName(areas, id, community, placeWords(visit)) })),
    ...groups.map(({ id, title }) => ({
      value: `chat:${id}`,
      label: words('not-yet.of-group', { name: title ?? '' }),
    })),
  ];
  const ask = html`<form method="post" action="/admin/chains/not-yet">
${selectField(form, { name: 'target', label: words('not-yet.about'), choices: targetChoices(visit, targets) })}
${selectField(form, { name: 'of', label: words('not-yet.of'), choices: of })}
<p class="actions"><button name="do" value="show">${words('not-yet.show')}</button> <button class="quiet" name="do" value="download">${words('not-yet.download')}</button></p></form>`;
  const isEmpty = targets.length === 0 || of.length === 0;
  const body = html`<p>${words('not-yet.help')}</p>${isEmpty ? html`<p class="empty">${words('not-yet.nothing')}</p>` : ask}`;
  const back = { path: '/chains', label: wordsFor(visit, CHAINS_PAGE_TEXTS)('chains.title') };
  return showPage(visit, { title: words('not-yet.title'), section: 'activities', back, body });
}

const NotYetForm = z.object({ target: z.string(), of: z.string(), do: oneOf(['show', 'download']).default('show') });

/** That it was asked for stands in the audit log before anything is shown. */
export async function showNotYet(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, NotYetForm);
  const query = form.ok ? queryOf(form.value) : null;
  if (!form.ok || query === null) return showNothingThere(visit);
  const { chains, store } = visit.parts;
  const found = await store.write(async (tx) => ({
    list: await chains.listNotYet(tx, officeOf(visit), query),
    areas: await listAreas(tx, visit.community.id),
  }));
  if (found.list === null) return showNothingThere(visit);
  const title =
    'areaId' in query.of
      ? areaName(found.areas, query.of.areaId, visit.community, placeWords(visit))
      : found.list.title;
  const list = { ...found.list, title };
  return form.value.do === 'download' && list.rows.length > 0 ? sendNotYet(visit, list) : showList(visit, list);
}

function queryOf({ target: typed, of }: { readonly target: string; readonly of: string }): NotYetQuery | null {
  const target = readTarget(typed);
  const [, kind, id] = /^(area|chat):(.+)$/.exec(of) ?? [];
  if (target === null || id === undefined) return null;
  return { target, of: kind === 'area' ? { areaId: id } : { chatId: id } };
}

/** A blank column for the pen: it goes along from door to door. Where nobody is left, it is shown instead of an empty table. */
function showList(visit: Visit, list: NotYetList): Promise<Response> {
  const words = wordsFor(visit, CHAIN_TOOL_TEXTS);
  const rows = list.rows.map(
    (row, at) =>
      html`<tr><td>${at + 1}</td><td>${doorOf(visit, row)}</td><td>${namesOf(visit, row)}</td><td></td></tr>`,
  );
  const unknown = list.unknown ?? 0;
  const table = html`<table class="sign-in"><thead><tr><th scope="col">${words('not-yet.number')}</th><th scope="col">${words('not-yet.door')}</th><th scope="col">${words('not-yet.names')}</th><th scope="col">${words('not-yet.remark')}</th></tr></thead><tbody>${rows}</tbody></table>`;
  const empty = list.done === 0 ? 'not-yet.unknown-to-us' : 'not-yet.nobody';
  const body = html`<p>${words('not-yet.counts', { count: list.rows.length, done: list.done })}</p>
${unknown > 0 ? html`<p>${words('not-yet.unknown', { count: unknown })}</p>` : ''}
${list.rows.length === 0 ? html`<p class="empty">${words(empty)}</p>` : html`<p class="hint on-screen">${words('not-yet.print')}</p>${table}`}${staffOnly(visit)}`;
  const back = { path: '/chains/not-yet', label: words('not-yet.title') };
  return showPage(visit, { title: titleOf(visit, list), section: 'activities', back, body });
}

function staffOnly(visit: Visit): Html {
  const when = momentWords(visit.now, visit.community);
  return html`<p class="hint">${wordsFor(visit, CHAIN_TOOL_TEXTS)('not-yet.staff-only', { when })}</p>`;
}

async function sendNotYet(visit: Visit, list: NotYetList): Promise<Response> {
  const words = wordsFor(visit, CHAIN_TOOL_TEXTS);
  const { community, now, context } = visit;
  const sheet = {
    name: words('not-yet.sheet'),
    title: titleOf(visit, list),
    note: words('not-yet.staff-only', { when: momentWords(now, community) }),
    columns: [
      { key: 'number', header: words('not-yet.number'), kind: 'number' },
      { key: 'door', header: words('not-yet.door'), kind: 'text' },
      { key: 'names', header: words('not-yet.names'), kind: 'text' },
      { key: 'remark', header: words('not-yet.remark'), kind: 'text', width: 20 },
    ],
    rows: list.rows.map((row, at) => ({
      number: at + 1,
      door: doorOf(visit, row),
      names: namesOf(visit, row),
      remark: '',
    })),
  } as const;
  const day = localDate(now, community.settings.zone);
  return sendWorkbook(context, await writeWorkbookInThread([sheet]), words('not-yet.file', { of: list.title, day }));
}

function titleOf(visit: Visit, { title, about }: NotYetList): string {
  return wordsFor(visit, CHAIN_TOOL_TEXTS)('not-yet.of-title', { of: title, about: targetWords(visit, about) });
}

function doorOf(visit: Visit, { place }: NotYetRow): string {
  return place === null ? '' : doorWords(visit, place);
}

function namesOf(visit: Visit, { names }: NotYetRow): string {
  return names.join(wordsFor(visit, PAGE_TEXTS)('page.list-separator'));
}
