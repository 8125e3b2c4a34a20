import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NotYetQuery } from '../../../src/features/chains/chains-service.ts';
import type { ChainTarget } from '../../../src/model/chain.ts';
import { listAudit } from '../../../src/store/audit-table.ts';
import { listAreas } from '../../../src/store/community-table.ts';
import { type ChainHall, openHall } from './chain-hall.ts';

let hall: ChainHall;
beforeEach(async () => {
  hall = await openHall();
});
afterEach(() => hall.close());

const later = (minutes: number) => hall.stage.clock.set(new Date(hall.stage.clock.now().getTime() + minutes * 60_000));

const PLEDGES = '#接龙\n我家的绿色生活承诺';

async function building(name: string): Promise<string> {
  const areas = await hall.store.read((tx) => listAreas(tx, hall.community.id));
  return areas.find((area) => area.kind === 'building' && area.name === name)?.id ?? '';
}

const pledges = () =>
  hall.store.read((tx) =>
    tx.db
      .selectFrom('pledge')
      .innerJoin('household', 'household.id', 'household_id')
      .select(['building', 'habits', 'state'])
      .execute(),
  );

async function round(): Promise<ChainTarget> {
  const targets = await hall.store.read((tx) => hall.service.listTargets(tx, hall.community, hall.stage.clock.now()));
  const found = targets.find(({ target }) => target.kind === 'pledges');
  if (found === undefined) throw new Error('there is no round of pledges');
  return found.target;
}

const notYet = (query: NotYetQuery) => hall.write((tx) => hall.service.listNotYet(tx, hall.office(), query));

describe('a list of pledges', () => {
  it('is the pledge of each household with a door and habits; what lacks one of them is asked about', async () => {
    const heard = await hall.paste(`${PLEDGES}\n1. 张三 3-2-501 节水 光盘\n2. 李四 1-1-101\n3. 王五 少开一天车`);
    expect(heard).toMatchObject({ ok: true, heard: { about: { title: '今年的家庭承诺' }, added: 3, doubts: 2 } });
    expect(await pledges()).toMatchObject([{ building: '3', state: 'standing' }]);
    expect(await hall.lines()).toEqual(['1 张三 ×1 standing pledged', '2 李四 ×1 standing -', '3 王五 ×1 standing -']);
    expect(await hall.doubts()).toEqual(['refused 李四', 'refused 王五']);
  });

  it('may name the habits over it, for everybody', async () => {
    await hall.paste('#接龙\n光盘行动承诺接龙\n1. 张三 3-2-501\n2. 李四 1-1-101 两口人');
    expect((await pledges()).map(({ building }) => building).toSorted()).toEqual(['1', '3']);
    expect(await hall.doubts()).toEqual([]);
  });

  it('in the group of a building needs no number of it', async () => {
    const group = await hall.group('2号楼群', await building('2'));
    await hall.post(group, `${PLEDGES}\n1. 张三 1单元302 节水`, { by: 'a', name: '张三' });
    expect(await pledges()).toMatchObject([{ building: '2', state: 'standing' }]);
  });

  it('taken off, the pledge goes; one the household had made before stays until a worker says so', async () => {
    await hall.stage.hear('lin', '我家承诺光盘，1栋1单元101，两口人');
    await hall.stage.hear('lin', '对');
    const group = await hall.group('3号楼群');
    const own = '1. 张三 3-2-501 节水';
    await hall.post(group, `${PLEDGES}\n${own}`, { by: 'a', name: '张三' });
    later(1);
    await hall.post(group, `${PLEDGES}\n${own}\n2. 李四 1-1-101 光盘`, { by: 'b', name: '李四' });
    later(1);
    await hall.post(group, `${PLEDGES}\n${own}\n2. 李四 1-1-101 光盘\n3. 王五 2-1-101 节电`, { by: 'c', name: '王五' });
    later(1);
    await hall.post(group, `${PLEDGES}\n1. 李四 1-1-101 光盘\n2. 王五 2-1-101 节电`, { by: 'a', name: '张三' });
    later(1);
    await hall.post(group, `${PLEDGES}\n1. 王五 2-1-101 节电`, { by: 'b', name: '李四' });
    const states = async () => (await pledges()).map(({ building, state }) => `${building} ${state}`).toSorted();
    expect(await states()).toEqual(['1 standing', '2 standing', '3 withdrawn']);
    expect(await hall.doubts()).toEqual(['elsewhere 李四']);
    const [doubt] = await hall.store.read((tx) =>
      hall.service.listDoubts(tx, hall.community, hall.stage.clock.now(), 5),
    );
    await hall.write((tx) => hall.service.answer(tx, hall.office(), doubt?.id ?? '', { answer: 'yes' }));
    expect(await states()).toEqual(['1 withdrawn', '2 standing', '3 withdrawn']);
    later(1);
    await hall.post(group, `${PLEDGES}\n1. 王五 2-1-102 节电`, { by: 'c', name: '王五' });
    expect(await states()).toEqual(['1 withdrawn', '2 standing', '2 withdrawn', '3 withdrawn']);
  });
});

describe('who has not answered', () => {
  it('are the households of a building that are known and have not pledged this year, in the order one walks', async () => {
    await hall.paste(`${PLEDGES}\n1. 张三 3-2-501 节水\n2. 李四 3-1-101 光盘\n3. 王五 3-10-201 节水`);
    hall.stage.clock.set(new Date('2027-02-03T09:00:00+08:00'));
    await hall.paste(`${PLEDGES}\n1. 李四 3-1-101 光盘`);
    const list = await notYet({ target: await round(), of: { areaId: await building('3') }, reason: '上门' });
    expect(list?.rows.map(({ place, names }) => [place?.unit, place?.room, ...names])).toEqual([
      ['2', '501', '张三'],
      ['10', '201', '王五'],
    ]);
    expect(list).toMatchObject({ title: '3', done: 1, unknown: 45 });
    const [entry] = await hall.store.read((tx) => listAudit(tx, hall.community.id, { limit: 1 }));
    expect(entry).toMatchObject({ action: 'chain.list-not-yet', reason: '上门' });
    expect(JSON.stringify(entry)).not.toMatch(/张三|501/);
  });

  it('of an activity are those of the building and of earlier lists of its group who are not in it', async () => {
    const group = await hall.group('3号楼群', await building('3'));
    const last = await hall.activity('上周植树', { startsAt: new Date('2026-11-19T09:00:00+08:00') });
    const shift = await hall.activity('周六捡垃圾');
    await hall.paste(`${PLEDGES}\n1. 张三 3-2-501 节水\n2. 李四 3-1-101 光盘`);
    await hall.post(group, '#接龙\n上周植树\n1. 清川\n2. 张三\n3. 赵六', { by: 'q', name: '清川' });
    await hall.post(group, '#接龙\n周六捡垃圾\n1. 李四 3-1-101\n2. 赵六', { by: 'l', name: '李四' });
    expect(await hall.coming(last)).toHaveLength(3);
    const list = await notYet({ target: { kind: 'shift', id: shift }, of: { chatId: group.id } });
    expect(list?.rows.map(({ place, names }) => [place?.room ?? '', ...names])).toEqual([
      ['501', '张三'],
      ['', '清川'],
    ]);
    expect(list).toMatchObject({ title: '3号楼群', done: 2 });
  });

  it('knows the doors that stand in lists alone, and counts who signed up in a group that is of no building', async () => {
    const group = await hall.group('业主大群');
    await hall.activity('上周植树', { startsAt: new Date('2026-11-19T09:00:00+08:00') });
    const shift = await hall.activity('周六捡垃圾');
    const of = { chatId: group.id };
    const target = { kind: 'shift', id: shift } as const;
    expect(await notYet({ target, of })).toMatchObject({ rows: [], done: 0 });
    await hall.post(group, '#接龙\n上周植树\n1. 王阿姨 3-2-501\n2. 李四', { by: 'w', name: '王阿姨' });
    await hall.post(group, '#接龙\n周六捡垃圾\n1. 李四\n2. 张三\n3. 赵六 3-1-101', { by: 'l', name: '李四' });
    const asked = await notYet({ target, of });
    expect(asked).toMatchObject({ done: 3, rows: [{ names: ['王阿姨'], place: { building: '3', room: '501' } }] });
    const inBuilding = await notYet({ target, of: { areaId: await building('3') } });
    expect(inBuilding).toMatchObject({
      done: 1,
      rows: [{ householdId: null, names: ['王阿姨'], place: { room: '501' } }],
    });
  });

  it('is nobody’s list of another community, and none of a private chat', async () => {
    const target = await round();
    const of = { areaId: await building('3') };
    const elsewhere = { ...hall.office(), community: { ...hall.community, id: 'another' } };
    expect(await hall.write((tx) => hall.service.listNotYet(tx, elsewhere, { target, of }))).toBeNull();
    expect(await notYet({ target, of: { chatId: 'none' } })).toBeNull();
    expect(await notYet({ target: { kind: 'shift', id: 'none' }, of })).toBeNull();
  });
});

describe('the text that starts a list', () => {
  it('is read by the bot as one about the very shift it was made for', async () => {
    const shift = await hall.activity('周六捡垃圾');
    await hall.activity('周六捡垃圾', { startsAt: new Date('2026-11-28T09:00:00+08:00') });
    const target = { kind: 'shift', id: shift } as const;
    const text = await hall.write((tx) => hall.service.readyText(tx, hall.community, target, hall.stage.clock.now()));
    expect(text).not.toMatch(/今天|明天/u);
    expect(text).toMatch(/^#接龙\n周六捡垃圾\n.*09:00.*南门\n例 .*\n\n1\. $/u);
    await hall.post(await hall.group('3号楼群'), `${text}张三 2人`, { by: 'a' });
    expect(await hall.coming(shift)).toEqual(['张三 ×2 joined chain']);
  });

  it('is there for pledges, and for no shift that is over', async () => {
    const shift = await hall.activity('周六捡垃圾');
    const target = await round();
    const text = await hall.write((tx) => hall.service.readyText(tx, hall.community, target, hall.stage.clock.now()));
    expect(await hall.paste(`${text}张三 3-2-501 节水`)).toMatchObject({ ok: true, heard: { about: { target } } });
    hall.stage.clock.set(new Date('2026-11-22T09:00:00+08:00'));
    const over = { kind: 'shift', id: shift } as const;
    expect(
      await hall.write((tx) => hall.service.readyText(tx, hall.community, over, hall.stage.clock.now())),
    ).toBeNull();
  });
});
