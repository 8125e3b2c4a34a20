import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { vocabularyOf } from '../../src/joints/reader.ts';
import { compilePrivatePatterns, hidePrivateParts, type PrivatePatterns } from '../../src/language/private-parts.ts';
import type { Vocabulary } from '../../src/language/vocabulary.ts';
import { shippedContent } from '../support/shipped-content.ts';

let vocabulary: Vocabulary;
let patterns: PrivatePatterns;
beforeAll(async () => {
  const content = await shippedContent();
  vocabulary = vocabularyOf(content);
  patterns = compilePrivatePatterns(content.languageTables);
});

function hide(text: string, names: readonly string[] = []) {
  return hidePrivateParts({ text, mentioned: false }, names, vocabulary, patterns);
}

describe('what leads to a person is hidden', () => {
  test.each([
    ['a phone', '打我13812345678就行', '打我⟦P1⟧就行'],
    ['a phone in groups', '打我 138-1234-5678 就行', '打我 ⟦P1⟧ 就行'],
    ['a phone as it is spoken', '幺三八一二三四五六七八是我的', '⟦P1⟧是我的'],
    ['a phone in full width', '打我１３８１２３４５６７８就行', '打我⟦P1⟧就行'],
    ['an identity number', '身份证652301195001011234', '身份证⟦P1⟧'],
    ['a door', '我家三号楼二单元五零一漏水', '我家⟦P1⟧漏水'],
    ['a door with dashes', '3-2-501漏水了', '⟦P1⟧漏水了'],
    ['two doors', '3栋501和4栋602吵架', '⟦P1⟧和⟦P2⟧吵架'],
    ['a street with a number', '解放路12号门口', '⟦P1⟧门口'],
    ['a name that is given', '我叫王秀英想来帮忙', '我叫⟦P1⟧想来帮忙'],
    ['a neighbour who is spoken of', '请转告李秀兰明天植树', '请转告⟦P1⟧明天植树'],
    ['how one calls somebody', '隔壁王大妈的车堵门口了', '隔壁⟦P1⟧的车堵门口了'],
    ['a neighbour who is spoken of, after a word that ends like a name', '我孙子王建国又那样了', '我孙子⟦P1⟧又那样了'],
    ['a neighbour after a word that begins like a name', '于是王秀英又那样', '于是⟦P1⟧又那样'],
    ['a neighbour after a character that may be a surname', '那天于李淑芬又那样', '那天⟦P1⟧又那样'],
    ['a short name after who it is', '隔壁王芳吵架了', '隔壁⟦P1⟧吵架了'],
    ['a phone as soldiers say it', '我电话是幺三八洞洞幺三八洞洞洞', '我电话是⟦P1⟧'],
    ['a phone in rings', '①③⑧⓪⓪①③⑧⓪⓪⓪找我', '⟦P1⟧找我'],
    ['a phone in keys', '1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣找我', '⟦P1⟧找我'],
    ['a phone in dark rings and figures', '❶3❽ 00❶3 8000找我', '⟦P1⟧找我'],
    ['a room that is spoken', '五零二老是堆东西', '⟦P1⟧老是堆东西'],
    ['a number that is spoken with its tens', '一百三十八号那家', '⟦P1⟧号那家'],
    ['a door by its entrance', '五号楼三门五零二那家', '⟦P1⟧那家'],
    ['an entrance of a building', '五号楼三门那家', '⟦P1⟧那家'],
    ['a house by its row', '我家在老粮站后头三排二号', '我家在老粮站后头⟦P1⟧'],
    ['a name with a dot', '阿卜杜热合曼·买买提来', '⟦P1⟧'],
    ['somebody who is mentioned', '@花开富贵 来帮忙', '⟦P1⟧ 来帮忙'],
    ['a link', '看看 https://x.example/a?b=1 这个', '看看 ⟦P1⟧ 这个'],
    ['an address for mail', '发到 wang.x@mail.example 吧', '发到 ⟦P1⟧ 吧'],
    ['the name of an account', '我微信 wangxy_99', '我微信 ⟦P1⟧'],
  ])('%s', (_, text, sent) => {
    expect(hide(text).text).toBe(sent);
  });

  test('a name that is known, wherever it stands and in part', () => {
    expect(hide('问问小太阳花来不来，秀英也来', ['小太阳花', '王秀英']).text).toBe('问问⟦P1⟧来不来，⟦P2⟧也来');
  });
});

test.each([
  '家里坏了的暖水壶该咋办',
  '白菜叶子算啥',
  '高层的垃圾咋收',
  '水龙头一直滴答滴答没人来瞧',
  '俺屋里头打今儿起吃多少盛多少',
  '那个白色的泡沫箱子往哪放',
  '我孙子天天玩水龙头',
  '于是灯又那样了',
  '两排椅子没人搬',
])('%s leads to nobody and stays as it is', (text) => {
  expect(hide(text).text).toBe(text);
});

test('what stands for something hidden cannot be typed by a person', () => {
  expect(hide('⟦P1⟧是我 13812345678').text).toBe('[P1]是我 ⟦P1⟧');
});

// Real words around, so that what is hidden stands as people write it.
const around = fc.constantFrom('', '我是', '家里的灯坏了', '，', ' ', '麻烦转告', '住', '电话', '\n', '呢', 'ok');
const digit = fc.integer({ min: 0, max: 9 });
const mobile = fc
  .tuple(fc.integer({ min: 3, max: 9 }), fc.array(digit, { minLength: 9, maxLength: 9 }))
  .map(([second, rest]) => `1${second}${rest.join('')}`);
const spaced = fc
  .tuple(mobile, fc.constantFrom(' ', '-', '.', '·', '', '—', '/', '_'))
  .map(([phone, mark]) => [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)].join(mark));
const idNumber = fc
  .tuple(fc.integer({ min: 110000, max: 659999 }), fc.integer({ min: 1930, max: 2015 }), fc.constantFrom('0', '5', 'X'))
  .map(([region, year, check]) => `${region}${year}0321123${check}`);
const door = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 101, max: 2904 }))
  .chain(([building, unit, room]) =>
    fc.constantFrom(
      `${building}栋${unit}单元${room}`,
      `${building}号楼${unit}单元${room}室`,
      `${building}-${unit}-${room}`,
      `${building}幢${room}`,
    ),
  );

function sentOf(before: string, secret: string, after: string, names: readonly string[] = []): string {
  return hide(`${before}${secret}${after}`, names).text;
}

/** Placeholders have numbers of their own. */
function digitsIn(sent: string): string {
  return sent.replaceAll(/⟦P\d+⟧/g, '').replaceAll(/\D/g, '');
}

test('no phone leaves, however it is written and whatever stands around it', () => {
  fc.assert(
    fc.property(around, fc.oneof(mobile, spaced), around, (before, phone, after) => {
      expect(digitsIn(sentOf(before, phone, after)).length).toBeLessThan(4);
    }),
    { numRuns: 500 },
  );
});

test('no identity number leaves', () => {
  fc.assert(
    fc.property(around, idNumber, around, (before, number, after) => {
      expect(digitsIn(sentOf(before, number, after))).toBe('');
    }),
    { numRuns: 300 },
  );
});

test('no door leaves', () => {
  fc.assert(
    fc.property(around, door, around, (before, place, after) => {
      expect(digitsIn(sentOf(before, place, after))).toBe('');
    }),
    { numRuns: 500 },
  );
});

test('no known name leaves, whatever it is and wherever it stands', () => {
  const name = fc.oneof(
    fc
      .array(fc.constantFrom(...'花开富贵平安是福小明王李秀英光盆节谁'), { minLength: 2, maxLength: 6 })
      .map((a) => a.join('')),
    fc.string({ unit: fc.constantFrom(...'abcXYZ'), minLength: 2, maxLength: 10 }),
    fc.constantFrom('A座·老王', '🌸静待花开🌸', '(小)张.三*', 'Ａｌｉｃｅ', '吳淑珍'),
  );
  fc.assert(
    fc.property(around, name, around, (before, known, after) => {
      const sent = sentOf(before, known, after, [known]);
      expect(sent).not.toContain(known);
      expect(sent.toLowerCase()).not.toContain(known.normalize('NFKC').toLowerCase());
    }),
    { numRuns: 500 },
  );
});

// What stands before a name may begin or end with a character that is a surname itself.
const beforeName = fc.constantFrom(
  '我孙子',
  '俺孙女',
  '于是',
  '那天于',
  '和',
  '跟',
  '金',
  '亲戚',
  '舅舅',
  '隔壁',
  '楼里',
  '物业',
  '，',
  '',
);
const afterName = fc.constantFrom('又那样了', '天天那样', '那个咋整呀', '，', ' 13812345678', '');

test('no name that nobody handed in leaves, whole or in part, whatever ends like a surname before it', () => {
  // Characters of given names that no table knows as a word beside them.
  const first = fc.constantFrom(...'建淑秀志桂玉丽佩');
  const second = fc.constantFrom(...'芬兰梅华燕慈刚');
  const name = fc.tuple(fc.constantFrom(...'王李张赵陈杨吴孙于金'), first, second).map((parts) => parts.join(''));
  fc.assert(
    fc.property(beforeName, name, afterName, (before, whole, after) => {
      const sent = sentOf(before, whole, after);
      for (const character of whole.slice(1)) expect(sent).not.toContain(character);
      expect(sent).not.toContain(whole);
    }),
    { numRuns: 500 },
  );
});

test('what is hidden put back in its place is the message as it was read', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(around, mobile, door, fc.string({ unit: 'grapheme', maxLength: 10 }))), (parts) => {
      const { text, hidden, said } = hide(parts.join(''));
      expect(text.replaceAll(/⟦P(\d+)⟧/g, (_, number: string) => hidden[Number(number) - 1] ?? '?')).toBe(said);
    }),
  );
});

test.each([
  ['1', '⟦P1⟧'],
  ['王', '⟦P1⟧'],
  ['1-', '⟦P1⟧-'],
  ['a1', '⟦P1⟧'],
  ['路', '⟦P1⟧'],
  ['一', '⟦P1⟧'],
  ['①', '⟦P1⟧'],
  ['一百', '⟦P1⟧'],
])('a message that says %s without end is hidden as far as it is read', (unit, sent) => {
  expect(hide(unit.repeat(50_000)).text).toBe(sent);
});

test.each(['13812345678 ', '3号楼502 ', '一门', '王建国又 '])('and each %s of one that is said without end', (unit) => {
  const { text, hidden } = hide(unit.repeat(50_000));
  expect(hidden.length).toBeGreaterThan(100);
  expect(text.replaceAll(/⟦P\d+⟧/g, '')).not.toMatch(/\d|建国/);
});
