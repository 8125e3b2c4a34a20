/** Households with their pledges as a table. */
import type { Sheet, SheetValue } from '../../documents/sheet.ts';
import type { ExportRow } from '../../features/pledges/household-list-service.ts';
import { localDate } from '../../lib/zoned-time.ts';
import type { Speak } from '../command.ts';
import { columnsOf, type SheetColumns, wordOf } from './sheet-words.ts';

const MASKED = [
  ['building', 'text'],
  ['people', 'number'],
  ['habits', 'text'],
  ['state', 'text'],
  ['madeOn', 'date'],
  ['changedOn', 'date'],
] as const;
const DOOR = [
  ['compound', 'text'],
  ['building', 'text'],
  ['unit', 'text'],
  ['room', 'text'],
] as const;

export interface PledgeSheetWords {
  readonly speak: Speak;
  readonly titleOf: (habit: string) => string;
  readonly zone: string;
}

export function pledgeSheet(rows: readonly ExportRow[], full: boolean, words: PledgeSheetWords): Sheet {
  const { speak } = words;
  const [, ...facts] = MASKED;
  const columns: SheetColumns<(typeof MASKED | typeof DOOR)[number][0]> = full ? [...DOOR, ...facts] : MASKED;
  return {
    name: wordOf('sheet.pledges', speak),
    columns: columnsOf(columns, speak),
    rows: rows.map((row) => cellsOf(row, words)),
  };
}

function cellsOf(row: ExportRow, { speak, titleOf, zone }: PledgeSheetWords): Record<string, SheetValue> {
  const { compound, building, unit, room } = row.place;
  return {
    compound: compound ?? null,
    building: building ?? row.building,
    unit: unit ?? null,
    room: room ?? null,
    people: row.people,
    habits: row.habits.map(titleOf).join(wordOf('sheet.list-separator', speak)),
    state: wordOf(`pledge-state.${row.state}`, speak),
    madeOn: localDate(row.madeAt, zone),
    changedOn: localDate(row.changedAt, zone),
  };
}
