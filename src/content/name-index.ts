/** Finds things by the names people give them: exactly, by the longest name within a sentence, or by likeness. */

type Named<T> = { readonly name: string; readonly value: T };

export type NameIndex<T> = {
  readonly exact: (normalised: string) => Named<T> | undefined;
  readonly longestWithin: (normalised: string) => Named<T> | undefined;
  readonly nearest: (normalised: string, count: number) => T[];
};

/** A name of one character stands in too many words to be looked for inside them. */
const SHORTEST_WITHIN = 2;

/** Below this share of common pairs two names have nothing to do with each other. */
const LEAST_LIKENESS = 0.25;

/** Width, case, spaces and marks do not count: "Ａ4 纸" is "a4纸". */
export function normaliseName(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Where two things share a name, the first given keeps it. */
export function createNameIndex<T>(names: readonly Named<T>[]): NameIndex<T> {
  const byName = new Map<string, Named<T>>();
  for (const named of names) {
    const key = normaliseName(named.name);
    if (key !== '' && !byName.has(key)) byName.set(key, named);
  }
  const root = buildTrie(byName);
  const pairs = indexPairs(byName);
  const weights = new Map([...byName.keys()].map((key) => [key, weightOfAll(pairsOf(key))]));
  return {
    exact: (normalised) => byName.get(normalised),
    longestWithin: (normalised) => findLongestWithin(root, normalised),
    nearest: (normalised, count) => findNearest({ pairs, weights, byName }, normalised, count),
  };
}

type TrieNode<T> = { readonly next: Map<string, TrieNode<T>>; end?: Named<T> };

function buildTrie<T>(byName: ReadonlyMap<string, Named<T>>): TrieNode<T> {
  const root: TrieNode<T> = { next: new Map() };
  for (const [key, named] of byName) {
    const characters = [...key];
    if (characters.length < SHORTEST_WITHIN) continue;
    let node = root;
    for (const character of characters) {
      const following = node.next.get(character) ?? { next: new Map() };
      node.next.set(character, following);
      node = following;
    }
    node.end = named;
  }
  return root;
}

/** Of equally long names the last wins: what a Chinese compound is about stands at its end. */
function findLongestWithin<T>(root: TrieNode<T>, text: string): Named<T> | undefined {
  const characters = [...text];
  let best: Named<T> | undefined;
  let bestLength = 0;
  for (let start = 0; start < characters.length; start += 1) {
    let node: TrieNode<T> | undefined = root;
    for (let end = start; end < characters.length; end += 1) {
      node = node.next.get(characters[end] ?? '');
      if (node === undefined) break;
      const length = end - start + 1;
      if (node.end === undefined || length < bestLength) continue;
      best = node.end;
      bestLength = length;
    }
  }
  return best;
}

function indexPairs<T>(byName: ReadonlyMap<string, Named<T>>): Map<string, string[]> {
  const pairs = new Map<string, string[]>();
  for (const key of byName.keys()) {
    for (const pair of pairsOf(key)) {
      const keys = pairs.get(pair);
      if (keys === undefined) pairs.set(pair, [key]);
      else keys.push(key);
    }
  }
  return pairs;
}

/** Neighbouring characters; each single one too, so that a one-character word finds the names it stands in. */
function pairsOf(name: string): Set<string> {
  const characters = [...name];
  const neighbours = characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
  return new Set([...characters, ...neighbours]);
}

/** Two characters in a row say more than one that both names happen to hold. */
function weightOf(pair: string): number {
  return pair.length > 1 ? 2 : 1;
}

function weightOfAll(pairs: Iterable<string>): number {
  return [...pairs].reduce((sum, pair) => sum + weightOf(pair), 0);
}

interface Likeness<T> {
  /** The names that hold a pair. */
  readonly pairs: ReadonlyMap<string, readonly string[]>;
  /** What all pairs of a name weigh. */
  readonly weights: ReadonlyMap<string, number>;
  readonly byName: ReadonlyMap<string, Named<T>>;
}

/** Likeness is a weighted Dice coefficient: twice what both have in common over what each has. */
function findNearest<T>({ pairs, weights, byName }: Likeness<T>, text: string, count: number): T[] {
  const asked = pairsOf(text);
  const askedWeight = weightOfAll(asked);
  const common = new Map<string, number>();
  for (const pair of asked) {
    for (const key of pairs.get(pair) ?? []) common.set(key, (common.get(key) ?? 0) + weightOf(pair));
  }
  const ranked = [...common]
    .map(([key, shared]) => ({ key, likeness: (2 * shared) / (askedWeight + (weights.get(key) ?? 0)) }))
    .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
    .sort((one, other) => other.likeness - one.likeness || one.key.length - other.key.length);
  const values = ranked.flatMap(({ key }) => byName.get(key)?.value ?? []);
  return [...new Set(values)].slice(0, count);
}
