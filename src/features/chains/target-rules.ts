/** What of ours a list is about, by the words over it. Pure. */
import { weekday } from '../../lib/zoned-time.ts';
import type { ChainTarget } from '../../model/chain.ts';
import type { ThemeFacts } from './chain-words.ts';
import { bare } from './line-rules.ts';

/** A shift with its day and hour as people of this place say them, or the round of pledges. */
export interface Candidate {
  readonly target: ChainTarget;
  readonly title: string;
  readonly place: string;
  /** YYYY-MM-DD and HH:MM; empty for pledges. */
  readonly day: string;
  readonly time: string;
}

export interface TargetGuess {
  /** `null`: none is like it, or two are alike. */
  readonly sure: ChainTarget | null;
  /** All that may be meant, the likeliest first. */
  readonly ranked: readonly ChainTarget[];
  /** Of the first more than a weekday fits; where no day is told at all, nothing speaks against it. */
  readonly isLikely: boolean;
}

export function guessTarget(theme: string, facts: ThemeFacts, candidates: readonly Candidate[]): TargetGuess {
  const text = bare(theme);
  const named = candidates.map(({ title }) => bare(title)).filter((title) => title.length > 1 && text.includes(title));
  const scored = candidates
    .map((candidate) => ({ candidate, score: scoreOf({ text, named }, facts, candidate) }))
    .sort((one, other) => other.score - one.score);
  const [best, second] = scored;
  const isClear = best !== undefined && best.score >= ENOUGH && best.score - (second?.score ?? 0) >= MARGIN;
  return {
    sure: isClear ? best.candidate.target : null,
    isLikely: best !== undefined && (best.score >= ENOUGH || facts.dates.length === 0),
    ranked: scored.map(({ candidate }) => candidate.target),
  };
}

// A whole name in the theme, half of its pairs of letters, or the day and hour with nothing against it.
const NAMED = 3;
const HALF = 0.5;
const ENOUGH = 1;
const MARGIN = 0.5;
const OTHER_DAY = -3;

interface Theme {
  readonly text: string;
  /** The titles that stand in it whole. */
  readonly named: readonly string[];
}

function scoreOf(theme: Theme, facts: ThemeFacts, candidate: Candidate): number {
  if (candidate.target.kind === 'pledges') return facts.isPledge ? ENOUGH : 0;
  const named = nameScore(theme, bare(candidate.title));
  const day = dayScore(facts, candidate.day);
  const time = facts.times.includes(candidate.time) ? 1 : 0;
  const place = bare(candidate.place);
  const at = place.length > 1 && theme.text.includes(place) ? 1 : 0;
  // The hour and the place are of many; only with the day or the name they tell anything.
  return named === 0 && day <= 0 ? Math.min(day, 0) : named + day + time * HALF + at * HALF - (named === 0 ? HALF : 0);
}

/** 「千人植树」 names that, and not the 「植树」 in it. */
function nameScore({ text, named }: Theme, title: string): number {
  if (title.length < 2) return 0;
  if (text.includes(title)) return named.some((other) => other !== title && other.includes(title)) ? 0 : NAMED;
  const pairs = Array.from({ length: title.length - 1 }, (_, at) => title.slice(at, at + 2));
  const share = pairs.filter((pair) => text.includes(pair)).length / pairs.length;
  return share >= HALF ? 2 * share : 0;
}

function dayScore({ dates }: ThemeFacts, day: string): number {
  if (dates.length === 0) return 0;
  if (dates.some(({ date }) => date === day)) return 1;
  // 周六 is the next one ahead; said of a later one it is at least no other day.
  return dates.some(({ date, isBareWeekday }) => isBareWeekday && weekday(date) === weekday(day)) ? 0 : OTHER_DAY;
}
