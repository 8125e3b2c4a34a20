/** What lists need of the database, on every database. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forEachStore } from '../../support/for-each-store.ts';
import { type ChainHall, openHall } from './chain-hall.ts';

forEachStore((open) => {
  let hall: ChainHall;
  beforeEach(async () => {
    hall = await openHall({ openStore: open });
  });
  afterEach(() => hall.close());

  describe('copies that come at once', () => {
    it('begin one list, and everybody in them comes once', async () => {
      const shift = await hall.activity('周六捡垃圾');
      const group = await hall.group('3号楼群');
      const names = ['张三', '李四', '王五', '赵六', '钱七', '孙八'];
      const copies = names.map((_, last) => {
        const lines = names.slice(0, last + 1).map((name, at) => `${at + 1}. ${name}`);
        return hall.post(group, `#接龙\n周六捡垃圾\n\n${lines.join('\n')}`, {
          by: `id${last}`,
          name: names[last] ?? '',
        });
      });
      const heard = await Promise.all(copies);
      expect(new Set(heard.map((one) => one?.chain.id)).size).toBe(1);
      expect((await hall.coming(shift)).map((line) => line.split(' ')[0]).toSorted()).toEqual(names.toSorted());
    });

    it('and the last places go to as many as there are', async () => {
      const shift = await hall.activity('周六捡垃圾', { capacity: 3 });
      const groups = await Promise.all(['一', '二', '三', '四'].map((name) => hall.group(`${name}群`)));
      await Promise.all(
        groups.map((group, at) =>
          hall.post(group, `#接龙\n周六捡垃圾\n\n1. 住户${at}甲\n2. 住户${at}乙`, { by: `id${at}` }),
        ),
      );
      const coming = await hall.coming(shift);
      expect(coming.filter((line) => line.includes(' joined '))).toHaveLength(3);
      expect(coming.filter((line) => line.includes(' waiting '))).toHaveLength(5);
    });
  });

  describe('a list', () => {
    it('is kept with its lines and what is doubtful, and two answers at once are one', async () => {
      await hall.activity('周六捡垃圾');
      await hall.paste('#接龙\n周六捡垃圾\n1. 张三\n1. 李四\n3. 王五');
      expect(await hall.lines()).toHaveLength(3);
      const [doubt] = await hall.store.read((tx) =>
        hall.service.listDoubts(tx, hall.community, hall.stage.clock.now(), 5),
      );
      const answer = () =>
        hall.write((tx) => hall.service.answer(tx, hall.office(), doubt?.id ?? '', { answer: 'no' }));
      const answers = await Promise.all([answer(), answer()]);
      expect(answers.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
      expect(await hall.store.read((tx) => hall.service.countDoubts(tx, hall.community))).toBe(1);
    });

    it('is forgotten with everything in it a fortnight after it was nothing of ours', async () => {
      const heard = await hall.paste('#接龙\n明天吃什么\n1. 张三\n1. 李四');
      expect(heard.ok).toBe(true);
      hall.stage.clock.set(new Date(hall.stage.clock.now().getTime() + 15 * 86_400_000));
      await hall.stage.tick();
      for (const table of ['chain', 'chain_entry', 'chain_doubt'] as const) {
        expect(await hall.store.read((tx) => tx.db.selectFrom(table).select('id').execute())).toEqual([]);
      }
    });
  });
});
