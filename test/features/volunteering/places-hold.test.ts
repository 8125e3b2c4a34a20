/** Whatever people do in whatever order, the counts of a shift agree with its sign-ups and nobody sits on two chairs. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editActivity } from '../../../src/features/volunteering/activity-service.ts';
import { addAtDesk, moveUp } from '../../../src/features/volunteering/attendance-service.ts';
import { eraseSignUps } from '../../../src/features/volunteering/sign-up-eraser.ts';
import { cancelSignUp, joinShift, lapseOffers } from '../../../src/features/volunteering/sign-up-service.ts';
import { listAttendees } from '../../../src/store/attendee-table.ts';
import { findSignUp } from '../../../src/store/sign-up-table.ts';
import { forEachStore } from '../../support/for-each-store.ts';
import { COMMUNITY_ID, draftOf, foundVillage, NOW, type Resident, SATURDAY, type Village } from './village.ts';

let village: Village;
let people: Resident[];

forEachStore((open, dialect) => {
  beforeAll(async () => {
    village = await foundVillage(open);
    people = [];
    for (let i = 0; i < 20; i += 1) {
      people.push(await (i % 5 === 4 ? village.stranger(`p${i}`) : village.resident(`p${i}`)));
    }
  });
  afterAll(() => village.close());

  test('of twenty who ask for the last place at once exactly one gets it, and the others wait in line', async () => {
    const shift = await village.activity({ capacity: 1 });
    const results = await Promise.all(people.map((resident) => join(shift.id, resident, 1, NOW)));
    const outcomes = results.map((result) => (result.ok ? result.change : result.why));
    expect(outcomes.filter((outcome) => outcome === 'joined')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'waiting')).toHaveLength(19);
    const ahead = results.flatMap((result) => (result.ok && result.change === 'waiting' ? [result.ahead] : []));
    expect(new Set(ahead).size).toBe(19);
    expect(await village.shift(shift.id)).toMatchObject({ taken: 1, waiting: 19 });
  });

  test('the same person asking five times at once is signed up once', async () => {
    const shift = await village.activity({ capacity: 10 });
    const [first] = people;
    if (first === undefined) throw new Error('nobody is there');
    await Promise.all([1, 1, 1, 1, 1].map((party) => join(shift.id, first, party, NOW)));
    expect(await village.shift(shift.id)).toMatchObject({ taken: 1, waiting: 0 });
  });

  test('random joins, changes, cancellations, offers and lapses keep the counts true', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(step, { minLength: 1, maxLength: 40 }),
        async (capacity, steps) => {
          const shift = await village.activity({ capacity });
          let now = NOW;
          for (let at = 0; at < steps.length; at += AT_ONCE) {
            const together = steps.slice(at, at + AT_ONCE);
            now = new Date(now.getTime() + (together[0]?.minutes ?? 0) * 60_000);
            await Promise.all(together.map((one) => act(shift.id, shift.activityId, one, now)));
            await expectTrueCounts(shift.id);
          }
        },
      ),
      { numRuns: dialect === 'sqlite' ? 60 : 15 },
    );
  });
});

/** What people do in the same moment; on PostgreSQL in transactions of their own. */
const AT_ONCE = 3;

const step = fc.record({
  what: fc.constantFrom('join', 'join', 'join', 'cancel', 'cancel', 'lapse', 'desk', 'move-up', 'erase', 'capacity'),
  who: fc.integer({ min: 0, max: 9 }),
  party: fc.integer({ min: 1, max: 4 }),
  minutes: fc.integer({ min: 0, max: 150 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function act(shiftId: string, activityId: string, { what, who, party }: Step, now: Date): Promise<void> {
  const resident = people[who];
  if (resident === undefined) return;
  const { store, community } = village;
  const own = await store.read((tx) => findSignUp(tx, shiftId, resident.person.id));
  switch (what) {
    case 'join':
      await join(shiftId, resident, party, now);
      return;
    case 'cancel':
      if (own !== null) await store.write((tx) => cancelSignUp(tx, community, own.id, now));
      return;
    case 'lapse':
      await store.write((tx) => lapseOffers(tx, community, now));
      return;
    case 'desk':
      await store.write((tx) => addAtDesk(tx, shiftId, { name: `王${who}`, party }, village.office(now)));
      return;
    case 'move-up':
      if (own !== null) await store.write((tx) => moveUp(tx, own.id, village.office(now)));
      return;
    case 'erase':
      await store.write((tx) => eraseSignUps(tx, resident.person, now));
      return;
    default: {
      const draft = draftOf({ shifts: [{ ...SATURDAY, id: shiftId, capacity: party + 2 }] });
      await store.write((tx) => editActivity(tx, activityId, draft, village.office(now)));
    }
  }
}

async function expectTrueCounts(shiftId: string): Promise<void> {
  const shift = await village.shift(shiftId);
  const attendees = await village.store.read((tx) => listAttendees(tx, COMMUNITY_ID, shiftId));
  const placed = attendees.filter(({ signUp }) => signUp.state !== 'waiting');
  const taken = placed.reduce((sum, { signUp }) => sum + signUp.party, 0);
  expect({ taken: shift.taken, waiting: shift.waiting }).toEqual({ taken, waiting: attendees.length - placed.length });
  expect(shift.taken).toBeLessThanOrEqual(shift.capacity ?? Number.POSITIVE_INFINITY);
  // Nobody waits beside a place that would do.
  const left = (shift.capacity ?? Number.POSITIVE_INFINITY) - shift.taken;
  for (const { signUp } of attendees) if (signUp.state === 'waiting') expect(signUp.party).toBeGreaterThan(left);
}

function join(shiftId: string, { person, chat }: Resident, party: number, now: Date) {
  const { community } = village;
  const who = { personId: person.id, chatId: chat.id, source: 'chat' as const };
  return village.store.write((tx) => joinShift(tx, { community, shiftId, ...who, party }, now));
}
