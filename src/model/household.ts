/** The household: who lives behind one door, counted once. */
import type { HouseholdPlace } from './understanding.ts';

export interface Household {
  readonly id: string;
  readonly communityId: string;
  /** The building's area, where it is known. */
  readonly areaId: string | null;
  /** The building's number as people say it; not personal. */
  readonly building: string;
  /** Personal: opened only for its members and, with an audit row, for staff. */
  readonly door: HouseholdPlace;
  readonly people: number | null;
  readonly createdAt: Date;
}

/** More is a slip of the finger; the table refuses it too. */
export const MOST_PEOPLE = 30;
