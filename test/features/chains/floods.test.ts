import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DoubtAnswer } from '../../../src/features/chains/chains-service.ts';
import { type ChainHall, openHall } from './chain-hall.ts';

let hall: ChainHall;
beforeEach(async () => {
  hall = await openHall();
});
afterEach(() => hall.close());

const HONEST = ['张三', '李四', '王五'];
const TENS = '甲乙丙丁戊己庚辛壬癸';

/** A family name, and a given name that tells one from the other thousand. */
function strangers(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, at) => {
    const digits = String(from + at).padStart(4, '0');
    return `赵${[...digits].map((digit) => TENS[Number(digit)]).join('')}`;
  });
}

function listOf(names: readonly string[]): string {
  return `#接龙\n周六捡垃圾\n\n${names.map((name, at) => `${at + 1}. ${name}`).join('\n')}`;
}

const later = () => hall.stage.clock.set(new Date(hall.stage.clock.now().getTime() + 60_000));

async function stage() {
  const shift = await hall.activity('周六捡垃圾', { capacity: 30 });
  const group = await hall.group('3号楼群');
  await hall.post(group, listOf(HONEST), { by: 'w', name: '王五' });
  later();
  return { shift, group };
}

async function answer(given: DoubtAnswer) {
  const doubts = await hall.store.read((tx) => hall.service.listDoubts(tx, hall.community, hall.stage.clock.now(), 50));
  const many = doubts.find(({ kind }) => kind === 'many');
  return hall.write((tx) => hall.service.answer(tx, hall.office(), many?.id ?? '', given));
}

const kept = () => hall.store.read((tx) => tx.db.selectFrom('chain_entry').select('state').execute());

describe('a copy that brings more new lines than people add by hand', () => {
  it('signs nobody up before a worker has said so, and then all of them', async () => {
    const { shift, group } = await stage();
    await hall.post(group, listOf([...HONEST, ...strangers(40)]), { by: 'joker', name: '小丑' });
    expect(await hall.coming(shift)).toHaveLength(3);
    expect(await hall.doubts()).toEqual(['many 40']);
    later();
    await hall.post(group, listOf([...HONEST, ...strangers(40), '孙八']), { by: 's', name: '孙八' });
    expect(await hall.coming(shift)).toEqual(expect.arrayContaining(['孙八 ×1 joined chain']));
    expect(await answer({ answer: 'yes' })).toMatchObject({ ok: true });
    expect(await hall.coming(shift)).toHaveLength(44);
    expect(await hall.doubts()).toEqual([]);
  });

  it('is dropped with one word, and the next copy that holds them brings none of them back', async () => {
    const { shift, group } = await stage();
    await hall.post(group, listOf([...HONEST, ...strangers(40)]), { by: 'joker', name: '小丑' });
    expect(await answer({ answer: 'no' })).toMatchObject({ ok: true });
    later();
    await hall.post(group, listOf([...HONEST, ...strangers(40), '孙八']), { by: 's', name: '孙八' });
    expect((await hall.coming(shift)).map((line) => line.split(' ')[0])).toEqual([...HONEST, '孙八']);
    expect(await hall.doubts()).toEqual([]);
  });

  it('is one question however often it comes, and no more than a group is kept of it', async () => {
    const { shift, group } = await stage();
    for (const round of [0, 1, 2]) {
      await hall.post(group, listOf(strangers(400, round * 400)), { by: 'joker', name: '小丑' });
      later();
    }
    expect(await hall.doubts()).toEqual(['many 500']);
    expect(await kept()).toHaveLength(503);
    expect((await hall.coming(shift)).map((line) => line.split(' ')[0])).toEqual(HONEST);
  });

  it('is taken in at once when a worker pastes it', async () => {
    const { shift, group } = await stage();
    expect(await hall.paste(listOf([...HONEST, ...strangers(40)]), group)).toMatchObject({ ok: true });
    expect(await hall.coming(shift)).toHaveLength(43);
    expect(await hall.doubts()).toEqual([]);
  });
});

it('a list as long as a whole group takes nobody more by itself', async () => {
  const shift = await hall.activity('周六捡垃圾');
  const group = await hall.group('3号楼群');
  await hall.post(group, listOf(strangers(500)), { by: 'w', name: '王五' });
  later();
  await hall.post(group, listOf(strangers(2, 500)), { by: 'z', name: '赵六' });
  expect(await hall.coming(shift)).toHaveLength(500);
  expect(await hall.doubts()).toEqual(['many 2']);
});

it('a name and a note without end are kept as long as a form lets anybody write them', async () => {
  const shift = await hall.activity('周六捡垃圾');
  const group = await hall.group('3号楼群');
  await hall.post(group, listOf(['哈'.repeat(15_000), `李四 （${'好'.repeat(3_000)}）`]), { by: 'a', name: 'x' });
  const [first = ''] = await hall.coming(shift);
  expect(first).toBe(`${'哈'.repeat(30)} ×1 joined chain`);
  const lines = await hall.store.read((tx) => tx.db.selectFrom('chain_entry').select('line_sealed').execute());
  expect(Math.max(...lines.map(({ line_sealed: sealed }) => sealed?.length ?? 0))).toBeLessThan(2_000);
});
