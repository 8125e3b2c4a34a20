/** From a category's id to what people call it and back: tables and records use ids, what people say uses the names. */
import type { HabitCategory, HabitCategoryName } from '../model/habit.ts';

export function categoryNamed(categories: readonly HabitCategoryName[], name: string): HabitCategory | undefined {
  return categories.find((category) => category.name === name)?.id;
}

export function nameOfCategory(categories: readonly HabitCategoryName[], id: HabitCategory): string {
  return categories.find((category) => category.id === id)?.name ?? id;
}
