/** Rows of a table of paper pledges: as they stand in the file, and those that came back to be put right. */
import type { CellFault } from '../../documents/read-cell.ts';
import type { ReadWorkbook } from '../../documents/read-workbook.ts';
import type { SheetColumn } from '../../documents/sheet.ts';
import { habitCellReader } from '../../features/pledges/paper-words.ts';
import {
  importPledges,
  type PaperPledge,
  type PaperRefusal,
  type PaperResult,
} from '../../features/pledges/pledge-import-service.ts';
import type { Typed } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { PAPER_TEXTS } from './pledges-texts.ts';

export const PAPER_COLUMNS = ['compound', 'building', 'unit', 'room', 'people', 'habits'] as const;
export type PaperColumn = (typeof PAPER_COLUMNS)[number];

export type RowFault = PaperRefusal | CellFault;

/** A row that was not taken, as it was typed. */
export interface RefusedRow {
  readonly row: PaperPledge;
  readonly why: RowFault;
  /** The cell it is about. */
  readonly column: PaperColumn;
  /** What was not understood. */
  readonly word: string;
}

export interface Taken {
  readonly results: readonly PaperResult[];
  readonly refused: readonly RefusedRow[];
}

export function sheetColumns(visit: Visit): SheetColumn[] {
  const words = wordsFor(visit, PAPER_TEXTS);
  const separator = words('sheet.list-separator');
  return PAPER_COLUMNS.map((key) => ({
    key,
    header: words(`heading.${key}`),
    kind: 'text',
    otherHeaders: words(`heading-also.${key}`).split(separator),
  }));
}

/** A row with a cell that Excel has changed is not taken, even where the rest would do: something would be lost. */
export async function takeSheet(visit: Visit, read: Extract<ReadWorkbook, { ok: true }>): Promise<Taken> {
  const rows = read.rows.map(({ row, values }) => {
    const cell = (column: PaperColumn) => String(values[column] ?? '');
    const [compound, building, unit] = [cell('compound'), cell('building'), cell('unit')];
    return { line: row, compound, building, unit, room: cell('room'), people: cell('people'), habits: cell('habits') };
  });
  const faults = new Map(read.faults.map((fault) => [fault.row, fault]));
  const taken = await takeRows(
    visit,
    rows.filter(({ line }) => !faults.has(line)),
  );
  const spoiled = rows.flatMap((row): RefusedRow[] => {
    const fault = faults.get(row.line);
    return fault === undefined ? [] : [{ row, why: fault.code, column: columnOf(fault.column), word: '' }];
  });
  const refused = [...taken.refused, ...spoiled].toSorted((one, other) => one.row.line - other.row.line);
  return { results: taken.results, refused };
}

// Between two parts others have their turn; reading the words of one takes a few milliseconds.
const ROWS_AT_ONCE = 100;

export async function takeRows(visit: Visit, rows: readonly PaperPledge[]): Promise<Taken> {
  const { parts, community, content, staff, now } = visit;
  const list = { community, book: content, staffId: staff.id, now };
  const idsIn = habitCellReader(parts.understand, now);
  const results: PaperResult[] = [];
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const part = rows.slice(from, from + ROWS_AT_ONCE).map((row) => ({ ...row, habits: idsIn(row.habits) }));
    results.push(...(await importPledges(parts.store, list, part)));
  }
  const refused = results.flatMap((result, index): RefusedRow[] => {
    const row = rows[index];
    if (result.ok || row === undefined) return [];
    return [{ row, why: result.why, column: COLUMN_OF[result.why], word: result.word ?? '' }];
  });
  return { results, refused };
}

const COLUMN_OF: Readonly<Record<PaperRefusal, PaperColumn>> = {
  'no-building': 'building',
  'no-room': 'room',
  'which-compound': 'compound',
  'no-habits': 'habits',
  'unknown-habit': 'habits',
  'people-wrong': 'people',
  withdrawn: 'room',
};

/** What is wrong with a row, in a sentence. */
export function faultWords(visit: Visit, { why, column, word }: RefusedRow): string {
  const words = wordsFor(visit, PAPER_TEXTS);
  switch (why) {
    case 'turned-into-date':
    case 'digits-lost':
    case 'formula-failed':
    case 'number-expected':
    case 'date-expected':
    case 'minutes-expected':
      return words('paper.cell-spoiled', { column: words(`heading.${column}`) });
    default:
      return `${words(`row-refused.${why}`)}${word}`;
  }
}

/** The rows of a page that come back: fields of one name, in the order of the rows. */
export function postedRows(typed: Typed): PaperPledge[] {
  const column = (name: string) => [typed[name] ?? []].flat();
  const columns = new Map(PAPER_COLUMNS.map((name) => [name, column(name)]));
  return column('line').map((line, index) => {
    const cell = (name: PaperColumn) => columns.get(name)?.[index] ?? '';
    const [compound, building, unit] = [cell('compound'), cell('building'), cell('unit')];
    const number = Number(line) || index + 1;
    return {
      line: number,
      compound,
      building,
      unit,
      room: cell('room'),
      people: cell('people'),
      habits: cell('habits'),
    };
  });
}

function columnOf(key: string): PaperColumn {
  return PAPER_COLUMNS.find((column) => column === key) ?? 'room';
}
