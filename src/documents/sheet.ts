/** What a table is, whichever program it comes from or goes to. */

export const COLUMN_KINDS = ['text', 'number', 'date', 'minutes'] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];

/** Text for `text`, a number for `number` and (whole) `minutes`, `YYYY-MM-DD` for `date`; null is an empty cell. */
export type SheetValue = string | number | null;

export interface SheetColumn {
  key: string;
  header: string;
  kind: ColumnKind;
  /** In characters of the standard font, an ideograph counting two; otherwise as wide as what stands in it. */
  width?: number;
  /** Further headers under which people's own tables have this column. Only for reading. */
  otherHeaders?: readonly string[];
}

export interface Sheet {
  name: string;
  columns: readonly SheetColumn[];
  rows: readonly Readonly<Record<string, SheetValue>>[];
  /** A line above the header. */
  title?: string;
  /** A line under the table: the date, the source. */
  note?: string;
}
