import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActivityDraft } from '../../../src/features/volunteering/activity-rules.ts';
import {
  callOffActivity,
  callOffShift,
  createActivity,
  editActivity,
  setActivityOpen,
} from '../../../src/features/volunteering/activity-service.ts';
import { addAtDesk } from '../../../src/features/volunteering/attendance-service.ts';
import { markReminded, openActivityTitles } from '../../../src/store/activity-table.ts';
import { listAudit } from '../../../src/store/audit-table.ts';
import { COMMUNITY_ID, draftOf, foundVillage, keysOf, NOW, SATURDAY, SUNDAY, type Village } from './village.ts';

let village: Village;
beforeAll(async () => {
  village = await foundVillage();
});
afterAll(() => village.close());

describe('making an activity', () => {
  const faultsOf = async (draft: Partial<ActivityDraft>, capacity: number | null = 2) => {
    const result = await village.store.write((tx) => createActivity(tx, draftOf(draft, capacity), village.office()));
    return !result.ok && result.why === 'faults' ? result.faults.map(({ why }) => why) : [];
  };

  test('what is danger asks for insurance first', async () => {
    expect(await faultsOf({ risk: '河边路滑' })).toEqual(['risk-without-insurance']);
    expect(await faultsOf({ risk: '河边路滑', insured: true })).toEqual([]);
  });

  test('everything that is wrong is told at once', async () => {
    const shifts = [
      { startsAt: SATURDAY.endsAt, endsAt: SATURDAY.startsAt, capacity: 0 },
      { startsAt: new Date(NOW.getTime() - 1), endsAt: SUNDAY.endsAt, capacity: 1.5 },
    ];
    const whys = await faultsOf({ title: ' ', place: '', shifts });
    expect(whys).toEqual([
      'title-missing',
      'place-missing',
      'shift-ends-before-start',
      'capacity-not-possible',
      'shift-too-long',
      'shift-in-the-past',
      'capacity-not-possible',
    ]);
    expect(await faultsOf({ shifts: [] })).toEqual(['no-shift']);
    expect(await faultsOf({ title: '长'.repeat(25) })).toEqual(['title-too-long']);
  });

  test('its title is known to the reader of messages until it is closed or over', async () => {
    const shift = await village.activity({ title: '阳台种菜' });
    const titles = (now: Date) => village.store.read((tx) => openActivityTitles(tx, COMMUNITY_ID, now));
    expect(await titles(NOW)).toContain('阳台种菜');
    expect(await titles(SATURDAY.startsAt)).not.toContain('阳台种菜');
    await village.store.write((tx) => setActivityOpen(tx, shift.activityId, false, village.office()));
    expect(await titles(NOW)).not.toContain('阳台种菜');
    await village.store.write((tx) => setActivityOpen(tx, shift.activityId, true, village.office()));
    expect(await titles(NOW)).toContain('阳台种菜');
  });

  test('who made it stands in the audit log', async () => {
    const shift = await village.activity();
    const [entry] = await village.store.read((tx) => listAudit(tx, COMMUNITY_ID, { limit: 1 }));
    expect(entry).toMatchObject({ action: 'activity.create', subjectId: shift.activityId });
  });
});

describe('changing an activity', () => {
  test('another time or place is told to those who signed up, wait or are asked, and to nobody else', async () => {
    const shift = await village.activity({ capacity: 1 });
    const [lin, wang, other] = await residents('改期');
    await village.say(lin, 'sign-up.join', { shift: shift.id });
    await village.say(wang, 'sign-up.join', { shift: shift.id });
    const stranger = await village.stranger('改期-群里人');
    await village.say(stranger, 'sign-up.join', { shift: shift.id, name: '赵军' }, { group: true });
    const shifts = [{ ...SUNDAY, id: shift.id, capacity: 1 }];
    const result = await village.store.write((tx) =>
      editActivity(tx, shift.activityId, draftOf({ shifts }), village.office()),
    );
    if (!result.ok) throw new Error(result.why);
    expect(keysOf(result.news.effects)).toEqual(['activity.moved', 'activity.moved']);
    const told = result.news.effects.messages.map(({ to }) => to);
    expect(told).toEqual([{ chatId: lin.chat.id }, { chatId: wang.chat.id }]);
    expect(told).not.toContainEqual({ chatId: other.chat.id });
    expect(result.news.unreached).toMatchObject([{ name: '赵*', isReachable: false, state: 'waiting' }]);
    expect((await village.shift(shift.id)).startsAt).toEqual(SUNDAY.startsAt);
  });

  test('another time makes its reminders due again', async () => {
    const shift = await village.activity();
    await village.store.write((tx) => markReminded(tx, shift, 'day-before'));
    const edit = (times: typeof SATURDAY) => {
      const draft = draftOf({ shifts: [{ ...times, id: shift.id, capacity: 2 }] });
      return village.store.write((tx) => editActivity(tx, shift.activityId, draft, village.office()));
    };
    await edit(SATURDAY);
    expect((await village.shift(shift.id)).reminded).toBe('day-before');
    await edit(SUNDAY);
    expect((await village.shift(shift.id)).reminded).toBe('none');
  });

  test('more places go to those who wait', async () => {
    const shift = await village.activity({ capacity: 1 });
    const [lin, wang] = await residents('加位');
    await village.say(lin, 'sign-up.join', { shift: shift.id });
    await village.say(wang, 'sign-up.join', { shift: shift.id });
    const shifts = [{ ...SATURDAY, id: shift.id, capacity: 3 }];
    const result = await village.store.write((tx) =>
      editActivity(tx, shift.activityId, draftOf({ shifts }), village.office()),
    );
    if (!result.ok) throw new Error(result.why);
    expect(keysOf(result.news.effects)).toEqual(['shift.offer']);
    expect(result.news.effects.askOthers).toMatchObject([{ personId: wang.person.id, feature: 'volunteering' }]);
    expect(await village.shift(shift.id)).toMatchObject({ taken: 2, waiting: 0 });
  });

  test('fewer places than are taken are refused, and so is dropping a shift people signed up for', async () => {
    const shift = await village.activity({ capacity: 3 });
    const [lin] = await residents('减位');
    await village.say(lin, 'sign-up.join', { shift: shift.id, party: 2 });
    const edit = (draft: ActivityDraft) =>
      village.store.write((tx) => editActivity(tx, shift.activityId, draft, village.office()));
    expect(await edit(draftOf({ shifts: [{ ...SATURDAY, id: shift.id, capacity: 1 }] }))).toMatchObject({
      faults: [{ why: 'capacity-below-taken', limit: 2 }],
    });
    expect(await edit(draftOf({ shifts: [{ ...SUNDAY, capacity: 1 }] }))).toMatchObject({
      faults: [{ why: 'shift-has-sign-ups', limit: 1 }],
    });
    expect(await edit(draftOf({ shifts: [{ ...SATURDAY, id: 'somebody-elses', capacity: 1 }] }))).toMatchObject({
      faults: [{ why: 'shift-unknown' }, { why: 'shift-has-sign-ups' }],
    });
  });

  test('another community cannot touch it', async () => {
    const shift = await village.activity();
    const elsewhere = { ...village.office(), community: { ...village.community, id: 'another' } };
    const result = await village.store.write((tx) => callOffActivity(tx, shift.activityId, elsewhere));
    expect(result).toEqual({ ok: false, why: 'gone' });
    expect((await village.shift(shift.id)).state).toBe('open');
  });
});

describe('calling off', () => {
  test('one shift of several leaves the others standing', async () => {
    const draft = draftOf({
      shifts: [
        { ...SATURDAY, capacity: 5 },
        { ...SUNDAY, capacity: 5 },
      ],
    });
    const made = await village.store.write((tx) => createActivity(tx, draft, village.office()));
    const [saturday, sunday] = made.ok ? made.shifts : [];
    if (saturday === undefined || sunday === undefined) throw new Error('no shifts');
    const [lin, wang] = await residents('一场');
    await village.say(lin, 'sign-up.join', { shift: saturday.id });
    await village.say(wang, 'sign-up.join', { shift: sunday.id });
    const result = await village.store.write((tx) => callOffShift(tx, saturday.id, village.office()));
    if (!result.ok) throw new Error(result.why);
    expect(result.news.effects.messages).toMatchObject([
      { to: { chatId: lin.chat.id }, said: { key: 'activity.called-off' }, kind: 'reminder' },
    ]);
    expect((await village.shift(sunday.id)).state).toBe('open');
    const again = await village.store.write((tx) => callOffShift(tx, saturday.id, village.office()));
    expect(again).toEqual({ ok: false, why: 'gone' });
  });

  test('those without a private chat are listed for a call', async () => {
    const shift = await village.activity({ capacity: 5 });
    const row = { name: '张大爷', party: 2, phone: '13800001234' };
    await village.store.write((tx) => addAtDesk(tx, shift.id, row, village.office()));
    const result = await village.store.write((tx) => callOffActivity(tx, shift.activityId, village.office()));
    if (!result.ok) throw new Error(result.why);
    expect(result.news.effects.messages).toEqual([]);
    expect(result.news.unreached).toMatchObject([{ name: '张*爷', phone: '138****1234', party: 2 }]);
  });
});

async function residents(prefix: string) {
  const lin = await village.resident(`${prefix}-lin`);
  const wang = await village.resident(`${prefix}-wang`);
  const other = await village.resident(`${prefix}-other`);
  return [lin, wang, other] as const;
}
