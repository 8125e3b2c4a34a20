/** The pages of #接龙: pasted, judged, corrected, taken off, started, and who is not in yet. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readWorkbook } from '../../src/documents/read-workbook.ts';
import { listAudit } from '../../src/store/audit-table.ts';
import { type ActivityDesk, openActivityDesk } from './activities-desk.ts';
import { type Office, type Visitor, visitorOf } from './admin-harness.ts';

const RIVER_CHAIN = '#接龙\n周六河边捡垃圾\n\n1. 王芳 3栋 2人 13900001234\n2. 老张 和老伴\n3. 陈姨';

let desk: ActivityDesk;
let office: Office;
let worker: Visitor;
let activity: string;

beforeEach(async () => {
  desk = await openActivityDesk();
  ({ office, worker } = desk);
  activity = await desk.make({ title: '周六河边捡垃圾', capacity0: '10' });
});
afterEach(() => office.close());

const names = async () => (await desk.people((await desk.onlyShift(activity)).id)).map(({ name }) => name);
const target = async () => `shift:${(await desk.onlyShift(activity)).id}`;

/** The path of the list that was made of it. */
async function paste(pasted: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const answer = await worker.post('/admin/chains/paste', { pasted, ...more });
  expect(answer.status).toBe(303);
  return answer.location ?? '';
}

const doubtsOn = (text: string) => [...text.matchAll(/id="doubt-(\w+)"/g)].map(([, id]) => id ?? '');
const entriesOn = (text: string) => [...text.matchAll(/\/entries\/(\w+)\/take-off/g)].map(([, id]) => id ?? '');

it('a pasted list is shown as it was understood, numbers masked, and stands in the activity as 接龙', async () => {
  const path = await paste(RIVER_CHAIN);
  const { text } = await worker.get(path);
  expect(text).toContain('收进来了：新来 3 条');
  expect(text).toContain('周六河边捡垃圾 11月21日');
  expect(text).toContain('139****1234');
  expect(text).not.toContain('13900001234');
  expect(await names()).toEqual(['王芳', '老张', '陈姨']);
  expect((await worker.get(activity)).text).toContain('王*');
  const { id } = await desk.onlyShift(activity);
  const columns = [
    { key: 'name', header: '姓名', kind: 'text' },
    { key: 'source', header: '从哪里报的', kind: 'text' },
  ] as const;
  const sheet = await readWorkbook((await worker.get(`${activity}/shifts/${id}/list`)).bytes, columns);
  const rows = sheet.ok ? sheet.rows.map(({ values }) => values) : [];
  expect(rows.map(({ source }) => source)).toEqual(['接龙', '接龙', '接龙']);
});

it('the door and what else was written stand in the list of the activity, in full only where it is asked for in full', async () => {
  await paste('#接龙\n周六河边捡垃圾\n\n1. 王芳 3-2-501 带扫帚\n2. 老张 13900001234');
  const { id } = await desk.onlyShift(activity);
  const shift = `${activity}/shifts/${id}`;
  const masked = (await worker.get(activity)).text;
  expect(masked).toContain('3栋');
  expect(masked).not.toMatch(/501|带扫帚/);
  expect(masked).toMatch(/王\*.*没留电话，上门/);
  expect(masked).toMatch(/老.*139\*{4}1234.*只能打电话联系/s);
  const full = (await worker.post(`${shift}/full`, { reason: '上门', do: 'show' })).text;
  expect(full).toMatch(/王芳.*3栋-2-501 · 带扫帚/);
  const columns = [
    { key: 'name', header: '姓名', kind: 'text' },
    { key: 'door', header: '门牌', kind: 'text' },
    { key: 'note', header: '备注', kind: 'text' },
  ] as const;
  const rows = async (bytes: Uint8Array) => {
    const sheet = await readWorkbook(bytes, columns);
    return sheet.ok ? sheet.rows.map(({ values }) => [values.door, values.note]) : [];
  };
  expect((await rows((await worker.get(`${shift}/list`)).bytes))[0]).toEqual(['3栋', undefined]);
  const file = await worker.post(`${shift}/full`, { reason: '上门', do: 'download' });
  expect((await rows(file.bytes))[0]).toEqual(['3栋-2-501', '带扫帚']);
});

it('the same list pasted again changes nothing, a longer one adds what is new', async () => {
  const path = await paste(RIVER_CHAIN);
  await worker.get(path);
  expect(await paste(RIVER_CHAIN)).toBe(path);
  expect((await worker.get(path)).text).toContain('和上次一样');
  expect(await paste(`${RIVER_CHAIN}\n4. 小周`)).toBe(path);
  expect(await names()).toEqual(['王芳', '老张', '陈姨', '小周']);
});

it('a list that could be anything waits for one answer, and the next page asks the next question', async () => {
  await paste('#接龙\n大家来报个名\n\n1. 王芳\n2. 老张');
  const { text } = await worker.get('/admin/chains');
  const [doubt] = doubtsOn(text);
  expect(text).toContain('这个接龙是哪个活动的');
  expect(text).toContain('data-key="1"');
  expect((await worker.get('/admin')).text).toContain('接龙有 1 处要您看一眼');
  expect((await worker.get('/admin/activities')).text).toContain('接龙（1 处要看）');
  expect(await names()).toEqual([]);
  const answer = await worker.post(`/admin/chains/doubts/${doubt}`, { answer: 'target', target: await target() });
  expect(answer.location).toBe('/admin/chains#doubts');
  expect((await worker.get('/admin/chains')).text).toContain('都看完了');
  expect(await names()).toEqual(['王芳', '老张']);
  await worker.post(`/admin/chains/doubts/${doubt}`, { answer: 'no' });
  expect((await worker.get('/admin/chains')).text).toContain('已经有人处理过了');
});

it('a number that stands twice is shown with both, and one that tells nobody comes back with what was typed', async () => {
  await paste(`${RIVER_CHAIN}\n3. 小周`);
  const { text } = await worker.get('/admin/chains');
  const [doubt] = doubtsOn(text);
  expect(text).toContain('都是 3');
  const refused = await worker.post(`/admin/chains/doubts/${doubt}`, { answer: 'change', line: '' });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('这里还空着');
  const odd = await worker.post(`/admin/chains/doubts/${doubt}`, { answer: 'maybe' });
  expect(odd.status).toBe(422);
  await worker.post(`/admin/chains/doubts/${doubt}`, { answer: 'yes' });
  expect(await names()).toEqual(['王芳', '老张', '陈姨', '小周']);
});

it('an entry is taken off with its sign-up and put back at one press', async () => {
  const path = await paste(RIVER_CHAIN);
  const [first] = entriesOn((await worker.get(path)).text);
  await worker.post(`${path}/entries/${first}/take-off`);
  expect(await names()).toEqual(['老张', '陈姨']);
  expect((await worker.get(path)).text).toContain('撤回这一步');
  await worker.post(`${path}/entries/${first}/put-back`);
  expect((await names()).toSorted()).toEqual(['王芳', '老张', '陈姨'].toSorted());
});

it('a wrong guess is put right and everybody moves along', async () => {
  const path = await paste(RIVER_CHAIN);
  const other = await desk.make({ title: '楼道清理', capacity0: '10' });
  const shift = await desk.onlyShift(other);
  await worker.post(`${path}/about`, { target: `shift:${shift.id}` });
  expect(await names()).toEqual([]);
  expect((await desk.people(shift.id)).map(({ name }) => name)).toEqual(['王芳', '老张', '陈姨']);
  await worker.post(`${path}/about`, { target: 'none' });
  expect(await desk.people(shift.id)).toEqual([]);
  expect((await worker.get(path)).text).toContain('不是我们的');
});

it('doors and phones are shown in full for a reason, which is written down', async () => {
  const path = await paste(RIVER_CHAIN);
  expect((await worker.post(`${path}/full`, { reason: '' })).status).toBe(422);
  const full = await worker.post(`${path}/full`, { reason: '打电话改时间' });
  expect(full.text).toContain('13900001234');
  const audit = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 20 }));
  expect(audit.map(({ action }) => action)).toContain('chain.view-full');
});

it('what is no list is refused beside the box, and what was typed stays', async () => {
  const answer = await worker.post('/admin/chains/paste', { pasted: '大家好' });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('看不出接龙');
  expect(answer.text).toContain('大家好</textarea>');
});

it('an activity that nobody can sign up for is refused beside the box', async () => {
  const answer = await worker.post('/admin/chains/paste', { pasted: RIVER_CHAIN, target: 'shift:nonsense' });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('已经不能报名了，请换一个');
  expect(await names()).toEqual([]);
});

it('a list pasted again for another activity moves there, and the page says so', async () => {
  const path = await paste(RIVER_CHAIN);
  const other = await desk.onlyShift(await desk.make({ title: '楼道清理', capacity0: '10' }));
  expect(await paste(RIVER_CHAIN, { target: `shift:${other.id}` })).toBe(path);
  expect((await worker.get(path)).text).toContain('名单跟着换到这个活动');
  expect(await names()).toEqual([]);
  expect((await desk.people(other.id)).map(({ name }) => name)).toEqual(['王芳', '老张', '陈姨']);
});

it('what has begun is not taken back, and the page says so', async () => {
  const path = await paste(RIVER_CHAIN);
  const [first] = entriesOn((await worker.get(path)).text);
  const { startsAt } = await desk.onlyShift(activity);
  await desk.wait(startsAt.toISOString());
  for (const [at, form] of [
    [`${path}/about`, { target: 'none' }],
    [`${path}/entries/${first}/take-off`, {}],
  ] as const) {
    await worker.post(at, form);
    expect((await worker.get('/admin/chains')).text).toContain('活动已经开始了，报名不能再改');
  }
  expect(await names()).toEqual(['王芳', '老张', '陈姨']);
});

it('a text to start a list with names the activity and leaves the first line free', async () => {
  const { text } = await worker.get(`/admin/chains/start?target=${encodeURIComponent(await target())}`);
  const [, words = ''] = /readonly[^>]*>\n([\s\S]*?)<\/textarea>/.exec(text) ?? [];
  expect(words).toMatch(/周六河边捡垃圾/);
  expect(words).toMatch(/例 /);
  expect(words).toMatch(/\n1\. ?$/);
  expect((await worker.get(activity)).text).toContain('/admin/chains/start?target=shift');
});

it('where nobody is known yet that is said, and no empty table is handed out', async () => {
  const form = (await worker.get('/admin/chains/not-yet')).text;
  const [, of = ''] = /<option value="(area:\w+)"/.exec(form) ?? [];
  const page = await worker.post('/admin/chains/not-yet', { target: await target(), of, do: 'download' });
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.text).toContain('还不认识谁');
});

it('who is not in yet is a list for staff, to print or for Excel, and stands in the log', async () => {
  await paste(RIVER_CHAIN);
  await paste('#接龙\n我家的绿色生活承诺\n1. 赵六 1-1-101 节水\n2. 钱七 2-1-101 节水\n3. 孙八 3-1-101 节水');
  const form = (await worker.get('/admin/chains/not-yet')).text;
  const [, of = ''] = /<option value="(area:\w+)"/.exec(form) ?? [];
  const shown = await worker.post('/admin/chains/not-yet', { target: await target(), of, do: 'show' });
  expect(shown.text).toContain('仅供工作人员使用');
  const file = await worker.post('/admin/chains/not-yet', { target: await target(), of, do: 'download' });
  expect(file.headers.get('content-type')).toContain('spreadsheetml');
  const audit = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 20 }));
  expect(audit.filter(({ action }) => action === 'chain.list-not-yet')).toHaveLength(2);
  await office.addStaff('kan', 'viewer');
  const viewer = visitorOf(office.site);
  await viewer.signIn('kan');
  expect((await viewer.get('/admin/chains/not-yet')).status).toBe(403);
  expect((await viewer.get('/admin/chains')).text).not.toContain('data-key');
});
