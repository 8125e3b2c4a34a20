import { expect, test } from 'vitest';
import type { Content } from '../../src/content/content.ts';
import { createReader, vocabularyFaults } from '../../src/joints/reader.ts';
import { shippedContent } from '../support/shipped-content.ts';

test('an edited table that cannot be used leaves the words as they were; a good one is taken over', async () => {
  const shipped = await shippedContent();
  let current: Content = shipped;
  const read = createReader(() => current);
  const utterance = {
    text: '曲率引擎',
    chat: 'direct',
    mentioned: false,
    at: '2026-11-18T01:00:00Z',
    open: null,
    activities: [],
  } as const;
  const before = read({ ...utterance, activities: [] });
  current = { ...shipped, languageTables: { ...shipped.languageTables, homophones: [] } };
  expect(read({ ...utterance, activities: [] })).toEqual(before);
  const [first, ...items] = shipped.wasteGuide.items;
  if (first === undefined) throw new Error('the waste guide is empty');
  const wasteGuide = { ...shipped.wasteGuide, items: [{ ...first, aliases: ['曲率引擎'] }, ...items] };
  current = { ...shipped, wasteGuide };
  expect([before.intent, read({ ...utterance, activities: [] }).intent]).toEqual(['none', 'waste.ask']);
});

test('a word table that cannot be used is named with its line, for its editor', async () => {
  const shipped = await shippedContent();
  const signals = shipped.languageTables.signals ?? [];
  const languageTables = { ...shipped.languageTables, signals: [...signals, { signal: 'foo', phrase: 'pleads' }] };
  expect(vocabularyFaults(shipped)).toEqual([]);
  expect(vocabularyFaults({ ...shipped, languageTables })).toEqual([
    {
      file: 'data/language/signals.csv',
      line: signals.length + 2,
      code: 'words-unusable',
      detail: { reason: 'unknown signal foo' },
    },
  ]);
});
