import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { compileNeighbourPatterns, forNeighbours, type NeighbourPatterns } from '../../src/language/neighbour-words.ts';
import { shippedContent } from '../support/shipped-content.ts';

let patterns: NeighbourPatterns | null;
beforeAll(async () => {
  patterns = compileNeighbourPatterns((await shippedContent()).languageTables);
});

function shown(words: string): string {
  return forNeighbours(words, patterns);
}

test.each([
  ['3号楼502王秀英的瓶子', '…的瓶子'],
  ['王芳家的破沙发', '…的破沙发'],
  ['王秀英用过的瓶子', '…用过的瓶子'],
  ['我们楼的欧阳雪梅天天抽烟', '我们楼的…天天抽烟'],
  ['买买提·艾力的车', '…的车'],
  ['是王建国弄的，谁管', '是…弄的，谁管'],
  ['我是13812345678，楼道灯谁管', '我是…，楼道灯谁管'],
  ['①③⑧①②③④⑤⑥⑦⑧是我，谁管', '…是我，谁管'],
  ['五零二老是堆东西', '…老是堆东西'],
  ['@王秀英 那个瓶子', '那个瓶子'],
])('%s is said again as %s', (words, again) => {
  expect(shown(words)).toBe(again);
});

test.each(['曲率引擎', '他的曲率引擎', '尼龙布袋子', '楼道灯坏了，谁管？', '小区东门口', '白色的泡沫箱子', 'Ａ４纸'])(
  '%s leads to nobody and is said again as it is',
  (words) => {
    expect(shown(words)).toBe(words);
  },
);

test.each(['王秀英', '3号楼502王秀英13800138000', '13800138000', '  '])('of %s nothing is left to say', (words) => {
  expect(shown(words)).toBe('');
});

test('without the words that tell what to hide nothing is said again', () => {
  expect(compileNeighbourPatterns({})).toBeNull();
  expect(forNeighbours('曲率引擎', null)).toBe('');
});

test('no phone and no door is said again, whatever stands around it', () => {
  const around = fc.constantFrom('', '我家', '，', '的灯坏了', ' ', '住', '瓶子', '\n');
  const digits = fc.integer({ min: 100_000_000, max: 999_999_999 });
  const secret = fc.oneof(
    digits.map((rest) => `13${rest}`),
    fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 101, max: 2904 }))
      .map(([building, room]) => `${building}号楼${room}`),
  );
  fc.assert(
    fc.property(around, secret, around, (before, hidden, after) => {
      expect(shown(`${before}${hidden}${after}`)).not.toMatch(/\d/);
    }),
    { numRuns: 300 },
  );
});
