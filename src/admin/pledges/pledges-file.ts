/** All pledges of the year as a table: by building for everybody who may read, with doors for a reason that is kept. */
import type { SheetColumn, SheetValue } from '../../documents/sheet.ts';
import { writeWorkbookInThread } from '../../documents/workbook-thread.ts';
import { inWalkingOrder } from '../../features/pledges/door-rules.ts';
import { type ExportRow, exportPledges } from '../../features/pledges/household-list-service.ts';
import { scopeOf } from '../../features/pledges/pledges-rules.ts';
import { listScopes } from '../../features/pledges/standing-service.ts';
import { localDate } from '../../lib/zoned-time.ts';
import { sendWorkbook } from '../download.ts';
import { momentWords } from '../local-words.ts';
import { readForm } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { askedOf, scopeAsked, yearOf } from './pledge-query.ts';
import { count, pledgeWords } from './pledge-words.ts';
import { showPledges } from './pledges-page.ts';
import { PAPER_TEXTS, PLEDGES_PAGE_TEXTS } from './pledges-texts.ts';
import { ReasonForm } from './reason-form.ts';

export function downloadMasked(visit: Visit): Promise<Response> {
  return send(visit, { full: false });
}

export async function downloadFull(visit: Visit): Promise<Response> {
  const form = readForm(visit.form, ReasonForm);
  if (!form.ok) return showPledges(visit, { form: 'full-file', ...form });
  return send(visit, { full: true, reason: form.value.reason });
}

async function send(visit: Visit, asked: { readonly full: boolean; readonly reason?: string }): Promise<Response> {
  const { parts, community, staff, now, context } = visit;
  const scopes = await parts.store.read((tx) => listScopes(tx, community, now));
  const current = scopeOf(community, now);
  const scope = scopeAsked(askedOf(visit), scopes, current);
  const isPast = yearOf(scope) !== yearOf(current);
  const words = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  const lines: Line[] = [];
  // Put into words page by page, so that others have their turn between.
  for await (const page of exportPledges(parts.store, community, { ...asked, scope, staffId: staff.id }, now)) {
    lines.push(...page.map((row) => ({ row, cells: cellsOf(visit, row) })));
  }
  const when = momentWords(now, community);
  const standing = { community: community.name, households: count(visit, countStanding(lines)) };
  const sheet = {
    name: words('pledges.file-sheet'),
    title: isPast
      ? words('pledges.file-title-then', { ...standing, year: scope.period })
      : words('pledges.file-title', standing),
    note: words(asked.full ? 'pledges.file-full' : 'pledges.file-masked', { when }),
    columns: columnsOf(visit, asked.full, lines),
    rows: lines.toSorted((one, other) => inWalkingOrder(one.row.place, other.row.place)).map(({ cells }) => cells),
  };
  const bytes = await writeWorkbookInThread([sheet]);
  const day = isPast ? scope.period : localDate(now, community.settings.zone);
  return sendWorkbook(context, bytes, words('pledges.file', { community: community.name, day }));
}

interface Line {
  readonly row: ExportRow;
  readonly cells: Readonly<Record<string, SheetValue>>;
}

function countStanding(lines: readonly Line[]): number {
  return lines.filter(({ row }) => row.state === 'standing').length;
}

function columnsOf(visit: Visit, full: boolean, lines: readonly Line[]): SheetColumn[] {
  const words = wordsFor(visit, PAPER_TEXTS);
  const text = (key: 'compound' | 'building' | 'unit' | 'room' | 'habits' | 'state'): SheetColumn => ({
    key,
    header: words(`heading.${key}`),
    kind: 'text',
  });
  return [
    ...(lines.some(({ row: { place } }) => place.compound !== undefined) ? [text('compound')] : []),
    text('building'),
    ...(full ? [text('unit'), text('room')] : []),
    { key: 'people', header: words('heading.people'), kind: 'number' },
    text('habits'),
    text('state'),
    { key: 'madeOn', header: words('heading.madeOn'), kind: 'date' },
    { key: 'changedOn', header: words('heading.changedOn'), kind: 'date' },
  ];
}

function cellsOf(visit: Visit, row: ExportRow): Record<string, SheetValue> {
  const { compound, unit, room } = row.place;
  const { zone } = visit.community.settings;
  return {
    compound: compound ?? null,
    building: row.building,
    unit: unit ?? null,
    room: room ?? null,
    people: row.people,
    habits: pledgeWords(visit).habits(row.habits),
    state: wordsFor(visit, PLEDGES_PAGE_TEXTS)(`pledges.state-${row.state}`),
    madeOn: localDate(row.madeAt, zone),
    changedOn: localDate(row.changedAt, zone),
  };
}
