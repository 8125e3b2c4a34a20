/** Which of the open activities a message names, each with the day said before it. Pure. */
import type { Shift } from '../../model/activity.ts';
import type { Spoken } from './spoken.ts';

export interface NamedActivity {
  readonly activityId: string;
  /** YYYY-MM-DD; absent where none was said before it. */
  readonly date?: string;
}

/**
 * In the order they are named. An activity is named by two neighbouring characters of its title that stand in no other
 * title and in no common word: with 垃圾 alone nobody says whether it is 捡垃圾 or 垃圾分类.
 */
export function namedActivities({ text, days, common }: Spoken['line'], shifts: readonly Shift[]): NamedActivity[] {
  const titles = new Map(shifts.map(({ activityId, title }) => [activityId, bare(title)]));
  const found = [...titles].flatMap(([activityId, title]) => {
    const others = [...titles].filter(([id]) => id !== activityId).map(([, other]) => other);
    const places = tellingPairs(title, common)
      .filter((pair) => !others.some((other) => other.includes(pair)))
      .map((pair) => text.indexOf(pair))
      .filter((place) => place !== -1);
    return places.length === 0 ? [] : [{ activityId, at: Math.min(...places) }];
  });
  return found
    .toSorted((one, other) => one.at - other.at)
    .map(({ activityId, at }) => {
      const date = days.findLast(({ end }) => end <= at)?.date;
      return date === undefined ? { activityId } : { activityId, date };
    });
}

/** Every two neighbouring characters that do not both lie within one common word. */
function tellingPairs(title: string, common: RegExp): string[] {
  const words = [...title.matchAll(common)].map(({ index, 0: word }) => ({ start: index, end: index + word.length }));
  return Array.from({ length: Math.max(0, title.length - 1) }, (_, at) => at)
    .filter((at) => !words.some(({ start, end }) => start <= at && at + 2 <= end))
    .map((at) => title.slice(at, at + 2));
}

function bare(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
