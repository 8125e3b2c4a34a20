/** Reads a table as Excel and WPS save it: RFC 4180 with or without a BOM, any line ending, empty rows left out. */
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { ContentFault } from '../model/content-fault.ts';

/** `line` is where the row begins in the file, counted from 1 with the heading. */
export type CsvRow = { readonly line: number; readonly cells: Readonly<Record<string, string>> };
export type CsvTable = { readonly file: string; readonly rows: readonly CsvRow[] };

const Parsed = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/** Every one of `columns` must be there; further columns are kept, since an editor's own remarks harm nobody. */
export function parseCsvTable(
  file: string,
  text: string,
  columns: readonly string[],
  faults: ContentFault[],
): CsvTable {
  const [heading, ...records] = splitRecords(file, text, faults);
  if (heading === undefined) return { file, rows: [] };
  const names = heading.record.map((name) => name.trim());
  reportMissingColumns(file, names, columns, faults);
  const rows = records.map((record) => toRow(names, record)).filter((row) => !isEmpty(row));
  return { file, rows };
}

type CsvRecord = z.infer<typeof Parsed>[number];

function splitRecords(file: string, text: string, faults: ContentFault[]): CsvRecord[] {
  // csv-parse counts a CRLF inside quotes as two lines, so line endings are made equal first.
  const lines = text.replace(/\r\n?/g, '\n');
  try {
    const records = Parsed.parse(
      parse(lines, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true }),
    );
    if (records.length === 0) faults.push({ file, line: 1, code: 'empty', detail: {} });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    faults.push({ file, line: Number(error.lines ?? 1), code: 'csv-broken', detail: { reason: error.code } });
    return [];
  }
}

function reportMissingColumns(
  file: string,
  names: readonly string[],
  columns: readonly string[],
  faults: ContentFault[],
): void {
  for (const column of columns) {
    if (!names.includes(column)) faults.push({ file, line: 1, column, code: 'column-missing', detail: { column } });
  }
}

function toRow(names: readonly string[], { record, info }: CsvRecord): CsvRow {
  const breaksInside = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
  const cells = Object.fromEntries(names.map((name, index) => [name, (record[index] ?? '').trim()]));
  return { line: info.lines - breaksInside, cells };
}

function isEmpty(row: CsvRow): boolean {
  return Object.values(row.cells).every((cell) => cell === '');
}
