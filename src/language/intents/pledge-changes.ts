/** What a household changes about its pledge: which habit comes, which goes, and how many they are now. */
import type { Hit } from '../lexicon.ts';
import { hears, hitsOf, type Reading, unexplained, unexplainedOf } from '../reading.ts';
import { maskSpans } from '../text-mask.ts';

export interface Changes {
  readonly add: string[];
  readonly remove: string[];
  /** One for another; not the 换成 of 洗衣粉换成无磷的, which is a habit. */
  readonly swaps: boolean;
  /** A habit and what takes it out stand in one clause: 把少开一天车拿掉. */
  readonly takesOut: boolean;
}

/** 还能再加不，想加个水杯; 承诺啥好呢？节水吧: after the question comes what is meant. */
export function saysAfterAsking(reading: Reading): boolean {
  const asked = Math.max(...hitsOf(reading, 'asks').map(({ end }) => end));
  const named = [...reading.habits.habits, ...reading.habits.topics].filter(({ start }) => start >= asked);
  if (named.length === 0) return false;
  const settles = SETTLING.flatMap((signal) => hitsOf(reading, signal)).filter(({ start }) => start >= asked);
  const settled = settles.some((word) => named.some(({ start, end }) => start >= word.end || end <= word.start));
  return (
    settled || unexplainedOf(reading, maskSpans(reading.text, [{ start: 0, end: asked }, ...named]), 'filler') === 0
  );
}

const SETTLING = ['instead', 'add', 'swap', 'remove'] as const;

type Side = 'add' | 'remove' | 'keep';

/** Each habit goes with the verb of its clause: what stands before 换成 goes, what stands after it comes. */
export function changedHabits(reading: Reading): Changes {
  const sides: Record<Side, Set<string>> = { add: new Set(), remove: new Set(), keep: new Set() };
  const swap = hitsOf(reading, 'swap').find((verb) => !reading.habits.habits.some((habit) => owns(habit, verb)));
  for (const hit of reading.habits.habits) {
    sides[sideOf(reading, hit, swap)].add(hit.value);
  }
  const takesOut = reading.habits.habits.some((habit) => {
    // 不要纸的账单 is a habit of its own.
    const verbs = hitsOf(reading, 'remove').filter(({ start }) => start !== habit.start);
    return nearest(reading, verbs, habit) < OTHER_CLAUSE || isDropped(reading, habit);
  });
  return { add: [...sides.add], remove: [...sides.remove], swaps: swap !== undefined, takesOut };
}

/** 改成三口人: without a question it is the pledge that is put right. */
export function changedPeople(reading: Reading): number | undefined {
  const { counts, habits } = reading;
  const { members, party } = counts;
  if (reading.open !== null || habits.habits.length + habits.topics.length > 0) return undefined;
  if (members !== undefined && hears(reading, 'family-size')) return members;
  return hears(reading, 'party-change') && hears(reading, 'own-family') ? (members ?? party) : undefined;
}

export function wantsToAmend(reading: Reading): boolean {
  const isBare = unexplained(reading, 'amends', 'self', 'own-family', 'request') === 0;
  return reading.open === null && hears(reading, 'amends') && !hears(reading, 'gives-up') && isBare;
}

/** 不骑车了: a no in front, and it is over. */
function isDropped(reading: Reading, habit: Hit): boolean {
  const denied = hitsOf(reading, 'no').some(({ end }) => end === habit.start);
  return denied && hitsOf(reading, 'done').some(({ start }) => start === habit.end);
}

function owns(habit: Hit, verb: Hit): boolean {
  return habit.start < verb.start && verb.end <= habit.end;
}

function sideOf(reading: Reading, habit: Hit, swap: Hit | undefined): Side {
  if (isDropped(reading, habit)) return 'remove';
  if (swap === undefined) return verbSide(reading, habit);
  return habit.start < swap.start ? 'remove' : 'add';
}

/** The nearest 加, 去掉 or 留着; the one in the same clause before any other. */
function verbSide(reading: Reading, habit: Hit): Side {
  const remove = nearest(reading, hitsOf(reading, 'remove'), habit);
  const add = nearest(reading, [...hitsOf(reading, 'add'), ...hitsOf(reading, 'instead')], habit);
  const keep = nearest(reading, hitsOf(reading, 'keeps'), habit);
  if (keep < OTHER_CLAUSE && keep < Math.min(remove, add)) return 'keep';
  return remove < add ? 'remove' : 'add';
}

const OTHER_CLAUSE = 100;

function nearest(reading: Reading, verbs: readonly Hit[], habit: Hit): number {
  let best = Number.POSITIVE_INFINITY;
  for (const verb of verbs) {
    const [from, to] = verb.start >= habit.end ? [habit.end, verb.start] : [verb.end, habit.start];
    const between = reading.text.slice(from, Math.min(to, from + OTHER_CLAUSE));
    const distance = Math.max(0, to - from) + (/[,.;!?\n]/.test(between) ? OTHER_CLAUSE : 0);
    best = Math.min(best, distance);
  }
  return best;
}
