/**
 * Tells a talk that goes round in circles, two machines answering each other, from people who repeat themselves.
 * Pure. Texts are compared as `printOf` makes them; times are milliseconds.
 */

/** One thing that was said to the bot, and what it answered. */
export interface Round {
  readonly id: string;
  readonly print: string;
  readonly at: number;
  /** `null`: not yet. */
  readonly answer: { readonly text: string; readonly at: number } | null;
}

/** What is remembered of one sender in one chat. */
export interface Talk {
  /** The last ones that belong together. */
  readonly rounds: readonly Round[];
  /** They have been told, in these rounds, that they were answered. */
  readonly wasTold: boolean;
  readonly silence: Silence | null;
}

export interface Silence {
  readonly until: number;
  /** How often it came to this, each within a day of the last. */
  readonly times: number;
  /** Of what; `null`: of everything. */
  readonly print: string | null;
}

export interface Heard {
  readonly id: string;
  readonly print: string;
  readonly at: number;
  readonly isInGroup: boolean;
}

/** `tell`: it is answered, with a kind word besides. `fall-silent`: the first that is not. */
export type Verdict = 'hear' | 'tell' | 'fall-silent' | 'silent';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

// Whoever comes back after this long asks anew.
const TALK_MS = 2 * MINUTE_MS;
// Nobody reads an answer and types the next sentence in less, time and again.
const QUICK_MS = 5 * SECOND_MS;
// The same words with the same answer: the second time was a slip, the third hears a kind word.
const SAME_ROUNDS = 2;
// The same words, whatever the answer: 再加一个 may well be meant a few times.
const SAME_WORDS = 5;
// Much the same words, each right after the answer: an automatic reply that tells the time.
const QUICK_ALIKE = 3;
// Any words, each right after the answer: a machine that makes conversation. In private that may be a hasty thumb.
const QUICK_ANY = 8;
const ROUNDS_KEPT = 10;

const FIRST_SILENCE_MS = 5 * MINUTE_MS;
const GROWS_BY = 4;

export function judge(talk: Talk | null, heard: Heard): { readonly verdict: Verdict; readonly talk: Talk } {
  const before = talk ?? { rounds: [], wasTold: false, silence: null };
  // What the platform tells again is no second word.
  if (before.rounds.some(({ id }) => id === heard.id)) return { verdict: 'hear', talk: before };
  if (isSilentTo(before.silence, heard)) return { verdict: 'silent', talk: before };
  const rounds = connected(before.rounds, heard);
  const wasTold = rounds.length > 0 && before.wasTold;
  const next = { ...before, rounds: [...rounds, roundOf(heard)].slice(-ROUNDS_KEPT), wasTold };
  const circle = circleIn(rounds, heard);
  if (circle === null) return { verdict: 'hear', talk: next };
  if (!wasTold) return { verdict: 'tell', talk: { ...next, wasTold: true } };
  return {
    verdict: 'fall-silent',
    talk: { rounds: [], wasTold: false, silence: silenceAfter(before.silence, heard, circle) },
  };
}

export function answered(talk: Talk, id: string, answer: Round['answer']): Talk {
  return { ...talk, rounds: talk.rounds.map((round) => (round.id === id ? { ...round, answer } : round)) };
}

/** It was not said to the bot. */
export function overheard(talk: Talk, id: string): Talk {
  return { ...talk, rounds: talk.rounds.filter((round) => round.id !== id) };
}

function roundOf({ id, print, at }: Heard): Round {
  return { id, print, at, answer: null };
}

function isSilentTo(silence: Silence | null, { print, at }: Heard): boolean {
  if (silence === null || at >= silence.until) return false;
  return silence.print === null || isAlike(silence.print, print);
}

/** Those that lead up to what is heard now. */
function connected(rounds: readonly Round[], heard: Heard): readonly Round[] {
  const last = rounds.at(-1);
  if (last === undefined || heard.at - last.at > TALK_MS) return [];
  return last.print === heard.print || isQuick(last, heard.at) ? rounds : [];
}

function isQuick({ answer }: Round, at: number): boolean {
  return answer !== null && at - answer.at <= QUICK_MS;
}

type Circle = 'same' | 'any';

function circleIn(rounds: readonly Round[], heard: Heard): Circle | null {
  const back = [...rounds].reverse();
  const after = (place: number) => back[place - 1]?.at ?? heard.at;
  const [last] = back;
  const same = countWhile(back, ({ print }) => print === heard.print);
  const sameAnswer = countWhile(
    back,
    ({ print, answer }) => print === heard.print && answer !== null && answer.text === last?.answer?.text,
  );
  if (sameAnswer >= SAME_ROUNDS || same >= SAME_WORDS) return 'same';
  const quickAlike = countWhile(
    back,
    (round, place) => isQuick(round, after(place)) && isAlike(round.print, heard.print),
  );
  if (quickAlike >= QUICK_ALIKE) return 'same';
  const quick = heard.isInGroup ? countWhile(back, (round, place) => isQuick(round, after(place))) : 0;
  return quick >= QUICK_ANY ? 'any' : null;
}

function countWhile(rounds: readonly Round[], holds: (round: Round, place: number) => boolean): number {
  const end = rounds.findIndex((round, place) => !holds(round, place));
  return end === -1 ? rounds.length : end;
}

function silenceAfter(before: Silence | null, { at, print }: Heard, circle: Circle): Silence {
  const times = before !== null && at - before.until < DAY_MS ? before.times + 1 : 1;
  const ms = Math.min(DAY_MS, FIRST_SILENCE_MS * GROWS_BY ** (times - 1));
  return { until: at + ms, times, print: circle === 'same' ? print : null };
}

/** Letters and digits alone, so that punctuation, blanks and case make no difference; signs where there is nothing else. */
export function printOf(text: string): string {
  const spoken = text.normalize('NFKC').toLowerCase().replace(NOT_SPOKEN, '');
  return (spoken === '' ? text.trim() : spoken).slice(0, LONGEST_PRINT);
}

const NOT_SPOKEN = /[^\p{L}\p{N}]/gu;
const LONGEST_PRINT = 120;

// In fewer letters one of them is a word: 1号电池 is not 5号电池.
const LONG_ENOUGH = 12;
const ALIKE_FROM = 0.8;

/** Equal, or so long that a word or a time that differs does not matter. */
export function isAlike(one: string, other: string): boolean {
  if (one === other) return true;
  if (Math.min(one.length, other.length) < LONG_ENOUGH) return false;
  const pairs = new Map<string, number>();
  for (const pair of pairsOf(one)) pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of pairsOf(other)) {
    const left = pairs.get(pair) ?? 0;
    if (left === 0) continue;
    pairs.set(pair, left - 1);
    shared += 1;
  }
  return (2 * shared) / (one.length + other.length - 2) >= ALIKE_FROM;
}

function pairsOf(text: string): string[] {
  return Array.from({ length: text.length - 1 }, (_, place) => text.slice(place, place + 2));
}
