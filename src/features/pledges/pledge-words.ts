/** Puts habits, places and numbers into the words of a language, so that texts can hold them. */
import type { RenderText, Saying } from '../../model/text.ts';
import type { HouseholdPlace } from '../../model/understanding.ts';
import { bestKnownHabit, type HabitBook } from './pledges-rules.ts';
import { say } from './pledges-texts.ts';

export interface Words {
  habitName(id: string): string;
  /** The names of habits in a row; `topics` shows which were meant by a category alone. */
  habits(ids: readonly string[], topics?: readonly string[]): string;
  /** Numbered from 1, three to a line. */
  menu(ids: readonly string[]): string;
  place(place: HouseholdPlace): string;
  /** What is known of a pledge in a row, what is not known left out. */
  facts(known: {
    readonly place?: HouseholdPlace | undefined;
    readonly habits: readonly string[];
    readonly topics?: readonly string[] | undefined;
    readonly people?: number | null | undefined;
  }): string;
  list(words: readonly string[]): string;
}

const ITEMS_PER_LINE = 3;

export function wordsIn(locale: string, render: RenderText, book: HabitBook): Words {
  const isChinese = locale.startsWith('zh');
  // Parts of a sentence have one wording, so the seed does not matter.
  const words = ({ key, variables }: Saying) => render(locale, key, variables, '');
  const list = (items: readonly string[]) =>
    inRow(items, (head, next) => words(say('pledge.list', { list: head, next })));

  function habitName(id: string): string {
    const habit = book.habits.find((each) => each.id === id);
    return habit === undefined ? id : isChinese ? habit.title : habit.titleEn;
  }

  function habits(ids: readonly string[], topics: readonly string[] = []): string {
    return list(ids.map((id) => withTopic(id, topics)));
  }

  function withTopic(id: string, topics: readonly string[]): string {
    const topic = book.habitCategories.find(
      (each) => topics.includes(each.id) && bestKnownHabit(book.habits, each.id) === id,
    );
    if (topic === undefined) return habitName(id);
    return words(say('pledge.habit-in-topic', { topic: isChinese ? topic.name : topic.nameEn, habit: habitName(id) }));
  }

  function place(known: HouseholdPlace): string {
    const { compound } = known;
    const door = words(doorSaying(known));
    return compound === undefined ? door : words(say('pledge.place-in', { compound, place: door }));
  }

  function menu(ids: readonly string[]): string {
    const items = ids.map((id, index) => words(say('pledge.menu-item', { number: index + 1, habit: habitName(id) })));
    const lines = Array.from({ length: Math.ceil(items.length / ITEMS_PER_LINE) }, (_, line) =>
      items.slice(line * ITEMS_PER_LINE, (line + 1) * ITEMS_PER_LINE).join('  '),
    );
    return lines.join('\n');
  }

  function facts(known: Parameters<Words['facts']>[0]): string {
    const parts = [
      ...(known.place === undefined ? [] : [place(known.place)]),
      habits(known.habits, known.topics),
      ...(known.people == null ? [] : [words(say('pledge.people', { people: known.people }))]),
    ];
    return inRow(parts, (head, next) => words(say('pledge.facts', { facts: head, next })));
  }

  return { habitName, habits, menu, place, facts, list };
}

function doorSaying({ building = '', unit, room }: HouseholdPlace): Saying {
  if (unit !== undefined && room !== undefined) return say('pledge.place-full', { building, unit, room });
  if (unit !== undefined) return say('pledge.place-unit', { building, unit });
  return room === undefined ? say('pledge.place-building', { building }) : say('pledge.place-room', { building, room });
}

function inRow(items: readonly string[], join: (head: string, next: string) => string): string {
  return items.length === 0 ? '' : items.reduce(join);
}
