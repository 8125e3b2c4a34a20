import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignUp } from '../../src/model/sign-up.ts';
import { listAttendees, listOffersToCall } from '../../src/store/attendee-table.ts';
import {
  findSignUp,
  forgetPersonOf,
  insertSignUp,
  knownContact,
  listLapsedOffers,
  listOwnSignUps,
  listSignUpIdsOf,
  listWaiting,
  setContact,
  updateSignUp,
} from '../../src/store/sign-up-table.ts';
import {
  COMMUNITY_ID,
  foundVillage,
  NOW,
  type Resident,
  SUNDAY,
  type Village,
} from '../features/volunteering/village.ts';
import { forEachStore } from '../support/for-each-store.ts';

let village: Village;
const NOBODY = { name: null, phone: null };

forEachStore((open) => {
  beforeAll(async () => {
    village = await foundVillage(open);
  });
  afterAll(() => village.close());

  test('a person has one sign-up for a shift, also when asked five times at once', async () => {
    const shift = await village.activity();
    const lin = await village.resident('once');
    const made = await Promise.all([1, 2, 3, 4, 5].map(() => insert(draftOf(shift.id, lin))));
    expect(made.filter((signUp) => signUp !== null)).toHaveLength(1);
  });

  test('people written down at the desk are as many as they are', async () => {
    const shift = await village.activity();
    const desk = { ...draftOf(shift.id, null), source: 'desk' as const };
    expect(await insert(desk)).not.toBeNull();
    expect(await insert(desk)).not.toBeNull();
  });

  test('name and phone lie sealed and open for their own record alone', async () => {
    const shift = await village.activity();
    const lin = await village.resident('sealed');
    const contact = { name: '林红', phone: '13800001234' };
    const signUp = await village.store.write((tx) => insertSignUp(tx, draftOf(shift.id, lin), contact));
    const rows = await village.store.read((tx) =>
      tx.db.selectFrom('sign_up').selectAll().where('shift_id', '=', shift.id).execute(),
    );
    expect(JSON.stringify(rows)).not.toMatch(/林红|13800001234/);
    const [attendee] = await village.store.read((tx) => listAttendees(tx, COMMUNITY_ID, shift.id));
    expect(attendee).toMatchObject({ ...contact, signUp: { id: signUp?.id }, privateChatId: lin.chat.id });
  });

  test('what a person last said of themselves is known for the next time', async () => {
    const lin = await village.resident('known');
    const known = () => village.store.read((tx) => knownContact(tx, COMMUNITY_ID, lin.person.id));
    expect(await known()).toEqual({ isKnown: false, name: null, phone: null });
    const first = await insert(draftOf((await village.activity()).id, lin));
    expect(await known()).toEqual({ isKnown: true, name: null, phone: null });
    if (first === null) throw new Error('not signed up');
    await village.store.write((tx) => setContact(tx, first, { name: '林红', phone: null }));
    await village.store.write((tx) => setContact(tx, first, NOBODY));
    expect(await known()).toEqual({ isKnown: true, name: '林红', phone: null });
  });

  test('who waits longest comes first, and those who do not wait are not among them', async () => {
    const shift = await village.activity();
    const people = [];
    for (const name of ['w1', 'w2', 'w3']) people.push(await village.resident(name));
    const [first, second, third] = people;
    if (first === undefined || second === undefined || third === undefined) throw new Error('nobody');
    const at = (minute: number) => new Date(NOW.getTime() + minute * 60_000);
    await insert({ ...draftOf(shift.id, first), state: 'waiting', queuedAt: at(2) });
    await insert({ ...draftOf(shift.id, second), state: 'waiting', queuedAt: at(1) });
    await insert(draftOf(shift.id, third));
    const waiting = await village.store.read((tx) => listWaiting(tx, shift.id));
    expect(waiting.map(({ personId }) => personId)).toEqual([second.person.id, first.person.id]);
  });

  test('offers that ran out are found, and those to be called', async () => {
    const shift = await village.activity();
    const lin = await village.resident('offered');
    const signUp = await insert({ ...draftOf(shift.id, lin), state: 'offered', offeredUntil: NOW });
    await insert({ ...draftOf(shift.id, null), state: 'offered', offeredUntil: new Date(NOW.getTime() + 1) });
    const lapsed = await village.store.read((tx) => listLapsedOffers(tx, COMMUNITY_ID, NOW));
    expect(lapsed.map(({ id }) => id)).toEqual([signUp?.id]);
    const toCall = await village.store.read((tx) => listOffersToCall(tx, COMMUNITY_ID));
    expect(toCall).toMatchObject([{ signUp: { personId: null }, shift: { id: shift.id, title: shift.title } }]);
  });

  test('a person sees their own, soonest first, without what is cancelled or over', async () => {
    const lin = await village.resident('own');
    const later = await village.activity({ title: '周日活动', shifts: [{ ...SUNDAY, capacity: 3 }] });
    const sooner = await village.activity({ title: '周六活动' });
    const dropped = await village.activity({ title: '取消的' });
    for (const shift of [later, sooner]) await insert(draftOf(shift.id, lin));
    await insert({ ...draftOf(dropped.id, lin), state: 'cancelled' });
    const own = (from: Date) => village.store.read((tx) => listOwnSignUps(tx, lin.person.id, from));
    expect((await own(NOW)).map(({ shift }) => shift.title)).toEqual(['周六活动', '周日活动']);
    expect((await own(sooner.endsAt)).map(({ shift }) => shift.title)).toEqual(['周日活动']);
  });

  test('a forgotten person leaves a number behind', async () => {
    const shift = await village.activity();
    const lin = await village.resident('forgotten');
    const signUp = await village.store.write((tx) =>
      insertSignUp(tx, draftOf(shift.id, lin), { name: '林红', phone: '13800001234' }),
    );
    await village.store.write(async (tx) => forgetPersonOf(tx, await listSignUpIdsOf(tx, lin.person.id)));
    expect(await village.store.read((tx) => findSignUp(tx, shift.id, lin.person.id))).toBeNull();
    const [left] = await village.store.read((tx) => listAttendees(tx, COMMUNITY_ID, shift.id));
    expect(left).toMatchObject({ name: null, phone: null, signUp: { id: signUp?.id, personId: null, party: 1 } });
  });

  test('a change of state is kept', async () => {
    const shift = await village.activity();
    const lin = await village.resident('changed');
    const signUp = await insert(draftOf(shift.id, lin));
    if (signUp === null) throw new Error('not signed up');
    const changed: SignUp = { ...signUp, state: 'offered', party: 3, offeredUntil: new Date(NOW.getTime() + 5) };
    await village.store.write((tx) => updateSignUp(tx, changed));
    expect(await village.store.read((tx) => findSignUp(tx, shift.id, lin.person.id))).toEqual(changed);
  });
});

function insert(signUp: Omit<SignUp, 'id'>): Promise<SignUp | null> {
  return village.store.write((tx) => insertSignUp(tx, signUp, NOBODY));
}

function draftOf(shiftId: string, resident: Resident | null): Omit<SignUp, 'id'> {
  return {
    shiftId,
    communityId: COMMUNITY_ID,
    personId: resident?.person.id ?? null,
    chatId: resident?.chat.id ?? null,
    party: 1,
    state: 'joined',
    queuedAt: NOW,
    offeredUntil: null,
    source: 'chat',
    createdAt: NOW,
  };
}
