/** Doors in the order one walks, and names nobody has heard in this list yet. Pure. */
import type { HouseholdPlace } from '../../model/understanding.ts';
import { bare } from './line-rules.ts';

// 2 before 10.
const BY_NUMBER = new Intl.Collator('zh-CN', { numeric: true });

export function byDoor(one: HouseholdPlace, other: HouseholdPlace): number {
  const keys = ['compound', 'building', 'unit', 'room'] as const;
  const differing = keys.find((key) => one[key] !== other[key]);
  return differing === undefined ? 0 : BY_NUMBER.compare(one[differing] ?? '', other[differing] ?? '');
}

/** The compound is often left out and the unit sometimes; without a room nobody is told apart: `null`. */
export function doorText({ building, room }: HouseholdPlace): string | null {
  return building === undefined || room === undefined ? null : `${bare(building)}-${bare(room)}`;
}

/** Each once, as first written. */
export function namesNotIn(names: readonly string[], known: Iterable<string>): string[] {
  const seen = new Set(known);
  return names.filter((name) => {
    const key = bare(name);
    const isNew = key !== '' && !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
