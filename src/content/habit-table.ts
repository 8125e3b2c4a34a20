/** Reads data/habits.csv and data/habit-categories.csv; a habit without a sound saving may carry no figure at all. */
import { z } from 'zod';
import type { ContentFault } from '../model/content-fault.ts';
import type { Habit, HabitCategoryName, HabitSaving } from '../model/habit.ts';
import { HABIT_CATEGORIES, HABIT_CHECKS, HABIT_FREQUENCIES, SAVING_STATUSES, SEASON_WORDS } from '../model/habit.ts';
import { parseCsvTable } from './csv-table.ts';
import { readReferences } from './source-table.ts';
import { DateCell, IdCell, ListCell, NumberCell, RequiredCell, TextCell, wordCell, YesNoCell } from './table-cell.ts';
import type { Lined } from './table-row.ts';
import { readRows, refuseDuplicates, refuseUnknown } from './table-row.ts';

const HabitRow = z.object({
  id: IdCell,
  category: wordCell(HABIT_CATEGORIES),
  title_zh: RequiredCell,
  desc_zh: RequiredCell,
  title_en: RequiredCell,
  season: wordCell(SEASON_WORDS),
  frequency: wordCell(HABIT_FREQUENCIES),
  check: wordCell(HABIT_CHECKS),
  saving_status: wordCell(SAVING_STATUSES),
  saving_text: TextCell,
  saving_per: TextCell,
  saving_kwh: NumberCell,
  saving_co2_kg: NumberCell,
  saving_water_l: NumberCell,
  saving_other: TextCell,
  co2_from_power: YesNoCell,
  saving_sources: ListCell,
  source: RequiredCell,
  note: TextCell,
  checked_on: DateCell,
});
type HabitRow = z.infer<typeof HabitRow>;

const FIGURE_COLUMNS = [
  'saving_text',
  'saving_per',
  'saving_kwh',
  'saving_co2_kg',
  'saving_water_l',
  'saving_other',
] as const;

export function readHabitTable(
  file: string,
  text: string,
  sources: ReadonlySet<string>,
  faults: ContentFault[],
): Habit[] {
  const table = parseCsvTable(file, text, Object.keys(HabitRow.shape), faults);
  const rows = refuseDuplicates(file, 'id', readRows(table, HabitRow, faults), (row) => row.id, faults);
  for (const row of rows) checkSaving(file, row, sources, faults);
  return rows.map(({ value }) => toHabit(value));
}

function checkSaving(file: string, row: Lined<HabitRow>, sources: ReadonlySet<string>, faults: ContentFault[]): void {
  const { line, value } = row;
  const cited = readReferences(value.source).map((reference) => reference.source);
  refuseUnknown({ file, line, column: 'source' }, cited, sources, 'data/sources.csv', faults);
  refuseUnknown({ file, line, column: 'saving_sources' }, value.saving_sources, sources, 'data/sources.csv', faults);
  if (value.saving_status !== 'none') {
    const missing = { file, line, code: 'empty', detail: {} } as const;
    if (value.saving_text === '') faults.push({ ...missing, column: 'saving_text' });
    if (value.saving_sources.length > 0) return;
    faults.push({ file, line, column: 'saving_sources', code: 'figure-without-source', detail: { id: value.id } });
    return;
  }
  for (const column of FIGURE_COLUMNS) {
    const figure = value[column];
    if (figure === undefined || figure === '') continue;
    faults.push({ file, line, column, code: 'figure-not-allowed', detail: { value: figure } });
  }
}

function toHabit(row: HabitRow): Habit {
  return {
    id: row.id,
    category: row.category,
    title: row.title_zh,
    description: row.desc_zh,
    titleEn: row.title_en,
    season: row.season,
    frequency: row.frequency,
    check: row.check,
    saving: toSaving(row),
    references: readReferences(row.source),
    note: row.note,
    checkedOn: row.checked_on,
  };
}

function toSaving(row: HabitRow): HabitSaving | null {
  if (row.saving_status === 'none') return null;
  return {
    status: row.saving_status,
    text: row.saving_text,
    per: row.saving_per,
    ...(row.saving_kwh === undefined ? {} : { kwh: row.saving_kwh }),
    ...(row.saving_co2_kg === undefined ? {} : { co2Kg: row.saving_co2_kg }),
    ...(row.saving_water_l === undefined ? {} : { waterLitres: row.saving_water_l }),
    ...(row.saving_other === '' ? {} : { other: row.saving_other }),
    co2FromPower: row.co2_from_power,
    sources: row.saving_sources,
  };
}

const CategoryRow = z.object({
  id: wordCell(HABIT_CATEGORIES),
  name: RequiredCell,
  name_en: RequiredCell,
});

/** Every category must have its name; they come back in the order of HABIT_CATEGORIES. */
export function readHabitCategoryTable(file: string, text: string, faults: ContentFault[]): HabitCategoryName[] {
  const rows = readRows(parseCsvTable(file, text, Object.keys(CategoryRow.shape), faults), CategoryRow, faults);
  const unique = refuseDuplicates(file, 'id', rows, (row) => row.id, faults);
  return HABIT_CATEGORIES.flatMap((id) => {
    const row = unique.find(({ value }) => value.id === id);
    if (row !== undefined) return [{ id, name: row.value.name, nameEn: row.value.name_en }];
    faults.push({ file, column: 'id', code: 'unknown-reference', detail: { value: id, target: file } });
    return [];
  });
}
