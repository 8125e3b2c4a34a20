import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type ExportRow,
  exportPledges,
  listPledgePage,
  viewHousehold,
} from '../../../src/features/pledges/household-list-service.ts';
import { relocateBuilding } from '../../../src/features/pledges/household-service.ts';
import { importPledges, type PaperPledge } from '../../../src/features/pledges/pledge-import-service.ts';
import {
  changeOnBehalf,
  removeHousehold,
  renewOnBehalf,
  withdrawOnBehalf,
} from '../../../src/features/pledges/pledge-office-service.ts';
import { findPledgeOfPerson } from '../../../src/features/pledges/pledges-service.ts';
import { readStanding } from '../../../src/features/pledges/standing-service.ts';
import { listAudit } from '../../../src/store/audit-table.ts';
import { insertArea } from '../../../src/store/community-table.ts';
import { savePersonName, savePersonPhone } from '../../../src/store/person-table.ts';
import { readHabitBook } from './habit-book.ts';
import { counters, NOW, openPledgeStage, type PledgeStage, pledgeAt, recount } from './pledge-stage.ts';

let stage: PledgeStage;
const STAFF = 'staff-1';

beforeEach(async () => {
  stage = await openPledgeStage();
});
afterEach(() => stage.close());

const audits = () => stage.store.read((tx) => listAudit(tx, stage.community.id, { limit: 50 }));

/** A household in each of the rooms 101, 102 … of building 1, a minute apart. */
async function pledgeRooms(count: number, habits: readonly string[] = ['sort']): Promise<void> {
  const { store, community } = stage;
  for (let index = 0; index < count; index += 1) {
    const now = new Date(NOW.getTime() + index * 60_000);
    const place = { building: '1', room: String(101 + index) };
    await store.write((tx) => pledgeAt(tx, community, null, place, habits, { people: 2, now }));
  }
}

describe('the standing', () => {
  test('says how many households pledged of how many, per building and in all', async () => {
    await pledgeRooms(3, ['sort', 'tap-off']);
    await stage.store.write((tx) => pledgeAt(tx, stage.community, null, { building: '3', room: '501' }, ['sort']));
    const standing = await stage.store.read((tx) => readStanding(tx, stage.community, NOW));
    expect(standing.whole).toMatchObject({ households: 4, people: 6, base: { count: 30 }, left: 26 });
    expect(standing.buildings.map(({ area, households, left }) => [area.name, households, left])).toEqual([
      ['1', 3, 7],
      ['2', 0, 10],
      ['3', 1, 9],
    ]);
    expect(standing.habits).toEqual([
      { habit: 'sort', households: 4 },
      { habit: 'tap-off', households: 3 },
    ]);
  });

  test('does not guess how many households there are where one building is not known', async () => {
    const { store, community } = stage;
    await store.write((tx) =>
      insertArea(tx, { communityId: community.id, parentId: null, kind: 'building', name: '4', households: null }),
    );
    const { whole } = await store.read((tx) => readStanding(tx, community, NOW));
    expect(whole).toMatchObject({ base: null, left: null });
  });

  test('a household of a building that is entered later is then counted for it', async () => {
    const { store, community } = stage;
    await store.write((tx) => pledgeAt(tx, community, null, { building: '9', room: '101' }, ['sort']));
    const area = await store.write((tx) =>
      insertArea(tx, { communityId: community.id, parentId: null, kind: 'building', name: '9', households: null }),
    );
    expect(await store.write((tx) => relocateBuilding(tx, community.id, '9'))).toBe(1);
    expect(await counters(store)).toMatchObject({ [`${area.id}|pledge.households@changji-2021/2026`]: 1 });
    expect(await counters(store)).toEqual(await recount(store));
  });

  test('a compound that is entered later does not split the doors that were told before', async () => {
    const { store, community } = stage;
    const lin = await stage.person('lin');
    await store.write((tx) => pledgeAt(tx, community, lin.id, { building: '9', room: '101' }, ['sort']));
    await store.write(async (tx) => {
      const area = { communityId: community.id, households: null } as const;
      const compound = await insertArea(tx, { ...area, parentId: null, kind: 'compound', name: '阳光花园' });
      await insertArea(tx, { ...area, parentId: compound.id, kind: 'building', name: '9' });
      await relocateBuilding(tx, community.id, '9');
    });
    const place = { compound: '阳光花园', building: '9', room: '101' };
    const joined = await store.write((tx) => pledgeAt(tx, community, null, place, ['tap-off']));
    expect(joined.what).toBe('joined');
  });
});

describe('the list', () => {
  test('turns its pages without missing or repeating a household, and shows no door', async () => {
    await pledgeRooms(7);
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await stage.store.read((tx) =>
        listPledgePage(tx, stage.community, {}, { limit: 3, ...(after === undefined ? {} : { after }) }, NOW),
      );
      seen.push(...page.rows.map((row) => row.householdId));
      expect(JSON.stringify(page)).not.toMatch(/"10\d"/);
      if (page.next === null) break;
      after = page.next;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
  });

  test('finds by building, habit, state and door', async () => {
    const { store, community } = stage;
    await pledgeRooms(2);
    const place = { building: '3', unit: '2', room: '501' };
    const { household } = await store.write((tx) => pledgeAt(tx, community, null, place, ['tap-off']));
    const find = (query: Parameters<typeof listPledgePage>[2]) =>
      store.read(async (tx) => (await listPledgePage(tx, community, query, { limit: 10 }, NOW)).rows);
    expect(await find({ building: '3' })).toMatchObject([{ householdId: household.id }]);
    expect(await find({ habit: 'tap-off' })).toMatchObject([{ householdId: household.id }]);
    expect(await find({ door: place })).toMatchObject([{ householdId: household.id }]);
    expect(await find({ door: { ...place, room: '502' } })).toEqual([]);
    expect(await find({ door: { building: '3' } })).toEqual([]);
    const act = { community, householdId: household.id, staffId: STAFF, now: NOW };
    await store.write((tx) => withdrawOnBehalf(tx, act));
    expect(await find({ state: 'withdrawn' })).toMatchObject([{ householdId: household.id }]);
    expect(await find({ state: 'standing' })).toHaveLength(2);
  });

  test('a household is shown in full only with a row in the audit log', async () => {
    const { store, community } = stage;
    const lin = await stage.person('lin');
    const door = { building: '3', unit: '2', room: '501' };
    const { household } = await store.write(async (tx) => {
      await savePersonName(tx, lin, '王秀英');
      await savePersonPhone(tx, lin, '13812345678');
      return pledgeAt(tx, community, lin.id, door, ['sort']);
    });
    const view = await store.write((tx) => viewHousehold(tx, community, household.id, STAFF, NOW));
    expect(view).toMatchObject({
      household: { door },
      members: [{ name: '王秀英', phone: '13812345678' }],
      pledges: [{ pledge: { habits: ['sort'] }, history: [{ kind: 'made', personId: lin.id }] }],
    });
    const [entry] = await audits();
    expect(entry).toMatchObject({ action: 'household.view', staffId: STAFF, subjectId: household.id });
    expect(JSON.stringify(entry)).not.toMatch(/501|1381|王/);
  });

  test('another community sees and touches nothing', async () => {
    const { store, community } = stage;
    const { household } = await store.write((tx) =>
      pledgeAt(tx, community, null, { building: '3', room: '501' }, ['sort']),
    );
    const stranger = { ...community, id: 'another-community' };
    const act = { community: stranger, householdId: household.id, staffId: STAFF, now: NOW };
    expect(await store.write((tx) => viewHousehold(tx, stranger, household.id, STAFF, NOW))).toBeNull();
    expect(await store.write((tx) => withdrawOnBehalf(tx, act))).toBe(false);
    expect(await store.write((tx) => removeHousehold(tx, act))).toBe(false);
    expect(await store.write((tx) => changeOnBehalf(tx, act, { add: ['tap-off'], remove: [] }))).toMatchObject({
      ok: false,
    });
    expect(await audits()).toEqual([]);
  });
});

test('staff change, withdraw, renew and remove on behalf, and each is written down', async () => {
  const { store, community } = stage;
  const { household } = await store.write((tx) =>
    pledgeAt(tx, community, null, { building: '3', room: '501' }, ['sort']),
  );
  const act = { community, householdId: household.id, staffId: STAFF, now: NOW };
  await store.write((tx) => changeOnBehalf(tx, act, { add: ['tap-off'], remove: ['sort'], people: 3 }));
  expect(await counters(store)).toMatchObject({
    '|habit.tap-off@changji-2021/2026': 1,
    '|pledge.people@changji-2021/2026': 3,
  });
  expect(await store.write((tx) => withdrawOnBehalf(tx, act))).toBe(true);
  expect(await counters(store)).toEqual({});
  expect(await store.write((tx) => renewOnBehalf(tx, act))).toBe(true);
  expect(await counters(store)).toEqual(await recount(store));
  expect(await store.write((tx) => removeHousehold(tx, act))).toBe(true);
  expect(await counters(store)).toEqual({});
  expect((await audits()).map(({ action }) => action).reverse()).toEqual([
    'pledge.change',
    'pledge.withdraw',
    'pledge.renew',
    'household.remove',
  ]);
});

describe('the download', () => {
  async function all(full: boolean): Promise<ExportRow[]> {
    const rows: ExportRow[] = [];
    for await (const page of exportPledges(stage.store, stage.community, { full, staffId: STAFF }, NOW)) {
      rows.push(...page);
    }
    return rows;
  }

  test('holds every pledge once, masked or with the door, and is written down', async () => {
    await pledgeRooms(3);
    expect((await all(false)).map(({ place }) => place)).toEqual(Array(3).fill({ building: '1' }));
    expect((await all(true)).map(({ place }) => place.room)).toEqual(['101', '102', '103']);
    expect((await audits()).map(({ action, detail }) => [action, detail])).toEqual([
      ['pledge.export', { full: true }],
      ['pledge.export', { full: false }],
    ]);
  });

  test('more than one page comes whole', async () => {
    const { store, community } = stage;
    await store.write(async (tx) => {
      for (let room = 0; room < 1_001; room += 1) {
        await pledgeAt(tx, community, null, { building: '2', room: String(1_000 + room) }, ['sort']);
      }
    });
    const rooms = (await all(true)).map(({ place }) => place.room);
    expect(new Set(rooms).size).toBe(1_001);
  });
});

describe('pledges on paper', () => {
  const row = (line: number, cells: Partial<PaperPledge>): PaperPledge => ({
    line,
    compound: '',
    building: '3',
    unit: '2',
    room: '501',
    people: '',
    habits: '四分类投放',
    ...cells,
  });
  const take = async (rows: PaperPledge[]) =>
    importPledges(
      stage.store,
      { community: stage.community, book: await readHabitBook(), staffId: STAFF, now: NOW },
      rows,
    );

  test('are counted once, however often the list is taken in', async () => {
    const rows = [
      row(2, { building: '3栋', unit: '2单元', room: '501室', people: '4口人', habits: '四分类投放、光盘不剩饭' }),
      row(3, { building: '１', room: '102', habits: '节水；tap-off', people: '3' }),
    ];
    expect(await take(rows)).toEqual([
      { line: 2, ok: true, what: 'made' },
      { line: 3, ok: true, what: 'made' },
    ]);
    expect((await take(rows)).map((result) => result.ok && result.what)).toEqual(['known', 'known']);
    expect(await counters(stage.store)).toMatchObject({
      '|pledge.households@changji-2021/2026': 2,
      '|pledge.people@changji-2021/2026': 7,
      '|habit.tap-off@changji-2021/2026': 1,
    });
  });

  test('a resident who speaks for the same door joins the pledge from paper', async () => {
    await take([row(2, {})]);
    const lin = await stage.person('lin');
    const place = { building: '3', unit: '2', room: '501' };
    const joined = await stage.store.write((tx) => pledgeAt(tx, stage.community, lin.id, place, ['tap-off']));
    expect(joined.pledge.habits).toEqual(['sort', 'tap-off']);
  });

  test('each row that cannot be taken says why, and the others are taken', async () => {
    const results = await take([
      row(2, { building: '' }),
      row(3, { room: '' }),
      row(4, { habits: '' }),
      row(5, { habits: '四分类投放、种蘑菇' }),
      row(6, { people: '很多' }),
      row(7, { people: '99' }),
      row(8, {}),
    ]);
    expect(results).toEqual([
      { line: 2, ok: false, why: 'no-building' },
      { line: 3, ok: false, why: 'no-room' },
      { line: 4, ok: false, why: 'no-habits' },
      { line: 5, ok: false, why: 'unknown-habit', word: '种蘑菇' },
      { line: 6, ok: false, why: 'people-wrong', word: '很多' },
      { line: 7, ok: false, why: 'people-wrong', word: '99' },
      { line: 8, ok: true, what: 'made' },
    ]);
  });

  test('a household that withdrew is not signed up again by its old paper', async () => {
    const { store, community } = stage;
    const lin = await stage.person('lin');
    const place = { building: '3', unit: '2', room: '501' };
    const { household } = await store.write((tx) => pledgeAt(tx, community, lin.id, place, ['sort']));
    await store.write((tx) => withdrawOnBehalf(tx, { community, householdId: household.id, staffId: STAFF, now: NOW }));
    expect(await take([row(2, {})])).toEqual([{ line: 2, ok: false, why: 'withdrawn' }]);
    const kept = await store.read((tx) => findPledgeOfPerson(tx, community, lin.id, NOW));
    expect(kept?.pledge?.state).toBe('withdrawn');
  });
});
