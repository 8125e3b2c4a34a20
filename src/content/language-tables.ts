/** Hands on the tables of data/language/ as plain rows: what they mean is the business of src/language. */
import { basename } from 'node:path';
import { atOnce, type Slices } from '../lib/in-slices.ts';
import type { ContentFault } from '../model/content-fault.ts';
import type { ContentFiles } from './content-files.ts';
import { parseCsvTable } from './csv-table.ts';

/** Rows by the name of the file without its ending: `homophones` for data/language/homophones.csv. */
export type LanguageTables = Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;

export function readLanguageTables(files: ContentFiles, faults: ContentFault[]): LanguageTables {
  return atOnce(languageTablesInSlices(files, faults));
}

export function* languageTablesInSlices(files: ContentFiles, faults: ContentFault[]): Slices<LanguageTables> {
  const tables = new Map<string, LanguageTables[string]>();
  for (const [file, text] of files) {
    if (!file.startsWith('data/language/') || !file.endsWith('.csv')) continue;
    const { rows } = parseCsvTable(file, text, [], faults);
    tables.set(
      basename(file, '.csv'),
      rows.map((row) => row.cells),
    );
    yield;
  }
  return Object.fromEntries(tables);
}
