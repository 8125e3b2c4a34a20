/** Headings and words of the tables, in the language that is set. */
import type { ColumnKind, SheetColumn } from '../../documents/sheet.ts';
import { localDate, localMinutes } from '../../lib/zoned-time.ts';
import type { Speak } from '../command.ts';
import type { SHEET_TEXTS } from './sheet-texts.ts';

type Heading = Extract<keyof typeof SHEET_TEXTS, `heading.${string}`> extends `heading.${infer Name}` ? Name : never;

export type SheetColumns<Key extends Heading> = readonly (readonly [Key, ColumnKind])[];

export function columnsOf<Key extends Heading>(columns: SheetColumns<Key>, speak: Speak): SheetColumn[] {
  return columns.map(([key, kind]) => ({ key, kind, header: wordOf(`heading.${key}`, speak) }));
}

export function wordOf(key: keyof typeof SHEET_TEXTS, speak: Speak): string {
  return speak({ key, variables: {} });
}

/** `HH:MM` by the clock on the wall. */
export function timeOf(instant: Date, zone: string): string {
  const minutes = localMinutes(instant, zone);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

export function momentOf(instant: Date, zone: string): string {
  return `${localDate(instant, zone)} ${timeOf(instant, zone)}`;
}
