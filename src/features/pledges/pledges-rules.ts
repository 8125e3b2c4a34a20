/** What follows from what about pledges: the period, which habits are offered, how habits are put together. */
import { localDate } from '../../lib/zoned-time.ts';
import type { Community } from '../../model/community.ts';
import type { Habit, HabitCategory, HabitCategoryName, Season } from '../../model/habit.ts';
import type { PledgeScope } from '../../model/pledge.ts';

/** What the feature knows of habits, as the content stands at this moment. */
export interface HabitBook {
  readonly habits: readonly Habit[];
  readonly habitCategories: readonly HabitCategoryName[];
}

/** A pledge holds for the calendar year, as the plans count. */
export function scopeOf(community: Community, now: Date): PledgeScope {
  return { plan: community.plan, period: localDate(now, community.settings.zone).slice(0, 4) };
}

/** Nobody remembers more than the keys of a phone. */
const MENU_LENGTH = 9;
/** So that the menu keeps to what every household can do. */
const SEASONAL_IN_MENU = 2;
/** What most people think of first comes first. */
const MENU_ORDER: readonly HabitCategory[] = [
  'save-food',
  'save-water',
  'sort-waste',
  'save-power',
  'green-consumption',
  'green-travel',
  'no-disposables',
  'save-paper',
  'reuse',
  'protect-nature',
  'learn',
];

/** Ids of the habits that are offered by number at this time of year. */
export function menuOf(habits: readonly Habit[], day: string): string[] {
  const season = seasonOf(day);
  const seasonal = habits.filter((habit) => habit.season === season).slice(0, SEASONAL_IN_MENU);
  const known = MENU_ORDER.flatMap((category) => bestKnownHabit(habits, category) ?? []);
  return unite(
    seasonal.map((habit) => habit.id),
    known,
  ).slice(0, MENU_LENGTH);
}

/** Somebody who says no more than a category means the habit everybody knows: the first one of the table for all seasons. */
export function bestKnownHabit(habits: readonly Habit[], category: string): string | undefined {
  return habits.find((habit) => habit.category === category && habit.season === 'all')?.id;
}

/** What was said of habits: ids, and categories by id or by the name they are known under. */
export interface SaidHabits {
  readonly habits?: readonly string[] | undefined;
  readonly topics?: readonly string[] | undefined;
}

/**
 * The habits meant by what was said. A category adds its best known habit, unless one of that category was named;
 * ids that no longer exist are left out.
 */
export function habitsMeant({ habits, habitCategories }: HabitBook, said: SaidHabits): string[] {
  const named = (said.habits ?? []).flatMap((id) => habits.find((habit) => habit.id === id) ?? []);
  const covered = new Set(named.map(({ category }) => category));
  const added = categoriesMeant(habitCategories, said.topics).filter((category) => !covered.has(category));
  return unite(
    named.map(({ id }) => id),
    added.flatMap((category) => bestKnownHabit(habits, category) ?? []),
  );
}

export function categoriesMeant(
  categories: readonly HabitCategoryName[],
  topics: readonly string[] = [],
): HabitCategory[] {
  return categories.filter(({ id, name }) => topics.includes(id) || topics.includes(name)).map(({ id }) => id);
}

/** Both lists, each habit once, in the order they were said. */
export function unite(first: readonly string[], second: readonly string[]): string[] {
  return [...new Set([...first, ...second])];
}

export function applyChange(
  habits: readonly string[],
  change: { readonly add: readonly string[]; readonly remove: readonly string[] },
): string[] {
  return unite(
    habits.filter((habit) => !change.remove.includes(habit)),
    change.add,
  );
}

export function sameHabits(first: readonly string[], second: readonly string[]): boolean {
  return first.length === second.length && first.every((habit) => second.includes(habit));
}

/** Seasons begin in March, June, September and December, as meteorologists count. */
function seasonOf(day: string): Season {
  const month = Number(day.slice(5, 7));
  if (month >= 3 && month <= 5) return 'spring';
  if (month >= 6 && month <= 8) return 'summer';
  return month >= 9 && month <= 11 ? 'autumn' : 'winter';
}
