/** Takes out what was heard only inside a longer phrase that says something else: the asking 多少 of 吃多少做多少. */
import type { Hit, Hits } from './lexicon.ts';

/** What is no longer heard inside which. */
const YIELDS: readonly (readonly [kind: string, to: readonly string[]])[] = [
  // 吃多少做多少 is a habit and asks nothing; 不对不对 is a no that holds the asking 对不对.
  // 问下我老公 is no question to the bot; 什么都 and 想买啥先… name anything whatever.
  ['asks', ['habit', 'no', 'undecided', 'whatever']],
  // 没啥不同意的 agrees.
  ['disagree', ['agree']],
  // 没错 and 没有问题 agree.
  ['no', ['agree', 'yes']],
  // 没坐电梯 is what somebody did.
  ['not-done', ['habit']],
  // 账单改成电子的 is a habit, and so is 灯泡换成LED; 换成节能灯 begins with what is done to it.
  ['swap', ['habit']],
  ['instead', ['habit']],
  ['add', ['habit']],
  ['remove', ['habit']],
  // 莫再发消息给我 is no order to send one.
  ['publish-notice', ['stop']],
  // 不会用手机 begs for patience.
  ['help', ['filler']],
  // 今后晌 is this afternoon, and not from now on.
  ['intends', ['today']],
];

/** Phrases that own what stands in their gaps too. */
const WHOLE: ReadonlySet<string> = new Set(['whatever', 'stop']);
/** What is done to a habit is heard where it stands in front of it. */
const CHANGES: ReadonlySet<string> = new Set(['swap', 'instead', 'add', 'remove']);

export function withoutInnerWords(hits: Hits): Hits {
  let left = hits;
  for (const [kind, to] of YIELDS) {
    const inner = left.get(kind);
    if (inner === undefined) continue;
    const longer = to.flatMap((other) => left.get(other) ?? []);
    if (longer.length === 0) continue;
    const kept = outside(inner, longer);
    if (kept.length < inner.length) left = withKind(left, kind, kept);
  }
  return left;
}

/** Both in the order of the text: what begins too early to reach a word is not looked at again for those behind it. */
function outside(inner: readonly Hit[], unsorted: readonly Hit[]): Hit[] {
  const longer = unsorted.toSorted((one, other) => one.start - other.start);
  const reach = longer.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  let first = 0;
  return inner.filter((hit) => {
    while (first < longer.length && (longer[first]?.start ?? 0) + reach <= hit.start) first += 1;
    for (let at = first; at < longer.length; at += 1) {
      const other = longer[at];
      if (other === undefined || other.start > hit.start) return true;
      if (holds(other, hit)) return false;
    }
    return true;
  });
}

function holds(longer: Hit, hit: Hit): boolean {
  const within = longer.start <= hit.start && hit.end <= longer.end;
  const span = longer.end - longer.start;
  // What stands in the gap of a phrase (厨余…水 in 厨余为啥要沥水) is no word of it; at either end it is.
  const isWordOfIt =
    WHOLE.has(longer.kind) || longer.weight === span || longer.start === hit.start || longer.end === hit.end;
  if (CHANGES.has(hit.kind) && (longer.start === hit.start || longer.weight < span)) return false;
  return within && isWordOfIt && span > hit.end - hit.start;
}

function withKind(hits: Hits, kind: string, kept: readonly Hit[]): Hits {
  const others = [...hits].filter(([other]) => other !== kind);
  return new Map(kept.length === 0 ? others : [...others, [kind, kept]]);
}
