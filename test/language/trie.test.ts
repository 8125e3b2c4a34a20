/** The words of all tables in flat arrays: every word is found again with what it stands for, and nothing else is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildTrie, childOf, NOWHERE, ROOT, type Trie, valuesAt } from '../../src/language/trie.ts';

// Few characters, so that words share beginnings; one lies beyond the 16 bits of a single unit.
const word = fc.string({ unit: fc.constantFrom('光', '盘', 'a', '😀'), minLength: 1, maxLength: 5 });

test('a word stands for all it was given for, in that order', () => {
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const trie = buildTrie(words.map((each, index) => ({ word: each, value: index })));
      for (const each of words) {
        const given = words.flatMap((other, index) => (other === each ? [index] : []));
        expect(standsFor(trie, each)).toEqual(given);
      }
    }),
  );
});

test('what was not given stands for nothing, even where words begin or go on with it', () => {
  fc.assert(
    fc.property(fc.array(word), word, (words, asked) => {
      fc.pre(!words.includes(asked));
      const trie = buildTrie(words.map((each) => ({ word: each, value: each })));
      expect(standsFor(trie, asked)).toEqual([]);
    }),
  );
});

function standsFor<Value>(trie: Trie<Value>, word: string): readonly Value[] {
  let node = ROOT;
  for (let at = 0; at < word.length && node !== NOWHERE; at += 1) node = childOf(trie, node, word.charCodeAt(at));
  return node === NOWHERE ? [] : valuesAt(trie, node);
}
