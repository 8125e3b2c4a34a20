/** Hands on the tables of data/language/ as plain rows: what they mean is the business of src/language. */
import { basename } from 'node:path';
import type { ContentFault } from '../model/content-fault.ts';
import type { ContentFiles } from './content-files.ts';
import { parseCsvTable } from './csv-table.ts';

/** Rows by the name of the file without its ending: `homophones` for data/language/homophones.csv. */
export type LanguageTables = Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;

export function readLanguageTables(files: ContentFiles, faults: ContentFault[]): LanguageTables {
  const tables = [...files].filter(([file]) => file.startsWith('data/language/') && file.endsWith('.csv'));
  return Object.fromEntries(
    tables.map(([file, text]) => {
      const { rows } = parseCsvTable(file, text, [], faults);
      return [basename(file, '.csv'), rows.map((row) => row.cells)];
    }),
  );
}
