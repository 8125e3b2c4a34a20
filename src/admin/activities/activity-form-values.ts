/** What was typed into the form of an activity: its rows, and the draft they make. */
import type { LanguageTables } from '../../content/language-tables.ts';
import {
  type ActivityDraft,
  type ActivityFault,
  checkActivity,
  type ShiftDraft,
} from '../../features/volunteering/activity-rules.ts';
import { readTypedCount } from '../../features/volunteering/typed-count.ts';
import { addDays, instantOf } from '../../lib/zoned-time.ts';
import type { Shift } from '../../model/activity.ts';
import type { PageTextKey } from '../page-texts.ts';
import type { Faults, Typed } from '../posted-form.ts';
import { readDay, readTime } from '../typed-when-rules.ts';

// As many as the rules of activities allow.
const MOST_ROWS = 60;
const ROW_FIELDS = ['shift', 'day', 'from', 'to', 'capacity'] as const;

export function fieldOf(typed: Typed, name: string): string {
  const value = typed[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

export function rowCount(typed: Typed): number {
  const count = Number(fieldOf(typed, 'rows'));
  return Number.isInteger(count) ? Math.min(MOST_ROWS, Math.max(1, count)) : 1;
}

/** How numbers and times that were typed are read. */
export interface Typing {
  readonly zone: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly tables: LanguageTables;
}

/** One more shift like the last, on a day still to be chosen; what is wrong in the last is not repeated. */
export function withRow(typed: Typed, { tables }: Pick<Typing, 'tables'>): Typed {
  const count = rowCount(typed);
  if (count === MOST_ROWS) return typed;
  const like = (name: string) => fieldOf(typed, `${name}${count - 1}`);
  const [from, to] = [readTime(like('from')), readTime(like('to'))];
  const endsFirst = from !== null && to !== null && to <= from && !isOverMidnight(from, to);
  const row = {
    [`from${count}`]: from ?? '',
    [`to${count}`]: endsFirst ? '' : (to ?? ''),
    [`capacity${count}`]: String(readTypedCount(like('capacity'), tables) ?? ''),
  };
  return { ...typed, ...row, rows: String(count + 1) };
}

export function withoutRow(typed: Typed, dropped: number): Typed {
  const count = rowCount(typed);
  if (count === 1 || dropped >= count) return typed;
  const rows = Array.from({ length: count }, (_, row) => row).filter((row) => row !== dropped);
  const kept = rows.flatMap((from, to) => ROW_FIELDS.map((name) => [`${name}${to}`, fieldOf(typed, `${name}${from}`)]));
  return { ...typed, ...Object.fromEntries(kept), rows: String(count - 1) };
}

export interface ReadDraft {
  /** With the shifts whose day and times could be read. */
  readonly draft: ActivityDraft;
  /** In which row of the form each shift of the draft stands: rows left empty are passed over. */
  readonly rows: readonly number[];
  /** What could not be read; the draft is not to be used then but to look for more that is wrong. */
  readonly faults: Faults;
}

export function readDraft(typed: Typed, typing: Typing): ReadDraft {
  const all = Array.from({ length: rowCount(typed) }, (_, row) => row);
  const filled = all.filter((row) =>
    ['day', 'from', 'to'].some((name) => fieldOf(typed, `${name}${row}`).trim() !== ''),
  );
  const read = (filled.length === 0 ? [0] : filled).map((row) => ({ row, ...readRow(typed, row, typing) }));
  const readable = read.flatMap(({ row, shift }) => (shift === null ? [] : [{ row, shift }]));
  const [title, place, details, risk] = ['title', 'place', 'details', 'risk'].map((name) => fieldOf(typed, name));
  const insured = fieldOf(typed, 'insured') !== '';
  const words = { title: title ?? '', place: place ?? '', details: details ?? '', risk: risk ?? '' };
  return {
    draft: { ...words, insured, shifts: readable.map(({ shift }) => shift) },
    rows: readable.map(({ row }) => row),
    faults: Object.assign({}, ...read.map(({ faults }) => faults)),
  };
}

/** Everything that is wrong, so that nobody has to send the form twice to hear of it. */
export function allFaults({ draft, rows, faults }: ReadDraft, standing: readonly Shift[], now: Date): Faults {
  const others = checkActivity(draft, standing, now).filter(({ why }) => why !== 'no-shift');
  return { ...faultFields(others, rows), ...faults };
}

interface ReadRow {
  /** Without its capacity, where only that could not be read. */
  readonly shift: ShiftDraft | null;
  readonly faults: Faults;
}

function readRow(typed: Typed, row: number, { zone, today, tables }: Typing): ReadRow {
  const day = readDay(fieldOf(typed, `day${row}`), today);
  const from = readTime(fieldOf(typed, `from${row}`));
  const to = readTime(fieldOf(typed, `to${row}`));
  const capacity = readCapacity(fieldOf(typed, `capacity${row}`), tables);
  const faults: Faults = {
    ...(day === null ? { [`day${row}`]: 'fault.not-a-day' } : {}),
    ...(from === null ? { [`from${row}`]: 'fault.not-a-time' } : {}),
    ...(to === null ? { [`to${row}`]: 'fault.not-a-time' } : {}),
    ...(capacity === undefined ? { [`capacity${row}`]: 'fault.not-a-number' } : {}),
  };
  if (day === null || from === null || to === null) return { shift: null, faults };
  const id = fieldOf(typed, `shift${row}`);
  const startsAt = instantOf(day, from, zone);
  const endsAt = endOf(day, from, to, zone);
  return { shift: { startsAt, endsAt, capacity: capacity ?? null, ...(id === '' ? {} : { id }) }, faults };
}

/** A few hours past midnight belong to the evening before; anything else that ends first is a slip. */
function endOf(day: string, from: string, to: string, zone: string): Date {
  return instantOf(isOverMidnight(from, to) ? addDays(day, 1) : day, to, zone);
}

function isOverMidnight(from: string, to: string): boolean {
  return from >= '18:00' && to <= '06:00';
}

/** Empty is as many as come. */
function readCapacity(typed: string, tables: LanguageTables): number | null | undefined {
  return typed.trim() === '' ? null : (readTypedCount(typed, tables) ?? undefined);
}

/** Beside which field each fault stands. */
export function faultFields(faults: readonly ActivityFault[], rows: readonly number[]): Faults {
  const fields = faults.map(({ why, shift }) => {
    const [name, key] = FIELDS[why];
    const row = shift === undefined ? 0 : (rows[shift] ?? 0);
    return [name.endsWith('#') ? `${name.slice(0, -1)}${row}` : name, key];
  });
  // The first fault of a field is the one to begin with.
  return Object.fromEntries(fields.toReversed());
}

/** A name that ends in # is a field of a row. */
const FIELDS: Readonly<Record<ActivityFault['why'], readonly [string, PageTextKey]>> = {
  'title-missing': ['title', 'fault.empty'],
  'title-too-long': ['title', 'fault.too-long'],
  'place-missing': ['place', 'fault.empty'],
  'place-too-long': ['place', 'fault.too-long'],
  'details-too-long': ['details', 'fault.too-long'],
  'risk-too-long': ['risk', 'fault.too-long'],
  'risk-without-insurance': ['insured', 'fault.not-insured'],
  'no-shift': ['day0', 'fault.not-a-day'],
  'too-many-shifts': ['day0', 'fault.too-many-shifts'],
  'shift-ends-before-start': ['to#', 'fault.ends-first'],
  'shift-too-long': ['to#', 'fault.shift-too-long'],
  'shift-in-the-past': ['day#', 'fault.in-the-past'],
  'shift-too-far-ahead': ['day#', 'fault.too-far-ahead'],
  'capacity-not-possible': ['capacity#', 'fault.not-a-number'],
  'capacity-below-taken': ['capacity#', 'fault.below-taken'],
  'shift-unknown': ['day#', 'fault.shift-gone'],
  'shift-has-sign-ups': ['title', 'fault.shift-has-sign-ups'],
};
