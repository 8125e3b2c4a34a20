/** Who did what and when, newest first. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { type AuditRecord, listAudit } from '../../store/audit-table.ts';
import { listStaff } from '../../store/staff-table.ts';
import { page } from '../admin-route.ts';
import { momentWords } from '../local-words.ts';
import { showPage } from '../page-answer.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { backToSettings } from './settings-form.ts';
import { STAFF_TEXTS } from './staff-texts.ts';

const PATH = '/settings/audit';
const ROWS = 50;

export const AUDIT_ROUTES = [page(PATH, 'admin', show)] as const;

async function show(visit: Visit): Promise<Response> {
  const words = wordsFor(visit, STAFF_TEXTS);
  const { parts, community } = visit;
  const before = visit.context.req.query('before');
  const rows = await parts.store.read((tx) => {
    return listAudit(tx, community.id, { ...(before === undefined ? {} : { before }), limit: ROWS + 1 });
  });
  const staff = await parts.store.read((tx) => listStaff(tx, community.id));
  const names = new Map(staff.map(({ id, displayName }) => [id, displayName]));
  const shown = rows.slice(0, ROWS);
  const last = shown.at(-1);
  const table = html`<table class="log"><thead><tr><th scope="col">${words('audit.when')}</th><th scope="col">${words('audit.who')}</th><th scope="col">${words('audit.what')}</th></tr></thead>
<tbody>${shown.map((record) => row(visit, record, names))}</tbody></table>`;
  const body = html`<p>${words('audit.intro')}</p>${shown.length === 0 ? html`<p class="empty">${words('audit.empty')}</p>` : table}
<p class="actions">${before === undefined ? '' : html`<a class="button quiet" href="/admin${PATH}">${words('audit.newest')}</a>`}
${rows.length > ROWS && last !== undefined ? html`<a class="button quiet" href="/admin${PATH}?before=${last.id}">${words('audit.older')}</a>` : ''}</p>`;
  return showPage(visit, { title: words('audit.title'), section: 'settings', back: backToSettings(visit), body });
}

function row(visit: Visit, record: AuditRecord, names: ReadonlyMap<string, string>): Html {
  const words = wordsFor(visit, STAFF_TEXTS);
  const who = record.staffId === null ? words('audit.program') : (names.get(record.staffId) ?? record.staffId);
  return html`<tr><td>${momentWords(record.at, visit.community)}</td><td>${who}</td><td>${actionWords(visit, record)}</td></tr>`;
}

/** What says more than the action alone, without a word of the program in it. */
const TOLD = ['device', 'from', 'to'];

/** An action without a text of its own is shown by its name rather than left out. */
function actionWords(visit: Visit, { action, detail, reason }: AuditRecord): string {
  const { texts } = visit.content;
  const key = `audit.${action.replaceAll('.', '-')}`;
  const what = texts.has(key) ? texts.render(visit.community.locale, key, {}, key) : action;
  const more = [...TOLD.flatMap((name) => detail?.[name] ?? []), ...(reason === undefined ? [] : [reason])];
  return more.length === 0 ? what : `${what} (${more.join(', ')})`;
}
