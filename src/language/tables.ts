/** The language tables as rows, and the few ways the pattern builders read them. */

export type Row = Readonly<Record<string, string>>;
/** File name without `.csv` → its rows. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** A table that is missing or holds what the builder cannot use; the message names the table for its editor. */
export class VocabularyFault extends Error {
  readonly code = 'vocabulary.broken';
}

export function rowsOf(tables: Tables, name: string): readonly Row[] {
  const rows = tables[name];
  if (rows === undefined || rows.length === 0)
    throw new VocabularyFault(`data/language/${name}.csv is missing or empty`);
  return rows;
}

export function cell(row: Row, column: string, table: string): string {
  const value = row[column];
  if (value === undefined) throw new VocabularyFault(`data/language/${table}.csv: no column ${column}`);
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
