import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutGraphemes, fromWire, graphemeLength } from '../../src/lib/text.ts';
import { threadTime } from '../support/processor-time.ts';

// Weighted towards the characters that cause trouble, because a random code point seldom is one.
const trouble = fc.constantFrom(
  ...[
    '\u200d',
    '\ufe0f',
    '\ufe0e',
    '\u{e0100}',
    '\u180b',
    '\u{e0041}',
    '\u202e',
    '\u2066',
    '\u200b',
    '\u0000',
    '\ud83d',
  ],
  ...[
    '\udc68',
    '👨',
    '👩',
    '🏽',
    '❤',
    '1',
    '\u20e3',
    '\u2194',
    '\u0338',
    '\u0301',
    'e',
    '王',
    '\r',
    '\n',
    '\u2028',
    '🇨',
    '\u3164',
  ],
);
const wild = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(trouble, { maxLength: 30 }).map((units) => units.join('')),
);
const FORBIDDEN =
  /[[\p{Cc}\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]--[\n\t]]/v;

describe('text from the wire', () => {
  it('is the same after a second reading', () => {
    fc.assert(
      fc.property(wild, (text) => {
        expect(fromWire(fromWire(text))).toBe(fromWire(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is well-formed, composed and free of invisible characters', () => {
    fc.assert(
      fc.property(wild, (text) => {
        const kept = fromWire(text);
        expect(kept.isWellFormed()).toBe(true);
        expect(kept).toBe(kept.normalize('NFC'));
        expect(kept).not.toMatch(FORBIDDEN);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has at most 2,000 graphemes', () => {
    fc.assert(
      fc.property(fc.array(trouble, { minLength: 2_000, maxLength: 2_600 }), (units) => {
        expect(graphemeLength(fromWire(units.join('')))).toBeLessThanOrEqual(2_000);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['a family', '👨‍👩‍👧‍👦'],
    ['a skin tone and a profession', '🧑🏽‍🚒'],
    ['a rainbow flag', '🏳️‍🌈'],
    ['a keycap', '1️⃣'],
    ['a heart in colour', '❤️'],
    ['a country', '🇨🇳'],
    ['a name with a variant ideograph', '葛\u{e0100}'],
    ['a Uyghur greeting', 'ياخشىمۇسىز'],
    ['a sentence', '我家承诺节水和光盘，3栋2单元501，四口人。'],
    ['two lines and a tab', 'a\tb\nc'],
  ])('keeps %s as it is', (_, text) => {
    expect(fromWire(text)).toBe(text);
  });

  it.each([
    ['a reversed line', 'abc\u202edcb', 'abcdcb'],
    ['a hidden word in tag characters', '好\u{e0069}\u{e0067}', '好'],
    ['a joiner between letters', '王\u200d秀\u200b英', '王秀英'],
    ['a colour mark on a digit that is no keycap', '1\ufe0f', '1'],
    ['NUL and other controls', 'a\u0000b\u0007c\u0085', 'abc'],
    ['half an emoji', 'a\ud83d', 'a\ufffd'],
    ['a letter and its accent apart', 'e\u0301', 'é'],
    ['line breaks of other systems', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
  ])('mends %s', (_, text, kept) => {
    expect(fromWire(text)).toBe(kept);
  });

  it('never ends inside an emoji', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(fromWire(`a${family.repeat(2_000)}`)).toBe(`a${family.repeat(1_999)}`);
  });

  it('drops a single letter under thousands of marks', () => {
    expect(fromWire(`好${`a${'\u0316'.repeat(30_000)}`}`)).toBe('好');
  });

  it('takes at most 5 ms for 10,000 characters of any kind', () => {
    for (const unit of [
      '好',
      'a',
      '👨‍👩‍👧',
      '\u200d',
      '\u202e',
      'e\u0301',
      '\ufe0f',
      '\ud83d',
      '↔\u200d\u0338',
      '葛\u{e0100}',
    ]) {
      const text = unit.repeat(Math.ceil(10_000 / unit.length));
      fromWire(text);
      const times = Array.from({ length: 5 }, () => threadTime(() => fromWire(text)));
      expect(Math.min(...times)).toBeLessThan(5);
    }
  });
});

describe('graphemes', () => {
  it('are what a person would count', () => {
    expect(graphemeLength('你好，👨‍👩‍👧！')).toBe(5);
    expect(graphemeLength('')).toBe(0);
  });

  it('are cut whole', () => {
    expect(cutGraphemes('好👨‍👩‍👧好', 2)).toBe('好👨‍👩‍👧');
    expect(cutGraphemes('你好吗', 2)).toBe('你好');
    expect(cutGraphemes('你好', 5)).toBe('你好');
    expect(cutGraphemes('e\u0301a', 1)).toBe('e\u0301');
    expect(cutGraphemes('你好', 0)).toBe('');
  });

  it('cut to n have at most n and are a beginning of the text', () => {
    fc.assert(
      fc.property(wild, fc.nat(20), (text, count) => {
        const cut = cutGraphemes(text, count);
        expect(text.startsWith(cut)).toBe(true);
        expect(graphemeLength(cut)).toBe(Math.min(count, graphemeLength(text)));
      }),
    );
  });
});
