/** What was typed into the form of an activity: its rows, and the draft they make. */
import type { ActivityDraft, ActivityFault, ShiftDraft } from '../../features/volunteering/activity-rules.ts';
import { addDays, instantOf } from '../../lib/zoned-time.ts';
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

/** One more shift like the last, on a day still to be chosen. */
export function withRow(typed: Typed): Typed {
  const count = rowCount(typed);
  if (count === MOST_ROWS) return typed;
  const like = (name: string) => fieldOf(typed, `${name}${count - 1}`);
  const row = { [`from${count}`]: like('from'), [`to${count}`]: like('to'), [`capacity${count}`]: like('capacity') };
  return { ...typed, ...row, rows: String(count + 1) };
}

export function withoutRow(typed: Typed, dropped: number): Typed {
  const count = rowCount(typed);
  if (count === 1 || dropped >= count) return typed;
  const rows = Array.from({ length: count }, (_, row) => row).filter((row) => row !== dropped);
  const kept = rows.flatMap((from, to) => ROW_FIELDS.map((name) => [`${name}${to}`, fieldOf(typed, `${name}${from}`)]));
  return { ...typed, ...Object.fromEntries(kept), rows: String(count - 1) };
}

export type ReadDraft =
  | { readonly ok: true; readonly draft: ActivityDraft; readonly rows: readonly number[] }
  | { readonly ok: false; readonly faults: Faults };

/** `rows` says in which row of the form each shift of the draft stands: rows left empty are passed over. */
export function readDraft(typed: Typed, zone: string, today: string): ReadDraft {
  const all = Array.from({ length: rowCount(typed) }, (_, row) => row);
  const filled = all.filter((row) =>
    ['day', 'from', 'to'].some((name) => fieldOf(typed, `${name}${row}`).trim() !== ''),
  );
  const rows = filled.length === 0 ? [0] : filled;
  const read = rows.map((row) => readRow(typed, row, zone, today));
  const shifts = read.flatMap((row) => (row.ok ? [row.shift] : []));
  if (shifts.length < read.length) {
    return { ok: false, faults: Object.assign({}, ...read.map((row) => (row.ok ? {} : row.faults))) };
  }
  const [title, place, details, risk] = ['title', 'place', 'details', 'risk'].map((name) => fieldOf(typed, name));
  const insured = fieldOf(typed, 'insured') !== '';
  const words = { title: title ?? '', place: place ?? '', details: details ?? '', risk: risk ?? '' };
  return { ok: true, draft: { ...words, insured, shifts }, rows };
}

type ReadRow = { readonly ok: true; readonly shift: ShiftDraft } | { readonly ok: false; readonly faults: Faults };

function readRow(typed: Typed, row: number, zone: string, today: string): ReadRow {
  const day = readDay(fieldOf(typed, `day${row}`), today);
  const [from, to] = ['from', 'to'].map((name) => readTime(fieldOf(typed, `${name}${row}`)));
  const capacity = readCapacity(fieldOf(typed, `capacity${row}`));
  if (day === null || from == null || to == null || capacity === undefined) {
    const faults: Faults = {
      ...(day === null ? { [`day${row}`]: 'fault.not-a-day' } : {}),
      ...(from == null ? { [`from${row}`]: 'fault.not-a-time' } : {}),
      ...(to == null ? { [`to${row}`]: 'fault.not-a-time' } : {}),
      ...(capacity === undefined ? { [`capacity${row}`]: 'fault.not-a-number' } : {}),
    };
    return { ok: false, faults };
  }
  const id = fieldOf(typed, `shift${row}`);
  const startsAt = instantOf(day, from, zone);
  const endsAt = endOf(day, from, to, zone);
  return { ok: true, shift: { startsAt, endsAt, capacity, ...(id === '' ? {} : { id }) } };
}

/** A few hours past midnight belong to the evening before; anything else that ends first is a slip. */
function endOf(day: string, from: string, to: string, zone: string): Date {
  const isOverMidnight = from >= '18:00' && to <= '06:00';
  return instantOf(isOverMidnight ? addDays(day, 1) : day, to, zone);
}

/** Empty is as many as come. */
function readCapacity(typed: string): number | null | undefined {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return null;
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
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
