import { afterEach, beforeEach, expect, test } from 'vitest';
import { relocateHousehold } from '../../src/store/household-table.ts';
import { listPledges, listPledgesAsMade, type PledgePosition } from '../../src/store/pledge-list-table.ts';
import { insertPledge, updatePledge } from '../../src/store/pledge-table.ts';
import { NOW, openPledgeStage, type PledgeStage, pledgeAt } from '../features/pledges/pledge-stage.ts';
import { forEachStore } from '../support/for-each-store.ts';

const SCOPE = { plan: 'changji-2021', period: '2026' };

forEachStore((open) => {
  let stage: PledgeStage;
  beforeEach(async () => {
    stage = await openPledgeStage(open);
  });
  afterEach(() => stage.close());

  const pledge = (room: string) =>
    stage.store.write((tx) => pledgeAt(tx, stage.community, null, { building: '1', room }, ['sort']));

  test('pages of pledges changed in the same moment neither miss nor repeat one', async () => {
    for (const room of ['101', '102', '103', '104', '105']) await pledge(room);
    const filter = { communityId: stage.community.id, ...SCOPE };
    const seen: string[] = [];
    let after: PledgePosition | undefined;
    for (;;) {
      const page = { limit: 2, ...(after === undefined ? {} : { after }) };
      const rows = await stage.store.read((tx) => listPledges(tx, filter, page));
      seen.push(...rows.map(({ household }) => household.door.room ?? ''));
      const last = rows.at(-1);
      if (last === undefined) break;
      after = { at: last.pledge.changedAt.getTime(), id: last.pledge.id };
    }
    expect(seen).toEqual(['105', '104', '103', '102', '101']);
  });

  test('a habit is found by its whole name only', async () => {
    await stage.store.write((tx) => pledgeAt(tx, stage.community, null, { building: '1', room: '1' }, ['own-cup']));
    const find = (habit: string) =>
      stage.store.read((tx) => listPledges(tx, { communityId: stage.community.id, ...SCOPE, habit }, { limit: 5 }));
    expect(await find('own-cup')).toHaveLength(1);
    expect(await find('own')).toHaveLength(0);
  });

  test('a habit that was added is found, one that was given up is not, page by page, the last changed first', async () => {
    const made = [await pledge('101'), await pledge('102'), await pledge('103')];
    const later = new Date(NOW.getTime() + 1000);
    const [first, , third] = made.map((each) => each.pledge.id);
    const change = (id = '', habits: string[]) =>
      stage.store.write((tx) => updatePledge(tx, id, { state: 'standing', habits }, later));
    await change(first, ['sort', 'own-cup']);
    await change(third, ['own-cup']);
    const filter = { communityId: stage.community.id, ...SCOPE, habit: 'sort' };
    const rooms = async (page: { after?: PledgePosition; limit: number }) =>
      (await stage.store.read((tx) => listPledges(tx, filter, page))).map(({ household }) => household.door.room);
    expect(await rooms({ limit: 5 })).toEqual(['101', '102']);
    expect(await rooms({ limit: 5, after: { at: later.getTime(), id: first ?? '' } })).toEqual(['102']);
  });

  test('walking through all of them begins after the one last seen', async () => {
    const [first, second] = [await pledge('101'), await pledge('102')];
    const filter = { communityId: stage.community.id, ...SCOPE };
    const rest = await stage.store.read((tx) => listPledgesAsMade(tx, filter, { afterId: first.pledge.id, limit: 5 }));
    expect(rest.map((row) => row.pledge.id)).toEqual([second.pledge.id]);
  });

  test('the table itself refuses a second pledge of a household in a period', async () => {
    const { household } = await pledge('101');
    const again = { ...SCOPE, communityId: stage.community.id, householdId: household.id, habits: ['sort'] };
    await expect(stage.store.write((tx) => insertPledge(tx, again, NOW))).rejects.toThrow();
  });

  test('a household is not moved to a door that another one has', async () => {
    const [one, other] = [await pledge('101'), await pledge('102')];
    const record = {
      communityId: stage.community.id,
      areaId: null,
      door: { building: '1', room: '102' },
      doorKey: JSON.stringify(['', '1', '', '102']),
    };
    expect(await stage.store.write((tx) => relocateHousehold(tx, one.household.id, record))).toBe(false);
    expect(await stage.store.write((tx) => relocateHousehold(tx, other.household.id, record))).toBe(true);
  });
});
