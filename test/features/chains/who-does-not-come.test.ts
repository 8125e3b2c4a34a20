import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ChainHall, openHall } from './chain-hall.ts';

let hall: ChainHall;
beforeEach(async () => {
  hall = await openHall();
});
afterEach(() => hall.close());

const later = () => hall.stage.clock.set(new Date(hall.stage.clock.now().getTime() + 60_000));

it('whoever writes that they do not come takes no place, and who leaves it open is asked about', async () => {
  const shift = await hall.activity('周六捡垃圾');
  await hall.paste('#接龙\n周六捡垃圾\n1. 刘洋 来不了了\n2. 赵丽 2人\n3. 王建军 待定\n4. ~~孙红~~\n5. 1\n李姐+1');
  expect(await hall.coming(shift)).toEqual(['赵丽 ×2 joined chain']);
  expect((await hall.doubts()).toSorted()).toEqual(['refused 5', 'refused 李姐', 'refused 王建军']);
});

it('a place is given back by one word in the line, taken again without it, and nobody is asked meanwhile', async () => {
  const shift = await hall.activity('周六捡垃圾');
  const group = await hall.group('3号楼群');
  const post = async (line: string) => {
    later();
    await hall.post(group, `#接龙\n周六捡垃圾\n1. 张三\n2. ${line}`, { by: 'b', name: '李四' });
    return hall.coming(shift);
  };
  const both = ['张三 ×1 joined chain', '李四 ×1 joined chain'];
  expect(await post('李四')).toEqual(both);
  expect(await post('李四 来不了')).toEqual(['张三 ×1 joined chain']);
  expect(await post('李四 来不了')).toEqual(['张三 ×1 joined chain']);
  expect(await hall.doubts()).toEqual([]);
  expect(await post('李四')).toEqual(both);
  expect(await hall.doubts()).toEqual([]);
});

it('a whole door in a building that is not here is asked about', async () => {
  const shift = await hall.activity('周六捡垃圾');
  await hall.paste('#接龙\n周六捡垃圾\n1. 吴芳 88-1-201\n2. 赵丽 3-2-501');
  expect(await hall.coming(shift)).toEqual(['赵丽 ×1 joined chain']);
  expect(await hall.doubts()).toEqual(['refused 吴芳']);
});

it('a list of goods is nobody’s business but theirs, and one that shares only the weekday is most likely none of ours', async () => {
  await hall.activity('周六捡垃圾');
  const group = await hall.group('3号楼群');
  expect(await hall.post(group, '#接龙\n周六大闸蟹 128/份\n1. 张三 2份', { by: 'a' })).toBeNull();
  const answers = async () => {
    const doubts = await hall.store.read((tx) =>
      hall.service.listDoubts(tx, hall.community, hall.stage.clock.now(), 5),
    );
    return doubts.map(({ kind, answers: offered }) => [kind, offered]);
  };
  await hall.post(group, '#接龙\n周六聚餐\n1. 张三', { by: 'a' });
  expect(await answers()).toEqual([['which', ['no', 'yes', 'target']]]);
});
