/** The committee's pages of activities, as a worker uses them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findActivity, listShiftsFrom } from '../../src/store/activity-table.ts';
import { type ActivityDesk, idOf, openActivityDesk, RIVER } from './activities-desk.ts';
import { type Office, PASSWORD, START, type Visitor } from './admin-harness.ts';

let desk: ActivityDesk;
let office: Office;
let worker: Visitor;

beforeEach(async () => {
  desk = await openActivityDesk();
  ({ office, worker } = desk);
});
afterEach(() => office.close());

describe('the list', () => {
  it('says what will stand there while nothing is planned', async () => {
    const { text } = await worker.get('/admin/activities');
    expect(text).toContain('还没有活动');
    expect(text).toContain('办过的活动会列在这里');
  });

  it('shows what is ahead and what has been, with the numbers, each a link', async () => {
    const path = await desk.make();
    await desk.addAtDesk(path, '王秀英', '3');
    await desk.addAtDesk(path, '李建国');
    const { id } = await desk.onlyShift(path);
    const ahead = await worker.get('/admin/activities');
    expect(ahead.text).toContain(`href="${path}?shift=${id}"`);
    expect(ahead.text).toContain('3/3 人，满了 · 1 家排队');
    await desk.wait('2026-11-22T09:00:00+08:00');
    const past = await worker.get('/admin/activities');
    expect(past.text).toContain('还没有活动');
    expect(past.text).toContain('周六河边');
  });

  it('leads on to what has been long ago', async () => {
    for (let day = 1; day <= 21; day += 1)
      await desk.make({ day0: `2026-12-${String(day).padStart(2, '0')}`, title: `第${day}次` });
    await desk.wait('2026-12-31T09:00:00+08:00');
    const first = await worker.get('/admin/activities');
    expect(first.text).not.toContain('第1次');
    const [, older = ''] = /href="(\/admin\/activities\?before=\d+)"/.exec(first.text) ?? [];
    expect((await worker.get(older)).text).toContain('第1次');
  });
});

describe('an activity', () => {
  it('is made with what was typed, and open for sign-ups', async () => {
    const path = await desk.make();
    const shift = await desk.onlyShift(path);
    expect(shift).toMatchObject({ title: '周六河边', place: '北门集合', capacity: 3, state: 'open' });
    expect(shift.startsAt).toEqual(new Date('2026-11-21T09:00:00+08:00'));
    const { text } = await worker.get(path);
    expect(text).toContain('带手套');
    expect(text).toContain('还没有人报名');
  });

  it('takes days and times as they are typed on an old computer', async () => {
    const path = await desk.make({ day0: '11/21', from0: '9点', to0: '1130' });
    const { startsAt, endsAt } = await desk.onlyShift(path);
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
    const path = await desk.make({ rows: '3', ...second, day2: '', from2: '', to2: '', capacity2: '3' });
    expect((await desk.shiftsOf(path)).map(({ capacity }) => capacity)).toEqual([3, null]);
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
    [{ capacity0: '几个' }, 'capacity0', '请填合适的整数'],
    [{ capacity0: '0' }, 'capacity0', '请填合适的整数'],
    [{ risk: '河边路滑' }, 'insured', '先上好保险'],
  ])('with %o is refused beside the field', async (wrong, field, sentence) => {
    const { status, text } = await worker.post('/admin/activities', { ...RIVER, ...wrong });
    expect(status).toBe(422);
    expect(text).toMatch(new RegExp(`id="f-${field}-fault">[^<]*${sentence}`));
    expect(text).toContain('有 1 处要改');
    expect(text).toContain('带手套');
  });

  it('tells all that is wrong at once', async () => {
    const wrong = {
      title: '',
      place: '',
      rows: '2',
      from0: '9点半',
      capacity0: '几个',
      day1: '2026-11-17',
      from1: '09:00',
    };
    const { text } = await worker.post('/admin/activities', { ...RIVER, ...wrong, to1: '08:00', capacity1: '0' });
    for (const field of ['title', 'place', 'from0', 'capacity0', 'day1', 'to1', 'capacity1'])
      expect(text).toContain(`id="f-${field}-fault"`);
    expect(text).not.toContain('id="f-day0-fault"');
    expect(text).toContain('有 7 处要改');
  });

  it('takes as many as a word says', async () => {
    const path = await desk.make({ capacity0: '二十人' });
    expect(await desk.onlyShift(path)).toMatchObject({ capacity: 20 });
  });

  it.each([
    [{ capacity0: '四' }, { from1: '09:00', to1: '11:00', capacity1: '4' }],
    [{ capacity0: '随便' }, { from1: '09:00', to1: '11:00', capacity1: '' }],
    [{ to0: '08:00' }, { from1: '09:00', to1: '', capacity1: '3' }],
    [
      { from0: '19:00', to0: '00:30' },
      { from1: '19:00', to1: '00:30', capacity1: '3' },
    ],
    [{ from0: '早上' }, { from1: '', to1: '11:00', capacity1: '3' }],
  ])('with %o gives one shift more only what is right: %o', async (typed, copied) => {
    const { text } = await worker.post('/admin/activities', { ...RIVER, ...typed, do: 'more' });
    for (const [name, value] of Object.entries(copied))
      expect(text).toMatch(new RegExp(`name="${name}"[^>]*\\s+value="${value}"`));
  });

  it('may carry a risk once its volunteers are insured', async () => {
    const path = await desk.make({ risk: '河边路滑', insured: 'yes' });
    expect((await worker.get(path)).text).toContain('河边路滑（已给志愿者上保险）');
  });

  it('is copied onto the same weekday ahead, its insurance to be ticked anew', async () => {
    const path = await desk.make({ risk: '河边路滑', insured: 'yes' });
    await desk.wait('2026-12-02T09:00:00+08:00');
    const { text } = await worker.get(`/admin/activities/new?from=${idOf(path)}`);
    expect(text).toMatch(/name="day0"[^>]*\s+value="2026-12-05"/);
    expect(text).toContain('value="周六河边"');
    expect(text).not.toMatch(/name="insured"[^>]*checked/);
    expect(text).not.toContain((await desk.onlyShift(path)).id);
  });

  it('shows markup as text wherever it was typed', async () => {
    const path = await desk.make({ title: '<b>河</b>', place: '"><i>x', details: '<script>x()</script>' });
    const { text } = await worker.get(path);
    expect(text).toContain('&lt;b&gt;河&lt;/b&gt;');
    expect(text).not.toMatch(/<script|<i>x|<b>河/);
  });
});

describe('a change', () => {
  it('of the time is told to those who come, and who cannot be told is counted', async () => {
    const path = await desk.make();
    await desk.joinInChat(path, '林');
    await desk.addAtDesk(path, '王秀英');
    const { id } = await desk.onlyShift(path);
    await worker.post(`${path}/edit`, { ...RIVER, shift0: id, from0: '10:00', to0: '12:00' });
    expect(office.sent.map(({ said }) => said.key)).toEqual(['activity.moved']);
    expect((await worker.get(path)).text).toContain('1 位会收到消息；1 位机器人联系不上');
  });

  it('below what is taken is refused', async () => {
    const path = await desk.make();
    await desk.addAtDesk(path, '王秀英', '3');
    const { id } = await desk.onlyShift(path);
    const { status, text } = await worker.post(`${path}/edit`, { ...RIVER, shift0: id, capacity0: '2' });
    expect(status).toBe(422);
    expect(text).toContain('不能比已经报名的人少');
    expect(text).toContain('已有 3 人');
  });

  it('cannot drop a date that people come to', async () => {
    const path = await desk.make({ rows: '2', day1: '2026-11-28', from1: '09:00', to1: '11:00' });
    await desk.addAtDesk(path, '王秀英');
    const [, second] = await desk.shiftsOf(path);
    const { status } = await worker.post(`${path}/edit`, { ...RIVER, day0: '2026-11-28', shift0: second?.id ?? '' });
    expect(status).toBe(422);
    expect(await desk.shiftsOf(path)).toHaveLength(2);
  });

  it('closes sign-up and opens it again', async () => {
    const path = await desk.make();
    await worker.post(`${path}/close`);
    const closed = await worker.get(path);
    expect(closed.text).toContain('停止报名');
    expect(closed.text).toContain(`action="${path}/reopen"`);
    await worker.post(`${path}/reopen`);
    expect((await desk.onlyShift(path)).state).toBe('open');
  });
});

describe('calling off', () => {
  it('says first in numbers who will be told, then tells exactly those and lists the others', async () => {
    const path = await desk.make();
    await desk.joinInChat(path, '林');
    await desk.addAtDesk(path, '王秀英');
    const before = await worker.get(`${path}/cancel`);
    expect(before.text).toContain('1 家报了名的会收到机器人的私聊');
    expect(before.text).toContain('1 家机器人联系不上');
    expect((await desk.onlyShift(path)).state).toBe('open');
    await worker.post(`${path}/cancel`);
    expect(office.sent.map(({ said }) => said.key)).toEqual(['activity.called-off']);
    const after = await worker.get(path);
    expect(after.text).toContain('没联系上的：1 家');
    expect(after.text).toContain('王*英');
    expect(after.text).not.toContain('王秀英');
  });

  it('tells the reason where one is given, and asks for a shorter one', async () => {
    const path = await desk.make();
    await desk.joinInChat(path, '林');
    office.sent.length = 0;
    const long = await worker.post(`${path}/cancel`, { reason: '雨'.repeat(61) });
    expect(long.status).toBe(422);
    expect(long.text).toContain('雨'.repeat(61));
    expect(office.sent).toEqual([]);
    await worker.post(`${path}/cancel`, { reason: '下大雨' });
    expect(office.sent.map(({ said }) => said)).toMatchObject([
      { key: 'activity.called-off-because', variables: { reason: '下大雨' } },
    ]);
  });

  it('of one date leaves the others', async () => {
    const path = await desk.make({ rows: '2', day1: '2026-11-28', from1: '09:00', to1: '11:00' });
    const [first] = await desk.shiftsOf(path);
    await worker.post(`${path}/cancel`, { shift: first?.id ?? '' });
    expect((await desk.shiftsOf(path)).map(({ state }) => state)).toEqual(['cancelled', 'open']);
    const activity = await office.store.read((tx) => findActivity(tx, office.community.id, idOf(path)));
    expect(activity?.state).toBe('open');
  });

  it('happens once', async () => {
    const path = await desk.make();
    await worker.post(`${path}/cancel`);
    expect((await worker.post(`${path}/cancel`)).status).toBe(404);
  });
});

it('offers to call people by a notice that names it', async () => {
  const path = await desk.make();
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
