import { beforeAll, describe, expect, test } from 'vitest';
import type { WasteGuide } from '../../src/content/waste-guide.ts';
import { threadTime } from '../support/processor-time.ts';
import { loadRealContent } from './real-content.ts';

let guide: WasteGuide;
beforeAll(async () => {
  guide = (await loadRealContent()).wasteGuide;
});

describe('the waste guide', () => {
  test('finds its own item for every one of its 1,143 names', () => {
    const names = guide.items.flatMap((item) => [item.name, ...item.aliases].map((name) => ({ name, item })));
    expect(names).toHaveLength(1143);
    for (const { name, item } of names) expect(guide.find(name)).toEqual({ found: item, name, exact: true });
  });

  test('does not mind width, case, spaces and marks', () => {
    expect(guide.find(' Ａ4　纸？')).toMatchObject({ found: { name: '打印纸' }, name: 'A4纸', exact: true });
  });

  test('finds the longest name within the words and says which it was', () => {
    expect(guide.find('昨天剩的大骨头')).toMatchObject({ found: { class: 'other' }, name: '大骨头', exact: false });
    expect(guide.find('坏了的电动车锂电池')).toMatchObject({ name: '电动车锂电池', exact: false });
  });

  test('offers at most three things that sound near, the nearest first', () => {
    const answer = guide.find('塑料');
    expect('near' in answer && answer.near.map((item) => item.name)).toHaveLength(3);
    expect(guide.find('骨')).toMatchObject({ near: [{ name: '鸡骨头' }, { name: '大骨头' }] });
  });

  test('says that it does not know rather than guess', () => {
    expect(guide.find('宇宙飞船')).toEqual({ none: true });
    expect(guide.find('')).toEqual({ none: true });
    expect(guide.find('？！')).toEqual({ none: true });
  });

  test('names a class as the city does, and nationally where the city is not known', () => {
    expect(guide.className('kitchen', 'shanghai')?.name).toBe('湿垃圾');
    expect(guide.className('kitchen', 'jiaxing')?.name).toBe('易腐垃圾');
    expect(guide.className('other', 'nowhere')).toMatchObject({ name: '其他垃圾', bin: '灰' });
  });

  test('answers fast', () => {
    const words = guide.items.slice(0, 100).map((item) => `我家那个坏了的${item.name}还有点东西`);
    const took = threadTime(() => {
      for (let round = 0; round < 20; round += 1) for (const word of words) guide.find(word);
    });
    expect(took / 2000).toBeLessThan(0.5);
  });
});
