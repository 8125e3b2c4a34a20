/** Reads which habits and categories of habits are named, in the order of the text. */
import type { Hit, Hits } from './lexicon.ts';

export interface HabitReading {
  readonly habits: readonly Hit[];
  readonly topics: readonly Hit[];
}

/** A category word inside a habit's words (垃圾 of 垃圾分类) is not said a second time. */
export function readHabits(hits: Hits): HabitReading {
  const habits = hits.get('habit') ?? [];
  const topics = hits.get('topic') ?? [];
  if (habits.length + topics.length <= 1) return { habits, topics };
  const apart = topics.filter((topic) => !habits.some((habit) => overlap(habit, topic)));
  const kept = longestFirst([...habits, ...apart]);
  return { habits: kept.filter((hit) => hit.kind === 'habit'), topics: kept.filter((hit) => hit.kind === 'topic') };
}

export function distinctValues(hits: readonly Hit[]): string[] {
  return [...new Set(hits.map((hit) => hit.value))];
}

/** Of hits that overlap only the one with the most characters stays. */
function longestFirst(hits: readonly Hit[]): Hit[] {
  const kept: Hit[] = [];
  for (const hit of [...hits].sort((a, b) => b.weight - a.weight || a.start - b.start)) {
    if (!kept.some((other) => overlap(hit, other))) kept.push(hit);
    // A message of 4,000 characters may name hundreds; no household pledges more than the table holds.
    if (kept.length >= 60) break;
  }
  return kept.sort((a, b) => a.start - b.start);
}

function overlap(one: Hit, other: Hit): boolean {
  return one.start < other.end && other.start < one.end;
}
