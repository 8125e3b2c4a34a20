/** The records as they are at one moment, read in pages while others write on. */
import type { Parameter } from '../prepared.ts';
import type { TableShape } from './table-shape.ts';

/** Values in the order of the table's columns. */
export type Values = readonly Parameter[];

export interface Snapshot {
  readonly migrations: readonly string[];
  readonly keyMark: string;
  count(table: TableShape): Promise<number>;
  pages(table: TableShape): AsyncIterable<Values[]>;
}

/** Everything `work` reads belongs to the same moment. */
export type WithSnapshot = <T>(work: (snapshot: Snapshot) => Promise<T>) => Promise<T>;

export const ROWS_PER_PAGE = 1_000;
