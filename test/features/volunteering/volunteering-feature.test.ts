/** What dialogues cannot show: forms, numbers out of range, questions of another version, silence in groups. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callOffActivity } from '../../../src/features/volunteering/activity-service.ts';
import { listAttendees } from '../../../src/store/attendee-table.ts';
import { findSignUp } from '../../../src/store/sign-up-table.ts';
import { asked, COMMUNITY_ID, foundVillage, keysOf, type Resident, SATURDAY, type Village } from './village.ts';

let village: Village;
let lin: Resident;
beforeAll(async () => {
  village = await foundVillage();
  lin = await village.resident('lin');
});
afterAll(() => village.close());

describe('a form', () => {
  test('names the shift by its id and brings name, phone and number of people', async () => {
    const shift = await village.activity({ title: '表单活动', capacity: 5 });
    const slots = { shift: shift.id, party: 2, name: '林红', phone: '13800001234' };
    const outcome = await village.say(lin, 'sign-up.join', slots);
    expect(keysOf(outcome)).toEqual(['shift.joined']);
    const [attendee] = await village.store.read((tx) => listAttendees(tx, COMMUNITY_ID, shift.id));
    expect(attendee).toMatchObject({ name: '林红', phone: '13800001234', signUp: { party: 2, source: 'form' } });
  });

  test('for a shift that is no longer there is answered and changes nothing', async () => {
    const outcome = await village.say(lin, 'sign-up.join', { shift: 'gone' });
    expect(keysOf(outcome)).toEqual(['shift.none-planned']);
  });

  test('with nobody coming is read as one', async () => {
    const shift = await village.activity({ title: '零个人' });
    const outcome = await village.say(lin, 'sign-up.join', { shift: shift.id, party: 0 });
    expect(outcome.messages[0]?.said.variables).toMatchObject({ party: 1 });
  });

  test('at the moment the shift begins comes too late', async () => {
    const shift = await village.activity({ title: '准点' });
    const outcome = await village.say(lin, 'sign-up.join', { shift: shift.id }, { now: SATURDAY.startsAt });
    expect(keysOf(outcome)).toEqual(['shift.past']);
  });
});

describe('a numbered question', () => {
  test('a number that is not there is asked again, and the question stays open', async () => {
    await village.activity({ title: '编号甲' });
    const list = await village.say(lin, 'sign-up.list');
    const conversation = asked(list);
    const outcome = await village.say(lin, 'choice', { numbers: [99] }, { conversation });
    expect(keysOf(outcome)).toEqual(['shift.no-such-number']);
    expect(outcome.ask).toBeUndefined();
  });

  test('an answer of an older shape is let go', async () => {
    await village.activity({ title: '编号乙' });
    const conversation = { ...asked(await village.say(lin, 'sign-up.list')), version: 0 };
    const outcome = await village.say(lin, 'choice', { numbers: [1] }, { conversation });
    expect(outcome).toEqual({ messages: [], ask: null });
    const broken = { ...conversation, version: 1, answers: { shifts: 'x' } };
    expect(await village.say(lin, 'choice', { numbers: [1] }, { conversation: broken })).toEqual({
      messages: [],
      ask: null,
    });
  });

  test('keeps the name and phone that came with the wish', async () => {
    const first = await village.activity({ title: '浇花志愿队' });
    await village.activity({ title: '浇花志愿队', shifts: [{ ...SATURDAY, capacity: 2 }] });
    const wang = await village.resident('wang');
    const which = await village.say(wang, 'sign-up.join', { activity: '浇花志愿队', name: '王五', party: 2 });
    expect(keysOf(which)).toEqual(['shift.which']);
    const outcome = await village.say(wang, 'choice', { numbers: [1] }, { conversation: asked(which) });
    expect(keysOf(outcome)).toEqual(['shift.joined']);
    const [attendee] = await village.store.read((tx) => listAttendees(tx, COMMUNITY_ID, first.id));
    expect(attendee).toMatchObject({ name: '王五', signUp: { party: 2 } });
  });
});

describe('in a group', () => {
  test('a wish that names neither activity nor day is left alone unless the bot was spoken to', async () => {
    const quiet = await village.say(lin, 'sign-up.join', {}, { group: true });
    expect(quiet.messages).toEqual([]);
    const spoken = await village.say(lin, 'sign-up.join', {}, { group: true, addressed: true });
    expect(keysOf(spoken)).toEqual(['shift.open-now']);
  });

  test('words for something that is not planned are left alone', async () => {
    const outcome = await village.say(lin, 'sign-up.join', { activity: '广场舞' }, { group: true });
    expect(outcome.messages).toEqual([]);
  });

  test('nothing that is said there holds a name or a phone', async () => {
    const shift = await village.activity({ title: '群里报名', capacity: 1 });
    const slots = { activity: '群里报名', name: '王秀英', phone: '13800001234' };
    const joined = await village.say(lin, 'sign-up.join', slots, { group: true });
    const zhao = await village.resident('zhao');
    const waiting = await village.say(zhao, 'sign-up.join', slots, { group: true });
    expect(JSON.stringify([...joined.messages, ...waiting.messages])).not.toMatch(/王秀英|138/);
    const [attendee] = await village.store.read((tx) => listAttendees(tx, COMMUNITY_ID, shift.id));
    expect(attendee).toMatchObject({ name: '王秀英', phone: '13800001234' });
  });

  test('the name is asked in private, not there', async () => {
    const shift = await village.activity({ title: '问名字' });
    const qian = await village.resident('qian');
    const outcome = await village.say(qian, 'sign-up.join', { shift: shift.id }, { group: true });
    expect(outcome.messages.map(({ to, said }) => [to, said.key])).toEqual([
      ['here', 'shift.joined-group'],
      [{ chatId: qian.chat.id }, 'shift.ask-name'],
    ]);
    expect(outcome.askOthers).toMatchObject([{ chatId: qian.chat.id, question: { kind: 'give-name' } }]);
  });
});

describe('an offer', () => {
  test('where there are no buttons 1 is yes and 2 is no', async () => {
    const shift = await village.activity({ title: '按数字', capacity: 1 });
    const sun = await village.resident('sun');
    await village.say(lin, 'sign-up.join', { shift: shift.id });
    await village.say(sun, 'sign-up.join', { shift: shift.id });
    const freed = await village.say(lin, 'sign-up.cancel', { shift: shift.id });
    const [ask] = freed.askOthers ?? [];
    if (ask === undefined) throw new Error('nobody was asked');
    const conversation = { step: ask.step, version: ask.version, question: ask.question, answers: ask.answers };
    expect(keysOf(await village.say(sun, 'choice', { numbers: [2] }, { conversation }))).toEqual(['shift.cancelled']);
    const own = await village.store.read((tx) => findSignUp(tx, shift.id, sun.person.id));
    expect(own?.state).toBe('cancelled');
    expect(await village.shift(shift.id)).toMatchObject({ taken: 0, waiting: 0 });
  });

  test('a yes after it was called off is answered kindly, and so is a no of somebody no longer on the list', async () => {
    const shift = await village.activity({ title: '晚了一步', capacity: 1 });
    const conversation = {
      step: 'offer',
      version: 1,
      question: { kind: 'confirm' as const },
      answers: { shift: shift.id },
    };
    const no = await village.say(lin, 'confirm', { yes: false }, { conversation });
    expect(keysOf(no)).toEqual(['shift.cancel-none']);
    await village.store.write((tx) => callOffActivity(tx, shift.activityId, village.office()));
    const yes = await village.say(lin, 'confirm', { yes: true }, { conversation });
    expect(keysOf(yes)).toEqual(['shift.called-off']);
  });
});
