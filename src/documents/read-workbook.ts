/** An .xlsx file from outside → rows by column, and what could not be read, cell by cell. Never throws. */
import type { Sheet as HucreSheet } from 'hucre';
import { type CellFault, folded, type RawCell, readCell } from './read-cell.ts';
import type { SheetColumn, SheetValue } from './sheet.ts';
import { unpackedSize } from './zip-size.ts';

export const WORKBOOK_REFUSALS = [
  'too-large',
  'not-xlsx',
  'old-or-locked',
  'broken',
  'no-header',
  'too-many-rows',
] as const;
export type WorkbookRefusal = (typeof WORKBOOK_REFUSALS)[number];

export interface ReadRow {
  /** As the spreadsheet program numbers it, from 1. */
  row: number;
  values: Record<string, SheetValue>;
}

export interface ReadFault {
  row: number;
  /** The key of the column. */
  column: string;
  code: CellFault;
}

export type ReadWorkbook =
  | { ok: true; rows: ReadRow[]; faults: ReadFault[]; missingColumns: string[] }
  | { ok: false; why: WorkbookRefusal };

const LARGEST_FILE_BYTES = 20 * 1024 * 1024;
// A list of 50,000 households unpacks to about 20 MB; ten times a table's text is what reading it takes in memory.
const LARGEST_UNPACKED_BYTES = 64 * 1024 * 1024;
const MOST_ROWS = 50_000;
// Where to look for the header, and how wide a table may be.
const HEADER_WITHIN_ROWS = 30;
const READ_RANGE = `A1:CV${MOST_ROWS + HEADER_WITHIN_ROWS + 1}`;
const ZIP_SIGNATURE = 0x504b0304;
// The container of .xls, and of an .xlsx with a password.
const OLE_SIGNATURE = 0xd0cf11e0;

interface Header {
  sheet: HucreSheet;
  row: number;
  /** Position in the sheet by key of the column. */
  positions: Map<string, number>;
}

/** The table is found by its headers, on whichever sheet and under whatever titles it stands. */
export async function readWorkbook(bytes: Uint8Array, columns: readonly SheetColumn[]): Promise<ReadWorkbook> {
  const refusal = refusalByLook(bytes);
  if (refusal !== undefined) return { ok: false, why: refusal };
  const sheets = await sheetsOf(bytes);
  if (sheets === undefined) return { ok: false, why: 'broken' };
  const header = bestHeader(sheets, columns);
  if (header === undefined) return { ok: false, why: 'no-header' };
  if (header.sheet.rows.length - header.row - 1 > MOST_ROWS) return { ok: false, why: 'too-many-rows' };
  return readRows(header, columns);
}

function refusalByLook(bytes: Uint8Array): WorkbookRefusal | undefined {
  if (bytes.length > LARGEST_FILE_BYTES) return 'too-large';
  if (bytes.length < 4) return 'not-xlsx';
  const signature = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (signature === OLE_SIGNATURE) return 'old-or-locked';
  if (signature !== ZIP_SIGNATURE) return 'not-xlsx';
  const size = unpackedSize(bytes);
  if (size === undefined) return 'broken';
  return size > LARGEST_UNPACKED_BYTES ? 'too-large' : undefined;
}

async function sheetsOf(bytes: Uint8Array): Promise<HucreSheet[] | undefined> {
  const { readXlsx } = await import('hucre/xlsx');
  try {
    const workbook = await readXlsx(bytes, {
      range: READ_RANGE,
      sheets: (sheet) => !sheet.hidden && !sheet.veryHidden,
    });
    return workbook.sheets;
  } catch {
    // Whatever is wrong inside, the person can only do one thing: save it again.
    return undefined;
  }
}

function bestHeader(sheets: readonly HucreSheet[], columns: readonly SheetColumn[]): Header | undefined {
  const enough = Math.min(2, columns.length);
  let best: Header | undefined;
  for (const sheet of sheets) {
    for (const [row, cells] of sheet.rows.slice(0, HEADER_WITHIN_ROWS).entries()) {
      const positions = positionsIn(cells, columns);
      if (positions.size >= enough && positions.size > (best?.positions.size ?? 0)) best = { sheet, row, positions };
    }
  }
  return best;
}

function positionsIn(cells: readonly RawCell[], columns: readonly SheetColumn[]): Map<string, number> {
  const headers = cells.map((cell) => (typeof cell === 'string' ? foldedHeader(cell) : ''));
  const positions = new Map<string, number>();
  for (const column of columns) {
    const names = [column.header, ...(column.otherHeaders ?? [])].map(foldedHeader);
    const name = names.find((wanted) => headers.includes(wanted));
    if (name !== undefined) positions.set(column.key, headers.indexOf(name));
  }
  return positions;
}

/** Without the star of a required column and the colon some put behind. */
function foldedHeader(text: string): string {
  return folded(text)
    .replace(/^\*|[*:]+$/g, '')
    .toLowerCase();
}

function readRows({ sheet, row: headerRow, positions }: Header, columns: readonly SheetColumn[]): ReadWorkbook {
  const rows: ReadRow[] = [];
  const faults: ReadFault[] = [];
  const present = columns.filter((column) => positions.has(column.key));
  const fill = filledDown(sheet, headerRow);
  const lines = linesAcross(sheet);
  for (let index = headerRow + 1; index < sheet.rows.length; index += 1) {
    if (lines.has(index)) continue;
    const values: Record<string, SheetValue> = {};
    const rowFaults: ReadFault[] = [];
    for (const { key, kind } of present) {
      const position = positions.get(key) ?? 0;
      const raw = sheet.rows[fill.get(`${index},${position}`) ?? index]?.[position];
      const result = readCell(raw, kind);
      values[key] = result.ok ? result.value : null;
      if (!result.ok) rowFaults.push({ row: index + 1, column: key, code: result.code });
    }
    if (rowFaults.length === 0 && !hasOwnCells(sheet.rows[index], positions)) continue;
    rows.push({ row: index + 1, values });
    faults.push(...rowFaults);
  }
  return { ok: true, rows, faults, missingColumns: columns.filter((c) => !positions.has(c.key)).map((c) => c.key) };
}

function hasOwnCells(cells: readonly RawCell[] | undefined, positions: ReadonlyMap<string, number>): boolean {
  for (const position of positions.values()) {
    const cell = cells?.[position];
    if (cell !== null && cell !== undefined && (typeof cell !== 'string' || cell.trim() !== '')) return true;
  }
  return false;
}

/** A cell merged over several rows (a building, its households beside it) holds for each: cell → row of its value. */
function filledDown(sheet: HucreSheet, headerRow: number): Map<string, number> {
  const fill = new Map<string, number>();
  for (const { startRow, endRow, startCol, endCol } of sheet.merges ?? []) {
    if (startRow <= headerRow || startCol !== endCol) continue;
    for (let row = startRow + 1; row <= Math.min(endRow, sheet.rows.length - 1); row += 1)
      fill.set(`${row},${startCol}`, startRow);
  }
  return fill;
}

/** Rows that are one line of text over the table, a subtitle or a note, and no record. */
function linesAcross(sheet: HucreSheet): Set<number> {
  const lines = new Set<number>();
  for (const { startRow, endRow, startCol, endCol } of sheet.merges ?? []) {
    if (startRow !== endRow || startCol !== 0 || endCol === 0) continue;
    const beside = (sheet.rows[startRow] ?? []).slice(endCol + 1);
    if (beside.every((cell) => cell === null || cell === '')) lines.add(startRow);
  }
  return lines;
}
