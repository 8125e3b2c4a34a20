import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../src/lib/split-text.ts';

const upTo = (length: number) => (part: string) => part.length <= length;

describe('a text that is too long', () => {
  it('stays whole where it fits', () => {
    expect(splitText('您好。', upTo(10))).toEqual(['您好。']);
    expect(splitText('', upTo(10))).toEqual(['']);
  });

  it('is cut at the end of a line first', () => {
    expect(splitText('周六捡垃圾。集合\n周日种树。带水杯', upTo(12))).toEqual(['周六捡垃圾。集合', '周日种树。带水杯']);
  });

  it('is cut at the end of a sentence where no line ends', () => {
    expect(splitText('周六捡垃圾。请带手套，八点集合', upTo(12))).toEqual(['周六捡垃圾。', '请带手套，八点集合']);
  });

  it('keeps a closing quotation mark with its sentence', () => {
    expect(splitText('他说：“好的。”然后走了再也没有', upTo(10))).toEqual(['他说：“好的。”', '然后走了再也没有']);
  });

  it('is not cut inside a number with a point', () => {
    expect(splitText('a price of 12.50 yuan', upTo(15))).toEqual(['a price of', '12.50 yuan']);
  });

  it('is not cut inside an emoji', () => {
    expect(splitText('👨‍👩‍👧👨‍👩‍👧', upTo(11))).toEqual(['👨‍👩‍👧', '👨‍👩‍👧']);
  });

  it('goes on where a single emoji does not fit', () => {
    expect(splitText('a👨‍👩‍👧b', upTo(3))).toEqual(['a', '👨‍👩‍👧', 'b']);
  });

  it('loses nothing but white space', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('a', '。', '\n', ' ', '好', '👍🏽', '.') }),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 12 }), (whole, length) => {
        const parts = splitText(whole, upTo(length));
        expect(parts.join('').replace(/\s/gu, '')).toBe(whole.replace(/\s/gu, ''));
      }),
    );
  });

  it('becomes parts that fit', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '。', '\n', ' ', '好', '👍') }),
        fc.integer({ min: 2, max: 12 }),
        (whole, length) => {
          for (const part of splitText(whole, upTo(length))) expect(part.length).toBeLessThanOrEqual(length);
        },
      ),
    );
  });
});
