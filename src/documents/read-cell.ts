/** One cell as people fill it in → the value its column is for, or why not. */
import { fromWire } from '../lib/text.ts';
import type { ColumnKind, SheetValue } from './sheet.ts';

export const CELL_FAULTS = [
  'number-expected',
  'date-expected',
  'minutes-expected',
  'turned-into-date',
  'digits-lost',
  'formula-failed',
] as const;
export type CellFault = (typeof CELL_FAULTS)[number];
export type CellResult = { ok: true; value: SheetValue } | { ok: false; code: CellFault };

export type RawCell = string | number | boolean | Date | null | undefined;

// Excel keeps 15 digits of a number; an ID number typed into a number cell has lost its end.
const LARGEST_EXACT = 999_999_999_999_999;
// Any three numbers of a date with something between, as 2026/6/5 or with the words for year, month and day.
const DAY = /^(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D?$/;
const COMPACT_DAY = /^(\d{4})(\d{2})(\d{2})$/;
const NUMBER = /^[-+]?\d+(?:\.\d+)?$/;
const HOURS_MINUTES = /^(\d{1,3}):([0-5]\d)$/;
const FAILED_FORMULA = /^#(?:N\/A|NAME\?|NULL!|NUM!|REF!|VALUE!|DIV\/0!|SPILL!|CALC!)$/;
// Serial day numbers of 1954 to 2119: outside of them a number in a date column is something else.
const EARLIEST_SERIAL = 20_000;
const LATEST_SERIAL = 80_000;
const SERIAL_EPOCH_MS = Date.UTC(1899, 11, 30);
// Before March 1900 serial numbers count from a day later, since Excel keeps a 29 February 1900 that never was.
const DURATION_EPOCH_MS = Date.UTC(1899, 11, 31);
const LONGEST_DURATION_MINUTES = 31 * 24 * 60;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export function readCell(raw: RawCell, kind: ColumnKind): CellResult {
  const cell = typeof raw === 'string' ? fromWire(raw).trim() : raw;
  if (cell === null || cell === undefined || cell === '') return { ok: true, value: null };
  if (typeof cell === 'string' && FAILED_FORMULA.test(cell)) return { ok: false, code: 'formula-failed' };
  switch (kind) {
    case 'text':
      return readText(cell);
    case 'number':
      return orFault(numberOf(cell), 'number-expected');
    case 'date':
      return orFault(dayOf(cell), 'date-expected');
    case 'minutes':
      return orFault(minutesOf(cell), 'minutes-expected');
  }
}

/** The same characters in their common form, so that full-width digits and letters count. */
export function folded(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

function readText(cell: string | number | boolean | Date): CellResult {
  if (typeof cell === 'string') return { ok: true, value: cell };
  // Excel makes a day of a room typed as 3-2, and what was typed is gone.
  if (cell instanceof Date) return { ok: false, code: 'turned-into-date' };
  if (typeof cell === 'number' && Math.abs(cell) > LARGEST_EXACT) return { ok: false, code: 'digits-lost' };
  return { ok: true, value: String(cell) };
}

function orFault(value: SheetValue | undefined, code: CellFault): CellResult {
  return value === undefined ? { ok: false, code } : { ok: true, value };
}

function numberOf(cell: string | number | boolean | Date): number | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined;
  if (typeof cell !== 'string') return undefined;
  const digits = folded(cell).replace(/,(?=\d{3}(?:\D|$))/g, '');
  return NUMBER.test(digits) && digits.length <= 16 ? Number(digits) : undefined;
}

function dayOf(cell: string | number | boolean | Date): string | undefined {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? undefined : cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return undefined;
  if (typeof cell === 'number' && cell >= EARLIEST_SERIAL && cell <= LATEST_SERIAL) {
    return new Date(SERIAL_EPOCH_MS + Math.floor(cell) * DAY_MS).toISOString().slice(0, 10);
  }
  const text = folded(String(cell));
  const [, year = '', month = '', day = ''] = COMPACT_DAY.exec(text) ?? DAY.exec(text) ?? [];
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : undefined;
}

/** Whole minutes, or hours and minutes with a colon, as text or as a time cell. */
function minutesOf(cell: string | number | boolean | Date): number | undefined {
  if (cell instanceof Date) {
    const minutes = Math.round((cell.getTime() - DURATION_EPOCH_MS) / MINUTE_MS);
    return minutes >= 0 && minutes <= LONGEST_DURATION_MINUTES ? minutes : undefined;
  }
  if (typeof cell === 'string') {
    const [, hours, minutes] = HOURS_MINUTES.exec(folded(cell)) ?? [];
    if (hours !== undefined) return Number(hours) * 60 + Number(minutes);
  }
  const minutes = numberOf(cell);
  return minutes !== undefined && Number.isInteger(minutes) && minutes >= 0 ? minutes : undefined;
}
