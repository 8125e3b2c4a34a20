/** What a word can be taught to mean: the habits, and the things of the guide. */
import type { Content } from '../../content/content.ts';
import { normaliseName } from '../../content/name-index.ts';
import type { OwnWordKind, TaughtWord } from '../../model/own-word.ts';
import type { HeardPhrase } from '../admin-parts.ts';

type Known = Pick<Content, 'habits' | 'wasteGuide'>;

/** By its name, or the names that come nearest. */
export type MeaningFound = { readonly id: string; readonly name: string } | { readonly near: readonly string[] };

const NEAREST = 3;

/** `phrases`: what the bot hears in the name itself, so that a habit is found by any name it knows. */
export function findMeaning(
  { habits, wasteGuide }: Known,
  kind: OwnWordKind,
  typed: string,
  phrases: readonly HeardPhrase[],
): MeaningFound {
  if (kind === 'waste') {
    const answer = wasteGuide.find(typed);
    if ('found' in answer) return answer.exact ? { id: answer.found.id, name: answer.name } : { near: [answer.name] };
    return { near: 'near' in answer ? answer.near.map(({ name }) => name) : [] };
  }
  const key = normaliseName(typed);
  const [heard, ...others] = new Set(phrases.flatMap((phrase) => (phrase.kind === 'habit' ? [phrase.value] : [])));
  const habit =
    habits.find(({ title, titleEn }) => [title, titleEn].some((name) => normaliseName(name) === key)) ??
    habits.find(({ id }) => id === heard && others.length === 0);
  if (habit !== undefined) return { id: habit.id, name: habit.title };
  const near = habits.filter(({ title }) => [...key].filter((one) => title.includes(one)).length * 2 > key.length);
  return { near: near.slice(0, NEAREST).map(({ title }) => title) };
}

/** Whether the tables still hold it. */
export function isKnown({ habits, wasteGuide }: Known, { kind, meaning }: TaughtWord): boolean {
  return kind === 'waste' ? wasteGuide.get(meaning) !== undefined : habits.some(({ id }) => id === meaning);
}

export function meaningNames({ habits, wasteGuide }: Known): string[] {
  return [...habits.map(({ title }) => title), ...wasteGuide.items.map(({ name }) => name)];
}
