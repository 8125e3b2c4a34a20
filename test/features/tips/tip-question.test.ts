import { beforeAll, describe, expect, test } from 'vitest';
import type { Content } from '../../../src/content/content.ts';
import { tipAsked } from '../../../src/features/tips/tip-question.ts';
import { shippedContent } from '../../support/shipped-content.ts';

let content: Content;
beforeAll(async () => {
  content = await shippedContent();
});

const asked = (text: string, region = 'xinjiang') => tipAsked(text, content, region)?.id ?? null;

describe('a question that a tip answers', () => {
  test('is known by its words, however they are put', () => {
    expect(asked('夏天空调开多少度')).toBe('power-ac-26');
    expect(asked('空调 开几度 合适？')).toBe('power-ac-26');
    expect(asked('龙头一直滴水，一个月漏多少')).toBe('water-drip-fix');
  });

  test('is not known where no row says so, nor in a long story', () => {
    expect(asked('空调坏了找谁')).toBeNull();
    expect(asked('昨天晚上我们家楼上的那户人家问我说他们家的空调应该开多少度才好我也不知道')).toBeNull();
  });

  test('is answered only by what holds where the community is', () => {
    expect(asked('暖气太热了怎么办', 'xinjiang')).toBe('power-heating-valve');
    expect(asked('暖气太热了怎么办', 'zhejiang')).toBeNull();
  });

  test('every row of the table leads to a tip that ships', () => {
    const rows = content.languageTables['tip-questions'] ?? [];
    expect(rows.length).toBeGreaterThan(20);
    const known = new Set(content.tips.map(({ id }) => id));
    expect(rows.filter(({ tip = '', words = '' }) => !known.has(tip) || words.trim() === '')).toEqual([]);
  });
});
