/** Works out what a habit's figure weighs in carbon where the community is. */
import type { Region } from '../model/calendar-event.ts';
import type { HabitSaving } from '../model/habit.ts';
import type { GridFactor } from './region-table.ts';

/** `factor` is set where the weight comes from electricity: its grid and year are shown with the figure. */
export type CarbonFigure = { readonly kg: number; readonly factor?: GridFactor };

/**
 * The published weight where there is one, else kilowatt-hours times the grid factor of the region. Weights that the
 * 2007 handbook prints for electricity are not in the table: its factor (about 0.96 kg) is 80 % above that of 2023.
 */
export function carbonOf(
  saving: HabitSaving,
  region: Region | undefined,
  factors: ReadonlyMap<string, GridFactor>,
): CarbonFigure | null {
  if (saving.co2Kg !== undefined) return { kg: saving.co2Kg };
  if (!saving.co2FromPower || saving.kwh === undefined) return null;
  const factor = factors.get(region?.grid ?? 'national') ?? factors.get('national');
  return factor === undefined ? null : { kg: saving.kwh * factor.kgCo2PerKwh, factor };
}
