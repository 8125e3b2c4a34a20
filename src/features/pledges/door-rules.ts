/** When two ways of saying where a household lives mean the same door. */
import type { HouseholdPlace } from '../../model/understanding.ts';

/** The compounds there are, and the areas known as this building. */
export interface KnownPlaces {
  readonly compounds: readonly { readonly id: string; readonly name: string }[];
  readonly buildings: readonly { readonly id: string; readonly compoundId: string | null }[];
}

export type Door = HouseholdPlace & { readonly building: string };

export type DoorResult =
  | { readonly ok: true; readonly door: Door; readonly areaId: string | null }
  | { readonly ok: false; readonly why: 'no-building' }
  /** The same number stands in several compounds and none was said. */
  | { readonly ok: false; readonly why: 'which-compound'; readonly compounds: readonly string[] };

/**
 * The compound is filled in wherever it can be known, so that who says it and who leaves it out mean one door;
 * a compound nobody has entered yet is taken as said.
 */
export function settleDoor(said: HouseholdPlace, known: KnownPlaces): DoorResult {
  const { building } = said;
  if (building === undefined) return { ok: false, why: 'no-building' };
  const named = known.compounds.find(({ name }) => name === said.compound);
  if (said.compound !== undefined && named === undefined && known.compounds.length > 0) {
    return { ok: true, door: { ...said, building }, areaId: null };
  }
  const candidates = known.buildings.filter(({ compoundId }) => named === undefined || compoundId === named.id);
  const only = candidates.length === 1 ? candidates[0] : undefined;
  const compound = named ?? compoundOf(known, only?.compoundId ?? null);
  if (compound === undefined && known.compounds.length > 1) {
    return { ok: false, why: 'which-compound', compounds: known.compounds.map(({ name }) => name) };
  }
  return {
    ok: true,
    door: { ...said, building, ...(compound === undefined ? {} : { compound: compound.name }) },
    areaId: only?.id ?? null,
  };
}

/** The compound of a building; where there is but one compound, that one. */
function compoundOf(
  { compounds }: KnownPlaces,
  compoundId: string | null,
): KnownPlaces['compounds'][number] | undefined {
  const found = compounds.find(({ id }) => id === compoundId);
  return found ?? (compounds.length === 1 ? compounds[0] : undefined);
}

/**
 * What a door is found by. Without a room nobody can tell two families of a building apart:
 * such a household is its teller's own, and nobody joins it by saying the same.
 */
export function doorKey(door: Door, tellerId: string): string {
  const parts = [door.compound ?? '', door.building, door.unit ?? '', door.room ?? ''].map(normalised);
  return JSON.stringify(door.room === undefined ? [...parts, tellerId] : parts);
}

export function sameDoor(first: HouseholdPlace, second: HouseholdPlace): boolean {
  const keys = ['building', 'unit', 'room'] as const;
  const compoundDiffers =
    first.compound !== undefined && second.compound !== undefined && first.compound !== second.compound;
  return !compoundDiffers && keys.every((key) => normalised(first[key] ?? '') === normalised(second[key] ?? ''));
}

/**
 * What is said now completes or corrects what was said before: 「5栋」 changes the building alone,
 * while another building with its own room leaves no unit behind.
 */
export function mergePlace(before: HouseholdPlace | undefined, now: HouseholdPlace): HouseholdPlace {
  if (before === undefined) return now;
  const isElsewhere = now.building !== undefined && now.room !== undefined;
  return isElsewhere ? { compound: before.compound, ...now } : { ...before, ...now };
}

// The tallest houses people live in; a higher floor is a slip of the finger.
const HIGHEST_FLOOR = 60;

/** Whether a household can be found by it: 9999 would be the 99th floor. Rooms that are words are taken as said. */
export function isLikelyRoom(room: string | undefined): boolean {
  if (room === undefined || room.trim() === '') return false;
  if (!/^\d+$/.test(room)) return true;
  return room.length <= 4 && Math.floor(Number(room) / 100) <= HIGHEST_FLOOR;
}

/** 1, 2, 3 and 7 as `1–3` and `7`; names that are no numbers follow as they are. */
export function inRanges(names: readonly string[]): string[] {
  const numbers = names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((one, other) => one - other);
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && number <= run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  const words = names.filter((name) => !/^\d+$/.test(name)).sort();
  return [...runs.map(([from, to]) => (from === to ? `${from}` : `${from}\u2013${to}`)), ...words];
}

/** As one walks: building by building, unit by unit, up the stairs. */
export function inWalkingOrder(one: HouseholdPlace, other: HouseholdPlace): number {
  const keys = ['compound', 'building', 'unit', 'room'] as const;
  const differing = keys.find((key) => one[key] !== other[key]);
  if (differing === undefined) return 0;
  return BY_NUMBER.compare(one[differing] ?? '', other[differing] ?? '');
}

// 2 before 10; ten times as fast as `localeCompare`.
const BY_NUMBER = new Intl.Collator('zh-CN', { numeric: true });

// A number with its word, as people write it in a table cell: 3 of 3 followed by up to three Han characters.
const NUMBERED = /^([0-9a-z]+)\s*\p{Script=Han}{0,3}$/iu;

/** A cell of a table of households: the bare number, or the words where it is none. */
export function placeCell(cell: string): string | undefined {
  const text = cell.normalize('NFKC').trim();
  if (text === '') return undefined;
  return normalised(NUMBERED.exec(text)?.[1] ?? text);
}

/** Width and case alone: 05 and 5 may be two doors. */
function normalised(part: string): string {
  return part.normalize('NFKC').trim().toUpperCase();
}
