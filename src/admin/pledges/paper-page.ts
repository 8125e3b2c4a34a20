/** Paper pledges from a table of Excel or WPS: the good rows are taken at once, the others come back to be put right. */
import { html } from 'hono/html';
import type { ReadWorkbook } from '../../documents/read-workbook.ts';
import { readWorkbookInThread } from '../../documents/workbook-thread.ts';
import type { Html } from '../../lib/http/html.ts';
import { listAreas } from '../../store/community-table.ts';
import { hiddenField, textField } from '../form-fields.ts';
import { goTo, showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { sendRefused } from './paper-file.ts';
import {
  faultWords,
  PAPER_COLUMNS,
  type PaperColumn,
  postedRows,
  type RefusedRow,
  sheetColumns,
  type Taken,
  takeRows,
  takeSheet,
} from './paper-rows.ts';
import { count } from './pledge-words.ts';
import { PAPER_TEXTS, PLEDGES_PAGE_TEXTS } from './pledges-texts.ts';

/** More at once nobody puts right by hand. */
const ROWS_SHOWN = 30;
const NEEDED: readonly PaperColumn[] = ['building', 'room', 'habits'];

export function showPaper(visit: Visit, fault = ''): Promise<Response> {
  const words = wordsFor(visit, PAPER_TEXTS);
  const isWrong = fault !== '';
  const body = html`<ol class="plain"><li>${words('paper.step-template')}<p class="aside"><a class="button quiet" href="/admin/pledges/paper-template">${words('paper.template')}</a></p></li>
<li>${words('paper.step-fill')}</li><li>${words('paper.step-upload')}</li></ol>
<form method="post" action="/admin/pledges/paper" enctype="multipart/form-data">
<div class="field ${isWrong ? 'wrong' : ''}"><label for="paper-file">${words('paper.file')}</label><input id="paper-file" type="file" name="file" accept=".xlsx" ${isWrong ? html`aria-describedby="paper-fault" aria-invalid="true"` : ''}>
${isWrong ? html`<p class="fault" id="paper-fault">${fault}</p>` : ''}</div>
<p class="actions"><button>${words('paper.button')}</button></p></form>`;
  return show(visit, words('paper.title'), body, isWrong);
}

export async function upload(visit: Visit): Promise<Response> {
  const file = visit.form.files.file;
  if (file === undefined) return showPaper(visit, wordsFor(visit, PAGE_TEXTS)('fault.file-missing'));
  const read = await readWorkbookInThread(new Uint8Array(await file.arrayBuffer()), sheetColumns(visit));
  if (!read.ok) return showPaper(visit, wordsFor(visit, PAPER_TEXTS)(`paper.${read.why}`));
  const fault = missingWords(visit, read);
  return fault === '' ? showTaken(visit, await takeSheet(visit, read)) : showPaper(visit, fault);
}

function missingWords(visit: Visit, read: Extract<ReadWorkbook, { ok: true }>): string {
  const words = wordsFor(visit, PAPER_TEXTS);
  const missing = NEEDED.filter((column) => read.missingColumns.includes(column));
  const columns = missing.map((column) => words(`heading.${column}`)).join(words('sheet.list-separator'));
  if (missing.length > 0) return words('paper.columns-missing', { columns });
  return read.rows.length === 0 ? words('paper.no-rows') : '';
}

/** Rows that were put right on the page, or are to be put right in Excel instead. */
export async function fixRows(visit: Visit): Promise<Response> {
  const rows = postedRows(visit.form.fields);
  if (visit.form.fields.do !== 'download') return showTaken(visit, await takeRows(visit, rows));
  const reasons = [visit.form.fields.reason ?? []].flat();
  return sendRefused(visit, rows, reasons);
}

async function showTaken(visit: Visit, taken: Taken): Promise<Response> {
  const { results, refused } = taken;
  const counts = countsOf(results);
  const unknown = unknownBuildings(visit, results);
  if (refused.length === 0 && unknown === '')
    return goTo(visit, '/pledges', { key: 'paper.all-taken', variables: counts });
  const words = wordsFor(visit, PAPER_TEXTS);
  const areas = await visit.parts.store.read((tx) => listAreas(tx, visit.community.id));
  const hasCompounds = areas.some(({ kind }) => kind === 'compound') || refused.some(({ row }) => row.compound !== '');
  const rows = refused.slice(0, ROWS_SHOWN).map((one, index) => rowFields(visit, one, index, hasCompounds));
  const kept = refused.slice(ROWS_SHOWN).map((one) => rowKept(visit, one));
  const refusedForm = html`<form method="post" action="/admin/pledges/paper-rows" enctype="multipart/form-data"><h2>${words('paper.refused', { count: count(visit, refused.length) })}</h2>
<p>${words('paper.refused-help')}${kept.length === 0 ? '' : ` ${words('paper.refused-more', { shown: ROWS_SHOWN })}`}</p><ul class="rows">${rows}</ul>${kept}
<p class="actions"><button>${words('paper.fix')}</button><button class="quiet" name="do" value="download">${words('paper.refused-download')}</button></p></form>`;
  const body = html`<p class="lead">${words('paper.taken', { count: count(visit, counts.taken) })}</p>
${counts.taken === 0 ? '' : html`<p class="hint">${words('paper.taken-how', counts)}</p>`}
${unknown}${refused.length === 0 ? '' : refusedForm}`;
  return show(visit, words('paper.title'), body, true);
}

/** Taken, but to be looked at: which rows name a building that is not in the tree. */
function unknownBuildings(visit: Visit, results: Taken['results']): Html | '' {
  const words = wordsFor(visit, PAPER_TEXTS);
  const rows = results.flatMap((result) => {
    if (!result.ok || result.unknownBuilding === undefined) return [];
    return [words('paper.unknown-row', { line: result.line, building: result.unknownBuilding })];
  });
  if (rows.length === 0) return '';
  const shown = rows.slice(0, ROWS_SHOWN).join(wordsFor(visit, PAGE_TEXTS)('page.list-separator'));
  return html`<p class="hint">${words('paper.unknown-buildings', { rows: shown })}</p>`;
}

function countsOf(results: Taken['results']) {
  const of = (what: string) => results.filter((result) => result.ok && result.what === what).length;
  const [made, joined, known] = [of('made'), of('joined') + of('renewed'), of('known')];
  return { taken: made + joined + known, made, joined, known };
}

function rowFields(visit: Visit, refused: RefusedRow, index: number, hasCompounds: boolean): Html {
  const words = wordsFor(visit, PAPER_TEXTS);
  const { row, column } = refused;
  const { line, ...values } = row;
  const reason = faultWords(visit, refused);
  const form = {
    values,
    faults: { [column]: 'fault.not-understood' } as const,
    words: () => reason,
    prefix: `row${index}`,
  };
  const fields = PAPER_COLUMNS.map((name) => {
    if (name === 'compound' && !hasCompounds) return hiddenField(name, '');
    return textField(form, { name, label: words(`heading.${name}`) });
  });
  return html`<li><h3>${words('paper.row', { line })}</h3>${hiddenField('line', String(line))}${hiddenField('reason', reason)}
<div class="side-by-side paper-row">${fields}</div></li>`;
}

/** Not shown yet: it goes along until its turn comes. */
function rowKept(visit: Visit, refused: RefusedRow): Html {
  const { line, ...cells } = refused.row;
  const fields = PAPER_COLUMNS.map((name) => hiddenField(name, cells[name]));
  return html`${hiddenField('line', String(line))}${hiddenField('reason', faultWords(visit, refused))}${fields}`;
}

function show(visit: Visit, title: string, body: Html, isWrong: boolean): Promise<Response> {
  const back = { path: '/pledges', label: wordsFor(visit, PLEDGES_PAGE_TEXTS)('pledges.title') };
  return showPage(visit, { title, section: 'pledges', back, body, status: isWrong ? 422 : 200 });
}
