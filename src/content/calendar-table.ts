/** Reads data/calendar.csv (how each day's date is found) and data/calendar-years.csv (what is known of single years). */
import { z } from 'zod';
import type { CalendarEvent, CalendarRule, CalendarYear, Region } from '../model/calendar-event.ts';
import { CALENDAR_RULES, CALENDAR_STATUSES } from '../model/calendar-event.ts';
import type { ContentFault } from '../model/content-fault.ts';
import { HABIT_CATEGORIES } from '../model/habit.ts';
import { RULE_CELLS } from './calendar-rule-cells.ts';
import { parseCsvTable } from './csv-table.ts';
import { readRegionList } from './region-table.ts';
import {
  DateCell,
  IdCell,
  OptionalDateCell,
  RequiredCell,
  TextCell,
  wholeNumberCell,
  wordCell,
  wordListCell,
} from './table-cell.ts';
import type { Lined } from './table-row.ts';
import { readRows, refuseDuplicates, refuseUnknown, rowFault } from './table-row.ts';

const EventRow = z.object({
  id: IdCell,
  name: RequiredCell,
  name_en: RequiredCell,
  rule: wordCell(CALENDAR_RULES),
  month: TextCell,
  day: TextCell,
  to_month: TextCell,
  to_day: TextCell,
  weekday: TextCell,
  not_easter_eve: TextCell,
  week_start: TextCell,
  relative_to: TextCell,
  offset_days: TextCell,
  time: TextCell,
  regions: TextCell,
  categories: wordListCell(HABIT_CATEGORIES),
  status: wordCell(CALENDAR_STATUSES),
  note: TextCell,
  source: RequiredCell,
  checked_on: DateCell,
});
type EventRow = z.infer<typeof EventRow>;

const YearRow = z.object({
  id: IdCell,
  event_id: IdCell,
  year: wholeNumberCell(1970, 2200),
  region: TextCell,
  from: OptionalDateCell,
  to: OptionalDateCell,
  theme: TextCell,
  source: RequiredCell,
  checked_on: DateCell,
});
type YearRow = z.infer<typeof YearRow>;

/** One of the two tables: its name as the editor knows it, and what stands in it. */
type TableText = { readonly file: string; readonly text: string };

export function readCalendarTables(
  events: TableText,
  years: TableText,
  regions: readonly Region[],
  faults: ContentFault[],
): CalendarEvent[] {
  const table = parseCsvTable(events.file, events.text, Object.keys(EventRow.shape), faults);
  const rows = refuseDuplicates(events.file, 'id', readRows(table, EventRow, faults), (row) => row.id, faults);
  const yearRows = readYears(years, rows, faults);
  const place = { events: events.file, years: years.file, yearRows, regions, faults };
  const plain = rows.filter(({ value }) => value.rule !== 'relative').flatMap((row) => toEvent(row, [], place));
  const relative = rows.filter(({ value }) => value.rule === 'relative').flatMap((row) => toEvent(row, plain, place));
  const all = new Map([...plain, ...relative].map((event) => [event.id, event]));
  return rows.flatMap(({ value }) => all.get(value.id) ?? []);
}

type Place = {
  readonly events: string;
  readonly years: string;
  readonly yearRows: readonly Lined<YearRow>[];
  readonly regions: readonly Region[];
  readonly faults: ContentFault[];
};

function readYears({ file, text }: TableText, events: readonly Lined<EventRow>[], faults: ContentFault[]) {
  const table = parseCsvTable(file, text, Object.keys(YearRow.shape), faults);
  const rows = refuseDuplicates(file, 'id', readRows(table, YearRow, faults), (row) => row.id, faults);
  const known = new Set(events.map(({ value }) => value.id));
  for (const { line, value } of rows) {
    refuseUnknown({ file, line, column: 'event_id' }, [value.event_id], known, 'data/calendar.csv', faults);
    if (value.from !== undefined && value.to !== undefined && value.to < value.from) {
      faults.push({ file, line, column: 'to', code: 'not-a-date', detail: { value: value.to, from: value.from } });
    }
  }
  return rows;
}

function toEvent(row: Lined<EventRow>, bases: readonly CalendarEvent[], place: Place): CalendarEvent[] {
  const { line, value } = row;
  const rule = toRule(row, bases, place);
  if (rule === undefined) return [];
  const at = { file: place.events, line, column: 'regions' };
  const event = {
    id: value.id,
    name: value.name,
    nameEn: value.name_en,
    rule,
    time: value.time,
    regions: readRegionList(at, value.regions, place.regions, place.faults),
    // An empty cell means that the day is about everything.
    categories: value.categories.length === 0 ? HABIT_CATEGORIES : value.categories,
    years: place.yearRows.filter((year) => year.value.event_id === value.id).flatMap((year) => toYear(year, place)),
    source: value.source,
    status: value.status,
    note: value.note,
    checkedOn: value.checked_on,
  };
  return [event];
}

/** A rule that counts from another event may name any that does not itself do so. */
function toRule(
  { line, value }: Lined<EventRow>,
  bases: readonly CalendarEvent[],
  place: Place,
): CalendarRule | undefined {
  const result = RULE_CELLS[value.rule].safeParse(value);
  if (!result.success) {
    place.faults.push(...result.error.issues.map((issue) => rowFault(place.events, line, issue)));
    return undefined;
  }
  if (result.data.type !== 'relative') return result.data;
  const { toId, offsetDays } = result.data;
  const to = bases.find((event) => event.id === toId);
  if (to !== undefined) return { type: 'relative', to, offsetDays };
  const detail = { value: toId, target: place.events };
  place.faults.push({ file: place.events, line, column: 'relative_to', code: 'unknown-reference', detail });
  return undefined;
}

function toYear({ line, value }: Lined<YearRow>, place: Place): CalendarYear[] {
  const { year, from, to = from, theme } = value;
  const [region] = readRegionList(
    { file: place.years, line, column: 'region' },
    value.region,
    place.regions,
    place.faults,
  );
  return [
    {
      year,
      ...(region === undefined ? {} : { region }),
      ...(from === undefined || to === undefined ? {} : { days: { from, to } }),
      ...(theme === '' ? {} : { theme }),
    },
  ];
}
