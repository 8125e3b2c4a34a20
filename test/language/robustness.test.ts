import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { understand } from '../../src/language/understand.ts';
import { QUESTION_KINDS, Understood, type Utterance } from '../../src/model/understanding.ts';
import { threadTime } from '../support/processor-time.ts';
import { testVocabulary } from './language-tables.ts';

const vocabulary = testVocabulary();
const PIECES = [
  '我家',
  '承诺',
  '光盘',
  '3栋',
  '2单元',
  '501',
  '、',
  '1. ',
  '#接龙\n',
  '报名',
  '老伴',
  '四口人',
  '换成',
  '扔哪',
  '\n',
  '@绿邻 ',
  '不',
  '两大一小',
  '13812345678',
  '周六',
  '9点',
  '，',
  '发通知：',
  '👨‍👩‍👧',
  '\u0000',
  '\ud800',
  '\u200b',
  '\u202e',
  '①',
  '(',
  '[',
];

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 }).map((codes) => String.fromCharCode(...codes)),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join('')),
);

const anyUtterance: fc.Arbitrary<Utterance> = fc.record({
  text: anyText,
  chat: fc.constantFrom('direct' as const, 'group' as const),
  mentioned: fc.boolean(),
  at: fc.constantFrom('2026-11-18T20:15:00+08:00', '2027-02-28T23:59:59Z', 'no time at all', ''),
  open: fc.option(
    fc.record({
      kind: fc.constantFrom(...QUESTION_KINDS),
      options: fc.array(fc.string({ maxLength: 12 }), { maxLength: 6 }),
    }),
  ),
  activities: fc.array(fc.string({ maxLength: 12 }), { maxLength: 4 }),
});

function hear(text: string): Utterance {
  return {
    text,
    chat: 'direct',
    mentioned: true,
    at: '2026-11-18T20:15:00+08:00',
    open: null,
    activities: ['南门义务植树'],
  };
}

describe('whatever is typed', () => {
  beforeAll(() => {
    for (let round = 0; round < 200; round += 1) understand(hear('我家承诺节水和光盘，3栋2单元501'), vocabulary);
  });

  it('gives an answer of the contract and never throws', () => {
    fc.assert(
      fc.property(anyUtterance, (utterance) => {
        const answer = understand(utterance, vocabulary);
        expect(Understood.parse(answer)).toEqual(answer);
        expect(Object.values(answer.slots).some((value) => value === undefined || value === null)).toBe(false);
      }),
      { numRuns: 1_500 },
    );
  });

  it('reads ten thousand characters of anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 10_000, maxLength: 10_000 }), (text) => {
        expect(() => understand(hear(text), vocabulary)).not.toThrow();
      }),
      { numRuns: 5 },
    );
  });

  const hostile = [
    '1',
    '一',
    '3-',
    '3栋',
    '我',
    '我家承诺',
    '承诺光盘',
    '1. ',
    '1、张三 ',
    '把光盘换成',
    '不是',
    '别算我',
    '和老伴',
    '@绿邻 ',
    'a',
    ' ',
    '\n',
    '#接龙\n1. 张三\n',
    '周',
    '13',
    '( ',
    '👨‍👩‍👧',
    'e\u0301',
    '\u200b',
    '谁',
    '报名',
    '光盘光盘，',
    '张三,',
    '扔哪',
  ];
  // A guard against blow-ups, at ten times the bar that the benchmark holds on a quiet machine.
  it.each(hostile)('answers 100 kB of %j within 100 ms', (piece) => {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    const times = Array.from({ length: 5 }, () => threadTime(() => understand(hear(text), vocabulary)));
    expect(Math.min(...times)).toBeLessThan(100);
  });
});
