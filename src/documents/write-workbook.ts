/** Tables → an .xlsx file that opens right in WPS and Excel and prints on A4. */
import type { CellStyle, CellValue, WriteSheet } from 'hucre';
import { cutGraphemes } from '../lib/text.ts';
import { cellText, displayWidth, escapedCellText } from './cell-text.ts';
import type { ColumnKind, Sheet, SheetColumn, SheetValue } from './sheet.ts';

// The English name: every Windows has the font under it, whatever its language.
const FONT = 'Microsoft YaHei';
const HAIRLINE = { style: 'thin', color: { rgb: 'D0D7D2' } } as const;
const BORDER = { top: HAIRLINE, right: HAIRLINE, bottom: HAIRLINE, left: HAIRLINE } as const;
// '@' is Excel's text format: what is typed over a phone or a room stays text too.
const FORMATS: Readonly<Record<ColumnKind, string>> = {
  text: '@',
  number: 'General',
  date: 'yyyy-mm-dd',
  minutes: '0',
};
const TITLE: CellStyle = { font: { name: FONT, size: 14, bold: true }, alignment: { vertical: 'center' } };
const NOTE: CellStyle = { font: { name: FONT, size: 9, color: { rgb: '5A655F' } }, alignment: { vertical: 'center' } };
const HEADER: CellStyle = {
  font: { name: FONT, size: 11, bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E6F1EA' } },
  border: BORDER,
};

const NARROWEST = 8;
const WIDEST = 48;
// Room for the cell's edges and the indent, and beside a header for the filter's arrow.
const PADDING = 3;
const FILTER_ARROW = 3;
// Wider than this, an A4 page lies on its side.
const PORTRAIT_WIDTH = 90;
const TITLE_HEIGHT_POINTS = 28;
const HEADER_HEIGHT_POINTS = 22;
const LINE_POINTS = 17;
// Excel's own limit.
const TALLEST_POINTS = 409;
// https://support.microsoft.com/office/rename-a-worksheet-3f1f7148-ee83-404d-8ef0-9ff99fbad1f9
const LONGEST_SHEET_NAME = 31;

export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Buffer> {
  // Loaded when first used: most starts of the bot never write a table.
  const { writeXlsx } = await import('hucre/xlsx');
  const names = sheetNames(sheets.map((sheet) => sheet.name));
  const bytes = await writeXlsx({
    sheets: sheets.map((sheet, index) => toWriteSheet(sheet, names[index] ?? '')),
    defaultFont: { name: FONT, size: 11 },
  });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function toWriteSheet(sheet: Sheet, name: string): WriteSheet {
  const { columns, rows, title, note } = sheet;
  const head = title === undefined ? [] : [[escapedCellText(title)]];
  const foot = note === undefined ? [] : [[], [escapedCellText(note)]];
  const headerRow = head.length;
  const noteRow = headerRow + rows.length + 2;
  const widths = columns.map((column) => column.width ?? fittingWidth(column, rows));
  const totalWidth = widths.reduce((sum, width) => sum + width, 0);
  const whole = wholeRows(
    [...(title === undefined ? [] : [0]), ...(note === undefined ? [] : [noteRow])],
    columns.length,
  );
  return {
    name,
    columns: columns.map((_, index) => ({ width: widths[index] ?? NARROWEST })),
    rows: [
      ...head,
      columns.map((column) => escapedCellText(column.header)),
      ...rows.map((row) => cellsOf(row, columns)),
      ...foot,
    ],
    cells: stylesOf(sheet, headerRow, noteRow),
    merges: whole,
    rowDefs: heights(sheet, headerRow, widths),
    freezePane: { rows: headerRow + 1 },
    autoFilter: { range: `A${headerRow + 1}:${columnLetters(columns.length)}${headerRow + 1 + rows.length}` },
    pageSetup: {
      paperSize: 'a4',
      orientation: totalWidth > PORTRAIT_WIDTH ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `$${headerRow + 1}:$${headerRow + 1}`,
    },
    headerFooter: { oddFooter: '&C&P / &N' },
  };
}

function cellsOf(row: Readonly<Record<string, SheetValue>>, columns: readonly SheetColumn[]): CellValue[] {
  return columns.map((column) => cellOf(row[column.key] ?? null, column.kind));
}

function cellOf(value: SheetValue, kind: ColumnKind): CellValue {
  if (value === null || value === '') return null;
  if (kind === 'text') return escapedCellText(String(value));
  if (kind === 'date') return dateOf(String(value)) ?? escapedCellText(String(value));
  return typeof value === 'number' && Number.isFinite(value) ? value : escapedCellText(String(value));
}

/** Midnight in UTC, which is how a day without a zone is written. */
function dateOf(day: string): Date | undefined {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function stylesOf(sheet: Sheet, headerRow: number, noteRow: number): NonNullable<WriteSheet['cells']> {
  const styles: NonNullable<WriteSheet['cells']> = new Map();
  if (sheet.title !== undefined) styles.set('0,0', { style: TITLE });
  if (sheet.note !== undefined) styles.set(`${noteRow},0`, { style: NOTE });
  for (const [column, { kind }] of sheet.columns.entries()) {
    const alignment = alignmentOf(kind);
    styles.set(`${headerRow},${column}`, { style: { ...HEADER, alignment: { ...alignment, wrapText: false } } });
    const style = { numFmt: FORMATS[kind], border: BORDER, alignment };
    for (let row = 1; row <= sheet.rows.length; row += 1) styles.set(`${headerRow + row},${column}`, { style });
  }
  return styles;
}

/** Numbers stand in the middle: at the right edge they run into the next name, and their header hides under the arrow. */
function alignmentOf(kind: ColumnKind): NonNullable<CellStyle['alignment']> {
  if (kind === 'text') return { vertical: 'center', horizontal: 'left', indent: 1, wrapText: true };
  return { vertical: 'center', horizontal: 'center' };
}

function fittingWidth(column: SheetColumn, rows: Sheet['rows']): number {
  let widest = displayWidth(column.header) + FILTER_ARROW;
  for (const row of rows) widest = Math.max(widest, displayWidth(cellText(String(row[column.key] ?? ''))));
  return Math.min(WIDEST, Math.max(NARROWEST, widest + PADDING));
}

/** A title or a note stretches over the table; two columns at least, so that a reader can tell it from a row. */
function wholeRows(rows: readonly number[], columnCount: number): NonNullable<WriteSheet['merges']> {
  return rows.map((row) => ({ startRow: row, endRow: row, startCol: 0, endCol: Math.max(columnCount, 2) - 1 }));
}

/** Rows of more than one line are given their height, since not every program finds it by itself. */
function heights(
  { columns, rows }: Sheet,
  headerRow: number,
  widths: readonly number[],
): NonNullable<WriteSheet['rowDefs']> {
  const defs: NonNullable<WriteSheet['rowDefs']> = new Map([[headerRow, { height: HEADER_HEIGHT_POINTS }]]);
  if (headerRow > 0) defs.set(0, { height: TITLE_HEIGHT_POINTS });
  for (const [index, row] of rows.entries()) {
    let lines = 1;
    for (const [column, { key, kind }] of columns.entries()) {
      if (kind === 'text') lines = Math.max(lines, lineCount(String(row[key] ?? ''), widths[column] ?? NARROWEST));
    }
    if (lines > 1) defs.set(headerRow + 1 + index, { height: Math.min(TALLEST_POINTS, lines * LINE_POINTS) });
  }
  return defs;
}

function lineCount(text: string, width: number): number {
  // Most cells are one short line; a code unit is at most two wide.
  if (text.length * 2 <= width && !text.includes('\n')) return 1;
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / width)), 0);
}

/** 1 → A, 27 → AA. */
function columnLetters(count: number): string {
  let letters = '';
  for (let rest = count; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** Names that Excel takes: without its forbidden characters, 31 long at most, none twice. */
function sheetNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const plain = cellText(name)
      .replace(/[[\]:*?/\\\n\t]/g, ' ')
      .replace(/^[' ]+|[' ]+$/g, '');
    const base = cutGraphemes(plain, LONGEST_SHEET_NAME, LONGEST_SHEET_NAME) || `Sheet${index + 1}`;
    let unique = base;
    for (let n = 2; taken.has(unique.toLowerCase()); n += 1) {
      unique = `${cutGraphemes(base, LONGEST_SHEET_NAME, LONGEST_SHEET_NAME - 4)} ${n}`;
    }
    taken.add(unique.toLowerCase());
    return unique;
  });
}
