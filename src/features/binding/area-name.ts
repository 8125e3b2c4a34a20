/** What an area is called where people read it: 3栋, with its compound where there are several. */
import type { Community } from '../../model/community.ts';
import type { Saying } from '../../model/text.ts';
import type { Area } from '../../store/community-table.ts';
import { say } from './binding-texts.ts';

export type Words = (saying: Saying) => string;

/** No area, or one that is gone, is the whole community. */
export function areaName(
  areas: readonly Area[],
  id: string | null,
  community: Pick<Community, 'name'>,
  words: Words,
): string {
  const area = areas.find((one) => one.id === id);
  if (area === undefined) return community.name;
  const building = isNumbered(area) ? words(say('binding.building', { number: area.name })) : area.name;
  const compound = areas.find((one) => one.id === area.parentId);
  return compound === undefined ? building : words(say('binding.in-compound', { compound: compound.name, building }));
}

/** Compounds and their buildings one under the other, numbers in their order. */
export function inAreaOrder(areas: readonly Area[], locale: string): Area[] {
  const byName = areas.toSorted((one, other) => one.name.localeCompare(other.name, locale, { numeric: true }));
  const top = byName.filter(({ parentId }) => parentId === null);
  return top.flatMap((area) => [area, ...byName.filter(({ parentId }) => parentId === area.id)]);
}

function isNumbered({ kind, name }: Area): boolean {
  return kind === 'building' && /^[0-9A-Z]+$/.test(name);
}
