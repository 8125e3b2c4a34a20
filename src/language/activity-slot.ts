/** Finds which open activity is meant (捡垃圾 → 小区清洁日捡垃圾), or the words used where none is. */
import type { Hit, Hits } from './lexicon.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';

export interface ActivityPatterns {
  /** Words that stand in titles and in any sentence (活动, 小区, 周六 …): sharing them means nothing. */
  readonly common: RegExp;
  readonly named: RegExp;
  readonly before: RegExp;
  readonly trim: RegExp;
  readonly trimEnd: RegExp;
  readonly notActivity: RegExp;
  /** What makes a day stand for its activity: 周日的, 周日那个. */
  readonly ofDay: RegExp;
  readonly ofDayWords: RegExp;
}

export interface ActivityReading {
  readonly activity: string;
  /** True where it is the title of an open one. */
  readonly open: boolean;
  /** True where more than one pair of characters or a whole concept is shared. */
  readonly sure: boolean;
}

// One shared pair of characters that is not common is enough in private, twice that in a group.
const ENOUGH = 1;
const SURE = 2;
const CONCEPT_WEIGHT = 3;

export function compileActivityPatterns(tables: Tables): ActivityPatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'activity-words', name));
  const joins = kind('join');
  const word = '[^\\s,.;:!?()\\ue000\\d]';
  return {
    common: new RegExp(kind('common'), 'g'),
    named: new RegExp(`${joins}(?:${kind('filler')}|\\ue000)*(?<words>${word}{2,14})`),
    before: new RegExp(`(?<words>${word}{2,14}?)(?:${kind('join-after')})`),
    trim: new RegExp(`^(?:${kind('filler')})+`),
    trimEnd: new RegExp(`(?:${kind('tail')}).*$`),
    notActivity: new RegExp(kind('not-activity')),
    ofDay: new RegExp(`^${kind('of-day')}`),
    ofDayWords: new RegExp(kind('of-day'), 'g'),
  };
}

/** The best of the open titles, where one is clearly better than the others. */
export function matchActivity(
  text: string,
  hits: Hits,
  titles: readonly Title[],
  patterns: ActivityPatterns,
): { title: string; sure: boolean } | undefined {
  const bare = text.replace(patterns.common, (word) => '\ue000'.repeat(word.length));
  const concepts = hits.get('concept') ?? [];
  let best: { title: Title; score: number; whole: number } | undefined;
  let tied = false;
  for (const title of titles) {
    const score = conceptScore(concepts, title) + sharedPairs(bare, title.bare);
    const whole = sharedPairs(text, title.text);
    if (score < ENOUGH) continue;
    if (best === undefined || score > best.score || (score === best.score && whole > best.whole)) {
      best = { title, score, whole };
      tied = false;
    } else if (score === best.score && whole === best.whole) tied = true;
  }
  return best === undefined || tied ? undefined : { title: best.title.said, sure: best.score >= SURE };
}

// 我要报书市，啊不，改成讲座吧，书市那天没空: what follows the correction is meant, clause by clause.
const TURNS = ['misspoke', 'swap'];

/** The one named after somebody corrected themselves. */
export function matchAfterTurn(
  text: string,
  hits: Hits,
  titles: readonly Title[],
  patterns: ActivityPatterns,
): { title: string; sure: boolean } | undefined {
  const turn = Math.max(0, ...turnsOf(hits).map(({ end }) => end));
  if (turn === 0 || titles.length === 0) return undefined;
  for (const match of text.slice(turn).matchAll(/[^\n,.;:!?]+/g)) {
    const start = turn + match.index;
    const end = start + match[0].length;
    const concepts = (hits.get('concept') ?? []).filter((hit) => hit.start >= start && hit.end <= end);
    const found = matchActivity(match[0], new Map([['concept', concepts]]), titles, patterns);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A correction, or a refusal that a sign-up follows: 植树没时间，报个收纳课吧. */
function turnsOf(hits: Hits): Hit[] {
  const of = (kinds: readonly string[]): Hit[] => kinds.flatMap((kind) => [...(hits.get(kind) ?? [])]);
  const last = Math.max(...of(['join-plainly', 'join-firm']).map(({ start }) => start));
  return [...of(TURNS), ...of(['cancel', 'not-join']).filter(({ end }) => end <= last)];
}

export interface Title {
  readonly said: string;
  readonly text: string;
  readonly bare: string;
  readonly concepts: ReadonlySet<string>;
}

export function prepareTitle(said: string, text: string, hits: Hits, patterns: ActivityPatterns): Title {
  const bare = text.replace(patterns.common, (word) => '\ue000'.repeat(word.length));
  return { said, text, bare, concepts: new Set((hits.get('concept') ?? []).map((hit) => hit.value)) };
}

/** The words used for an activity that matches no title: what follows 报名 or stands before 算我一个. */
export function nameActivity(text: string, said: string, patterns: ActivityPatterns): string | undefined {
  for (const pattern of [patterns.named, patterns.before]) {
    const match = pattern.exec(text);
    const words = match?.groups?.words;
    if (match === null || words === undefined) continue;
    const start = match.index + match[0].indexOf(words);
    const name = cutWords(words, patterns);
    if (name === undefined) continue;
    const offset = start + words.indexOf(name);
    return said.slice(offset, offset + name.length);
  }
  return undefined;
}

function cutWords(words: string, patterns: ActivityPatterns): string | undefined {
  const name = words.replace(patterns.trim, '').replace(patterns.trimEnd, '').replace(patterns.trim, '');
  return name.length < 2 || patterns.notActivity.test(name) ? undefined : name;
}

function conceptScore(concepts: readonly Hit[], title: Title): number {
  const shared = new Set(concepts.map((hit) => hit.value).filter((value) => title.concepts.has(value)));
  return shared.size * CONCEPT_WEIGHT;
}

/** How many neighbouring pairs of characters of the title the text holds. */
function sharedPairs(text: string, title: string): number {
  let shared = 0;
  for (let at = 0; at + 2 <= title.length; at += 1) {
    const pair = title.slice(at, at + 2);
    if (!pair.includes('\ue000') && text.includes(pair)) shared += 1;
  }
  return shared;
}
