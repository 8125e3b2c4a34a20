/** Reads which thing is asked about: 旧灯管撇在哪呢 → 灯管, 麻烦问一下充电宝鼓包了扔哪儿 → 充电宝. */
import type { Hit, Hits } from './lexicon.ts';
import { oneOf, type Tables, wordsOf } from './tables.ts';
import type { Span } from './text-mask.ts';

export interface WasteItemPatterns {
  readonly front: RegExp;
  /** 锅底漏了的 of 锅底漏了的铁锅: what became of it, told before the thing. */
  readonly relative: RegExp;
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
  /** Where what is told of the thing begins: 那么硬, 上全是油, 本身, 断了条腿. */
  readonly told: RegExp;
  readonly worn: RegExp;
  /** 头 of 拖把头, 盒 of 电池盒: what a compound noun ends in. */
  readonly nounTail: RegExp;
  readonly nounEnd: RegExp;
  /** 掉毛 of 掉毛掉得厉害 ends in no noun. */
  readonly deedInFront: RegExp;
  /** No noun holds these: 画不出水了, 没放完. */
  readonly marker: RegExp;
}

// An item is a noun with at most a few words before it; more than this is a story.
const LONGEST_ITEM = 14;
const MUCH_TALK = 5;
const LONGEST_BACK = 16;
const MOST_THINGS = 4;
// 榴莲壳，那么硬，扔哪: what is told between the thing and the question is a clause or two.
const MOST_EARLIER = 3;
// A thing is named in two characters at least, before anything is told of it.
const SHORTEST_ITEM = 2;
const SHORTEST_TALE = 3;
const LONGEST_TAIL = 3;
const STOPS = /[\n,.;:!?()]/;

export function compileWasteItemPatterns(tables: Tables): WasteItemPatterns {
  const kind = (name: string): string => oneOf(wordsOf(tables, 'waste-words', name));
  // What became of the thing: 撕下来, 放硬了, 上全是油.
  const become = `${kind('done')}${kind('became')}?${kind('result')}`;
  const soiled = `${kind('on')}?${kind('stained')}${kind('soiled')}`;
  const notYet = `${kind('not-yet')}${kind('done')}${kind('result')}?`;
  return {
    front: new RegExp(`^(?:${become}${kind('of')}|${kind('front')}|\\s)+`),
    relative: new RegExp(
      `^\\p{Script=Han}{1,6}?(?:${kind('done')}|${kind('result')})(?:${kind('of')}|${kind('few')}${kind('heap')})(?=\\p{Script=Han}{2})`,
      'u',
    ),
    back: new RegExp(`(?:(?:${notYet}|${become}|${soiled})${kind('perfect')}?|${kind('back')}|\\s)$`),
    notItem: new RegExp(`^${kind('not-item')}$`),
    thing: new RegExp(`^${kind('thing')}$`),
    notAlone: new RegExp(`^${kind('not-alone')}$`),
    state: new RegExp(`^(?:${kind('state')})+`),
    aside: new RegExp(`(?:${kind('aside')})+$`),
    remains: new RegExp(`^\\p{Script=Han}{1,4}${kind('remains')}$`, 'u'),
    deed: new RegExp(`^${kind('deed')}`),
    joint: new RegExp(`(${kind('joint')}|[,\\s]+)`),
    told: new RegExp(
      `${kind('degree')}${kind('quality')}|${kind('amount')}|${kind('on')}?${kind('predicate')}|${kind('few')}${kind('heap')}$`,
    ),
    worn: new RegExp(
      `(?:${kind('done')}|${kind('result')}){1,2}${kind('after-deed')}|${kind('not-yet')}(?:${kind('done')}|${kind('result')})|\\p{Script=Han}(?<twin>\\p{Script=Han})\\k<twin>${kind('of')}`,
      'u',
    ),
    nounTail: new RegExp(`^${kind('tail')}{0,${LONGEST_TAIL}}`),
    nounEnd: new RegExp(`${kind('tail')}$`),
    deedInFront: new RegExp(`^(?:${kind('done')}|${kind('result')})`),
    marker: new RegExp(`(?!${kind('marked-noun')})${kind('marker')}`),
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
  const earlier: [number, number][] = [];
  for (let end = clauseStart; end > 0 && earlier.length < MOST_EARLIER; end = earlier.at(-1)?.[0] ?? 0) {
    const last = endBefore(text, end);
    earlier.push([lastStopBefore(text, last), last]);
  }
  const later = ask.end + (/^[\s,.!?]+/.exec(text.slice(ask.end))?.[0].length ?? 0);
  const rest = text.slice(later).search(STOPS);
  const after: [number, number] = [later, rest < 0 ? text.length : later + rest];
  return [before, ...earlier, after];
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
  const relative = patterns.relative.exec(words)?.[0].length ?? 0;
  const start = from + relative + (patterns.front.exec(words.slice(relative))?.[0].length ?? 0);
  const rest = text.slice(start, Math.max(start, to));
  const named = nameInFront(text, start, to, names, patterns);
  if (named !== undefined) return [start, named];
  const end = start + withoutBack(untilTold(rest, patterns), patterns).length;
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

/** Where a thing of the guide ends that is followed by what became of it and by no other noun: 丝袜|勾坏了, not 电池|盒. */
function nameInFront(
  text: string,
  start: number,
  to: number,
  names: readonly Hit[],
  patterns: WasteItemPatterns,
): number | undefined {
  const ends = names.filter((hit) => hit.start === start && hit.end <= to).map(({ end }) => end);
  if (ends.length === 0) return undefined;
  const end = Math.max(...ends);
  const after = text.slice(end, to);
  const longest = patterns.nounTail.exec(after)?.[0].length ?? 0;
  for (let tail = longest; tail >= 0; tail -= 1) {
    const more = nounBefore(after.slice(tail), patterns);
    if (more !== undefined) return end + tail + more;
  }
  return undefined;
}

/** How much of the words is still the noun where a predicate follows: 0 of 勾坏了, 2 of 掸子秃了. */
function nounBefore(words: string, patterns: WasteItemPatterns): number | undefined {
  const { told, worn, marker, nounEnd, deedInFront, joint } = patterns;
  if (words === '' || words.search(joint) === 0) return undefined;
  if (words.search(told) === 0 || words.search(worn) === 0) return 0;
  const marked = words.search(marker);
  if (marked < 0) return words.length >= SHORTEST_TALE && !nounEnd.test(words) ? 0 : undefined;
  if (deedInFront.test(words)) return 0;
  for (let length = marked - 1; length >= SHORTEST_ITEM; length -= 1) {
    if (nounEnd.test(words.slice(0, length))) return length;
  }
  return 0;
}

/** 垃圾袋本身, 榴莲壳那么硬, 老花镜断了条腿: a noun ends where something is told of it. */
function untilTold(words: string, { told, worn }: WasteItemPatterns): string {
  const at = words.search(told);
  if (at === 0) return '';
  const cuts = [at, words.search(worn)].filter((cut) => cut >= SHORTEST_ITEM);
  return cuts.length === 0 ? words : words.slice(0, Math.min(...cuts));
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

/** Before the stops, however many: 打碎了！！要扔. */
function endBefore(text: string, from: number): number {
  let end = from;
  while (end > 0 && STOPS.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

function lastStopBefore(text: string, before: number): number {
  for (let at = before - 1; at >= 0; at -= 1) {
    if (STOPS.test(text[at] ?? '')) return at + 1;
  }
  return 0;
}
