/** What is read to its end, and at what cost. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWholeText, longestRead, looksLikeList } from '../../src/lib/list-text.ts';
import { threadTime } from '../support/processor-time.ts';

const lines = (count: number, mark: string) =>
  Array.from({ length: count }, (_, n) => `${n + 1}${mark}${'居民'.repeat(8)}`).join('\n');

test.each(['. ', '、', '）', ') ', '：', '．', ' '])('a long list numbered with %s is read to its end', (mark) => {
  expect(longestRead(`#接龙\n周六捡垃圾\n\n${lines(150, mark)}`)).toBe(20_000);
  expect(longestRead(`打卡#接龙\n周六捡垃圾\n\n${lines(150, mark)}`)).toBe(20_000);
  expect(longestRead(lines(160, mark))).toBe(20_000);
  expect(isWholeText(`#接龙\n${lines(150, mark)}`)).toBe(true);
});

test('one long text is a message, however it begins', () => {
  expect(longestRead('我家承诺光盘。'.repeat(1_000))).toBe(2_000);
  expect(looksLikeList('#环保\n大家好')).toBe(false);
  expect(looksLikeList('1. 带水\n2. 戴帽')).toBe(false);
  expect(isWholeText('啊'.repeat(2_000))).toBe(false);
  expect(isWholeText(`#接龙\n${'1. 张三\n'.repeat(5_000)}`)).toBe(false);
});

test('no text takes long to look at', () => {
  const hostile = ['#'.repeat(60), '\n', ' ', '1', '#\n', '1.\n', '#1\n'].map((piece) =>
    piece.repeat(100_000 / piece.length),
  );
  for (const text of [...hostile, `${'#'.repeat(60)}${'\n'.repeat(90_000)}x`]) {
    expect(threadTime(() => looksLikeList(text))).toBeLessThan(20);
  }
  fc.assert(fc.property(fc.string(), (text) => typeof looksLikeList(text) === 'boolean'));
});
