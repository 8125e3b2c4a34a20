/** The tables that go out for paper pledges: an empty one to fill in, and the rows that did not fit with the reason beside them. */
import type { Sheet, SheetColumn } from '../../documents/sheet.ts';
import { writeWorkbookInThread } from '../../documents/workbook-thread.ts';
import type { PaperPledge } from '../../features/pledges/pledge-import-service.ts';
import { localDate } from '../../lib/zoned-time.ts';
import { listAreas } from '../../store/community-table.ts';
import { sendWorkbook } from '../download.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { sheetColumns } from './paper-rows.ts';
import { pledgeWords } from './pledge-words.ts';
import { PAPER_TEXTS } from './pledges-texts.ts';

// Prepared as text, so that Excel makes no day of a room typed as 3-2.
const EMPTY_ROWS = 300;
const WIDTHS = { compound: 14, building: 10, unit: 10, room: 10, people: 10, habits: 48 } as const;

export async function downloadTemplate(visit: Visit): Promise<Response> {
  const words = wordsFor(visit, PAPER_TEXTS);
  const areas = await visit.parts.store.read((tx) => listAreas(tx, visit.community.id));
  const columns = columnsToFill(
    visit,
    areas.some(({ kind }) => kind === 'compound'),
  );
  const rows = Array.from({ length: EMPTY_ROWS }, () => ({}));
  const sheet: Sheet = { name: words('paper.sheet'), title: words('paper.sheet-title'), columns, rows };
  const bytes = await writeWorkbookInThread([sheet, habitSheet(visit)]);
  return sendWorkbook(visit.context, bytes, words('paper.template-file', { community: visit.community.name }));
}

/** The names of all habits, to copy from. */
function habitSheet(visit: Visit): Sheet {
  const words = wordsFor(visit, PAPER_TEXTS);
  const { content, community } = visit;
  const isChinese = community.locale.startsWith('zh');
  const kinds = new Map(content.habitCategories.map(({ id, name, nameEn }) => [id, isChinese ? name : nameEn]));
  return {
    name: words('paper.habit-sheet'),
    columns: [
      { key: 'kind', header: words('paper.habit-kind'), kind: 'text' },
      { key: 'habit', header: words('heading.habits'), kind: 'text' },
    ],
    rows: content.habits.map(({ id, category }) => ({
      kind: kinds.get(category) ?? null,
      habit: pledgeWords(visit).habitName(id),
    })),
  };
}

/** Can be put right and read in again as it is. */
export async function sendRefused(
  visit: Visit,
  rows: readonly PaperPledge[],
  reasons: readonly string[],
): Promise<Response> {
  const words = wordsFor(visit, PAPER_TEXTS);
  const { community, context, now } = visit;
  const columns = columnsToFill(
    visit,
    rows.some(({ compound }) => compound !== ''),
  );
  const reason = { key: 'reason', header: words('paper.reason'), kind: 'text' } as const;
  const lines = rows.map((row, index) => ({ ...row, reason: reasons[index] ?? null }));
  const bytes = await writeWorkbookInThread([
    { name: words('paper.sheet'), columns: [...columns, reason], rows: lines },
  ]);
  const day = localDate(now, community.settings.zone);
  return sendWorkbook(context, bytes, words('paper.refused-file', { community: community.name, day }));
}

function columnsToFill(visit: Visit, hasCompounds: boolean): SheetColumn[] {
  return sheetColumns(visit)
    .filter(({ key }) => hasCompounds || key !== 'compound')
    .map((column) => ({ ...column, width: widthOf(column.key) }));
}

function widthOf(key: string): number {
  return Object.entries(WIDTHS).find(([name]) => name === key)?.[1] ?? WIDTHS.building;
}
