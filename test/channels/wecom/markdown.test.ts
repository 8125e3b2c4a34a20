/** What people typed is shown as typed, whatever it looks like. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardText } from '../../../src/channels/wecom/card-text.ts';
import { byteLength, markdownLink, markdownParts, plainOf } from '../../../src/channels/wecom/markdown.ts';
import { readMarkdown } from '../../support/wecom-server/read-markdown.ts';

function shownOnce(text: string): string {
  return markdownParts(text).map(readMarkdown).join('\n');
}

describe('a text', () => {
  test.each([
    '王** 家的 *猫* 和 _狗_ __都__ 来',
    '# 不是标题',
    '> 不是引用',
    '- 不是列表\n+ 也不是\n* 还不是',
    '1. 节水\n2. 光盘\n3. 关灯\n回复数字就行',
    '3. 第三\n1. 第一\n7. 第七',
    '2026. 11. 20 开会',
    '标题\n---\n下面\n===\n完',
    '[点我](http://a.example) ![图](b)',
    '`代码` ```更多``` ~~删~~',
    '<b>粗</b> <script>x</script> &lt; &amp; &#42; A&B;',
    '路径 C:\\temp\\*.txt',
    '看 https://lvlin.example/a_b_c?x=*1*&y=[2] 这里',
    'a_b_c 名_字 _开头 结尾_',
    '| 表 | 格 |\n|---|---|\n| 1 | 2 |',
    '一行\n两行\n\n空一行',
    '1)\n*',
    '1. 水\n2.\n3. 电',
  ])('%j is shown as typed', (text) => {
    expect(shownOnce(text)).toBe(text);
  });

  test('of any marks in any order is shown as typed', () => {
    const piece = fc.constantFrom(
      ...['*', '_', '`', '~', '#', '>', '<', '[', ']', '(', ')', '!', '|', '\\', '-', '+', '=', '&', '.', '1', '2'],
      ...['家', '水', 'a', ' ', '，', '。', '“', '”', '👨‍👩‍👧', 'lt;', '\n'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        // Bold marks have their own test; white space at the ends of lines is nothing that can be seen.
        const text = pieces
          .join('')
          .replaceAll('**', '* *')
          .split('\n')
          .map((line) => line.trim())
          .join('\n')
          .trim();
        const tidy = text.replace(/\n{2,}/gu, '\n\n');
        expect(shownOnce(tidy)).toBe(tidy);
      }),
      { numRuns: 3_000 },
    );
  });

  test('keeps what is bold bold, also beside punctuation, and across a cut', () => {
    expect(markdownParts('记下：**3栋**。')).toEqual(['记下：**3栋**。']);
    expect(markdownParts('记下：**“3栋。”**对吗')).toEqual(['记下：“**3栋**。”对吗']);
    expect(readMarkdown(markdownParts('记下：**“3栋。”**对吗')[0] ?? '')).toBe('记下：“3栋。”对吗');
    const parts = markdownParts(`**${'节水'.repeat(40)}**`, 100);
    for (const part of parts) expect(part).toMatch(/^\*\*[节水]+\*\*$/u);
    expect(parts.join('').replaceAll('*', '')).toBe('节水'.repeat(40));
  });

  test('is cut by the byte, never inside a character, and nothing of it is lost', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }).map((one) => one.trim());
    fc.assert(
      fc.property(text, fc.integer({ min: 60, max: 300 }), (one, most) => {
        const parts = markdownParts(one, most);
        for (const part of parts) expect(part.isWellFormed()).toBe(one.isWellFormed());
        for (const part of parts) expect(byteLength(part)).toBeLessThanOrEqual(most + 200);
        const bare = (words: string) => words.replace(/\s/gu, '');
        expect(bare(parts.map(plainOf).join(''))).toBe(bare(one.replaceAll('**', '')));
      }),
      { numRuns: 500 },
    );
  });

  test('stressed everywhere is not stressed at all, so that the marks cannot make it too long', () => {
    const text = Array.from({ length: 900 }, () => '**水**').join('，');
    const parts = markdownParts(text);
    for (const part of parts) expect(byteLength(part)).toBeLessThanOrEqual(20_480);
    expect(parts.join('')).not.toContain('**');
  });
});

test('a link keeps its label and its address, whatever is in them', () => {
  expect(markdownLink({ label: '看 [这里]', url: 'https://a.example/x(1)?q=水 b' })).toBe(
    '[看 \\[这里\\]](https://a.example/x%281%29?q=%E6%B0%B4%20b)',
  );
  expect(markdownLink({ label: 'x', url: 'https://a.example/%E6%B0%B4' })).toBe('[x](https://a.example/%E6%B0%B4)');
  expect(readMarkdown(markdownLink({ label: '看 *这里*', url: 'https://a.example/' }))).toBe(
    '看 *这里*\nhttps://a.example/',
  );
});

describe('a card', () => {
  test.each([
    ['要去吗？', { title: '要去吗？', body: '' }],
    ['周六捡垃圾\n九点河边见，去吗？', { title: '周六捡垃圾', body: '九点河边见，去吗？' }],
    [
      '记下：3栋2单元501，光盘、刷牙关水，四口人。这样对吗？',
      { title: '记下：3栋2单元501，光盘、刷牙关水，四口人。', body: '这样对吗？' },
    ],
  ])('takes %j', (text, parts) => {
    expect(cardText(text)).toEqual(parts);
  });

  test.each([
    ['a long line without a pause', '这一行没有停顿'.repeat(5)],
    ['a second line and a third', '一\n二\n三'],
    ['more than fits below the title', `一，${'二'.repeat(113)}`],
    ['nothing', ''],
  ])('does not take %s', (_, text) => {
    expect(cardText(text)).toBeNull();
  });
});
