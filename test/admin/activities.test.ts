/** The committee's pages of activities, as a worker uses them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWorkbook } from '../../src/documents/read-workbook.ts';
import { joinShift } from '../../src/features/volunteering/sign-up-service.ts';
import type { Shift } from '../../src/model/activity.ts';
import { findActivity, listShiftsFrom, listShiftsOf } from '../../src/store/activity-table.ts';
import { type Attendee, listAttendees } from '../../src/store/attendee-table.ts';
import { listAudit } from '../../src/store/audit-table.ts';
import { insertChat, insertPerson } from '../../src/store/chat-table.ts';
import { type Office, openOffice, PASSWORD, START, type Visitor, visitorOf } from './admin-harness.ts';

let office: Office;
let worker: Visitor;

beforeEach(async () => {
  office = await openOffice();
  await office.addStaff('li', 'worker');
  worker = visitorOf(office.site);
  await worker.signIn('li');
});
afterEach(() => office.close());

const RIVER = {
  title: '周六河边',
  place: '北门集合',
  details: '带手套',
  risk: '',
  rows: '1',
  day0: '2026-11-21',
  from0: '09:00',
  to0: '11:00',
  capacity0: '3',
};

/** Days later one signs in again. */
async function wait(until: string): Promise<void> {
  office.clock.set(new Date(until));
  await worker.signIn('li');
}

/** The path of a new activity. */
async function make(fields: Readonly<Record<string, string>> = {}): Promise<string> {
  const answer = await worker.post('/admin/activities', { ...RIVER, ...fields });
  expect(answer.status).toBe(303);
  return answer.location ?? '';
}

const idOf = (path: string) => path.split('/').at(-1) ?? '';
const shiftsOf = (path: string): Promise<Shift[]> =>
  office.store.read((tx) => listShiftsOf(tx, office.community.id, idOf(path)));
const people = (shiftId: string): Promise<Attendee[]> =>
  office.store.read((tx) => listAttendees(tx, office.community.id, shiftId));

async function onlyShift(path: string): Promise<Shift> {
  const [shift] = await shiftsOf(path);
  if (shift === undefined) throw new Error('there is no shift');
  return shift;
}

async function addAtDesk(path: string, name: string, party = '1', phone = '13900001234'): Promise<void> {
  const { id } = await onlyShift(path);
  const answer = await worker.post(`${path}/shifts/${id}/people`, { name, party, phone });
  expect(answer.status).toBe(303);
}

/** Somebody with a private chat, whom the bot can tell things. */
async function joinInChat(path: string, name: string): Promise<string> {
  const { id: communityId } = office.community;
  const shift = await onlyShift(path);
  return office.store.write(async (tx) => {
    const from = { channel: 'web', account: communityId, address: name } as const;
    const person = await insertPerson(tx, { communityId, from, now: START });
    const chat = { ...from, address: `private:${name}`, kind: 'direct', title: null, areaId: null } as const;
    const { id } = await insertChat(tx, { ...chat, communityId, personId: person.id, now: START });
    const joined = { community: office.community, shiftId: shift.id, personId: person.id, chatId: id, name } as const;
    const result = await joinShift(tx, { ...joined, source: 'chat', party: 1 }, START);
    if (!result.ok) throw new Error(result.why);
    return result.signUp.id;
  });
}

describe('the list', () => {
  it('says what will stand there while nothing is planned', async () => {
    const { text } = await worker.get('/admin/activities');
    expect(text).toContain('还没有活动');
    expect(text).toContain('办过的活动会列在这里');
  });

  it('shows what is ahead and what has been, with the numbers, each a link', async () => {
    const path = await make();
    await addAtDesk(path, '王秀英', '3');
    await addAtDesk(path, '李建国');
    const { id } = await onlyShift(path);
    const ahead = await worker.get('/admin/activities');
    expect(ahead.text).toContain(`href="${path}?shift=${id}"`);
    expect(ahead.text).toContain('3/3 人，满了 · 1 家排队');
    await wait('2026-11-22T09:00:00+08:00');
    const past = await worker.get('/admin/activities');
    expect(past.text).toContain('还没有活动');
    expect(past.text).toContain('周六河边');
  });

  it('leads on to what has been long ago', async () => {
    for (let day = 1; day <= 21; day += 1)
      await make({ day0: `2026-12-${String(day).padStart(2, '0')}`, title: `第${day}次` });
    await wait('2026-12-31T09:00:00+08:00');
    const first = await worker.get('/admin/activities');
    expect(first.text).not.toContain('第1次');
    const [, older = ''] = /href="(\/admin\/activities\?before=\d+)"/.exec(first.text) ?? [];
    expect((await worker.get(older)).text).toContain('第1次');
  });
});

describe('an activity', () => {
  it('is made with what was typed, and open for sign-ups', async () => {
    const path = await make();
    const shift = await onlyShift(path);
    expect(shift).toMatchObject({ title: '周六河边', place: '北门集合', capacity: 3, state: 'open' });
    expect(shift.startsAt).toEqual(new Date('2026-11-21T09:00:00+08:00'));
    const { text } = await worker.get(path);
    expect(text).toContain('带手套');
    expect(text).toContain('还没有人报名');
  });

  it('takes days and times as they are typed on an old computer', async () => {
    const path = await make({ day0: '11/21', from0: '9点', to0: '1130' });
    const { startsAt, endsAt } = await onlyShift(path);
    expect(startsAt).toEqual(new Date('2026-11-21T09:00:00+08:00'));
    expect(endsAt).toEqual(new Date('2026-11-21T11:30:00+08:00'));
  });

  it('gets another date by a button, and nothing typed so far is lost', async () => {
    const { status, text } = await worker.post('/admin/activities', { ...RIVER, do: 'more' });
    expect(status).toBe(200);
    expect(text).toContain('value="周六河边"');
    expect(text).toMatch(/name="day0"[^>]*\s+value="2026-11-21"/);
    expect(text).toMatch(/name="from1"[^>]*\s+value="09:00"/);
    expect(text).toMatch(/name="day1"[^>]*\s+value=""/);
    expect(await office.store.read((tx) => listShiftsFrom(tx, office.community.id, START, 10))).toEqual([]);
  });

  it('loses the date whose button was pressed, and no other', async () => {
    const fields = { ...RIVER, rows: '2', day1: '2026-11-28', from1: '14:00', to1: '16:00', do: 'drop-0' };
    const { text } = await worker.post('/admin/activities', fields);
    expect(text).toMatch(/name="day0"[^>]*\s+value="2026-11-28"/);
    expect(text).not.toContain('name="day1"');
  });

  it('is made with several dates, a row left empty being no date', async () => {
    const second = { day1: '2026-11-28', from1: '14:00', to1: '16:00', capacity1: '' };
    const path = await make({ rows: '3', ...second, day2: '', from2: '', to2: '', capacity2: '3' });
    expect((await shiftsOf(path)).map(({ capacity }) => capacity)).toEqual([3, null]);
    expect((await worker.get(path)).text).toContain('11月28日');
  });

  it.each([
    [{ title: '' }, 'title', '这里还空着'],
    [{ title: '周'.repeat(25) }, 'title', '字太多了'],
    [{ place: ' ' }, 'place', '这里还空着'],
    [{ day0: '2026-02-30' }, 'day0', '请填日期'],
    [{ day0: '2026-11-17' }, 'day0', '已经过了'],
    [{ day0: '2028-11-17' }, 'day0', '太远了'],
    [{ from0: '9点半' }, 'from0', '请填钟点'],
    [{ to0: '08:00' }, 'to0', '结束要比开始晚'],
    [{ capacity0: '几个' }, 'capacity0', '请填整数'],
    [{ capacity0: '0' }, 'capacity0', '请填整数'],
    [{ risk: '河边路滑' }, 'insured', '先上好保险'],
  ])('with %o is refused beside the field', async (wrong, field, sentence) => {
    const { status, text } = await worker.post('/admin/activities', { ...RIVER, ...wrong });
    expect(status).toBe(422);
    expect(text).toMatch(new RegExp(`id="f-${field}-fault">[^<]*${sentence}`));
    expect(text).toContain('有 1 处要改');
    expect(text).toContain('带手套');
  });

  it('may carry a risk once its volunteers are insured', async () => {
    const path = await make({ risk: '河边路滑', insured: 'yes' });
    expect((await worker.get(path)).text).toContain('河边路滑（已给志愿者上保险）');
  });

  it('is copied onto the same weekday ahead, its insurance to be ticked anew', async () => {
    const path = await make({ risk: '河边路滑', insured: 'yes' });
    await wait('2026-12-02T09:00:00+08:00');
    const { text } = await worker.get(`/admin/activities/new?from=${idOf(path)}`);
    expect(text).toMatch(/name="day0"[^>]*\s+value="2026-12-05"/);
    expect(text).toContain('value="周六河边"');
    expect(text).not.toMatch(/name="insured"[^>]*checked/);
    expect(text).not.toContain((await onlyShift(path)).id);
  });

  it('shows markup as text wherever it was typed', async () => {
    const path = await make({ title: '<b>河</b>', place: '"><i>x', details: '<script>x()</script>' });
    const { text } = await worker.get(path);
    expect(text).toContain('&lt;b&gt;河&lt;/b&gt;');
    expect(text).not.toMatch(/<script|<i>x|<b>河/);
  });
});

describe('a change', () => {
  it('of the time is told to those who come, and who cannot be told is counted', async () => {
    const path = await make();
    await joinInChat(path, '林');
    await addAtDesk(path, '王秀英');
    const { id } = await onlyShift(path);
    await worker.post(`${path}/edit`, { ...RIVER, shift0: id, from0: '10:00', to0: '12:00' });
    expect(office.sent.map(({ said }) => said.key)).toEqual(['activity.moved']);
    expect((await worker.get(path)).text).toContain('1 位会收到消息；1 位机器人联系不上');
  });

  it('below what is taken is refused', async () => {
    const path = await make();
    await addAtDesk(path, '王秀英', '3');
    const { id } = await onlyShift(path);
    const { status, text } = await worker.post(`${path}/edit`, { ...RIVER, shift0: id, capacity0: '2' });
    expect(status).toBe(422);
    expect(text).toContain('不能比已经报名的人少');
    expect(text).toContain('已有 3 人');
  });

  it('cannot drop a date that people come to', async () => {
    const path = await make({ rows: '2', day1: '2026-11-28', from1: '09:00', to1: '11:00' });
    await addAtDesk(path, '王秀英');
    const [, second] = await shiftsOf(path);
    const { status } = await worker.post(`${path}/edit`, { ...RIVER, day0: '2026-11-28', shift0: second?.id ?? '' });
    expect(status).toBe(422);
    expect(await shiftsOf(path)).toHaveLength(2);
  });

  it('closes sign-up and opens it again', async () => {
    const path = await make();
    await worker.post(`${path}/close`);
    const closed = await worker.get(path);
    expect(closed.text).toContain('停止报名');
    expect(closed.text).toContain(`action="${path}/reopen"`);
    await worker.post(`${path}/reopen`);
    expect((await onlyShift(path)).state).toBe('open');
  });
});

describe('calling off', () => {
  it('says first in numbers who will be told, then tells exactly those and lists the others', async () => {
    const path = await make();
    await joinInChat(path, '林');
    await addAtDesk(path, '王秀英');
    const before = await worker.get(`${path}/cancel`);
    expect(before.text).toContain('1 家报了名的会收到机器人的私聊');
    expect(before.text).toContain('1 家机器人联系不上');
    expect((await onlyShift(path)).state).toBe('open');
    await worker.post(`${path}/cancel`);
    expect(office.sent.map(({ said }) => said.key)).toEqual(['activity.called-off']);
    const after = await worker.get(path);
    expect(after.text).toContain('没联系上的：1 家');
    expect(after.text).toContain('王*英');
    expect(after.text).not.toContain('王秀英');
  });

  it('of one date leaves the others', async () => {
    const path = await make({ rows: '2', day1: '2026-11-28', from1: '09:00', to1: '11:00' });
    const [first] = await shiftsOf(path);
    await worker.post(`${path}/cancel`, { shift: first?.id ?? '' });
    expect((await shiftsOf(path)).map(({ state }) => state)).toEqual(['cancelled', 'open']);
    const activity = await office.store.read((tx) => findActivity(tx, office.community.id, idOf(path)));
    expect(activity?.state).toBe('open');
  });

  it('happens once', async () => {
    const path = await make();
    await worker.post(`${path}/cancel`);
    expect((await worker.post(`${path}/cancel`)).status).toBe(404);
  });
});

describe('the list of people', () => {
  it('shows names and phones in part', async () => {
    const path = await make();
    await addAtDesk(path, '王秀英', '2');
    const { text } = await worker.get(path);
    expect(text).toContain('王*英');
    expect(text).toContain('139****1234');
    expect(text).not.toMatch(/王秀英|13900001234/);
  });

  it('takes somebody without a phone, and puts who no longer fits in line', async () => {
    const path = await make();
    await addAtDesk(path, '王秀英', '3', '');
    await addAtDesk(path, '李建国');
    expect((await worker.get(path)).text).toContain('排在第 1');
    const { id } = await onlyShift(path);
    expect((await people(id)).map(({ signUp }) => signUp.state)).toEqual(['joined', 'waiting']);
  });

  it.each([
    [{ name: '' }, 'add-name'],
    [{ party: '几个' }, 'add-party'],
    [{ party: '4' }, 'add-party'],
    [{ phone: '没有' }, 'add-phone'],
  ])('refuses %o beside the field and keeps what was typed', async (wrong, field) => {
    const path = await make();
    const { id } = await onlyShift(path);
    const { status, text } = await worker.post(`${path}/shifts/${id}/people`, {
      name: '买买提',
      party: '1',
      phone: '13900001234',
      ...wrong,
    });
    expect(status).toBe(422);
    expect(text).toContain(`id="${field}-fault"`);
    if (!('name' in wrong)) expect(text).toContain('value="买买提"');
    expect(await people(id)).toEqual([]);
  });

  it('lets somebody move up where there is room, and says how much is missing where not', async () => {
    const path = await make();
    await addAtDesk(path, '王秀英', '3');
    await addAtDesk(path, '李建国', '2');
    const { id } = await onlyShift(path);
    const waiting = (await people(id)).find(({ signUp }) => signUp.state === 'waiting')?.signUp.id ?? '';
    await worker.post(`${path}/shifts/${id}/people/${waiting}/move-up`);
    expect((await worker.get(path)).text).toContain('只剩 0 个');
    await worker.post(`${path}/edit`, { ...RIVER, shift0: id, capacity0: '5' });
    await worker.post(`${path}/shifts/${id}/people/${waiting}/move-up`);
    expect((await people(id)).map(({ signUp }) => signUp.state)).toEqual(['joined', 'joined']);
  });

  it('loses somebody only after saying who is told and who is asked next', async () => {
    const path = await make();
    const signUp = await joinInChat(path, '林秀英');
    const { id } = await onlyShift(path);
    const person = `${path}/shifts/${id}/people/${signUp}`;
    const { text } = await worker.get(`${person}/remove`);
    expect(text).toContain('林*英，1 人');
    expect(text).toContain('私聊告诉对方');
    await worker.post(`${person}/remove`);
    expect(office.sent.map(({ said }) => said.key)).toEqual(['shift.removed']);
    expect(await people(id)).toEqual([]);
    expect((await worker.post(`${person}/remove`)).status).toBe(303);
  });
});

describe('names and phones in full', () => {
  async function furnished(): Promise<string> {
    const path = await make();
    await addAtDesk(path, '王秀英');
    return `${path}/shifts/${(await onlyShift(path)).id}`;
  }
  const audit = async () =>
    (await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 50 })))
      .filter(({ action }) => action.startsWith('sign-up.view'))
      .map(({ action, detail }) => [action, detail]);

  it('are shown once for a reason, which is kept without numbers in it', async () => {
    const shift = await furnished();
    const { status, text } = await worker.post(`${shift}/full`, { reason: '打电话给 13900001234', do: 'show' });
    expect(status).toBe(200);
    expect(text).toContain('王秀英');
    expect(text).toContain('13900001234');
    expect(await audit()).toEqual([
      ['sign-up.view-reason', { reason: '打电话给 139****1234' }],
      ['sign-up.view-full', { people: 1 }],
    ]);
    const [path] = shift.split('/shifts/');
    expect((await worker.get(path ?? '')).text).not.toContain('王秀英');
  });

  it('are not shown without one, and nothing is written down', async () => {
    const shift = await furnished();
    const { status, text } = await worker.post(`${shift}/full`, { reason: ' ', do: 'download' });
    expect(status).toBe(422);
    expect(text).not.toContain('王秀英');
    expect(await audit()).toEqual([]);
  });

  it('are kept from who only reads, who may have the masked list', async () => {
    const shift = await furnished();
    await office.addStaff('reader', 'viewer');
    const reader = visitorOf(office.site);
    await reader.signIn('reader');
    expect((await reader.post(`${shift}/full`, { reason: '看看' })).status).toBe(403);
    expect((await reader.get(`${shift}/list`)).status).toBe(200);
    const { text } = await reader.get(shift.split('/shifts/')[0] ?? '');
    expect(text).toContain('王*英');
    expect(text).not.toMatch(/<button class="quiet">(?!退出)|要看完整/);
  });

  async function cells(answer: Response): Promise<unknown[]> {
    const columns = [
      { key: 'name', header: '姓名', kind: 'text' },
      { key: 'phone', header: '电话', kind: 'text' },
    ] as const;
    const read = await readWorkbook(new Uint8Array(await answer.arrayBuffer()), columns);
    return read.ok ? read.rows.map(({ values }) => values) : [read.why];
  }

  it('come as a table for Excel, masked unless there is a reason', async () => {
    const shift = await furnished();
    const cookie = [...worker.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const origin = { cookie, 'sec-fetch-site': 'same-origin' };
    const masked = await office.site.request(`http://lvlin.test${shift}/list`, { headers: origin });
    expect(masked.headers.get('content-disposition')).toContain(encodeURIComponent('周六河边名单 2026-11-21.xlsx'));
    expect(await cells(masked)).toEqual([{ name: '王*英', phone: '139****1234' }]);
    const body = new URLSearchParams({ reason: '上报', do: 'download' });
    const full = await office.site.request(`http://lvlin.test${shift}/full`, { method: 'POST', headers: origin, body });
    expect(await cells(full)).toEqual([{ name: '王秀英', phone: '13900001234' }]);
  });

  it('stand on the sheet to sign without a phone', async () => {
    const shift = await furnished();
    const masked = await worker.get(`${shift}/sheet`);
    expect(masked.text).toContain('王*英');
    const full = await worker.post(`${shift}/full`, { reason: '签到', do: 'sheet' });
    expect(full.text).toContain('王秀英');
    expect(full.text).toContain('签名');
    expect(masked.text + full.text).not.toMatch(/139/);
  });
});

it('offers to call people by a notice that names it', async () => {
  const path = await make();
  expect((await worker.get(path)).text).toContain(`/admin/notices/new?activity=${idOf(path)}`);
});

it('comes back as typed after a session that ran out, and nothing is made before one looks', async () => {
  worker.cookies.clear();
  const refused = await worker.post('/admin/activities', RIVER);
  expect(refused.status).toBe(401);
  const kept = Object.fromEntries(
    [...refused.text.matchAll(/name="(kept\.[^"]+|next)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
  const back = await worker.post('/admin/sign-in', { ...kept, login: 'li', password: PASSWORD });
  expect(back.text).toMatch(/id="f-title"[^>]*\s+value="周六河边"/);
  expect(await office.store.read((tx) => listShiftsFrom(tx, office.community.id, START, 10))).toEqual([]);
});
