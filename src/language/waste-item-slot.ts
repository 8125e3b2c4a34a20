/** Reads which thing is asked about: 旧灯管撇在哪呢 → 灯管, 麻烦问一下充电宝鼓包了扔哪儿 → 充电宝. */
import type { Hit, Hits } from './lexicon.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';
import type { Span } from './text-mask.ts';

export interface WasteItemPatterns {
  readonly front: RegExp;
  readonly back: RegExp;
  readonly notItem: RegExp;
  /** 电池: what the guide holds in several kinds, none of them by this name alone. */
  readonly thing: RegExp;
  /** 光盘: a thing of the guide that means something else where nobody asks about throwing it away. */
  readonly notAlone: RegExp;
  /** What may stand before and after a thing that is named and nothing else: 破的, 剩下的; 呢, 碎了. */
  readonly state: RegExp;
  readonly aside: RegExp;
  /** 袋子, 壳: what is left of things ends in these, whatever stands before them. */
  readonly remains: RegExp;
  /** 买新衣服 does something with a thing and asks nothing about it. */
  readonly deed: RegExp;
  readonly joint: RegExp;
}

// An item is a noun with at most a few words before it; more than this is a story.
const LONGEST_ITEM = 14;
const MUCH_TALK = 5;
const LONGEST_BACK = 16;
const MOST_THINGS = 4;
const STOPS = /[\n,.;:!?()]/;

export function compileWasteItemPatterns(tables: Tables): WasteItemPatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'waste-words', name));
  // What became of the thing: 撕下来, 放硬了, 上全是油.
  const become = `${kind('done')}${kind('became')}?${kind('result')}`;
  const soiled = `${kind('on')}?${kind('stained')}${kind('soiled')}`;
  const notYet = `${kind('not-yet')}${kind('done')}${kind('result')}?`;
  return {
    front: new RegExp(`^(?:${become}${kind('of')}|${kind('front')}|\\s)+`),
    back: new RegExp(`(?:(?:${notYet}|${become}|${soiled})${kind('perfect')}?|${kind('back')}|\\s)$`),
    notItem: new RegExp(`^${kind('not-item')}$`),
    thing: new RegExp(`^${kind('thing')}$`),
    notAlone: new RegExp(`^${kind('not-alone')}$`),
    state: new RegExp(`^(?:${kind('state')})+`),
    aside: new RegExp(`(?:${kind('aside')})+$`),
    remains: new RegExp(`^\\p{Script=Han}{1,4}${kind('remains')}$`, 'u'),
    deed: new RegExp(`^${kind('deed')}`),
    joint: new RegExp(`(${kind('joint')}|[,\\s]+)`),
  };
}

/** The words before the asking words of the same clause, else the clause before, else the words after. */
export function readWasteItem(text: string, ask: Hit, hits: Hits, patterns: WasteItemPatterns): Span | undefined {
  const names = hits.get('waste') ?? [];
  for (const [start, end] of placesToLook(text, ask)) {
    const item = cutItem(text, start, end, names, patterns);
    if (item !== undefined) return { start: item[0], end: item[1] };
  }
  return undefined;
}

function placesToLook(text: string, ask: Hit): [number, number][] {
  const clauseStart = lastStopBefore(text, ask.start);
  const before: [number, number] = [clauseStart, ask.start];
  const earlier: [number, number] = [lastStopBefore(text, clauseStart - 1), Math.max(0, clauseStart - 1)];
  const later = ask.end + (/^[\s,.!?]+/.exec(text.slice(ask.end))?.[0].length ?? 0);
  const rest = text.slice(later).search(STOPS);
  const after: [number, number] = [later, rest < 0 ? text.length : later + rest];
  return [before, earlier, after];
}

/** The longest known name in the words where what is around it is only manner of speaking; else all the words. */
function cutItem(
  text: string,
  from: number,
  to: number,
  names: readonly Hit[],
  patterns: WasteItemPatterns,
): [number, number] | undefined {
  const words = text.slice(from, to);
  const start = from + (patterns.front.exec(words)?.[0].length ?? 0);
  const rest = text.slice(start, Math.max(start, to));
  const end = start + withoutBack(rest, patterns).length;
  const length = end - start;
  if (length < 1 || patterns.notItem.test(text.slice(start, end))) return undefined;
  const known = names.filter((hit) => hit.start >= from && hit.end <= to).sort((a, b) => b.weight - a.weight)[0];
  // A known name that begins before the cut keeps its first word: 旧手机, 过期药.
  if (known !== undefined && known.start < start && known.end >= end) return [known.start, known.end];
  // Much talk before a thing of the guide is only talk: 一下就是我们家那个旧电视机.
  if (known !== undefined && known.end === end && known.start - start >= MUCH_TALK) return [known.start, known.end];
  if (length <= LONGEST_ITEM) return [start, end];
  return known === undefined ? undefined : [known.start, known.end];
}

/** Word by word: tried in every order, words that hold each other (应该是, 应该, 是) would take for ever. */
function withoutBack(words: string, { back }: WasteItemPatterns): string {
  let left = words;
  for (;;) {
    const cut = left.slice(-LONGEST_BACK).search(back);
    if (cut < 0) return left;
    left = left.slice(0, Math.max(0, left.length - LONGEST_BACK) + cut);
  }
}

/** Things named one after another and nothing else, perhaps with what became of them: 旧报纸和易拉罐, 玻璃杯打碎了. */
export function readNamedThings(text: string, names: readonly string[], patterns: WasteItemPatterns): Span | undefined {
  const end = text.length - (patterns.aside.exec(text)?.[0].length ?? 0);
  const start = patterns.front.exec(text.slice(0, end))?.[0].length ?? 0;
  const parts = text.slice(start, end).split(patterns.joint);
  const things = parts.filter((_, index) => index % 2 === 0);
  return things.length <= MOST_THINGS && things.every((thing) => isThing(thing, names, patterns))
    ? { start, end }
    : undefined;
}

function isThing(words: string, names: readonly string[], patterns: WasteItemPatterns): boolean {
  const thing = words.replace(patterns.state, '');
  if (patterns.notAlone.test(thing)) return false;
  if (names.includes(words) || names.includes(thing)) return true;
  return patterns.thing.test(thing) || (patterns.remains.test(words) && !patterns.deed.test(thing));
}

function lastStopBefore(text: string, before: number): number {
  for (let at = before - 1; at >= 0; at -= 1) {
    if (STOPS.test(text[at] ?? '')) return at + 1;
  }
  return 0;
}
