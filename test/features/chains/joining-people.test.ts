import { afterEach, beforeEach, expect, it } from 'vitest';
import { RECORD_JOINERS } from '../../../src/joints/all-features.ts';
import type { Person } from '../../../src/model/chat.ts';
import { findPersonByAddress } from '../../../src/store/sender-table.ts';
import { STAGE_COMMUNITY } from '../../support/stage.ts';
import { type ChainHall, openHall } from './chain-hall.ts';

let hall: ChainHall;
beforeEach(async () => {
  hall = await openHall();
});
afterEach(() => hall.close());

async function person(channel: 'web' | 'wechat', account: string, address: string): Promise<Person> {
  const found = await hall.store.read((tx) => findPersonByAddress(tx, { channel, account, address }, STAGE_COMMUNITY));
  if (found === null) throw new Error(`nobody is known at ${address}`);
  return found;
}

it('whoever signed up in private and stands in a list of WeChat as well has one place, and taking the line off is asked about', async () => {
  const shift = await hall.activity('周六捡垃圾');
  await hall.stage.hear('林姐', '周六捡垃圾我报名，我叫林姐');
  const group = await hall.group('3号楼群');
  await hall.post(group, '#接龙\n周六捡垃圾\n1. 林姐 2人', { by: 'wxid_lin', name: '林姐' });
  expect(await hall.coming(shift)).toHaveLength(2);
  const stays = await person('web', STAGE_COMMUNITY, '林姐');
  const goes = await person('wechat', 'bot', 'wxid_lin');
  await hall.write(async (tx) => {
    for (const { join } of RECORD_JOINERS) await join(tx, { stays, goes }, hall.community, hall.stage.clock.now());
  });
  expect(await hall.coming(shift)).toHaveLength(1);
  expect(await hall.lines()).toEqual(['1 林姐 ×2 standing joined']);
  hall.stage.clock.set(new Date(hall.stage.clock.now().getTime() + 60_000));
  await hall.post(group, '#接龙\n周六捡垃圾\n1. 林姐 2人\n2. 王五', { by: 'wxid_wang', name: '王五' });
  hall.stage.clock.set(new Date(hall.stage.clock.now().getTime() + 60_000));
  await hall.post(group, '#接龙\n周六捡垃圾\n1. 王五', { by: 'wxid_lin', name: '林姐' });
  expect(await hall.doubts()).toEqual(['elsewhere 林姐']);
  expect((await hall.coming(shift)).map((line) => line.split(' ')[0])).toEqual(['林姐', '王五']);
});
