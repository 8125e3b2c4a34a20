/** Finds every known phrase of a message in one pass: a trie over all tables, so the cost does not grow with the vocabulary. */

import type { Slices } from '../lib/in-slices.ts';
import { type TablePlace, VocabularyFault } from './tables.ts';
import { buildTrie, childOf, type Headed, NOWHERE, ROOT, type Trie, valuesAt } from './trie.ts';

/** Where a phrase was heard. `value` is what the table says it stands for (a habit id, an issue kind …). */
export interface Hit {
  readonly kind: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Characters that were really there; a phrase with a gap covers fewer than it spans. */
  readonly weight: number;
}

export interface Phrase {
  readonly kind: string;
  readonly value: string;
  /** Literal words; `(a|b|)` are alternatives, `…` a short gap within a clause, `^` and `$` the ends of a clause. */
  readonly pattern: string;
  /** Where it stands, for its editor; absent for names that come from elsewhere. */
  readonly place?: TablePlace;
}

export type Hits = ReadonlyMap<string, readonly Hit[]>;

export interface Lexicon {
  readonly trie: Trie<Sense>;
  /** Characters that may follow the last word of a clause without ending what it says (final particles). */
  readonly particles: ReadonlySet<number>;
}

/** What a head that stands in the trie may be the beginning of. */
interface Sense {
  readonly kind: string;
  readonly value: string;
  /** What must follow the head. */
  readonly rest: readonly Step[];
  readonly atStart: boolean;
}

/** One of these words must follow, at once or after a short gap. */
interface Step {
  readonly gap: boolean;
  readonly choices: readonly Choice[];
}

interface Choice {
  readonly word: string;
  readonly atEnd: boolean;
}

interface Match {
  readonly end: number;
  readonly weight: number;
}

// Wide enough for 把 … 那一条 … 换成, too narrow to join two thoughts of a sentence without commas.
const GAP_CHARACTERS = 8;
// Groups at the head of a phrase are spelled out into the trie up to this many; later ones are tried one by one.
const MOST_HEADS = 256;
const CLAUSE_STOPS = new Set([...'\n,.;:!?()[]"'].map((mark) => mark.charCodeAt(0)));

export function* lexiconInSlices(phrases: readonly Phrase[], particles: string): Slices<Lexicon> {
  const heads = phrases.flatMap(headsOf);
  yield;
  const trie = buildTrie(heads);
  return { trie, particles: new Set([...particles].map((mark) => mark.charCodeAt(0))) };
}

/** All hits by kind, each list in the order of the text. `from` is where the message begins to say something. */
export function scan(lexicon: Lexicon, text: string, from: number): Hits {
  const hits = new Map<string, Hit[]>();
  for (let start = 0; start < text.length; start += 1) {
    let node = childOf(lexicon.trie, ROOT, text.charCodeAt(start));
    for (let at = start + 1; node !== NOWHERE; at += 1) {
      for (const sense of valuesAt(lexicon.trie, node)) {
        if (sense.atStart && !beginsClause(text, start, from)) continue;
        const match = matchSteps(lexicon, text, sense.rest, 0, at);
        if (match === undefined || splitsWord(text, start, match.end)) continue;
        keep(hits, sense, start, { end: match.end, weight: at - start + match.weight });
      }
      node = at < text.length ? childOf(lexicon.trie, node, text.charCodeAt(at)) : NOWHERE;
    }
  }
  return hits;
}

/** `ok` stands in no `book`: a phrase in Latin letters is a word of its own. */
function splitsWord(text: string, start: number, end: number): boolean {
  return (
    (isLatin(text.charCodeAt(start)) && start > 0 && isLatin(text.charCodeAt(start - 1))) ||
    (isLatin(text.charCodeAt(end - 1)) && end < text.length && isLatin(text.charCodeAt(end)))
  );
}

function isLatin(code: number): boolean {
  return code >= 97 && code <= 122;
}

function headsOf(phrase: Phrase): Headed<Sense>[] {
  const atStart = phrase.pattern.startsWith('^');
  const steps = parseSteps(atStart ? phrase.pattern.slice(1) : phrase.pattern);
  const [first, ...others] = steps;
  if (first === undefined || first.gap) throw noWordInFront(phrase);
  let heads = first.choices;
  let used = 0;
  for (const step of others) {
    if (step.gap || (heads.length * step.choices.length > MOST_HEADS && heads.every(({ word }) => word !== ''))) break;
    heads = heads.flatMap((head) => (head.atEnd ? [head] : step.choices.map((choice) => joined(head, choice))));
    used += 1;
  }
  if (heads.some(({ word }) => word === '')) throw noWordInFront(phrase);
  const { kind, value } = phrase;
  const open: Sense = { kind, value, rest: others.slice(used), atStart };
  const ended: Sense = { kind, value, rest: [CLAUSE_END], atStart };
  return heads.map(({ word, atEnd }) => ({ word, value: atEnd ? ended : open }));
}

function noWordInFront({ place, kind, pattern }: Phrase): VocabularyFault {
  return new VocabularyFault(place ?? { table: kind }, `a phrase must begin with a word: ${pattern}`);
}

const CLAUSE_END: Step = { gap: false, choices: [{ word: '', atEnd: true }] };

function joined(head: Choice, choice: Choice): Choice {
  return { word: head.word + choice.word, atEnd: choice.atEnd };
}

/** `a(b|c|)…d$` → a, one of b, c or nothing, a gap, d at the end of a clause. `_` is a space. Groups do not nest. */
function parseSteps(pattern: string): Step[] {
  const steps: Step[] = [];
  let gap = false;
  for (const part of pattern.replaceAll('_', ' ').split(/(\([^()]*\)|\u2026)/u)) {
    if (part === '\u2026') gap = true;
    else if (part !== '') {
      const words = part.startsWith('(') ? part.slice(1, -1).split('|') : [part];
      steps.push({ gap, choices: words.map(toChoice).sort((a, b) => b.word.length - a.word.length) });
      gap = false;
    }
  }
  return steps;
}

function toChoice(word: string): Choice {
  return word.endsWith('$') ? { word: word.slice(0, -1), atEnd: true } : { word, atEnd: false };
}

/** Where the rest of a phrase ends when it begins at `from`, trying the longest words first. */
function matchSteps(
  lexicon: Lexicon,
  text: string,
  steps: readonly Step[],
  step: number,
  from: number,
): Match | undefined {
  const current = steps[step];
  if (current === undefined) return { end: from, weight: 0 };
  for (const { word, atEnd } of current.choices) {
    const found = current.gap ? findInGap(text, word, from) : text.startsWith(word, from) ? from : -1;
    if (found < 0 || (atEnd && !endsClause(lexicon, text, found + word.length))) continue;
    const rest = matchSteps(lexicon, text, steps, step + 1, found + word.length);
    if (rest !== undefined) return { end: rest.end, weight: rest.weight + word.length };
  }
  return undefined;
}

function findInGap(text: string, part: string, from: number): number {
  const last = Math.min(from + GAP_CHARACTERS, text.length - part.length);
  for (let at = from; at <= last; at += 1) {
    if (text.startsWith(part, at)) return at;
    if (CLAUSE_STOPS.has(text.charCodeAt(at))) return -1;
  }
  return -1;
}

function beginsClause(text: string, start: number, from: number): boolean {
  if (start <= from) return true;
  const before = text.charCodeAt(start - 1);
  return before === 32 || CLAUSE_STOPS.has(before);
}

function endsClause(lexicon: Lexicon, text: string, end: number): boolean {
  let at = end;
  while (at < text.length && at < end + 3 && lexicon.particles.has(text.charCodeAt(at))) at += 1;
  if (at >= text.length) return true;
  const after = text.charCodeAt(at);
  return after === 32 || CLAUSE_STOPS.has(after) || after >= 0xd800;
}

function keep(hits: Map<string, Hit[]>, sense: Sense, start: number, { end, weight }: Match): void {
  const hit = { kind: sense.kind, value: sense.value, start, end, weight };
  const list = hits.get(sense.kind);
  if (list === undefined) hits.set(sense.kind, [hit]);
  else list.push(hit);
}
