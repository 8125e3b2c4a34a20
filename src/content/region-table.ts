/** Reads data/regions.csv and data/grid-factors.csv: the provinces, and what a kilowatt-hour weighs in carbon where. */
import { z } from 'zod';
import type { Region } from '../model/calendar-event.ts';
import type { ContentFault } from '../model/content-fault.ts';
import { parseCsvTable } from './csv-table.ts';
import { IdCell, NumberCell, RequiredCell, splitList, TextCell } from './table-cell.ts';
import { readRows, refuseDuplicates } from './table-row.ts';

const RegionRow = z.object({ id: IdCell, name: RequiredCell, full_name: RequiredCell, grid: TextCell });

export function readRegionTable(file: string, text: string, faults: ContentFault[]): Region[] {
  const rows = readRows(parseCsvTable(file, text, Object.keys(RegionRow.shape), faults), RegionRow, faults);
  return refuseDuplicates(file, 'id', rows, (row) => row.id, faults).map(({ value }) => ({
    id: value.id,
    name: value.name,
    fullName: value.full_name,
    ...(value.grid === '' ? {} : { grid: value.grid }),
  }));
}

/** Reads "新疆、山西", ids or full names as region ids; "all" and an empty cell mean everywhere (an empty list). */
export function readRegionList(
  place: Pick<ContentFault, 'file' | 'line' | 'column'>,
  cell: string,
  regions: readonly Region[],
  faults: ContentFault[],
): string[] {
  if (cell === 'all') return [];
  return splitList(cell).flatMap((word) => {
    const region = regions.find(({ id, name, fullName }) => word === id || word === name || word === fullName);
    if (region !== undefined) return [region.id];
    faults.push({ ...place, code: 'unknown-reference', detail: { value: word, target: 'data/regions.csv' } });
    return [];
  });
}

const GridRow = z.object({ id: IdCell, name: RequiredCell, year: NumberCell, kg_co2_per_kwh: NumberCell });

/** Kilograms of CO2 a kilowatt-hour, by grid; `national` is the average, for provinces whose grid is not known. */
export type GridFactor = {
  readonly id: string;
  readonly name: string;
  readonly year: number;
  readonly kgCo2PerKwh: number;
};

export function readGridFactorTable(file: string, text: string, faults: ContentFault[]): Map<string, GridFactor> {
  const rows = readRows(parseCsvTable(file, text, Object.keys(GridRow.shape), faults), GridRow, faults);
  const factors = rows.flatMap(({ line, value }): [string, GridFactor][] => {
    const { id, name, year, kg_co2_per_kwh: kgCo2PerKwh } = value;
    if (year !== undefined && kgCo2PerKwh !== undefined) return [[id, { id, name, year, kgCo2PerKwh }]];
    faults.push({ file, line, column: year === undefined ? 'year' : 'kg_co2_per_kwh', code: 'empty', detail: {} });
    return [];
  });
  return new Map(factors);
}
