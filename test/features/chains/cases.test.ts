/** Every way a #接龙 was seen in real groups, from the message to the list of who comes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGroupNote } from '../../../src/channels/wechat/group-note-text.ts';
import type { Chat } from '../../../src/model/chat.ts';
import { STAGE_START } from '../../support/stage.ts';
import { groupNote, type NoteEntry } from '../../support/wechat-server/group-note.ts';
import { type ChainHall, openHall, type Posted } from './chain-hall.ts';

let hall: ChainHall;
let cases = 0;

beforeAll(async () => {
  hall = await openHall();
});
afterAll(() => hall.close());

/** A group and an activity of its own for each case, so that no list is taken for another. */
async function scene(title: string, capacity: number | null = null) {
  cases += 1;
  const shift = await hall.activity(title, { capacity });
  const group = await hall.group(`第${cases}群`);
  let minute = cases * 30;
  let chainId = '';
  const post = async (text: string, by?: string, how: Posted = {}) => {
    minute += 1;
    const at = how.at ?? new Date(STAGE_START.getTime() + minute * 60_000);
    hall.stage.clock.set(at);
    const heard = await hall.post(group, text, { ...(by === undefined ? {} : { by, name: by }), ...how, at });
    chainId = heard?.chain.id ?? chainId;
    return heard;
  };
  return {
    shift,
    group,
    post,
    coming: async () => (await hall.coming(shift)).map((line) => line.replace(/ (joined|waiting) chain$/, '')),
    doubts: () => hall.doubts(chainId),
    lines: () => hall.lines(chainId),
  };
}

/** As WeChat keeps it: copy by copy, each with all who wrote before. */
function notes(theme: string, entries: readonly NoteEntry[], starter = 'wxid_a') {
  const note = groupNote(theme, starter, entries, `1788156783179_${cases}`);
  const { text, chain } = readGroupNote(note.xml);
  return { text, native: chain };
}

const written = (memberId: string, text: string, minute: number): NoteEntry => ({
  memberId,
  text,
  at: new Date(STAGE_START.getTime() + minute * 60_000),
});

describe('the text of a list', () => {
  it.each([
    ['① the mark alone on its line', '#接龙\n{}\n\n1. 张三 2人\n2. 李四', ['张三 ×2', '李四 ×1']],
    ['② a name and a word before the mark', '@绿邻 打卡#接龙\n{}\n\n1. 张三', ['张三 ×1']],
    ['③ the mark of another client', '#接龍\n{}\n\n1. 张三', ['张三 ×1']],
    ['③ the mark of an English client', '#Group Note\n{}\n\n1. 张三\n2. 李四', ['张三 ×1', '李四 ×1']],
    [
      '④ figures and an agenda before the list',
      '#接龙\n{} 全程1.6公里\n1. 集合\n2. 出发\n\n1. 张三\n2. 李四\n3. 王五',
      ['张三 ×1', '李四 ×1', '王五 ×1'],
    ],
    [
      '⑤ an example and entries over several lines',
      '#接龙\n{}\n例 姓名 楼栋\n人数\n\n1. 张三 打卡19天\n胸部：俯卧撑100个\n2. 李四',
      ['张三 ×1', '李四 ×1'],
    ],
    [
      '⑭ people in words',
      '#接龙\n{}\n\n1. 张三 2人\n2. 李四+1\n3. 王五 一家三口\n4. 赵六 和老伴\n5. 钱七 两大一小',
      ['张三 ×2', '李四 ×2', '王五 ×3', '赵六 ×2', '钱七 ×3'],
    ],
    ['⑯ typed by hand', '#接龙 {}\n1、张三\n2、李四 2人', ['张三 ×1', '李四 ×2']],
    ['⑯ in full width', '#接龙\n{}\n１．张三\n２．李四', ['张三 ×1', '李四 ×1']],
  ])('%s', async (_, text, people) => {
    const title = `清河行动${cases}`;
    const { post, coming, doubts } = await scene(title);
    await post(text.replace('{}', title), 'zhang');
    expect(await coming()).toEqual(people);
    expect(await doubts()).toEqual([]);
  });

  it('⑥ emoji in the theme do not shift who wrote what', async () => {
    const { post, coming, lines } = await scene('护绿行动');
    const { text, native } = notes('护绿行动 💪🏻👨‍👩‍👧 9点', [
      written('wxid_a', '张三💪🏻 2人', 1),
      written('wxid_b', '李四', 2),
    ]);
    await post(text, 'wxid_b', { native });
    expect((await coming()).map((line) => line.slice(-2))).toEqual(['×2', '×1']);
    expect(await lines()).toHaveLength(2);
  });

  it('⑦ entities of the XML are read', async () => {
    const { post, coming } = await scene('爱绿行动 & 净河');
    const { text, native } = notes('爱绿行动 & 净河', [written('wxid_a', '张三 A&B 2人', 1)]);
    await post(text, 'wxid_a', { native });
    expect(await coming()).toEqual(['张三 ×2']);
  });

  it('⑧ the sender some clients put before it is no part of it', async () => {
    const { post, coming } = await scene('植树行动');
    const note = groupNote('植树行动', 'wxid_a', [written('wxid_a', '张三', 1)]);
    const { text, chain } = readGroupNote(`wxid_a:\n${note.xml}`);
    await post(text, 'wxid_a', { native: chain });
    expect(await coming()).toEqual(['张三 ×1']);
  });

  it('⑮ a phone and an identity card are hidden, and the card is never kept', async () => {
    const { post, lines } = await scene('送温暖行动');
    const heard = await post('#接龙\n送温暖行动\n1. 张三 13812345678 110101199003071233', 'zhang');
    const seen = await hall.write((tx) => hall.service.view(tx, hall.office(), heard?.chain.id ?? '', 'masked'));
    expect(JSON.stringify(seen)).not.toMatch(/13812345678|110101199003071233/);
    expect(seen?.entries[0]).toMatchObject({ phone: '138****5678' });
    const full = await hall.write((tx) =>
      hall.service.view(tx, hall.office(), heard?.chain.id ?? '', { reason: '核对' }),
    );
    expect(full?.entries[0]?.phone).toBe('13812345678');
    expect(JSON.stringify(full)).not.toContain('110101199003071233');
    expect(await lines()).toHaveLength(1);
  });

  it('⑰ a number that stands twice or is missing is asked about, and nobody is dropped', async () => {
    const { post, coming, doubts } = await scene('拾荒行动');
    await post('#接龙\n拾荒行动\n1. 张三\n2. 李四\n2. 王五\n4. 赵六', 'zhang');
    expect(await coming()).toEqual(['张三 ×1', '李四 ×1', '王五 ×1', '赵六 ×1']);
    expect((await doubts()).toSorted()).toEqual(['gap 3', 'number 王五']);
  });

  it('⑱ the text is the truth where WeChat counts one too many', async () => {
    const { post, coming, doubts } = await scene('洁净行动');
    const { text, native } = notes('洁净行动', [written('wxid_a', '张三', 1), written('wxid_b', '李四', 2)]);
    const more = native === undefined ? native : { ...native, declared: 3 };
    await post(text, 'wxid_b', { native: more });
    expect(await coming()).toEqual(['张三 ×1', '李四 ×1']);
    expect(await doubts()).toEqual([]);
  });

  it.each([
    ['a quoted list', '「李四：#接龙\n净水行动\n1. 张三」\n- - - - - - - - -\n我也去'],
    ['a game of words', '成语接龙：一心一意'],
    ['a sentence', '我们来 #接龙 吧'],
  ])('⑲ %s is none', async (_, text) => {
    const { post } = await scene('净水行动');
    await expect(post(text, 'zhang')).rejects.toThrow('no list');
  });

  it('㉑ 300 people are read and signed up', async () => {
    const { post, coming } = await scene('千人植树行动');
    const lines = Array.from({ length: 300 }, (_, at) => `${at + 1}. 邻居${at + 1}号家 ${(at % 9) + 1}号楼`);
    await post(`#接龙\n千人植树行动\n\n${lines.join('\n')}`, 'zhang');
    expect(await coming()).toHaveLength(300);
  });
});

describe('copy after copy', () => {
  const native = (theme: string, ...entries: NoteEntry[]) => notes(theme, entries);

  it('⑨ the next copy adds one', async () => {
    const { post, coming } = await scene('巡河行动');
    const a = written('wxid_a', '张三 2人', 1);
    const first = native('巡河行动', a);
    await post(first.text, 'wxid_a', { native: first.native });
    const second = native('巡河行动', a, written('wxid_b', '李四', 2));
    const heard = await post(second.text, 'wxid_b', { native: second.native });
    expect(heard).toMatchObject({ added: 1, changed: 0, removed: 0 });
    expect(await coming()).toEqual(['张三 ×2', '李四 ×1']);
  });

  it('⑩ two who join from the same copy are both in it', async () => {
    const { post, coming, doubts } = await scene('巡林行动');
    const [a, b, c] = [written('wxid_a', '张三', 1), written('wxid_b', '李四', 2), written('wxid_c', '王五', 3)];
    for (const [by, entries] of [
      ['wxid_a', [a]],
      ['wxid_b', [a, b]],
      ['wxid_c', [a, c]],
      ['wxid_d', [a, c, written('wxid_d', '赵六', 4)]],
    ] as const) {
      const note = native('巡林行动', ...entries);
      await post(note.text, by, { native: note.native });
    }
    expect(await coming()).toEqual(['张三 ×1', '李四 ×1', '王五 ×1', '赵六 ×1']);
    expect(await doubts()).toEqual([]);
  });

  it('⑪ whoever changes their line comes as they say now', async () => {
    const { post, coming } = await scene('巡山行动');
    const [a, b] = [written('wxid_a', '张三', 1), written('wxid_b', '李四 2人', 2)];
    const before = native('巡山行动', a, b);
    await post(before.text, 'wxid_b', { native: before.native });
    const after = native('巡山行动', a, written('wxid_b', '李四 3人', 5));
    expect(await post(after.text, 'wxid_b', { native: after.native })).toMatchObject({ added: 0, changed: 1 });
    expect(await coming()).toEqual(['张三 ×1', '李四 ×3']);
  });

  it('⑫ a line taken off in the middle shifts the numbers and nobody else', async () => {
    const { post, coming, lines, doubts } = await scene('巡塘行动');
    const [a, b, c] = [written('wxid_a', '张三', 1), written('wxid_b', '李四', 2), written('wxid_c', '王五', 3)];
    const before = native('巡塘行动', a, b, c);
    await post(before.text, 'wxid_c', { native: before.native });
    const after = native('巡塘行动', a, c);
    expect(await post(after.text, 'wxid_b', { native: after.native })).toMatchObject({ added: 0, removed: 1 });
    expect(await coming()).toEqual(['张三 ×1', '王五 ×1']);
    expect(await lines()).toEqual(['1 张三 ×1 standing joined', '2 王五 ×1 standing joined', '2 李四 ×1 withdrawn -']);
    expect(await doubts()).toEqual([]);
  });

  it('⑬ whoever also writes for a neighbour brings two, and one of them is their own', async () => {
    const { post, coming } = await scene('巡园行动');
    const entries = [written('wxid_n1', '张三', 1), written('wxid_n1', '代李奶奶报名 2人', 2)];
    const note = native('巡园行动', ...entries);
    const heard = await post(note.text, 'wxid_n1', { native: note.native });
    expect(await coming()).toHaveLength(2);
    const seen = await hall.write((tx) => hall.service.view(tx, hall.office(), heard?.chain.id ?? '', 'masked'));
    expect(seen?.entries.map(({ isKnown }) => isKnown)).toEqual([true, false]);
  });

  it('⑳ the same words over it next week, with a new id, are a new list', async () => {
    const { post, group } = await scene('周末清扫');
    const first = native('周末清扫', written('wxid_a', '张三', 1));
    const one = await post(first.text, 'wxid_a', { native: first.native });
    const again = native('周末清扫', written('wxid_a', '张三', 9));
    const renewed = again.native === undefined ? again.native : { ...again.native, id: 'another' };
    const two = await hall.post(group, again.text, { by: 'wxid_a', native: renewed });
    expect(two?.isNew).toBe(true);
    expect(two?.chain.id).not.toBe(one?.chain.id);
  });

  it('a list pasted by hand is the one heard in the group', async () => {
    const { post, coming, doubts } = await scene('清渠行动');
    const [a, b] = [written('wxid_a', '张三 2人', 1), written('wxid_b', '李四', 2)];
    const note = native('清渠行动', a, b);
    const heard = await post(note.text, 'wxid_b', { native: note.native });
    const byHand: Chat = await hall.group('手工群');
    const pasted = await hall.paste('#接龙\n清渠行动\n\n1. 张三 2人\n2. 李四\n3. 王五', byHand);
    expect(pasted).toMatchObject({ ok: true, heard: { chainId: heard?.chain.id, added: 1, entries: 3, people: 4 } });
    expect(await coming()).toEqual(['张三 ×2', '李四 ×1', '王五 ×1']);
    expect(await doubts()).toEqual([]);
  });

  it('another building’s list about the same activity is its own', async () => {
    const { post, coming } = await scene('清沟行动');
    await post('#接龙\n清沟行动\n\n1. 张三\n2. 李四', 'zhang');
    const other = await hall.group('隔壁群');
    const heard = await hall.post(other, '#接龙\n清沟行动\n\n1. 王五\n2. 李四', { by: 'wang', name: '王五' });
    expect(heard?.isNew).toBe(true);
    expect(await coming()).toEqual(['张三 ×1', '李四 ×1', '王五 ×1', '李四 ×1']);
  });
});
