/** When a text says certain words and nothing else. */
import { expect, test } from 'vitest';
import { isMadeOf } from '../../src/lib/made-of.ts';

const YES = '对 对的 好 好的 没问题 嗯 记吧 👌';

test.each(['对', '对的，对！', '好的好的', '没问题。', '嗯嗯', '好，记吧', '👌', '  对  '])('%s is a yes', (text) => {
  expect(isMadeOf(text, YES)).toBe(true);
});

test.each(['', '我是租房的', '没问题吧', '对吗', '对？', '不对', '对不起', '好像不对', '。', '对'.repeat(30)])(
  '%s is none',
  (text) => {
    expect(isMadeOf(text, YES)).toBe(false);
  },
);
