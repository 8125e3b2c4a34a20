/** Whoever changes their mind within a message is heard to the end: 本来不想去，那就报一个吧. */
import type { Hit } from '../lexicon.ts';
import { hitsOf, type Reading } from '../reading.ts';
import type { Signal } from '../signals.ts';

const JOINS: readonly Signal[] = ['join', 'join-plainly', 'join-firm'];
const PLAIN_JOINS: readonly Signal[] = ['join-plainly', 'join-firm'];
const QUITS: readonly Signal[] = ['cancel', 'cancel-plainly', 'not-join', 'takes-back'];
const CLAUSE_END = /[\n,.;:!?]/;

/** Somebody else who stays at home (老头子要打牌不来), and what was said before the last word, keep nobody away. */
export function staysAway(reading: Reading): boolean {
  const quits = allOf(reading, QUITS);
  if (quits.length === 0) return false;
  const said = lastWord(reading, JOINS, quits);
  if (said === undefined) return true;
  return quits.some((quit) => quit.end > said.start && !(quit.start >= said.end && isReason(reading, quit)));
}

/** The sign-up is said plainly, and after the refusal. */
export function comesAfterAll(reading: Reading): boolean {
  const quits = allOf(reading, QUITS);
  const said = lastWord(reading, PLAIN_JOINS, quits);
  return said !== undefined && !staysAway(reading);
}

/** 去年差点着火。…报名: what is over stands in another clause than the sign-up. */
export function isOver(reading: Reading): boolean {
  return isToldBeside(reading, allOf(reading, ['join-past', 'past-deed']), JOINS);
}

export function isSomewhereElse(reading: Reading): boolean {
  const elsewhere = allOf(reading, ['join-elsewhere']);
  return reading.activity()?.open === true ? isToldBeside(reading, elsewhere, JOINS) : elsewhere.length > 0;
}

function isToldBeside(reading: Reading, hits: readonly Hit[], joins: readonly Signal[]): boolean {
  const said = lastWord(reading, joins, []);
  if (said === undefined) return hits.length > 0;
  const from = clauseStart(reading.text, said.start);
  const to = clauseEnd(reading.text, said.end);
  return hits.some(({ start, end }) => start < to && end > from);
}

/** 还能报吗，能的话我和老伴都去 asks for room, and comes if there is some; 几点开始，我想去 waits for an answer. */
export function asksBefore(reading: Reading): boolean {
  const said = lastWord(reading, JOINS, []);
  if (said === undefined || reading.activity()?.open !== true) return false;
  if (reading.counts.party === undefined && !PLAIN_JOINS.some((kind) => kind === said.kind)) return false;
  const from = clauseStart(reading.text, said.start);
  const room = allOf(reading, ['room-asked', 'places-left']);
  return hitsOf(reading, 'asks').every(
    (ask) => ask.end <= from && room.some(({ start, end }) => start < ask.end && ask.start < end),
  );
}

/** The last sign-up that is no word of a refusal (不报名了) nor of what was done before (昨天帮我报的). */
function lastWord(reading: Reading, kinds: readonly Signal[], quits: readonly Hit[]): Hit | undefined {
  // Letter by letter, so that a word said a thousand times is not held against a thousand others.
  const taken = new Uint8Array(reading.text.length);
  for (const { start, end } of [...quits, ...hitsOf(reading, 'signed-before')]) taken.fill(1, start, end);
  return allOf(reading, kinds)
    .toSorted((one, other) => other.start - one.start)
    .find(({ start, end }) => !taken.subarray(start, end).includes(1));
}

function isReason(reading: Reading, quit: Hit): boolean {
  if (hitsOf(reading, 'cancel-plainly').includes(quit)) return false;
  const turned = [...hitsOf(reading, 'swap'), ...hitsOf(reading, 'misspoke')].some(({ end }) => end <= quit.start);
  if (turned && reading.activity()?.open === true) return true;
  const before = reading.text.slice(clauseStart(reading.text, quit.start), quit.start);
  const self = hitsOf(reading, 'self').some(
    ({ start, end }) => end <= quit.start && start >= quit.start - before.length,
  );
  return !self && before.search(reading.vocabulary.count.companion) >= 0;
}

function clauseStart(text: string, before: number): number {
  for (let at = before; at > 0; at -= 1) if (CLAUSE_END.test(text[at - 1] ?? '')) return at;
  return 0;
}

function clauseEnd(text: string, from: number): number {
  const length = text.slice(from).search(CLAUSE_END);
  return length < 0 ? text.length : from + length;
}

function allOf(reading: Reading, kinds: readonly Signal[]): Hit[] {
  return kinds.flatMap((kind) => [...hitsOf(reading, kind)]);
}
