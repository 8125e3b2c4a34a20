/** A code that is read out, typed with two fingers or copied with its sentence is found; what people say is not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newKey } from '../../src/lib/encryption.ts';
import { createCodeBook, looksLikeOneTimeCode, newOneTimeCode, readOneTimeCode } from '../../src/lib/one-time-code.ts';

describe('a code', () => {
  test('has six characters, none of which looks like another', () => {
    for (let n = 0; n < 2_000; n += 1) {
      const code = newOneTimeCode();
      expect(code).toMatch(/^[2-9ACDEFGHJKMNPQRTVWXY]{6}$/);
      expect(code).toMatch(/\d.*\d/);
      expect(code).toMatch(/[A-Z]/);
    }
  });

  test.each([
    'K7M2QP',
    'k7m2qp',
    ' k7m 2qp ',
    'K 7 M 2 Q P',
    'K7M-2QP',
    'Ｋ７Ｍ２ＱＰ',
    'k７m２qp。',
    '绑定 K7M2QP',
    '绑定K7M2QP',
    '连接：k7m2qp',
    '我的码是 K7M2QP',
    '@绿邻 K7M2QP',
    '@绿邻 绑定 K7M2QP',
    '/start K7M2QP',
    '/start@lvlin_bot K7M2QP',
    '/startgroup K7M2QP',
    'connect K7M2QP',
    '“K7M2QP”',
    'K7MZQP',
  ])('is read from %j', (text) => {
    expect(readOneTimeCode(text)).toBe('K7M2QP');
  });

  test('is the same whether 8, 5 and 2 or the letters that look like them were typed', () => {
    expect(readOneTimeCode('8A5C2E')).toBe(readOneTimeCode('BA5CZE'));
  });

  test('is read however it is spaced, cased and widened', () => {
    const spacing = fc.array(fc.constantFrom('', ' ', '-', '\u3000'), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(spacing, fc.boolean(), fc.boolean(), (gaps, isLower, isWide) => {
        const code = newOneTimeCode();
        const spaced = [...code].map((character, index) => character + (index < 5 ? gaps[index] : '')).join('');
        const cased = isLower ? spaced.toLowerCase() : spaced;
        const typed = isWide
          ? cased.replaceAll(/[!-~]/g, (one) => String.fromCodePoint(one.charCodeAt(0) + 0xfee0))
          : cased;
        expect(readOneTimeCode(typed)).toBe(code);
      }),
    );
  });
});

test.each([
  '我家承诺光盘，3栋2单元501',
  '3-2-501',
  '大骨头扔哪',
  'SEASON',
  'BREEZE',
  '202611',
  '5-2-642B',
  '13800138000',
  '1 3 5',
  '好的',
  '',
  'K7M2Q',
  'K7M2QPX',
  'K7M2QP 好了吗',
  '周六捡垃圾我和老伴去',
  '甲'.repeat(3_000),
])('%j is no code', (text) => {
  expect(readOneTimeCode(text)).toBeNull();
});

test('one that was copied with an O or an I is seen to be meant as one', () => {
  expect(readOneTimeCode('K7O2QP')).toBeNull();
  expect(looksLikeOneTimeCode('K7O2QP')).toBe(true);
  expect(looksLikeOneTimeCode('垃圾')).toBe(false);
});

test('what is kept of a code tells nothing without the key', () => {
  const [one, other] = [createCodeBook(newKey()), createCodeBook(newKey())];
  expect(one.hash('K7M2QP')).toBe(one.hash('K7M2QP'));
  expect(one.hash('K7M2QP')).not.toBe(other.hash('K7M2QP'));
  expect(one.hash('K7M2QP')).not.toContain('K7M2QP');
});
