import { describe, expect, it } from 'vitest';
import { understand } from '../../src/language/understand.ts';
import type { ChainEntry } from '../../src/model/understanding.ts';
import { testVocabulary } from './language-tables.ts';

const vocabulary = testVocabulary();

function read(text: string) {
  const at = '2026-11-20T09:30:00+08:00';
  const { intent, slots } = understand({ text, chat: 'group', mentioned: true, at, open: null }, vocabulary);
  if (intent !== 'chain') throw new Error(`no list: ${text}`);
  return { theme: slots.theme, entries: slots.entries ?? [] };
}

function line(text: string): ChainEntry | undefined {
  const { number: _, ...entry } = read(`#接龙\n周六捡垃圾\n1. ${text}`).entries[0] ?? {};
  return entry;
}

const shown = ({ number, name, party = 1, coming }: ChainEntry) =>
  `${number ?? '-'} ${name} ×${party}${coming === undefined ? '' : ` ${coming}`}`;

describe('numbers typed by hand', () => {
  const typed = [
    '1.马师傅',
    '2.何姐2人',
    '3.何姐再加1个小孩',
    '4马大爷',
    '⑤郑叔',
    '6️⃣ 林姨',
    '第7 钱多多',
    '8)杜鹃 1个人 138 0000 2222',
    '9  吴姐',
    '10.5栋老周',
  ].join('\n');

  it.each(['周六捡垃圾\n', '#接龙\n周六捡垃圾\n'])('are numbers however they look, after %j', (head) => {
    const { theme, entries } = read(head + typed);
    expect(theme).toBe('周六捡垃圾');
    expect(entries.map(shown)).toEqual([
      '1 马师傅 ×1',
      '2 何姐 ×2',
      '3 何姐 ×2',
      '4 马大爷 ×1',
      '5 郑叔 ×1',
      '6 林姨 ×1',
      '7 钱多多 ×1',
      '8 杜鹃 ×1',
      '9 吴姐 ×1',
      '10 老周 ×1',
    ]);
    expect(entries[7]?.phone).toBe('13800002222');
  });

  it('may be missing before a neighbour, who stays one of the list and is asked about', () => {
    const { entries } = read('周六捡垃圾\n1. 张三\n李姐+1\n2. 王五\n3栋1单元302 孙丽');
    expect(entries.map(shown)).toEqual(['1 张三 ×1', '- 李姐 ×2 unsure', '2 王五 ×1', '- 孙丽 ×1 unsure']);
  });

  it.each(['带扫帚', '方便的话晚点到', '4月再来', '周六上午', '马上到', '备注：早班7点', '胸部：俯卧撑100个'])(
    'are not looked for in what somebody adds: %s',
    (more) => {
      const { entries } = read(`#接龙\n周六捡垃圾\n3. 张三\n${more}\n4. 李四`);
      expect(entries.map(({ number, name }) => [number, name])).toEqual([
        [3, '张三'],
        [4, '李四'],
      ]);
      expect(entries[0]?.note).toBe(more);
    },
  );
});

describe('a chat that was copied', () => {
  const list = '周六捡垃圾\n1. 张三\n2. 老钱';

  it.each([
    `王阿姨 3-2-501:\n#接龙\n${list}\n\n老李 1-1-302: 我也算一个`,
    `王阿姨 3-2-501: #接龙\n${list}\n\n老李 1-1-302:\n我也算一个`,
    `王阿姨 3-2-501：\n${list}\n老李 1-1-302：我也算一个\n社工小陈：好的`,
    `王阿姨:\n#接龙\n周六捡垃圾\n1. 张三\n\n老李 1-1-302:\n#接龙\n${list}\n`,
  ])('is read to the end of the list and no further, without its senders: %j', (text) => {
    expect(read(text)).toEqual({
      theme: '周六捡垃圾',
      entries: [
        { number: 1, name: '张三' },
        { number: 2, name: '老钱' },
      ],
    });
  });

  it('keeps a theme that ends in a colon, and all that is numbered after a colon', () => {
    const { theme, entries } = read('#接龙\n周六捡垃圾：\n1. 张三\n李姐：两个人\n2. 王五');
    expect(theme).toBe('周六捡垃圾');
    expect(entries.map(({ name }) => name)).toContain('王五');
  });
});

describe('who does not come', () => {
  it.each([
    ['刘洋 家里有事来不了了', '刘洋', 'no'],
    ['赵丽 取消', '赵丽', 'no'],
    ['赵丽取消', '赵丽', 'no'],
    ['周九（去不了）', '周九', 'no'],
    ['~~孙红~~', '孙红', 'no'],
    ['王建军 待定', '王建军', 'unsure'],
    ['李四 老伴来不了', '李四', 'unsure'],
    ['李四 不取消', '李四', undefined],
    ['李四 如果来不了会提前说', '李四', undefined],
    ['~小鱼~', '~小鱼~', undefined],
    ['1', undefined, undefined],
    ['我 3口', undefined, undefined],
  ])('%s', (text, name, coming) => {
    expect([line(text)?.name, line(text)?.coming]).toEqual([name, coming]);
  });
});

describe('who is on the line', () => {
  it.each<[string, ChainEntry]>([
    [
      '代报：孙奶奶（3栋1单元101）她没微信',
      { name: '孙奶奶', household: { building: '3', unit: '1', room: '101' }, note: '代报 她没微信' },
    ],
    ['王磊（代我妈李秀英报）', { name: '李秀英', note: '王磊（代我妈李秀英报）' }],
    ['李叔（帮楼上周奶奶报的）', { name: '周奶奶', note: '李叔（帮楼上周奶奶报的）' }],
    ['钱老师，俩大人', { name: '钱老师', party: 2 }],
    ['2-3-1102 空调26度', { household: { building: '2', unit: '3', room: '1102' }, note: '空调26度' }],
    ['3-2-502 节水', { household: { building: '3', unit: '2', room: '502' }, note: '节水' }],
    ['3栋的 全都承诺！', { household: { building: '3' }, note: '全都承诺！' }],
    ['3栋的李姐 节水', { household: { building: '3' }, name: '李姐', note: '节水' }],
  ])('%s', (text, entry) => {
    expect(line(text)).toEqual(entry);
  });
});
