/** Buildings in and out as a table that opens in Excel and WPS: all of it fits, or nothing is taken over and the rows are named. */
import { html } from 'hono/html';
import type { ReadWorkbook } from '../../documents/read-workbook.ts';
import type { SheetColumn, SheetValue } from '../../documents/sheet.ts';
import { readWorkbookInThread, writeWorkbookInThread } from '../../documents/workbook-thread.ts';
import type { Html } from '../../lib/http/html.ts';
import { localDate } from '../../lib/zoned-time.ts';
import { type Area, listAreas } from '../../store/community-table.ts';
import { action, page } from '../admin-route.ts';
import { sendWorkbook } from '../download.ts';
import { goTo, showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { actOf, type Visit, wordsFor } from '../visit.ts';
import { MOST_HOUSEHOLDS } from './area-form.ts';
import { importBuildings } from './area-service.ts';
import { SETTINGS_TEXTS } from './settings-texts.ts';

const AREAS = '/settings/areas';

export const AREA_FILE_ROUTES = [
  page('/settings/areas-file', 'viewer', download),
  action('/settings/areas-file', 'admin', upload, { takesFile: true }),
] as const;

export function importForm(visit: Visit): Html {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  return html`<details class="card tool"><summary>${words('settings.area-import')}</summary><p>${words('settings.area-import-help')}</p>
<p><a class="button quiet" href="/admin/settings/areas-file">${words('settings.area-export')}</a></p>
<form method="post" action="/admin/settings/areas-file" enctype="multipart/form-data">
<div class="field"><label for="area-file">${words('settings.area-import-file')}</label><input id="area-file" type="file" name="file" accept=".xlsx"></div>
<p class="actions"><button>${words('settings.area-import-button')}</button></p></form></details>`;
}

function columnsOf(visit: Visit): SheetColumn[] {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const separator = wordsFor(visit, PAGE_TEXTS)('page.list-separator');
  const others = (key: 'building' | 'count' | 'source' | 'counted-on') =>
    words(`settings.area-${key}-others`).split(separator);
  return [
    { key: 'name', header: words('settings.areas'), kind: 'text', otherHeaders: others('building') },
    { key: 'count', header: words('settings.area-count'), kind: 'number', otherHeaders: others('count') },
    { key: 'source', header: words('settings.area-source'), kind: 'text', otherHeaders: others('source') },
    { key: 'countedOn', header: words('settings.area-counted-on'), kind: 'date', otherHeaders: others('counted-on') },
  ];
}

async function download(visit: Visit): Promise<Response> {
  const { community, parts, now } = visit;
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const areas = await parts.store.read((tx) => listAreas(tx, community.id));
  const rows = areas
    .filter(({ kind }) => kind === 'building')
    .map(({ name, households }) => ({
      name,
      count: households?.count ?? null,
      source: households?.source ?? '',
      countedOn: households?.countedOn || null,
    }));
  const bytes = await writeWorkbookInThread([{ name: words('settings.area-sheet'), columns: columnsOf(visit), rows }]);
  const day = localDate(now, community.settings.zone);
  return sendWorkbook(visit.context, bytes, `${words('settings.area-file', { community: community.name })} ${day}`);
}

async function upload(visit: Visit): Promise<Response> {
  const file = visit.form.files.file;
  if (file === undefined) return goTo(visit, AREAS, { key: 'fault.file-missing', isTrouble: true });
  const read = await readWorkbookInThread(new Uint8Array(await file.arrayBuffer()), columnsOf(visit));
  if (!read.ok || read.missingColumns.includes('name'))
    return goTo(visit, AREAS, { key: refusalKey(read), isTrouble: true });
  const faults = faultsOf(read);
  if (faults.length > 0) return showFaults(visit, faults);
  const rows = read.rows.map(({ values }) => buildingOf(values));
  const counts = await visit.parts.store.write((tx) => importBuildings(tx, rows, actOf(visit)));
  return goTo(visit, AREAS, { key: 'settings.area-imported', variables: { ...counts } });
}

function refusalKey(read: ReadWorkbook): string {
  if (read.ok || read.why === 'no-header') return 'settings.area-import-no-header';
  const isTooLarge = read.why === 'too-large' || read.why === 'too-many-rows';
  return isTooLarge ? 'settings.area-import-too-large' : 'settings.area-import-refused';
}

interface RowFault {
  readonly row: number;
  readonly column: string;
}

function faultsOf(read: Extract<ReadWorkbook, { ok: true }>): RowFault[] {
  const wrong = read.rows.flatMap(({ row, values }) => [
    ...(typeof values.name === 'string' && values.name.trim() !== '' && values.name.length <= 20
      ? []
      : [{ row, column: 'name' }]),
    ...(isCount(values.count ?? null) ? [] : [{ row, column: 'count' }]),
  ]);
  const known = new Set(read.faults.map(({ row, column }) => `${row} ${column}`));
  return [...read.faults, ...wrong.filter(({ row, column }) => !known.has(`${row} ${column}`))].toSorted(
    (one, other) => one.row - other.row,
  );
}

function isCount(value: SheetValue): boolean {
  return (
    value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_HOUSEHOLDS)
  );
}

function buildingOf({ name, count, source, countedOn }: Record<string, SheetValue>): Pick<Area, 'name' | 'households'> {
  const households =
    typeof count === 'number' ? { count, source: String(source ?? ''), countedOn: String(countedOn ?? '') } : null;
  return { name: String(name ?? ''), households };
}

async function showFaults(visit: Visit, faults: readonly RowFault[]): Promise<Response> {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const headers = new Map(columnsOf(visit).map(({ key, header }) => [key, header]));
  const lines = faults.slice(0, 50).map(({ row, column }) => {
    return html`<li>${words('settings.area-import-fault', { row, column: headers.get(column) ?? column })}</li>`;
  });
  const body = html`<p class="fault">${words('settings.area-import-faults', { count: faults.length })}</p><ul class="rows">${lines}</ul>${importForm(visit)}`;
  const back = { path: AREAS, label: words('settings.areas') };
  return showPage(visit, { title: words('settings.area-import'), section: 'settings', back, body, status: 422 });
}
