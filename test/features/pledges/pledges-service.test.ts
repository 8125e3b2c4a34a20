import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { erasePledgesOf, leaveHousehold, setPeople } from '../../../src/features/pledges/household-service.ts';
import { changePledge, withdrawPledge } from '../../../src/features/pledges/pledges-service.ts';
import type { Person } from '../../../src/model/chat.ts';
import { findHouseholdOfPerson } from '../../../src/store/household-table.ts';
import { listPledgeChanges } from '../../../src/store/pledge-table.ts';
import { counters, NOW, openPledgeStage, type PledgeStage, pledgeAt, recount } from './pledge-stage.ts';

let stage: PledgeStage;
let lin: Person;
let wang: Person;
const DOOR = { building: '3', unit: '2', room: '501' };

beforeEach(async () => {
  stage = await openPledgeStage();
  lin = await stage.person('lin');
  wang = await stage.person('wang');
});
afterEach(() => stage.close());

const byResident = (person: Person) => ({ personId: person.id, staffId: null });

describe('making a pledge', () => {
  test('keeps one pledge for the household and counts it for the building and the whole', async () => {
    const { store, community, buildings } = stage;
    const made = await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['tap-off'], { people: 4 }));
    expect(made.what).toBe('made');
    expect(made.pledge).toMatchObject({ plan: 'changji-2021', period: '2026', habits: ['tap-off'], state: 'standing' });
    const scope = '@changji-2021/2026';
    expect(await counters(store)).toEqual({
      [`|pledge.households${scope}`]: 1,
      [`|pledge.people${scope}`]: 4,
      [`|habit.tap-off${scope}`]: 1,
      [`${buildings['3']}|pledge.households${scope}`]: 1,
      [`${buildings['3']}|pledge.people${scope}`]: 4,
      [`${buildings['3']}|habit.tap-off${scope}`]: 1,
    });
  });

  test('a second member of the same door joins, and the habits are united', async () => {
    const { store, community } = stage;
    await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['tap-off', 'sort']));
    const joined = await store.write((tx) => pledgeAt(tx, community, wang.id, DOOR, ['sort', 'clean-plate']));
    expect(joined.what).toBe('joined');
    expect(joined.pledge.habits).toEqual(['tap-off', 'sort', 'clean-plate']);
    expect(await counters(store)).toMatchObject({ '|pledge.households@changji-2021/2026': 1 });
  });

  test('saying the same again changes nothing and writes no history', async () => {
    const { store, community } = stage;
    const first = await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['tap-off']));
    const again = await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['tap-off']));
    expect(again.what).toBe('known');
    expect(await store.read((tx) => listPledgeChanges(tx, first.pledge.id))).toHaveLength(1);
  });

  test('a household without a room is its own, so two families of a building are not taken for one', async () => {
    const { store, community } = stage;
    await store.write((tx) => pledgeAt(tx, community, lin.id, { building: '3' }, ['tap-off']));
    const other = await store.write((tx) => pledgeAt(tx, community, wang.id, { building: '3' }, ['sort']));
    expect(other.what).toBe('made');
    const again = await store.write((tx) => pledgeAt(tx, community, lin.id, { building: '3' }, ['tap-off']));
    expect(again.what).toBe('known');
  });

  test('whoever pledges from a new door leaves the old one, and a door without members is forgotten', async () => {
    const { store, community, buildings } = stage;
    await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['tap-off']));
    await store.write((tx) => pledgeAt(tx, community, lin.id, { ...DOOR, building: '1' }, ['tap-off']));
    expect(await counters(store)).toMatchObject({
      '|pledge.households@changji-2021/2026': 1,
      [`${buildings['1']}|pledge.households@changji-2021/2026`]: 1,
    });
    expect(await counters(store)).toEqual(await recount(store));
  });

  test('a new year begins a new pledge, and the old one stays counted in its year', async () => {
    const { store, community } = stage;
    await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['tap-off']));
    // Already 2027 in Shanghai, still 2026 in UTC.
    const now = new Date('2026-12-31T17:00:00Z');
    const made = await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['sort'], { now }));
    expect(made.what).toBe('made');
    expect(await counters(store)).toMatchObject({
      '|pledge.households@changji-2021/2026': 1,
      '|pledge.households@changji-2021/2027': 1,
    });
  });
});

describe('changing and withdrawing', () => {
  test('any member may change it, and the history says what stood after each change', async () => {
    const { store, community } = stage;
    const { pledge, household } = await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['tap-off']));
    await store.write((tx) => pledgeAt(tx, community, wang.id, DOOR, ['sort']));
    const change = { add: ['own-bag'], remove: ['tap-off'] };
    const changed = await store.write((tx) => changePledge(tx, community, household.id, byResident(wang), change, NOW));
    expect(changed).toMatchObject({ ok: true, pledge: { habits: ['sort', 'own-bag'] } });
    await store.write((tx) => withdrawPledge(tx, community, household.id, byResident(lin), NOW));
    const history = await store.read((tx) => listPledgeChanges(tx, pledge.id));
    expect(history.map(({ kind, habits }) => [kind, habits])).toEqual([
      ['made', ['tap-off']],
      ['joined', ['tap-off', 'sort']],
      ['changed', ['sort', 'own-bag']],
      ['withdrawn', ['sort', 'own-bag']],
    ]);
    expect(await counters(store)).toEqual({});
  });

  test('a withdrawn pledge can be renewed and counts once again', async () => {
    const { store, community } = stage;
    const { household } = await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['tap-off']));
    await store.write((tx) => withdrawPledge(tx, community, household.id, byResident(lin), NOW));
    const twice = await store.write((tx) => withdrawPledge(tx, community, household.id, byResident(lin), NOW));
    expect(twice).toBeNull();
    const renewed = await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['sort']));
    expect(renewed).toMatchObject({ what: 'renewed', pledge: { habits: ['sort'], state: 'standing' } });
    expect(await counters(store)).toMatchObject({ '|pledge.households@changji-2021/2026': 1 });
  });

  test('the last habit is not taken away in silence', async () => {
    const { store, community } = stage;
    const { household } = await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['tap-off']));
    const change = { add: [], remove: ['tap-off'] };
    const result = await store.write((tx) => changePledge(tx, community, household.id, byResident(lin), change, NOW));
    expect(result).toEqual({ ok: false, why: 'nothing-left' });
  });

  test('an impossible number of people is not noted', async () => {
    const { store, community } = stage;
    const { household } = await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['tap-off'], { people: 4 }));
    await store.write((tx) => setPeople(tx, community, household.id, 300));
    expect((await store.read((tx) => findHouseholdOfPerson(tx, lin.id)))?.people).toBe(4);
  });
});

describe('being forgotten', () => {
  test('the household stays for the members who remain, and no history names who left', async () => {
    const { store, community } = stage;
    const { pledge } = await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['tap-off'], { people: 2 }));
    await store.write((tx) => pledgeAt(tx, community, wang.id, DOOR, ['sort']));
    await store.write((tx) => erasePledgesOf(tx, lin));
    expect(await counters(store)).toMatchObject({ '|pledge.households@changji-2021/2026': 1 });
    const history = await store.read((tx) => listPledgeChanges(tx, pledge.id));
    expect(history.map(({ personId }) => personId)).toEqual([null, wang.id]);
  });

  test('the last member takes the household and its pledge along', async () => {
    const { store, community } = stage;
    await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['tap-off'], { people: 2 }));
    expect(await store.write((tx) => leaveHousehold(tx, lin.id))).toBe('last');
    expect(await counters(store)).toEqual({});
    const left = await store.read((tx) => tx.db.selectFrom('household').selectAll().execute());
    expect(left).toEqual([]);
  });
});

test('no door can be read in the files of the database', async () => {
  const { store, community, folder } = stage;
  const place = { compound: 'Lakeside', building: '3', unit: 'unit-77777', room: 'room-88888' };
  await store.write((tx) => pledgeAt(tx, community, lin.id, place, ['tap-off']));
  const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  expect(bytes.some((text) => text.includes('tap-off'))).toBe(true);
  expect(bytes.some((text) => /unit-77777|room-88888|lakeside/i.test(text))).toBe(false);
});
