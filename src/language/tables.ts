/** The language tables as rows, and the few ways the pattern builders read them. */

export type Row = Readonly<Record<string, string>>;
/** File name without `.csv` → its rows. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** A table that is missing or holds what the builder cannot use; the message names the table for its editor. */
export class VocabularyFault extends Error {
  readonly code = 'vocabulary.broken';
  /** The path as the editor knows it. */
  readonly file: string;
  /** Counts from 1, with the heading; absent where the whole table is meant. */
  readonly line: number | undefined;
  readonly reason: string;

  constructor({ table, row }: TablePlace, reason: string) {
    const file = `data/language/${table}.csv`;
    const line = row === undefined ? undefined : row + FIRST_LINE;
    super(`${file}${line === undefined ? '' : `:${line}`}: ${reason}`);
    this.file = file;
    this.line = line;
    this.reason = reason;
  }
}

/** `row` counts from 0 as the rows of the table do. */
export interface TablePlace {
  readonly table: string;
  readonly row?: number;
}

// The heading stands above, and a row of these tables is one line.
const FIRST_LINE = 2;

export function rowsOf(tables: Tables, name: string): readonly Row[] {
  const rows = tables[name];
  if (rows === undefined || rows.length === 0) throw new VocabularyFault({ table: name }, 'missing or empty');
  return rows;
}

export function cell(row: Row, column: string, table: string): string {
  const value = row[column];
  if (value === undefined) throw new VocabularyFault({ table }, `no column ${column}`);
  return value.trim();
}

/** The `word` column, of one `kind` where given. */
export function wordsOf(tables: Tables, name: string, kind?: string): string[] {
  return rowsOf(tables, name)
    .filter((row) => kind === undefined || row.kind === kind)
    .map((row) => cell(row, 'word', name))
    .filter((word) => word !== '');
}

/** `word` → `value` of one kind. */
export function valuesOf(tables: Tables, name: string, kind: string): Map<string, string> {
  const rows = rowsOf(tables, name).filter((row) => row.kind === kind);
  return new Map(rows.map((row) => [cell(row, 'word', name), cell(row, 'value', name)]));
}

/** A regular expression source that matches any of the words, the longest first. */
export function oneOf(words: Iterable<string>): string {
  const sorted = [...new Set(words)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return sorted.length === 0 ? '(?!)' : `(?:${sorted.map(escapePattern).join('|')})`;
}

function escapePattern(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
