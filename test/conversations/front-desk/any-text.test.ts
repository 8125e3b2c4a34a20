import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Content } from '../../../src/content/content.ts';
import { allFeatures } from '../../../src/joints/all-features.ts';
import { newKey } from '../../../src/lib/encryption.ts';
import { createCodeBook } from '../../../src/lib/one-time-code.ts';
import { graphemeLength } from '../../../src/lib/text.ts';
import { OFFICE } from '../../support/committee.ts';
import { setStage } from '../../support/stage.ts';

/** Every feature, so that every intent has somebody who answers. */
const ALL = {
  ...OFFICE,
  features: (content: Content) =>
    allFeatures({ content: () => content, render: content.texts.render, codes: createCodeBook(newKey()) }),
};

const PIECES = [
  '扔哪',
  '来个',
  '小窍门',
  '找社工',
  '来源',
  '13812345678',
  '#接龙',
  '1、',
  '@绿邻 ',
  '<b>',
  '**',
  '{name}',
  '👨‍👩‍👧‍👦',
  '\u202e',
  '\u200b',
  '\ud800',
  '\0',
];

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 8 })), { maxLength: 8 })
    .map((all) => all.join('')),
);

test('whatever is typed in private is answered, in at most six lines and without breaking', async () => {
  const stage = await setStage(ALL);
  try {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const before = stage.channel.delivered.length;
        await stage.hear('lin', text);
        const said = stage.channel.delivered.slice(before);
        for (const { message } of said) {
          expect(message.text.split('\n').length).toBeLessThanOrEqual(6);
          expect(message.text).not.toMatch(/undefined|\[object/u);
        }
        expect(said.length).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 150, seed: 20_261_118 },
    );
  } finally {
    await stage.close();
  }
});

test('whatever neighbours write to each other, the desk stays silent in the group', async () => {
  const stage = await setStage(ALL);
  try {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const before = stage.channel.delivered.length;
        await stage.hear('lin', text, { group: '3号楼群', mentioned: false });
        const keys = stage.channel.delivered.slice(before).map((one) => stage.spoken(one).key);
        expect(keys.filter((key) => key.startsWith('desk.') && key !== 'desk.number-warning')).toEqual([]);
      }),
      { numRuns: 150, seed: 20_261_118 },
    );
  } finally {
    await stage.close();
  }
});

const GROUP_KEYS = [
  'tip.posted',
  'tip.asked-group',
  'notice.posted',
  'notice.posted-receipt',
  'notice.posted-receipt-page',
  'waste.near-group',
];

test('what is said in a group is two lines at most', async () => {
  const stage = await setStage(OFFICE);
  try {
    const catalogues = OFFICE.features(stage.content).map(({ texts }) => texts);
    const keys = catalogues.flatMap((texts) => Object.keys(texts)).filter((key) => /-group(-|$)/u.test(key));
    for (const key of [...keys, ...GROUP_KEYS]) {
      const text = stage.content.texts.render('zh-CN', key, {}, '');
      expect(text.split('\n').length, key).toBeLessThanOrEqual(2);
      expect(graphemeLength(text), key).toBeLessThanOrEqual(60);
    }
  } finally {
    await stage.close();
  }
});
