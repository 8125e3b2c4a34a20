/** Words by their characters, in a few flat arrays: as maps and objects the same words take twenty times the memory. */

export interface Headed<Value> {
  readonly word: string;
  readonly value: Value;
}

/** Nodes are numbered level by level from the root: the children of one stand side by side, by their characters. */
export interface Trie<Value> {
  /** By node, the character that leads to it. */
  readonly characters: Uint16Array;
  /** By node, its first child; its last stands before the first child of the next node. */
  readonly children: Int32Array;
  /** By node, where in `values` that begins and ends which its word stands for. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly values: readonly Value[];
}

export const ROOT = 0;
export const NOWHERE = -1;

/** What shares a word keeps the order in which it was given. */
export function buildTrie<Value>(given: readonly Headed<Value>[]): Trie<Value> {
  const words = [...given].sort((one, other) => (one.word < other.word ? -1 : one.word > other.word ? 1 : 0));
  const characters = [0];
  const from = [0];
  const to = [words.length];
  const depths = [0];
  const children: number[] = [];
  for (let node = ROOT; node < from.length; node += 1) {
    const depth = depths[node] ?? 0;
    const end = to[node] ?? 0;
    let at = from[node] ?? 0;
    while (at < end && words[at]?.word.length === depth) at += 1;
    // What begins with the word of the node is handed on to its children.
    to[node] = at;
    children.push(from.length);
    while (at < end) {
      const character = words[at]?.word.charCodeAt(depth) ?? 0;
      characters.push(character);
      from.push(at);
      depths.push(depth + 1);
      while (at < end && words[at]?.word.charCodeAt(depth) === character) at += 1;
      to.push(at);
    }
  }
  children.push(from.length);
  return {
    characters: Uint16Array.from(characters),
    children: Int32Array.from(children),
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    values: words.map(({ value }) => value),
  };
}

/** `NOWHERE` if no word goes on with this character. */
export function childOf({ characters, children }: Trie<unknown>, node: number, character: number): number {
  let low = children[node] ?? 0;
  const end = children[node + 1] ?? 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((characters[middle] ?? 0) < character) low = middle + 1;
    else high = middle;
  }
  return low < end && characters[low] === character ? low : NOWHERE;
}

/** What the word of this node stands for, if it is one. */
export function valuesAt<Value>({ from, to, values }: Trie<Value>, node: number): readonly Value[] {
  const begin = from[node] ?? 0;
  const end = to[node] ?? 0;
  return begin === end ? NOTHING : values.slice(begin, end);
}

const NOTHING: readonly never[] = [];
