/** Reads data/tips.csv: short tips, each with its source; a figure without a source is refused. */
import { z } from 'zod';
import type { Region } from '../model/calendar-event.ts';
import type { ContentFault } from '../model/content-fault.ts';
import { HABIT_CATEGORIES, SEASON_WORDS } from '../model/habit.ts';
import type { Tip } from '../model/tip.ts';
import { TIP_STATUSES } from '../model/tip.ts';
import { parseCsvTable } from './csv-table.ts';
import { readRegionList } from './region-table.ts';
import { DateCell, IdCell, RequiredCell, TextCell, wordCell } from './table-cell.ts';
import type { Lined } from './table-row.ts';
import { readRows, refuseDuplicates, refuseUnknown } from './table-row.ts';

const TipRow = z.object({
  id: IdCell,
  category: wordCell(HABIT_CATEGORIES),
  season: wordCell(SEASON_WORDS),
  event_id: TextCell,
  regions: TextCell,
  text: RequiredCell,
  figure: TextCell,
  figure_unit: TextCell,
  source_name: RequiredCell,
  source_url: TextCell,
  source_kind: TextCell,
  checked_on: DateCell,
  status: wordCell(TIP_STATUSES),
});
type TipRow = z.infer<typeof TipRow>;

/** `events` are the ids of data/calendar.csv. */
export function readTipTable(
  file: string,
  text: string,
  events: ReadonlySet<string>,
  regions: readonly Region[],
  faults: ContentFault[],
): Tip[] {
  const table = parseCsvTable(file, text, Object.keys(TipRow.shape), faults);
  const rows = refuseDuplicates(file, 'id', readRows(table, TipRow, faults), (row) => row.id, faults);
  refuseDuplicates(file, 'text', rows, (row) => row.text, faults);
  return rows.map((row) => toTip(file, row, events, regions, faults));
}

function toTip(
  file: string,
  { line, value }: Lined<TipRow>,
  events: ReadonlySet<string>,
  regions: readonly Region[],
  faults: ContentFault[],
): Tip {
  const cited = value.event_id === '' ? [] : [value.event_id];
  refuseUnknown({ file, line, column: 'event_id' }, cited, events, 'data/calendar.csv', faults);
  if (value.figure !== '' && value.status === 'none') {
    faults.push({ file, line, column: 'figure', code: 'figure-not-allowed', detail: { value: value.figure } });
  }
  return {
    id: value.id,
    category: value.category,
    season: value.season,
    ...(value.event_id === '' ? {} : { eventId: value.event_id }),
    regions: readRegionList({ file, line, column: 'regions' }, value.regions, regions, faults),
    text: value.text,
    ...(value.figure === '' ? {} : { figure: { value: value.figure, unit: value.figure_unit } }),
    source: { name: value.source_name, url: value.source_url, kind: value.source_kind },
    checkedOn: value.checked_on,
    status: value.status,
  };
}
