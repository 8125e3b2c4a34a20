import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { erasePledgesOf, leaveHousehold, setPeople } from '../../../src/features/pledges/household-service.ts';
import { changePledge, findPledgeOfPerson, withdrawPledge } from '../../../src/features/pledges/pledges-service.ts';
import type { Person } from '../../../src/model/chat.ts';
import { findHouseholdOfPerson } from '../../../src/store/household-table.ts';
import { forEachStore } from '../../support/for-each-store.ts';
import { counters, NOW, openPledgeStage, type PledgeStage, pledgeAt, recount } from './pledge-stage.ts';

const DOOR = { building: '3', unit: '2', room: '501' };
const HABITS = ['tap-off', 'sort', 'clean-plate', 'own-bag'];
const byResident = (person: Person) => ({ personId: person.id, staffId: null });

forEachStore((open, dialect) => {
  let stage: PledgeStage;
  let lin: Person;
  let wang: Person;

  beforeEach(async () => {
    stage = await openPledgeStage(open);
    lin = await stage.person('lin');
    wang = await stage.person('wang');
  });
  afterEach(() => stage.close());

  test('many who speak for one door at once make one pledge with every habit', async () => {
    const { store, community } = stage;
    const people = await Promise.all(Array.from({ length: 8 }, (_, index) => stage.person(`member ${index}`)));
    const habits = ['tap-off', 'sort', 'clean-plate', 'own-bag', 'lights-off', 'own-cup', 'donate', 'repair'];
    const made = await Promise.all(
      people.map((person, index) =>
        store.write((tx) => pledgeAt(tx, community, person.id, DOOR, [habits[index] ?? ''], { people: index + 1 })),
      ),
    );
    expect(made.filter(({ what }) => what === 'made')).toHaveLength(1);
    expect(new Set(made.map(({ pledge }) => pledge.id)).size).toBe(1);
    const [person] = people;
    const kept = await store.read((tx) => findPledgeOfPerson(tx, community, person?.id ?? '', NOW));
    expect([...(kept?.pledge?.habits ?? [])].sort()).toEqual([...habits].sort());
    expect(await counters(store)).toEqual(await recount(store));
  });

  test('one member leaves and another joins at once: the household is counted for who is there', async () => {
    const { store, community } = stage;
    for (let round = 0; round < 10; round += 1) {
      await store.write((tx) => pledgeAt(tx, community, lin.id, DOOR, ['sort']));
      await Promise.all([
        store.write((tx) => leaveHousehold(tx, lin.id)),
        store.write((tx) => pledgeAt(tx, community, wang.id, DOOR, ['tap-off'])),
      ]);
      const kept = await store.read((tx) => findPledgeOfPerson(tx, community, wang.id, NOW));
      expect(kept?.pledge?.habits).toContain('tap-off');
      expect(await store.read((tx) => findHouseholdOfPerson(tx, lin.id))).toBeNull();
      expect(await counters(store)).toEqual(await recount(store));
      await store.write((tx) => leaveHousehold(tx, wang.id));
      expect(await counters(store)).toEqual({});
    }
  });

  test('whatever people do in whatever order, the counts are what the records say', async () => {
    const who = fc.nat(3);
    const place = fc.record({
      building: fc.constantFrom('1', '2', '99'),
      room: fc.constantFrom('101', '102', undefined),
    });
    const habits = fc.uniqueArray(fc.constantFrom(...HABITS), { minLength: 1, maxLength: 3 });
    const people = fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined });
    const year = fc.constantFrom(NOW, new Date('2027-03-01T00:00:00Z'));
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ act: fc.constant('make' as const), who, place, habits, people, year }) },
      { weight: 2, arbitrary: fc.record({ act: fc.constant('change' as const), who, habits, remove: habits }) },
      { weight: 1, arbitrary: fc.record({ act: fc.constant('withdraw' as const), who }) },
      { weight: 1, arbitrary: fc.record({ act: fc.constant('erase' as const), who }) },
      {
        weight: 1,
        arbitrary: fc.record({ act: fc.constant('people' as const), who, people: fc.integer({ min: 1, max: 9 }) }),
      },
    );
    const { store, community } = stage;
    const residents = [lin, wang, await stage.person('zhao'), await stage.person('li')];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        // Alternately one after the other and all at once.
        const acts = steps.map(
          (each) => () =>
            store.write(async (tx) => {
              const person = residents[each.who] ?? lin;
              if (each.act === 'make') {
                const at = {
                  building: each.place.building,
                  ...(each.place.room === undefined ? {} : { room: each.place.room }),
                };
                const more = { now: each.year, ...(each.people === undefined ? {} : { people: each.people }) };
                return pledgeAt(tx, community, person.id, at, each.habits, more);
              }
              if (each.act === 'erase') return erasePledgesOf(tx, person);
              const home = await findHouseholdOfPerson(tx, person.id);
              if (home === null) return null;
              if (each.act === 'people') return setPeople(tx, community, home.id, each.people);
              if (each.act === 'withdraw') return withdrawPledge(tx, community, home.id, byResident(person), NOW);
              const change = { add: each.habits, remove: each.remove };
              return changePledge(tx, community, home.id, byResident(person), change, NOW);
            }),
        );
        if (steps.length % 2 === 0) await Promise.all(acts.map((act) => act()));
        else for (const act of acts) await act();
        expect(await counters(store)).toEqual(await recount(store));
      }),
      { numRuns: dialect === 'sqlite' ? 60 : 20 },
    );
  });
});
