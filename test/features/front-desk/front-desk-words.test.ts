import { expect, test } from 'vitest';
import { likelyThings, readDeskWords, wordSaid } from '../../../src/features/front-desk/front-desk-words.ts';

const words = readDeskWords({
  'front-desk-words': [
    { kind: 'source', word: '来源' },
    { kind: 'person', word: '找社工' },
    { kind: 'fine', word: '好的' },
    { kind: 'waste', word: '垃圾' },
    { kind: 'pledge', word: '承诺' },
  ],
});

test.each([
  ['来源', 'source'],
  ['@绿邻 来源？', 'source'],
  [' 找社工！', 'person'],
  ['你这来源靠谱吗', null],
  ['好的！', 'fine'],
  ['👍', 'fine'],
  ['', 'empty'],
  ['@绿邻', 'empty'],
] as const)('"%s" alone is understood as %s', (text, expected) => {
  expect(wordSaid(text, words)).toBe(expected);
});

test('what the words point to is offered first, else activities and bins', () => {
  expect(likelyThings('呜啦啦', words)).toEqual(['activity', 'waste']);
  expect(likelyThings('那个承诺呜啦啦', words)).toEqual(['pledge', 'activity']);
  expect(likelyThings('垃圾和承诺', words)).toEqual(['waste', 'pledge']);
});
