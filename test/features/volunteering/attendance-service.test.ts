import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addAtDesk,
  importSignUps,
  listToCall,
  moveUp,
  readAttendance,
  removeSignUp,
} from '../../../src/features/volunteering/attendance-service.ts';
import { eraseSignUps } from '../../../src/features/volunteering/sign-up-eraser.ts';
import { listAttendees } from '../../../src/store/attendee-table.ts';
import { listAudit } from '../../../src/store/audit-table.ts';
import { COMMUNITY_ID, foundVillage, keysOf, SATURDAY, type Village } from './village.ts';

let village: Village;
beforeAll(async () => {
  village = await foundVillage();
});
afterAll(() => village.close());

describe('the list of a shift', () => {
  test('is masked, and showing it in full leaves a trace', async () => {
    const shift = await village.activity({ capacity: 1 });
    const lin = await village.resident('名单-lin');
    const wang = await village.resident('名单-wang');
    await village.say(lin, 'sign-up.join', { shift: shift.id, name: '林秀英', phone: '13800001234' });
    await village.say(wang, 'sign-up.join', { shift: shift.id, name: '王五' });
    const read = (view: 'masked' | { readonly reason: string }) =>
      village.store.write((tx) => readAttendance(tx, shift.id, village.office(), view));
    expect(await read('masked')).toMatchObject({
      coming: [{ name: '林*英', phone: '138****1234', party: 1, state: 'joined', source: 'form', isReachable: true }],
      waiting: [{ name: '王*', phone: null }],
    });
    const before = (await village.store.read((tx) => listAudit(tx, COMMUNITY_ID, { limit: 1 })))[0];
    expect(before?.action).toBe('activity.create');
    expect(await read({ reason: '打电话' })).toMatchObject({ coming: [{ name: '林秀英', phone: '13800001234' }] });
    const after = (await village.store.read((tx) => listAudit(tx, COMMUNITY_ID, { limit: 1 })))[0];
    expect(after).toMatchObject({ action: 'sign-up.view-full', staffId: 'worker', subjectId: shift.id });
    expect(JSON.stringify(after)).not.toMatch(/林|1380/);
  });

  test('of another community is not shown', async () => {
    const shift = await village.activity();
    const elsewhere = { ...village.office(), community: { ...village.community, id: 'another' } };
    expect(await village.store.write((tx) => readAttendance(tx, shift.id, elsewhere, {}))).toBeNull();
  });
});

describe('at the desk', () => {
  test('a caller is written down without a phone; a second call changes how many come', async () => {
    const shift = await village.activity({ capacity: 5 });
    const call = (name: string, party: number) =>
      village.store.write((tx) => addAtDesk(tx, shift.id, { name, party }, village.office()));
    expect(await call('张大爷', 2)).toMatchObject({ ok: true, change: 'joined' });
    expect(await call('张大爷', 3)).toMatchObject({ ok: true, change: 'party-changed' });
    expect(await call('李大妈', 1)).toMatchObject({ ok: true, change: 'joined' });
    expect(await call(' ', 1)).toEqual({ ok: false, why: 'name-missing' });
    expect(await call('王'.repeat(31), 1)).toEqual({ ok: false, why: 'name-too-long' });
    const odd = { name: '王五', party: 1, phone: '=HYPERLINK()' };
    expect(await village.store.write((tx) => addAtDesk(tx, shift.id, odd, village.office()))).toEqual({
      ok: false,
      why: 'phone-not-possible',
    });
    expect(await call('王五', 0)).toEqual({ ok: false, why: 'party-not-possible' });
    expect(await call('王五', 6)).toMatchObject({ ok: false, why: 'too-many', most: 5 });
    expect(await village.shift(shift.id)).toMatchObject({ taken: 4, waiting: 0 });
  });

  test('rows of a sheet are taken one by one, and what cannot be taken is told by row', async () => {
    const shift = await village.activity({ capacity: 3 });
    const rows = [
      { name: '张三', party: 2 },
      { name: '', party: 1 },
      { name: '李四', party: 2 },
      { name: '王五', party: 1 },
      { name: '张三', party: 2 },
      { name: '赵六', party: 99 },
    ];
    const result = await village.store.write((tx) => importSignUps(tx, shift.id, rows, village.office()));
    expect(result).toEqual({
      joined: 3,
      waiting: 1,
      refused: [
        { row: 1, why: 'name-missing' },
        { row: 5, why: 'too-many' },
      ],
    });
    expect(await village.shift(shift.id)).toMatchObject({ taken: 3, waiting: 1 });
  });

  test('a place that comes free is held a day for a person only a call reaches, and the yes is ticked', async () => {
    const shift = await village.activity({ capacity: 1 });
    const lin = await village.resident('电话-lin');
    await village.say(lin, 'sign-up.join', { shift: shift.id });
    await village.store.write((tx) => addAtDesk(tx, shift.id, { name: '张大爷', party: 1 }, village.office()));
    const outcome = await village.say(lin, 'sign-up.cancel', { shift: shift.id });
    expect(keysOf(outcome)).toEqual(['shift.cancelled']);
    const [offer] = await village.store.read((tx) => listToCall(tx, village.community));
    expect(offer).toMatchObject({ shift: { id: shift.id }, signUp: { state: 'offered' } });
    const signUpId = offer?.signUp.id ?? '';
    const result = await village.store.write((tx) => moveUp(tx, signUpId, village.office()));
    expect(result).toMatchObject({ ok: true, signUp: { state: 'joined' }, effects: { messages: [] } });
    expect(await village.store.read((tx) => listToCall(tx, village.community))).toEqual([]);
    expect(await village.shift(shift.id)).toMatchObject({ taken: 1, waiting: 0 });
  });

  test('nobody is moved up into a place that is not there', async () => {
    const shift = await village.activity({ capacity: 1 });
    const add = (name: string) =>
      village.store.write((tx) => addAtDesk(tx, shift.id, { name, party: 1 }, village.office()));
    await add('张三');
    const second = await add('李四');
    if (!second.ok) throw new Error(second.why);
    const result = await village.store.write((tx) => moveUp(tx, second.signUp.id, village.office()));
    expect(result).toEqual({ ok: false, why: 'full', left: 0 });
  });

  test('who is taken off is told, and the next is asked', async () => {
    const shift = await village.activity({ capacity: 1 });
    const lin = await village.resident('划掉-lin');
    const wang = await village.resident('划掉-wang');
    await village.say(lin, 'sign-up.join', { shift: shift.id });
    await village.say(wang, 'sign-up.join', { shift: shift.id });
    const attendees = await village.store.read((tx) => listAttendees(tx, COMMUNITY_ID, shift.id));
    const mine = attendees.find(({ signUp }) => signUp.personId === lin.person.id);
    const result = await village.store.write((tx) => removeSignUp(tx, mine?.signUp.id ?? '', village.office()));
    if (!result.ok) throw new Error(result.why);
    expect(result.effects.messages.map(({ to, said }) => [to, said.key])).toEqual([
      [{ personId: lin.person.id }, 'shift.removed'],
      [{ chatId: wang.chat.id }, 'shift.offer'],
    ]);
  });
});

describe('erasing a person', () => {
  test('what is ahead is cancelled and passed on; what has been stays as a number without a name', async () => {
    const past = await village.activity({ capacity: 5 });
    const ahead = await village.activity({
      capacity: 1,
      shifts: [
        { startsAt: new Date('2026-12-05T09:00:00+08:00'), endsAt: new Date('2026-12-05T11:00:00+08:00'), capacity: 1 },
      ],
    });
    const lin = await village.resident('删除-lin');
    const wang = await village.resident('删除-wang');
    await village.say(lin, 'sign-up.join', { shift: past.id, party: 2, name: '林红', phone: '13800001234' });
    await village.say(lin, 'sign-up.join', { shift: ahead.id });
    await village.say(wang, 'sign-up.join', { shift: ahead.id });
    const later = new Date(SATURDAY.endsAt.getTime() + 60_000);
    const effects = await village.store.write((tx) => eraseSignUps(tx, lin.person, later));
    expect(effects.messages).toMatchObject([{ to: { chatId: wang.chat.id }, said: { key: 'shift.offer' } }]);
    expect(effects.askOthers).toMatchObject([{ feature: 'volunteering', personId: wang.person.id }]);
    expect(await village.shift(past.id)).toMatchObject({ taken: 2 });
    expect(await village.shift(ahead.id)).toMatchObject({ taken: 1, waiting: 0 });
    const [kept] = await village.store.read((tx) => listAttendees(tx, COMMUNITY_ID, past.id));
    expect(kept).toMatchObject({ name: null, phone: null, signUp: { personId: null, chatId: null, party: 2 } });
  });
});
