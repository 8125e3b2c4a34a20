/**
 * Eight hundred sentences by two people who had seen neither rules nor tables, and that nobody has made a rule for: they
 * tell how well a resident is understood whom nobody knew. Whoever looks for what to mend looks elsewhere, or this file
 * tells nothing any more.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { scoreExam } from '../../src/language/exam.ts';
import { understand } from '../../src/language/understand.ts';
import { Understood, Utterance } from '../../src/model/understanding.ts';
import { testVocabulary } from './language-tables.ts';

const Case = Utterance.extend({ id: z.string(), expect: Understood });

test('who was never heard before is understood', () => {
  const vocabulary = testVocabulary();
  const cases = readFileSync(new URL('./never-tuned.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => Case.parse(JSON.parse(line)));
  const { intentAccuracy, slotF1, falseWakes } = scoreExam(
    cases.map((item) => ({ id: item.id, text: item.text, expect: item.expect, got: understand(item, vocabulary) })),
  );
  expect(cases).toHaveLength(800);
  expect(intentAccuracy).toBeGreaterThanOrEqual(0.97);
  expect(slotF1).toBeGreaterThanOrEqual(0.95);
  expect(falseWakes).toBeLessThanOrEqual(0.02);
});
