/** Habits, buildings and households in the words of the community's language. */
import { type Words, wordsIn } from '../../features/pledges/pledge-words.ts';
import type { Area } from '../../store/community-table.ts';
import { numberWords } from '../local-words.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { PLEDGES_PAGE_TEXTS } from './pledges-texts.ts';

// More habits than this make a line of a list hard to read.
const HABITS_IN_LINE = 3;

export function pledgeWords({ community, content }: Visit): Words {
  return wordsIn(community.locale, content.texts.render, content);
}

/** The first few, and how many there are in all. */
export function habitsInShort(visit: Visit, habits: readonly string[]): string {
  const words = pledgeWords(visit);
  if (habits.length <= HABITS_IN_LINE + 1) return words.habits(habits);
  const first = words.habits(habits.slice(0, HABITS_IN_LINE));
  return wordsFor(visit, PLEDGES_PAGE_TEXTS)('pledges.habits-more', { habits: first, count: habits.length });
}

/** With its compound where there are several. */
export function buildingWords(visit: Visit, area: Area, areas: readonly Area[]): string {
  const compound = areas.find(({ id }) => id === area.parentId);
  return pledgeWords(visit).place({
    building: area.name,
    ...(compound === undefined ? {} : { compound: compound.name }),
  });
}

/** In the order of their numbers: 2 before 10. */
export function byBuilding(visit: Visit, areas: readonly Area[]): Area[] {
  return areas
    .filter(({ kind }) => kind === 'building')
    .map((area) => ({ area, name: buildingWords(visit, area, areas) }))
    .toSorted((one, other) => one.name.localeCompare(other.name, visit.community.locale, { numeric: true }))
    .map(({ area }) => area);
}

export function peopleWords(visit: Visit, people: number | null): string {
  const words = wordsFor(visit, PLEDGES_PAGE_TEXTS);
  return people === null ? words('pledges.people-unknown') : words('pledges.people', { people });
}

export function count(visit: Visit, number: number): string {
  return numberWords(number, visit.community);
}
