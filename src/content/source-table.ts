/** Reads data/sources.csv: where figures and rules come from, by the ids other tables cite. */
import { z } from 'zod';
import type { ContentFault } from '../model/content-fault.ts';
import type { Reference, Source } from '../model/habit.ts';
import { parseCsvTable } from './csv-table.ts';
import { DateCell, IdCell, RequiredCell, splitList, TextCell } from './table-cell.ts';
import { readRows, refuseDuplicates } from './table-row.ts';

const COLUMNS = ['id', 'name', 'urls', 'read_how', 'warning', 'checked_on'];

const SourceRow = z.object({
  id: IdCell,
  name: RequiredCell,
  urls: TextCell,
  read_how: TextCell,
  warning: TextCell,
  checked_on: DateCell,
});

export function readSourceTable(file: string, text: string, faults: ContentFault[]): Map<string, Source> {
  const rows = readRows(parseCsvTable(file, text, COLUMNS, faults), SourceRow, faults);
  const unique = refuseDuplicates(file, 'id', rows, (row) => row.id, faults);
  return new Map(unique.map(({ value }) => [value.id, toSource(value)]));
}

function toSource(row: z.infer<typeof SourceRow>): Source {
  // Only | parts addresses: a semicolon may stand in one.
  const urls = row.urls.split('|').filter((url) => url !== '');
  return { id: row.id, name: row.name, urls, readHow: row.read_how, warning: row.warning, checkedOn: row.checked_on };
}

/** Reads "mee2018§2、code2026§949" as two references. */
export function readReferences(cell: string): Reference[] {
  return splitList(cell).map((part) => {
    const [source = '', section] = part.split('\u00A7');
    return section === undefined ? { source } : { source, section };
  });
}
