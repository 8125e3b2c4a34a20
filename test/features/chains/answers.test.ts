import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DoubtAnswer, DoubtView } from '../../../src/features/chains/chains-service.ts';
import { listAudit } from '../../../src/store/audit-table.ts';
import { type ChainHall, openHall } from './chain-hall.ts';

let hall: ChainHall;
beforeEach(async () => {
  hall = await openHall();
});
afterEach(() => hall.close());

async function open(kind: DoubtView['kind']): Promise<DoubtView> {
  const doubts = await hall.store.read((tx) => hall.service.listDoubts(tx, hall.community, hall.stage.clock.now(), 50));
  const doubt = doubts.find((one) => one.kind === kind);
  if (doubt === undefined) throw new Error(`nothing of ${kind} is asked`);
  return doubt;
}

const answer = async (kind: DoubtView['kind'], given: DoubtAnswer) => {
  const { id } = await open(kind);
  return hall.write((tx) => hall.service.answer(tx, hall.office(), id, given));
};

const later = (minutes: number) => hall.stage.clock.set(new Date(hall.stage.clock.now().getTime() + minutes * 60_000));

describe('what a list is about', () => {
  const UNNAMED = '#接龙\n想来的报一下\n1. 张三\n2. 李四 2人';

  it('is said once, and the answer holds for every later copy', async () => {
    const shift = await hall.activity('周六捡垃圾');
    const group = await hall.group('3号楼群');
    await hall.post(group, UNNAMED, { by: 'a', name: '张三' });
    const { choices, answers } = await open('which');
    expect(choices.map(({ title }) => title)).toEqual(['周六捡垃圾', '今年的家庭承诺']);
    expect(answers).toEqual(['yes', 'target', 'no']);
    expect(await answer('which', { answer: 'target', target: { kind: 'shift', id: shift } })).toMatchObject({
      ok: true,
    });
    expect(await hall.coming(shift)).toEqual(['张三 ×1 joined chain', '李四 ×2 joined chain']);
    later(5);
    await hall.post(group, `${UNNAMED}\n3. 王五`, { by: 'w', name: '王五' });
    expect(await hall.coming(shift)).toHaveLength(3);
    expect(await hall.doubts()).toEqual([]);
  });

  it('is nothing of ours, and then the list is left alone', async () => {
    const shift = await hall.activity('周六捡垃圾');
    const group = await hall.group('3号楼群');
    await hall.post(group, UNNAMED, { by: 'a', name: '张三' });
    await answer('which', { answer: 'no' });
    later(5);
    expect(await hall.post(group, `${UNNAMED}\n3. 王五`, { by: 'w', name: '王五' })).toBeNull();
    expect(await hall.coming(shift)).toEqual([]);
    expect(await hall.doubts()).toEqual([]);
  });

  it('can be changed: who was signed up for one thing is for the other', async () => {
    const saturday = await hall.activity('周六捡垃圾');
    const sunday = await hall.activity('周日植树', { startsAt: new Date('2026-11-22T09:00:00+08:00') });
    const heard = await hall.post(await hall.group('3号楼群'), '#接龙\n周六捡垃圾\n1. 张三\n2. 李四', { by: 'a' });
    const target = { kind: 'shift', id: sunday } as const;
    await hall.write((tx) => hall.service.assign(tx, hall.office(), heard?.chain.id ?? '', target));
    expect(await hall.coming(saturday)).toEqual([]);
    expect(await hall.coming(sunday)).toEqual(['张三 ×1 joined chain', '李四 ×1 joined chain']);
  });

  it('is asked where two activities are alike, and cannot be one that is over', async () => {
    await hall.activity('捡垃圾');
    const sunday = await hall.activity('捡垃圾', { startsAt: new Date('2026-11-22T09:00:00+08:00') });
    await hall.post(await hall.group('3号楼群'), '#接龙\n捡垃圾\n1. 张三', { by: 'a' });
    expect((await open('which')).choices).toHaveLength(3);
    hall.stage.clock.set(new Date('2026-11-22T10:00:00+08:00'));
    const target = { kind: 'shift', id: sunday } as const;
    expect(await answer('which', { answer: 'target', target })).toEqual({ ok: false, why: 'no-target' });
    expect(await hall.doubts()).toEqual(['which']);
  });

  it('is the next one ahead where a weekday is all that is said', async () => {
    const next = await hall.activity('捡垃圾');
    await hall.activity('捡垃圾', { startsAt: new Date('2026-11-28T09:00:00+08:00') });
    await hall.post(await hall.group('3号楼群'), '#接龙\n周六捡垃圾\n1. 张三', { by: 'a' });
    expect(await hall.coming(next)).toEqual(['张三 ×1 joined chain']);
  });

  it('is told by its day and hour where its name is not said, and never by an hour alone', async () => {
    const shift = await hall.activity('河道守护');
    const group = await hall.group('3号楼群');
    await hall.post(group, '#接龙\n周六上午9点南门集合，带手套\n1. 张三', { by: 'a' });
    expect(await hall.coming(shift)).toEqual(['张三 ×1 joined chain']);
    await hall.post(group, '#接龙\n9点打太极\n1. 李四\n2. 王五', { by: 'l' });
    expect(await hall.coming(shift)).toHaveLength(1);
  });
});

describe('one key each', () => {
  const lost = async () => {
    const shift = await hall.activity('周六捡垃圾');
    const group = await hall.group('3号楼群');
    await hall.post(group, '#接龙\n周六捡垃圾\n1. 张三\n2. 李四', { by: 'l', name: '李四' });
    later(1);
    await hall.post(group, '#接龙\n周六捡垃圾\n1. 李四\n2. 王五', { by: 'w', name: '王五' });
    return shift;
  };

  it('a line that is gone: yes takes it off, no keeps it, and neither is asked again', async () => {
    for (const [key, people] of [
      ['yes', ['李四', '王五']],
      ['no', ['张三', '李四', '王五']],
    ] as const) {
      const shift = await lost();
      expect(await hall.doubts()).toEqual(['missing 张三']);
      expect(await answer('missing', { answer: key })).toMatchObject({ ok: true });
      expect((await hall.coming(shift)).map((line) => line.split(' ')[0]).toSorted()).toEqual([...people].toSorted());
      later(1);
      await hall.post(await hall.group(`又一个群${key}`), '#接龙\n周六捡垃圾\n1. 李四\n2. 王五', {
        by: 'w',
        name: '王五',
      });
      expect(await hall.doubts()).toEqual([]);
      await hall.close();
      hall = await openHall();
    }
  });

  it('a line that cannot be signed up: corrected, it is; and later copies of the old one change nothing', async () => {
    const shift = await hall.activity('周六捡垃圾', { capacity: 5 });
    await hall.paste('#接龙\n周六捡垃圾\n1. 张三\n2. 李四 20人');
    expect(await hall.doubts()).toEqual(['refused 李四']);
    expect(await answer('refused', { answer: 'change', line: '' })).toEqual({ ok: false, why: 'not-readable' });
    expect(await answer('refused', { answer: 'change', line: '李四 2人' })).toMatchObject({ ok: true });
    expect(await hall.coming(shift)).toEqual(['张三 ×1 joined chain', '李四 ×2 joined chain']);
    later(1);
    await hall.paste('#接龙\n周六捡垃圾\n1. 张三\n2. 李四 20人\n3. 王五');
    expect(await hall.coming(shift)).toEqual(['张三 ×1 joined chain', '李四 ×2 joined chain', '王五 ×1 joined chain']);
    expect(await hall.doubts()).toEqual([]);
  });

  it('a number that stands twice: no drops the second, and it stays dropped', async () => {
    const shift = await hall.activity('周六捡垃圾');
    const text = '#接龙\n周六捡垃圾\n1. 张三\n1. 张三家\n2. 李四';
    await hall.paste(text);
    await answer('number', { answer: 'no' });
    later(1);
    await hall.paste(text);
    expect(await hall.coming(shift)).toEqual(['张三 ×1 joined chain', '李四 ×1 joined chain']);
  });

  it('a line that may be a change: yes puts it in the place of the old one, no lets both come', async () => {
    for (const [key, people] of [
      ['yes', ['张三 ×1 joined chain', '王秀荣 ×2 joined chain']],
      ['no', ['张三 ×1 joined chain', '王秀英 ×2 joined chain', '王秀荣 ×2 joined chain']],
    ] as const) {
      const shift = await hall.activity('周六捡垃圾');
      await hall.paste('#接龙\n周六捡垃圾\n1. 张三\n2. 王秀英 三号楼带手套 2人');
      later(1);
      await hall.paste('#接龙\n周六捡垃圾\n1. 张三\n2. 王秀荣 三号楼带手套 2人');
      expect(await hall.coming(shift)).toHaveLength(2);
      const { entry, other } = await open('changed');
      expect([entry?.name, other?.name]).toEqual(['王秀荣', '王秀英']);
      await answer('changed', { answer: key });
      expect(await hall.coming(shift)).toEqual(people);
      await hall.close();
      hall = await openHall();
    }
  });

  it('once the activity has begun nobody is taken off, and the question stays', async () => {
    const shift = await lost();
    hall.stage.clock.set(new Date('2026-11-21T10:00:00+08:00'));
    expect(await answer('missing', { answer: 'yes' })).toEqual({ ok: false, why: 'begun' });
    expect(await hall.coming(shift)).toHaveLength(3);
    expect(await answer('missing', { answer: 'no' })).toMatchObject({ ok: true });
    expect(await hall.doubts()).toEqual([]);
  });

  it('an answer that was given already is none', async () => {
    await lost();
    const { id } = await open('missing');
    const given = () => hall.write((tx) => hall.service.answer(tx, hall.office(), id, { answer: 'yes' }));
    expect(await given()).toMatchObject({ ok: true });
    expect(await given()).toEqual({ ok: false, why: 'gone' });
    const [entry] = await hall.store.read((tx) => listAudit(tx, hall.community.id, { limit: 1 }));
    expect(entry).toMatchObject({ action: 'chain.answer-missing', staffId: hall.staffId });
  });

  it('of another community is nobody’s to answer', async () => {
    await lost();
    const { id } = await open('missing');
    const elsewhere = { ...hall.office(), community: { ...hall.community, id: 'another' } };
    const given = await hall.write((tx) => hall.service.answer(tx, elsewhere, id, { answer: 'yes' }));
    expect(given).toEqual({ ok: false, why: 'gone' });
  });
});

describe('who signed up by another way as well', () => {
  it('keeps the one place, with as many as the list says', async () => {
    const shift = await hall.activity('周六捡垃圾');
    await hall.stage.hear('张三', '周六捡垃圾我报名，我叫张三');
    const group = { group: '3号楼群', mentioned: false };
    await hall.stage.hear('张三', '#接龙\n周六捡垃圾\n1. 张三 2人', group);
    expect(await hall.coming(shift)).toEqual(['张三 ×2 joined chat']);
    later(1);
    await hall.stage.hear('李四', '#接龙\n周六捡垃圾\n1. 张三 2人\n2. 李四', group);
    await hall.stage.hear('张三', '1号不来了', group);
    expect(await hall.coming(shift)).toEqual(['张三 ×2 joined chat', '李四 ×1 joined chain']);
    expect(await hall.doubts()).toEqual(['elsewhere 张三']);
    await answer('elsewhere', { answer: 'yes' });
    expect(await hall.coming(shift)).toEqual(['李四 ×1 joined chain']);
  });
});

describe('one line', () => {
  it('is taken off and put back by a worker, and both leave a trace', async () => {
    const shift = await hall.activity('周六捡垃圾');
    const heard = await hall.post(await hall.group('3号楼群'), '#接龙\n周六捡垃圾\n1. 张三\n2. 李四', { by: 'a' });
    const detail = await hall.write((tx) => hall.service.view(tx, hall.office(), heard?.chain.id ?? '', 'masked'));
    const id = detail?.entries[0]?.id ?? '';
    await hall.write((tx) => hall.service.withdraw(tx, hall.office(), id));
    expect(await hall.coming(shift)).toEqual(['李四 ×1 joined chain']);
    expect(await hall.write((tx) => hall.service.withdraw(tx, hall.office(), id))).toEqual({ ok: false, why: 'gone' });
    await hall.write((tx) => hall.service.restore(tx, hall.office(), id));
    const audit = await hall.store.read((tx) => listAudit(tx, hall.community.id, { limit: 20 }));
    expect(audit.map(({ action }) => action).filter((action) => action.startsWith('chain.'))).toEqual([
      'chain.restore',
      'chain.withdraw',
    ]);
    expect(await hall.coming(shift)).toHaveLength(2);
  });
});
