/** Who comes to an activity, and what a worker does with the list. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWorkbook } from '../../src/documents/read-workbook.ts';
import { listAudit } from '../../src/store/audit-table.ts';
import { type ActivityDesk, openActivityDesk, RIVER } from './activities-desk.ts';
import { type Office, type Visitor, visitorOf } from './admin-harness.ts';

let desk: ActivityDesk;
let office: Office;
let worker: Visitor;

beforeEach(async () => {
  desk = await openActivityDesk();
  ({ office, worker } = desk);
});
afterEach(() => office.close());

describe('the list of people', () => {
  it('shows names and phones in part', async () => {
    const path = await desk.make();
    await desk.addAtDesk(path, '王秀英', '2');
    const { text } = await worker.get(path);
    expect(text).toContain('王*英');
    expect(text).toContain('139****1234');
    expect(text).not.toMatch(/王秀英|13900001234/);
  });

  it('takes how many in words', async () => {
    const path = await desk.make();
    await desk.addAtDesk(path, '王秀英', '两个');
    expect(await desk.onlyShift(path)).toMatchObject({ taken: 2 });
  });

  it('takes somebody without a phone, and puts who no longer fits in line', async () => {
    const path = await desk.make();
    await desk.addAtDesk(path, '王秀英', '3', '');
    await desk.addAtDesk(path, '李建国');
    expect((await worker.get(path)).text).toContain('排在第 1');
    const { id } = await desk.onlyShift(path);
    expect((await desk.people(id)).map(({ signUp }) => signUp.state)).toEqual(['joined', 'waiting']);
  });

  it.each([
    [{ name: '' }, 'add-name'],
    [{ party: '几个' }, 'add-party'],
    [{ party: '4' }, 'add-party'],
    [{ phone: '没有' }, 'add-phone'],
  ])('refuses %o beside the field and keeps what was typed', async (wrong, field) => {
    const path = await desk.make();
    const { id } = await desk.onlyShift(path);
    const { status, text } = await worker.post(`${path}/shifts/${id}/people`, {
      name: '买买提',
      party: '1',
      phone: '13900001234',
      ...wrong,
    });
    expect(status).toBe(422);
    expect(text).toContain(`id="${field}-fault"`);
    if (!('name' in wrong)) expect(text).toContain('value="买买提"');
    expect(await desk.people(id)).toEqual([]);
  });

  it('lets somebody move up where there is room, and says how much is missing where not', async () => {
    const path = await desk.make();
    await desk.addAtDesk(path, '王秀英', '3');
    await desk.addAtDesk(path, '李建国', '2');
    const { id } = await desk.onlyShift(path);
    const waiting = (await desk.people(id)).find(({ signUp }) => signUp.state === 'waiting')?.signUp.id ?? '';
    await worker.post(`${path}/shifts/${id}/people/${waiting}/move-up`);
    expect((await worker.get(path)).text).toContain('只剩 0 个');
    await worker.post(`${path}/edit`, { ...RIVER, shift0: id, capacity0: '5' });
    await worker.post(`${path}/shifts/${id}/people/${waiting}/move-up`);
    expect((await desk.people(id)).map(({ signUp }) => signUp.state)).toEqual(['joined', 'joined']);
  });

  it('loses somebody only after saying who is told and who is asked next', async () => {
    const path = await desk.make();
    const signUp = await desk.joinInChat(path, '林秀英');
    const { id } = await desk.onlyShift(path);
    const person = `${path}/shifts/${id}/people/${signUp}`;
    const { text } = await worker.get(`${person}/remove`);
    expect(text).toContain('林*英，1 人');
    expect(text).toContain('私聊告诉对方');
    await worker.post(`${person}/remove`);
    expect(office.sent.map(({ said }) => said.key)).toEqual(['shift.removed']);
    expect(await desk.people(id)).toEqual([]);
    expect((await worker.post(`${person}/remove`)).status).toBe(303);
  });
});

describe('names and phones in full', () => {
  async function furnished(): Promise<string> {
    const path = await desk.make();
    await desk.addAtDesk(path, '王秀英');
    return `${path}/shifts/${(await desk.onlyShift(path)).id}`;
  }
  const audit = async () =>
    (await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 50 })))
      .filter(({ action }) => action.startsWith('sign-up.view'))
      .map(({ action, detail, reason }) => [action, reason, detail]);

  it('are shown once for a reason, which is kept without numbers in it', async () => {
    const shift = await furnished();
    const { status, text } = await worker.post(`${shift}/full`, { reason: '打电话给 13900001234', do: 'show' });
    expect(status).toBe(200);
    expect(text).toContain('王秀英');
    expect(text).toContain('13900001234');
    expect(await audit()).toEqual([['sign-up.view-full', '打电话给 139****1234', { people: 1 }]]);
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
    expect(full.headers.get('content-disposition')).toContain(
      encodeURIComponent('周六河边名单（含全名电话）2026-11-21'),
    );
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

describe('names that go by themselves', () => {
  it('are announced with the day, and afterwards it is said that they went', async () => {
    const path = await desk.make();
    await desk.addAtDesk(path, '王秀英');
    expect((await worker.get(path)).text).toContain('只留到12月21日周一');
    await desk.wait('2026-12-22T09:00:00+08:00');
    expect((await worker.get(path)).text).toContain('12月21日周一已经按约定删掉');
  });
});

describe('somebody who was only written down and wants their name off a list that is over', () => {
  it('is found in the full list; name and phone go, who came stays as a number, and the log says who did it', async () => {
    const path = await desk.make();
    await desk.addAtDesk(path, '王秀英');
    const shift = await desk.onlyShift(path);
    const full = () => worker.post(`${path}/shifts/${shift.id}/full`, { reason: '本人来要求删除', do: 'show' });
    expect((await full()).text).not.toContain('/forget');
    await desk.wait('2026-11-22T09:00:00+08:00');
    const [way = ''] = /\/admin\/activities\/[^"]+\/forget/.exec((await full()).text) ?? [];
    const page = await worker.get(way);
    expect(page.text).toContain('王*英');
    expect(page.text).toContain('来了几个人还留着');
    expect((await worker.post(way)).status).toBe(303);
    expect(await desk.people(shift.id)).toMatchObject([{ name: null, phone: null, signUp: { party: 1 } }]);
    const [row] = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 1 }));
    expect(row).toMatchObject({ action: 'sign-up.forget' });
  });

  it('is not done to who is in the chats: they are erased everywhere', async () => {
    const path = await desk.make();
    const signUp = await desk.joinInChat(path, '李强');
    const shift = await desk.onlyShift(path);
    const way = `${path}/shifts/${shift.id}/people/${signUp}/forget`;
    expect((await worker.get(way)).status).toBe(404);
    expect((await worker.post(way)).status).toBe(404);
    expect((await desk.people(shift.id)).map(({ name }) => name)).toEqual(['李强']);
  });
});
