import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChainTarget } from '../../../src/model/chain.ts';
import { type ChainHall, openHall } from './chain-hall.ts';

let hall: ChainHall;
beforeEach(async () => {
  hall = await openHall();
});
afterEach(() => hall.close());

const THREE = '#接龙\n周六捡垃圾\n1. 张三\n2. 李四\n3. 王五';

async function chainId(): Promise<string> {
  const [chain] = await hall.store.read((tx) =>
    hall.service.list(tx, hall.community, { limit: 1 }, hall.stage.clock.now()),
  );
  return chain?.id ?? '';
}

async function assign(target: ChainTarget | null) {
  const id = await chainId();
  return hall.write((tx) => hall.service.assign(tx, hall.office(), id, target));
}

async function sunday(): Promise<string> {
  return hall.activity('周日种花', { startsAt: new Date('2026-11-22T09:00:00+08:00'), capacity: 2 });
}

describe('saying what a list is about', () => {
  it('says nothing new where it is about that already: nobody loses a place to those who wait', async () => {
    const shift = await hall.activity('周六捡垃圾', { capacity: 2 });
    await hall.paste(THREE);
    await hall.stage.hear('赵六', '周六捡垃圾我报名，我叫赵六');
    const before = await hall.coming(shift);
    expect(before.map((line) => line.split(' ')[2])).toEqual(['joined', 'joined', 'waiting', 'waiting']);
    const said = await assign({ kind: 'shift', id: shift });
    expect(said).toMatchObject({ ok: true, effects: { messages: [] } });
    expect(await hall.coming(shift)).toEqual(before);
    expect(await hall.lines()).toEqual([
      '1 张三 ×1 standing joined',
      '2 李四 ×1 standing joined',
      '3 王五 ×1 standing waiting',
    ]);
  });

  it('moves everybody once where the button is pressed twice', async () => {
    await hall.activity('周六捡垃圾');
    const other = await sunday();
    await hall.paste(THREE);
    const target = { kind: 'shift', id: other } as const;
    const signUps = () =>
      hall.store.read((tx) =>
        tx.db.selectFrom('sign_up').select(['id', 'state']).where('shift_id', '=', other).execute(),
      );
    await assign(target);
    const once = await signUps();
    expect(await assign(target)).toMatchObject({ ok: true });
    expect(await signUps()).toEqual(once);
  });

  it('that it is none of ours twice is the same as once', async () => {
    await hall.activity('周六捡垃圾');
    await hall.paste(THREE);
    expect(await assign(null)).toMatchObject({ ok: true });
    expect(await assign(null)).toMatchObject({ ok: true, effects: { messages: [] } });
  });
});

describe('a list that is pasted again with another activity chosen', () => {
  const paste = (text: string, target: ChainTarget) =>
    hall.write((tx) => hall.service.hearPasted(tx, hall.office(), { chatId: null, text, target }));

  it('moves with everybody in it, and what is changed later is changed there', async () => {
    const saturday = await hall.activity('周六捡垃圾', { capacity: 2 });
    const other = await hall.activity('周日种花', { startsAt: new Date('2026-11-22T09:00:00+08:00') });
    await hall.paste(THREE);
    const pasted = await paste(THREE, { kind: 'shift', id: other });
    expect(pasted).toMatchObject({ ok: true, heard: { isMoved: true, added: 0, onRecord: 3 } });
    expect(await hall.coming(saturday)).toEqual([]);
    expect((await hall.coming(other)).toSorted()).toEqual([
      '张三 ×1 joined chain',
      '李四 ×1 joined chain',
      '王五 ×1 joined chain',
    ]);
    hall.stage.clock.set(new Date(hall.stage.clock.now().getTime() + 60_000));
    await hall.paste(`${THREE} 2人\n4. 赵六`);
    expect(await hall.coming(saturday)).toEqual([]);
    expect(await hall.coming(other)).toEqual(expect.arrayContaining(['王五 ×2 joined chain', '赵六 ×1 joined chain']));
  });

  it('stays where it is when it is about that already', async () => {
    const shift = await hall.activity('周六捡垃圾', { capacity: 2 });
    await hall.paste(THREE);
    const before = await hall.coming(shift);
    expect(await paste(THREE, { kind: 'shift', id: shift })).toMatchObject({ ok: true, heard: { isMoved: false } });
    expect(await hall.coming(shift)).toEqual(before);
  });

  it('cannot be about what nobody can sign up for', async () => {
    const shift = await hall.activity('周六捡垃圾');
    expect(await paste(THREE, { kind: 'shift', id: 'nonsense' })).toEqual({ ok: false, why: 'no-target' });
    hall.stage.clock.set(new Date('2026-11-21T10:00:00+08:00'));
    expect(await paste(THREE, { kind: 'shift', id: shift })).toEqual({ ok: false, why: 'no-target' });
    expect(await hall.store.read((tx) => tx.db.selectFrom('chain').select('id').execute())).toEqual([]);
  });
});

describe('once the activity has begun', () => {
  it('nothing is said to be taken back that stays: neither the list nor one entry', async () => {
    const shift = await hall.activity('周六捡垃圾');
    const other = await sunday();
    await hall.paste(THREE);
    const before = await hall.lines();
    hall.stage.clock.set(new Date('2026-11-21T10:00:00+08:00'));
    expect(await assign(null)).toEqual({ ok: false, why: 'begun' });
    expect(await assign({ kind: 'shift', id: other })).toEqual({ ok: false, why: 'begun' });
    const id = await chainId();
    const detail = await hall.store.read((tx) => hall.service.view(tx, hall.office(), id, 'masked'));
    const entryId = detail?.entries[0]?.id ?? '';
    expect(await hall.write((tx) => hall.service.withdraw(tx, hall.office(), entryId))).toEqual({
      ok: false,
      why: 'begun',
    });
    expect(await hall.lines()).toEqual(before);
    expect(await hall.coming(shift)).toHaveLength(3);
    expect(await hall.coming(other)).toEqual([]);
  });
});
