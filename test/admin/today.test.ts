/** What waits for the committee is answered on the page itself, once, and those who wait are told. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportEmergency } from '../../src/features/front-desk/front-desk-service.ts';
import { insertActivity, insertShift } from '../../src/store/activity-table.ts';
import { insertAsker } from '../../src/store/asked-task-table.ts';
import { listAudit } from '../../src/store/audit-table.ts';
import { insertChat, insertPerson, listGroups } from '../../src/store/chat-table.ts';
import { listAreas, updateArea } from '../../src/store/community-table.ts';
import { insertOutbox } from '../../src/store/outbox-table.ts';
import { findPerson, savePersonName, savePersonPhone } from '../../src/store/person-table.ts';
import { insertSignUp } from '../../src/store/sign-up-table.ts';
import { insertTask, listOpenTasks, type NewTask } from '../../src/store/task-table.ts';
import { insertTipPosting } from '../../src/store/tip-table.ts';
import { findWasteRule } from '../../src/store/waste-rule-table.ts';
import { type Office, openOffice, START, type Visitor, visitorOf } from './admin-harness.ts';
import { pledgeAt } from './pledges-stage.ts';

let office: Office;
let worker: Visitor;
let groupId: string;
let personId: string;

beforeEach(async () => {
  office = await openOffice();
  await office.addStaff('li', 'worker');
  worker = visitorOf(office.site);
  await worker.signIn('li');
  const { id: communityId } = office.community;
  await office.store.write(async (tx) => {
    const from = { channel: 'web', account: communityId, address: 'lin' } as const;
    const chat = { communityId, channel: 'web', account: communityId, areaId: null, now: START } as const;
    personId = (await insertPerson(tx, { communityId, from, now: START })).id;
    groupId = (await insertChat(tx, { ...chat, address: 'group:3', kind: 'group', title: '3号楼群', personId: null }))
      .id;
  });
});
afterEach(() => office.close());

type Wanted = Pick<NewTask, 'kind' | 'text'> & Partial<Pick<NewTask, 'subjectId' | 'chatId' | 'personId'>>;

async function task(wanted: Wanted): Promise<string> {
  return office.store.write(async (tx) => {
    const id = await insertTask(tx, { communityId: office.community.id, chatId: groupId, ...wanted, now: START });
    await insertAsker(tx, id, { personId, chatId: groupId }, START);
    return id;
  });
}

const open = () => office.store.read((tx) => listOpenTasks(tx, office.community.id, 50));

it('says what will stand there while nothing waits', async () => {
  const { text } = await worker.get('/admin');
  expect(text).toContain('都处理完了');
  expect(text).toContain('今天没有活动');
});

it('shows a talk that went round in circles with the words, and what to do about it', async () => {
  const id = await task({ kind: 'bot-loop', subjectId: groupId, text: '收到，祝您生活愉快 13812345678' });
  const { text } = await worker.get('/admin');
  expect(text).toContain('3号楼群');
  expect(text).toContain('收到，祝您生活愉快');
  expect(text).not.toContain('13812345678');
  await worker.post(`/admin/tasks/${id}/close`, {});
  expect(await open()).toEqual([]);
});

describe('an unknown thing', () => {
  it('is answered with its bin, told to those who asked, and remembered', async () => {
    const id = await task({ kind: 'unknown-waste', subjectId: 'x', text: '电子秤' });
    const answer = await worker.post(`/admin/tasks/${id}/waste`, {
      class: 'recyclable',
      note: '先拆电池',
      keep: 'yes',
    });
    expect(answer.location).toBe('/admin');
    expect(office.sent.map(({ to, said }) => ({ to, key: said.key }))).toEqual([
      { to: { chatId: groupId }, key: 'waste.worker-says-note' },
    ]);
    expect(await open()).toEqual([]);
    expect(await office.store.read((tx) => findWasteRule(tx, office.community.id, '电子秤'))).toMatchObject({
      class: 'recyclable',
    });
  });

  it('needs a bin, and keeps the note that was typed', async () => {
    const id = await task({ kind: 'unknown-waste', subjectId: 'x', text: '电子秤' });
    const answer = await worker.post(`/admin/tasks/${id}/waste`, { note: '先拆电池' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('value="先拆电池"');
    expect(answer.text).toContain(`id="${id}-class-fault"`);
    expect(office.sent).toEqual([]);
  });
});

describe('a question', () => {
  it('is answered once, however often the button is pressed', async () => {
    const id = await task({ kind: 'question', subjectId: 'q', text: '充电桩什么时候好' });
    const pressed = Array.from({ length: 4 }, () => worker.post(`/admin/tasks/${id}/answer`, { answer: '下周三' }));
    await Promise.all(pressed);
    expect(office.sent).toHaveLength(1);
    expect((await worker.get('/admin')).text).toMatch(/答复发出了|同事刚处理过/);
  });

  it('keeps a long answer that does not fit', async () => {
    const id = await task({ kind: 'question', subjectId: 'q', text: '充电桩' });
    const long = '等'.repeat(600);
    const answer = await worker.post(`/admin/tasks/${id}/answer`, { answer: long });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(long);
    expect(await open()).toHaveLength(1);
  });

  it('can be put aside without a word', async () => {
    const id = await task({ kind: 'question', subjectId: 'q', text: '充电桩' });
    await worker.post(`/admin/tasks/${id}/close`);
    expect(office.sent).toEqual([]);
    expect(await open()).toEqual([]);
    expect((await worker.get('/admin')).text).toContain(`action="/admin/tasks/${id}/reopen"`);
    await worker.post(`/admin/tasks/${id}/reopen`);
    expect((await open()).map((one) => one.id)).toEqual([id]);
  });

  it('is not taken up again once it was answered, or is asked anew', async () => {
    const answered = await task({ kind: 'question', subjectId: 'q', text: '充电桩' });
    await worker.post(`/admin/tasks/${answered}/answer`, { answer: '下周三' });
    expect((await worker.post(`/admin/tasks/${answered}/reopen`)).status).toBe(404);
    const closed = await task({ kind: 'question', subjectId: 'r', text: '路灯' });
    await worker.post(`/admin/tasks/${closed}/close`);
    const anew = await task({ kind: 'question', subjectId: 'r', text: '路灯' });
    expect((await worker.post(`/admin/tasks/${closed}/reopen`)).status).toBe(404);
    expect((await open()).map((one) => one.id)).toEqual([anew]);
  });

  it('hides a number until a worker asks for it, which is kept in the log', async () => {
    const id = await task({ kind: 'question', subjectId: 'q', text: '请回电 13812345678' });
    await office.addStaff('viewer', 'viewer');
    const viewer = visitorOf(office.site);
    await viewer.signIn('viewer');
    for (const one of [viewer, worker]) expect((await one.get('/admin')).text).toContain('138****5678');
    expect((await viewer.post(`/admin/tasks/${id}/full`)).text).not.toContain('13812345678');
    expect((await worker.post(`/admin/tasks/${id}/full`)).text).toContain('13812345678');
    const [newest] = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 1 }));
    expect(newest).toMatchObject({ action: 'task.view-full', subjectId: id });
  });

  it('shows the newest sentence as its heading, who asked, and the activity just spoken of', async () => {
    const { id: communityId } = office.community;
    const tomorrow = new Date(START.getTime() + 86_400_000);
    await office.store.write(async (tx) => {
      const texts = { place: '东河桥头', details: '', risk: null, insured: false } as const;
      const activity = { communityId, title: '河边捡垃圾', ...texts, state: 'open' } as const;
      const made = await insertActivity(tx, { ...activity, createdBy: null, now: START });
      await insertShift(tx, made, {
        startsAt: tomorrow,
        endsAt: new Date(tomorrow.getTime() + 3_600_000),
        capacity: null,
      });
      const person = await findPerson(tx, communityId, personId);
      if (person !== null) await savePersonName(tx, person, '林建国');
      const said = { textKey: 'shift.joined', message: { text: '报上了：河边捡垃圾。' }, kind: 'reply' } as const;
      const rest = { runAt: START, notAfter: null, collapseKey: null, urgent: false, subjectId: null };
      const before = new Date(START.getTime() - 1_000);
      await insertOutbox(tx, { communityId, chatId: groupId, ...said, ...rest }, { owner: null, now: before });
    });
    await task({ kind: 'question', subjectId: 'q', text: '找社工\n要带什么', personId });
    const { text } = await worker.get('/admin');
    expect(text).toContain('<summary>居民问：要带什么</summary>');
    expect(text).toContain('<li>找社工</li>');
    expect(text).toContain('林*国');
    expect(text).not.toContain('林建国');
    expect(text).toContain('正说到“河边捡垃圾”');
  });

  it('says so where nobody can be reached any more', async () => {
    const id = await office.store.write((tx) =>
      insertTask(tx, { communityId: office.community.id, kind: 'question', text: '充电桩', now: START }),
    );
    await worker.post(`/admin/tasks/${id}/answer`, { answer: '下周三' });
    expect((await worker.get('/admin')).text).toContain('联系不上了');
  });
});

it('stops and resumes the tips of a group as its residents wish', async () => {
  const stop = await task({ kind: 'question', subjectId: `stop:${groupId}`, text: '要不要停' });
  await worker.post(`/admin/tasks/${stop}/tips`);
  const group = async () => (await office.store.read((tx) => listGroups(tx, office.community.id)))[0];
  expect((await group())?.unaskedStoppedAt).toEqual(START);
  const resume = await task({ kind: 'question', subjectId: `resume:${groupId}`, text: '要不要恢复' });
  await worker.post(`/admin/tasks/${resume}/tips`);
  expect((await group())?.unaskedStoppedAt).toBeNull();
});

it('takes the dates of a day that was announced', async () => {
  const event = office.content.calendar.find(({ rule }) => rule.type === 'announced')?.id ?? '';
  const id = await task({ kind: 'days-to-confirm', subjectId: `${event}:2026`, text: '哪几天' });
  const typed = { from: '2026-06-08', to: '2025-06-14', source: '通知' };
  expect((await worker.post(`/admin/tasks/${id}/days`, typed)).text).toContain('结束比开始早');
  expect((await worker.post(`/admin/tasks/${id}/days`, { ...typed, to: '2026-06-14' })).location).toBe('/admin');
  expect(await open()).toEqual([]);
});

it('shows where a message did not arrive', async () => {
  await task({ kind: 'message-failed', subjectId: 'o', text: '' });
  await task({ kind: 'message-unsure', subjectId: 'p', text: '' });
  const { text } = await worker.get('/admin');
  expect(text).toContain('没发出去：“3号楼群”群');
  expect(text).toContain('说不准发到没有：“3号楼群”群');
});

it('lists what takes place today and counts this week', async () => {
  const { id: communityId } = office.community;
  await office.store.write(async (tx) => {
    const activity = {
      communityId,
      title: '河边捡垃圾',
      place: '东河桥头',
      details: '',
      risk: null,
      insured: false,
      state: 'open',
    } as const;
    const made = await insertActivity(tx, { ...activity, createdBy: null, now: START });
    const at = (time: string) => new Date(`2026-11-18T${time}:00+08:00`);
    const shift = await insertShift(tx, made, { startsAt: at('14:00'), endsAt: at('16:00'), capacity: 20 });
    await insertShift(tx, made, {
      startsAt: new Date('2026-11-25T14:00:00+08:00'),
      endsAt: new Date('2026-11-25T16:00:00+08:00'),
      capacity: null,
    });
    await tx.db.updateTable('shift').set({ taken: 7 }).where('id', '=', shift.id).execute();
  });
  const { text } = await worker.get('/admin');
  expect(text).toContain('14:00–16:00 河边捡垃圾 · 东河桥头 · 7/20 人');
  expect(text.match(/河边捡垃圾/g)).toHaveLength(1);
  expect(text).toContain('7 人次');
  expect(text).toContain('0 户 / 共 144 户');
});

it('says who has to be rung about a place that is held for them', async () => {
  const { id: communityId } = office.community;
  expect((await worker.get('/admin')).text).not.toContain('等您打电话问的');
  await office.store.write(async (tx) => {
    const activity = { title: '河边捡垃圾', place: '东河桥头', details: '', risk: null, insured: false } as const;
    const made = await insertActivity(tx, { communityId, ...activity, state: 'open', createdBy: null, now: START });
    const startsAt = new Date('2026-11-25T14:00:00+08:00');
    const endsAt = new Date('2026-11-25T16:00:00+08:00');
    const { id: shiftId } = await insertShift(tx, made, { startsAt, endsAt, capacity: 1 });
    const held = { personId: null, chatId: null, source: 'desk', party: 1, state: 'offered' } as const;
    const times = { queuedAt: START, offeredUntil: startsAt, createdAt: START, cancelledAt: null };
    await insertSignUp(tx, { communityId, shiftId, ...held, ...times }, { name: '王秀兰', phone: null });
  });
  expect((await worker.get('/admin')).text).toContain('等您打电话问的：1 位');
});

it('says which tip went out, or when the next one does', async () => {
  expect((await worker.get('/admin')).text).toContain('11月20日周五 09:30');
  office.clock.set(new Date('2026-11-20T08:00:00+08:00'));
  await worker.signIn('li');
  expect((await worker.get('/admin')).text).toContain('今天 09:30 发到 1 个群');
  const [tip] = office.content.tips;
  await office.store.write((tx) =>
    insertTipPosting(tx, office.community.id, { tipId: tip?.id ?? '', onDay: '2026-11-20' }),
  );
  expect((await worker.get('/admin')).text).toContain('今天已发：');
});

it('counts households as the page of pledges does: a door nobody told, and a building nobody entered, are no part of the share', async () => {
  await pledgeAt(office, { building: '3', unit: '2', room: '501' });
  await pledgeAt(office, { building: '3' });
  await pledgeAt(office, { building: '9', room: '901' });
  expect((await worker.get('/admin')).text).toContain('1 户 / 共 144 户');
  expect((await worker.get('/admin/pledges')).text).toContain('1 / 144 户已承诺');
});

it('says no share of households where one building has not been counted, as the page of pledges does', async () => {
  const [area] = await office.store.read((tx) => listAreas(tx, office.community.id));
  if (area === undefined) throw new Error('there is no building');
  await office.store.write((tx) => updateArea(tx, { ...area, households: null }));
  expect((await worker.get('/admin')).text).not.toContain('户 / 共');
  expect((await worker.get('/admin/pledges')).text).toContain('没有总比例');
});

describe('something wrong whose words were erased', () => {
  it('can only be closed', async () => {
    const id = await office.store.write((tx) =>
      insertTask(tx, { communityId: office.community.id, kind: 'issue', text: '', now: START }),
    );
    const { text } = await worker.get('/admin');
    expect(text).toContain(`/admin/tasks/${id}/close`);
    expect(text).not.toContain(`/admin/tasks/${id}/answer`);
  });
});

describe('something wrong that was told in two sentences', () => {
  it('is headed by what it is and where it is', async () => {
    const text = '楼道灯坏了\n2号楼下面';
    await office.store.write((tx) =>
      insertTask(tx, { communityId: office.community.id, kind: 'issue', text, now: START }),
    );
    expect((await worker.get('/admin')).text).toContain('楼道灯坏了 2号楼下面</summary>');
  });
});

describe('an answer that a whole group would read', () => {
  it('says so before and on the button, and nothing of the kind for a private chat', async () => {
    await task({ kind: 'question', subjectId: 'q', text: '王秀兰住哪' });
    const { text } = await worker.get('/admin');
    expect(text).toContain('发到“3号楼群”群，全群都看得见');
    expect(text).toContain('>发到群里<');
    expect(text).not.toContain('>发给居民<');
  });

  it.each([
    '王秀兰电话13812345678',
    '在3栋2单元501',
    '3-2-501王秀兰',
    '5号楼1203，您去问问',
    '身份证11010119900307391X',
  ])('is not sent with "%s" in it, and what was typed stays', async (answer) => {
    const id = await task({ kind: 'question', subjectId: 'q', text: '王秀兰住哪' });
    const refused = await worker.post(`/admin/tasks/${id}/answer`, { answer });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('请去掉手机号、证件号和门牌');
    expect(refused.text).toContain(answer);
    expect(office.sent).toEqual([]);
    expect(await open()).toHaveLength(1);
  });

  it.each(['3栋楼下，周六上午9点', '11月22日 14:00-16:00，2026-11-22', '社区电话 0994-0000000'])(
    'is sent with "%s" in it',
    async (answer) => {
      const id = await task({ kind: 'question', subjectId: 'q', text: '在哪集合' });
      await worker.post(`/admin/tasks/${id}/answer`, { answer });
      expect(office.sent).toHaveLength(1);
    },
  );
});

describe('an emergency', () => {
  const report = (text: string, chatId = groupId) =>
    office.store.write((tx) =>
      reportEmergency(tx, { communityId: office.community.id, personId, chatId, text, now: START }),
    );

  it('stands before everything that waits longer, marked as what it is', async () => {
    for (let count = 0; count < 40; count += 1)
      await task({ kind: 'question', subjectId: `q${count}`, text: '几点开门' });
    await report('救命 我妈摔倒了');
    const { text } = await worker.get('/admin');
    expect(text).toContain('急事：救命 我妈摔倒了');
    expect(text.indexOf('急事')).toBeLessThan(text.indexOf('几点开门'));
  });

  it('is one card for who cries for help twice', async () => {
    await report('救命');
    await report('我妈摔倒了');
    expect(await open()).toHaveLength(1);
    expect((await worker.get('/admin')).text).toContain('急事：救命 我妈摔倒了');
  });

  it('shows who it is and rings at a touch, once that is written down', async () => {
    await office.store.write(async (tx) => {
      const person = await findPerson(tx, office.community.id, personId);
      if (person === null) throw new Error('nobody');
      await savePersonName(tx, person, '王秀兰');
      await savePersonPhone(tx, person, '13812345678');
    });
    const id = await report('救命');
    const before = (await worker.get('/admin')).text;
    expect(before).toContain('马上联系（会记一笔）');
    expect(before).not.toMatch(/13812345678|王秀兰/);
    const shown = (await worker.post(`/admin/tasks/${id}/full`, {})).text;
    expect(shown).toContain('href="tel:13812345678"');
    expect(shown).toContain('王秀兰');
    const audit = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 9 }));
    expect(audit.map(({ action }) => action)).toContain('task.view-full');
  });

  it('says where it was said while nobody is known', async () => {
    const id = await report('救命');
    const shown = (await worker.post(`/admin/tasks/${id}/full`, {})).text;
    expect(shown).toContain('是在“3号楼群”群里说的，没留过姓名、门牌和电话');
  });
});
