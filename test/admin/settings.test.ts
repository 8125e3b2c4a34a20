/** What can be set, by whom, with what was typed kept and every change in the log. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureWebGroup } from '../../src/community/web-group.ts';
import { writeWorkbook } from '../../src/documents/write-workbook.ts';
import { listAnnouncedDays } from '../../src/store/announced-days-table.ts';
import { listAudit } from '../../src/store/audit-table.ts';
import { insertChat, listGroups } from '../../src/store/chat-table.ts';
import { listAreas } from '../../src/store/community-table.ts';
import { communityNow, type Office, openOffice, PASSWORD, START, type Visitor, visitorOf } from './admin-harness.ts';

let office: Office;
let admin: Visitor;

beforeEach(async () => {
  office = await openOffice();
  await office.addStaff('li', 'admin');
  admin = visitorOf(office.site);
  await admin.signIn('li');
});
afterEach(() => office.close());

const areas = () => office.store.read((tx) => listAreas(tx, office.community.id));
const actions = async () => {
  const rows = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 20 }));
  return rows.map(({ action }) => action).filter((action) => action !== 'staff.sign-in');
};

async function addGroup(title: string) {
  const { id: communityId } = office.community;
  const chat = { communityId, channel: 'web', account: communityId, address: `group:${title}`, kind: 'group' } as const;
  return office.store.write((tx) => insertChat(tx, { ...chat, title, areaId: null, personId: null, now: START }));
}

describe('the community', () => {
  const whole = {
    name: '北门社区',
    contact: '0994-1234567',
    address: '北门路 1 号',
    plan: 'shanxi-2020',
    province: 'shanxi',
    wasteScheme: 'shanghai',
    locale: 'en',
  };

  it('is saved whole, and its schedules follow', async () => {
    expect((await admin.post('/admin/settings/community', whole)).location).toBe('/admin/settings/community');
    const saved = await communityNow(office);
    const { contact, address, province, wasteScheme } = saved.settings;
    expect({
      name: saved.name,
      plan: saved.plan,
      locale: saved.locale,
      contact,
      address,
      province,
      wasteScheme,
    }).toEqual(whole);
    expect(office.synced).toEqual([saved]);
    expect(await actions()).toEqual(['settings.community']);
  });

  it('is not saved with a plan, province or language that is not offered', async () => {
    const typed = { ...whole, plan: '../etc/passwd', province: 'atlantis', locale: 'xx', name: '' };
    const answer = await admin.post('/admin/settings/community', typed);
    expect(answer.status).toBe(422);
    for (const field of ['plan', 'province', 'locale', 'name']) expect(answer.text).toContain(`id="f-${field}-fault"`);
    expect(answer.text).toContain('value="0994-1234567"');
    expect(await communityNow(office)).toEqual(office.community);
  });

  it('is shown to a viewer without a button', async () => {
    await office.addStaff('viewer', 'viewer');
    const viewer = visitorOf(office.site);
    await viewer.signIn('viewer');
    const { text } = await viewer.get('/admin/settings/community');
    expect(text).toContain('value="南门社区"');
    expect(text).toMatch(/<fieldset class="all" disabled>/);
    expect(text).not.toContain('>保存<');
  });

  it('can have an `__proto__` in a form without taking harm', async () => {
    await admin.post('/admin/settings/community', {
      ...whole,
      __proto__x: 'a',
      ['__proto__']: 'b',
      'constructor.prototype': 'c',
    });
    expect(Object.prototype).not.toHaveProperty('a');
    expect((await communityNow(office)).name).toBe('北门社区');
  });
});

describe('buildings', () => {
  it('are added as residents call them', async () => {
    const typed = { kind: 'building', name: ' 12号楼 ', count: '60', source: '物业台账', countedOn: '2026-10-01' };
    expect((await admin.post('/admin/settings/areas', typed)).location).toBe('/admin/settings/areas');
    const added = (await areas()).find(({ name }) => name === '12');
    expect(added?.households).toEqual({ count: 60, source: '物业台账', countedOn: '2026-10-01' });
    expect((await admin.get('/admin/settings/areas')).text).toContain('12 加上了');
  });

  it('have names of their own', async () => {
    const answer = await admin.post('/admin/settings/areas', { kind: 'building', name: '3栋', count: '5' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('id="f-name-fault"');
    expect(answer.text).toContain('value="3栋"');
    expect(await areas()).toHaveLength(3);
  });

  it('are counted in whole numbers on real days', async () => {
    const answer = await admin.post('/admin/settings/areas', { name: '9', count: '四十', countedOn: '2026-02-30' });
    expect(answer.text).toContain('id="f-count-fault"');
    expect(answer.text).toContain('id="f-countedOn-fault"');
  });

  it('stand in a compound where there are several', async () => {
    await admin.post('/admin/settings/areas', { kind: 'compound', name: '河畔花园' });
    const compound = (await areas()).find(({ kind }) => kind === 'compound');
    await admin.post('/admin/settings/areas', { kind: 'building', name: '7', parentId: compound?.id ?? '' });
    const building = (await areas()).find(({ name }) => name === '7');
    expect(building?.parentId).toBe(compound?.id);
    await admin.post(`/admin/settings/areas/${compound?.id}/remove`);
    expect((await admin.get('/admin/settings/areas')).text).toContain('里面还有楼栋');
  });

  it('are changed, and removed with a way back', async () => {
    const [first] = await areas();
    await admin.post(`/admin/settings/areas/${first?.id}`, { name: '21', count: '', source: '', countedOn: '' });
    expect((await areas())[0]).toMatchObject({ name: '21', households: null });
    await admin.post(`/admin/settings/areas/${first?.id}/remove`);
    expect(await areas()).toHaveLength(2);
    const { text } = await admin.get('/admin/settings/areas');
    expect(text).toContain('撤回这一步');
    expect((await admin.get('/admin/settings/areas')).text).not.toContain('撤回这一步');
    expect(await actions()).toEqual(['area.remove', 'area.change']);
  });

  it('stay while households live there', async () => {
    const [first] = await areas();
    const { id: communityId } = office.community;
    const door = {
      communityId,
      areaId: first?.id ?? '',
      place: { building: '1', unit: '2', room: '501' },
      building: '1',
    };
    await office.store.write(async (tx) => {
      const sealer = await tx.sealer(communityId);
      const id = tx.newId();
      await tx.db
        .insertInto('household')
        .values({
          id,
          community_id: communityId,
          area_id: door.areaId,
          building: '1',
          door_sealed: sealer.seal('x', id, 'household.door'),
          door_hash: 'h',
          people: 2,
          created_at: 1,
        })
        .execute();
    });
    await admin.post(`/admin/settings/areas/${first?.id}/remove`);
    expect((await admin.get('/admin/settings/areas')).text).toContain('还有 1 户');
    expect(await areas()).toHaveLength(3);
  });

  it('go out as a table and come back in changed', async () => {
    const { headers } = await admin.get('/admin/settings/areas-file');
    expect(headers.get('content-disposition')).toContain("filename*=UTF-8''%E5%8D%97%E9%97%A8");
    const imported = await upload([
      { name: '3号楼', count: 50, source: '民警', countedOn: '2026-11-02' },
      { name: '4', count: 36, source: '民警', countedOn: null },
      { name: '5', count: null, source: null, countedOn: null },
    ]);
    expect(imported.location).toBe('/admin/settings/areas');
    expect((await admin.get('/admin/settings/areas')).text).toContain('新加 2 栋，更新 1 栋');
    const counts = new Map((await areas()).map(({ name, households }) => [name, households?.count ?? null]));
    expect([...counts]).toEqual([
      ['1', 48],
      ['2', 48],
      ['3', 50],
      ['4', 36],
      ['5', null],
    ]);
  });

  it('are taken from a table as a whole or not at all', async () => {
    const answer = await upload([
      { name: '4', count: 36, source: '', countedOn: null },
      { name: '', count: 30, source: '', countedOn: null },
      { name: '6', count: -3, source: '', countedOn: null },
    ]);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('第 3 行');
    expect(answer.text).toContain('第 4 行');
    expect(await areas()).toHaveLength(3);
  });

  it.each([
    ['没有选文件', null],
    ['hello', '打不开'],
  ])('say what is wrong with a file that is no table (%s)', async (content, said) => {
    const file = said === null ? undefined : new File([content], 'a.xlsx');
    const answer = await admin.post('/admin/settings/areas-file', file === undefined ? {} : { file });
    expect(answer.location).toBe('/admin/settings/areas');
    expect((await admin.get('/admin/settings/areas')).text).toContain(said ?? '还没有选文件');
  });

  async function upload(rows: readonly Record<string, string | number | null>[]) {
    const columns = [
      { key: 'name', header: '楼栋', kind: 'text' },
      { key: 'count', header: '总户数', kind: 'number' },
      { key: 'source', header: '来源', kind: 'text' },
      { key: 'countedOn', header: '统计日期', kind: 'date' },
    ] as const;
    const bytes = await writeWorkbook([{ name: '楼栋', columns, rows }]);
    return admin.post('/admin/settings/areas-file', { file: new File([new Uint8Array(bytes)], '楼栋.xlsx') });
  }
});

describe('groups', () => {
  it('stop and take tips again, with a way back', async () => {
    const group = await addGroup('3号楼群');
    await admin.post(`/admin/settings/groups/${group.id}/stop`);
    const [stopped] = await office.store.read((tx) => listGroups(tx, office.community.id));
    expect(stopped?.unaskedStoppedAt).toEqual(START);
    const { text } = await admin.get('/admin/settings/groups');
    expect(text).toContain(`action="/admin/settings/groups/${group.id}/resume"`);
    await admin.post(`/admin/settings/groups/${group.id}/resume`);
    expect((await office.store.read((tx) => listGroups(tx, office.community.id)))[0]?.unaskedStoppedAt).toBeNull();
    expect(await actions()).toEqual(['tips.resume', 'tips.stop']);
  });

  it('have a title and a building of the same community', async () => {
    const group = await addGroup('群');
    const [area] = await areas();
    await admin.post(`/admin/settings/groups/${group.id}`, { title: '1号楼群', areaId: area?.id ?? '' });
    const [changed] = await office.store.read((tx) => listGroups(tx, office.community.id));
    expect(changed).toMatchObject({ title: '1号楼群', areaId: area?.id });
    expect((await admin.post(`/admin/settings/groups/${group.id}`, { title: 'x', areaId: 'foreign' })).status).toBe(
      422,
    );
  });

  it('are one at least: the residents’ page, with what it is told under its link', async () => {
    const page = async () => (await admin.get('/admin/settings/groups')).text;
    expect(await page()).not.toContain('发给“居民网页”的通知和小贴士');
    await office.store.write((tx) => ensureWebGroup(tx, office.community, { title: '居民网页', now: START }));
    expect(await page()).toContain('>居民网页</a>');
    expect(await page()).toContain('发给“居民网页”的通知和小贴士');
    expect((await admin.get('/admin/notices/new')).text).toContain('居民网页');
  });

  it('can be reached by a link that also stands in a picture', async () => {
    expect((await admin.get('/admin/settings/groups')).text).toContain(`/c/${office.community.id}`);
    expect((await admin.get('/admin/settings/groups')).text).toContain('residents-qr.svg');
    const picture = await admin.get('/admin/settings/residents-qr.svg');
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    expect(picture.text).toContain('<svg');
  });
});

it('an address that only this computer opens is not to be put on a door', async () => {
  const alone = await openOffice({ publicUrl: 'http://127.0.0.1:8787' });
  await alone.addStaff('li', 'admin');
  const visitor = visitorOf(alone.site, { origin: 'http://127.0.0.1:8787' });
  await visitor.signIn('li');
  const { text } = await visitor.get('/admin/settings/groups');
  expect(text).toContain('href="/admin/settings/machine"');
  expect(text).not.toContain('residents-qr.svg');
  await alone.close();
});

it('the rehearsal chat of the own community is one step away', async () => {
  expect((await admin.get('/admin/settings')).text).toContain(`href="/simulator/${office.community.id}"`);
});

describe('tips and quiet hours', () => {
  it('show the next dates once saved', async () => {
    await admin.post('/admin/settings/tips', { on: 'yes', weekdays: ['1', '4'], time: '10:15' });
    expect((await communityNow(office)).settings.tips).toEqual({ on: true, weekdays: [1, 4], time: '10:15' });
    const { text } = await admin.get('/admin/settings/tips');
    expect(text).toContain('11月19日周四 10:15');
    expect(text).toContain('11月23日周一 10:15');
    expect(office.synced).toHaveLength(1);
  });

  it('need a day to go out on', async () => {
    const answer = await admin.post('/admin/settings/tips', { on: 'yes', time: '10:15' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('至少选一天');
    await admin.post('/admin/settings/tips', { time: '10:15' });
    expect((await communityNow(office)).settings.tips).toEqual({ on: false, weekdays: [], time: '10:15' });
  });

  it('are times of day and small numbers', async () => {
    const typed = { quietFrom: '25:00', quietUntil: '08:30', unaskedPerDay: '六', unaskedPerWeek: '３' };
    const answer = await admin.post('/admin/settings/hours', typed);
    expect(answer.text).toContain('id="f-quietFrom-fault"');
    expect(answer.text).toContain('id="f-unaskedPerDay-fault"');
    expect(answer.text).not.toContain('id="f-unaskedPerWeek-fault"');
    await admin.post('/admin/settings/hours', { ...typed, quietFrom: '21:00', unaskedPerDay: '2' });
    expect((await communityNow(office)).settings).toMatchObject({
      quietFrom: '21:00',
      unaskedPerDay: 2,
      unaskedPerWeek: 3,
    });
  });
});

describe('quiet hours that mean more than they look', () => {
  it('are said plainly before they are saved', async () => {
    const typed = { quietFrom: '08:00', quietUntil: '08:00', unaskedPerDay: '0', unaskedPerWeek: '3' };
    const answer = await admin.post('/admin/settings/hours', typed);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('夜里也会发');
    expect(answer.text).toContain('一条都不发');
    expect((await communityNow(office)).settings.unaskedPerDay).toBe(1);
    const sure = /name="sure" value="([^"]+)"/.exec(answer.text)?.[1] ?? '';
    expect((await admin.post('/admin/settings/hours', { ...typed, sure })).location).toBe('/admin/settings/hours');
    expect((await communityNow(office)).settings.unaskedPerDay).toBe(0);
    expect((await admin.get('/admin/settings')).text).toContain('一条都不发');
  });
});

describe('days that are announced', () => {
  it('are entered with their source', async () => {
    const { text } = await admin.get('/admin/settings/days');
    const event = /action="\/admin\/settings\/days\/([^"]+)"/.exec(text)?.[1] ?? '';
    const backwards = { from: '2026-06-10', to: '2026-06-08', source: '发改委通知' };
    expect((await admin.post(`/admin/settings/days/${event}`, backwards)).text).toContain('结束比开始早');
    await admin.post(`/admin/settings/days/${event}`, { ...backwards, to: '2026-06-14' });
    const [entered] = await office.store.read((tx) => listAnnouncedDays(tx, office.community.id, 2026));
    expect(entered).toMatchObject({ eventId: event, from: '2026-06-10', to: '2026-06-14' });
    expect((await admin.get('/admin/settings/days')).text).toContain('2026年6月10日');
  });
});

describe('staff', () => {
  const wang = { displayName: '王社工', login: 'wang', role: 'worker' };

  /** Adds a colleague and gives the password that is shown once. */
  async function addWang(): Promise<{ password: string; id: string }> {
    const { text } = await admin.post('/admin/settings/staff', wang);
    const password = /<dd>([0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4})<\/dd>/.exec(text)?.[1] ?? '';
    const list = (await admin.get('/admin/settings/staff')).text;
    expect(list).not.toContain(password);
    return { password, id: /staff\/([0-9a-z]{20})">王社工/.exec(list)?.[1] ?? '' };
  }

  it('choose their own password before anything else', async () => {
    const { password } = await addWang();
    const visitor = visitorOf(office.site);
    await visitor.signIn('wang', password);
    expect((await visitor.get('/admin')).location).toBe('/admin/account');
    expect((await visitor.post('/admin/tasks/x/close')).location).toBe('/admin/account');
    const own = { passwordNow: password, password: PASSWORD, again: PASSWORD };
    expect((await visitor.post('/admin/account/password', { ...own, passwordNow: 'wrong' })).status).toBe(422);
    expect((await visitor.post('/admin/account/password', own)).location).toBe('/admin');
    expect((await visitor.get('/admin')).status).toBe(200);
    expect((await visitorOf(office.site).signIn('wang', password)).status).toBe(401);
    expect((await visitorOf(office.site).signIn('wang')).status).toBe(303);
  });

  it('have a login of their own', async () => {
    await addWang();
    const answer = await admin.post('/admin/settings/staff', { ...wang, login: 'ＷＡＮＧ', displayName: '另一位' });
    expect(answer.text).toContain('id="f-login-fault"');
    expect(answer.text).toContain('value="另一位"');
  });

  it('are out at once when their account is stopped, and back when it is not', async () => {
    const { password, id } = await addWang();
    const visitor = visitorOf(office.site);
    await visitor.signIn('wang', password);
    await admin.post(`/admin/settings/staff/${id}/disable`);
    expect((await visitor.get('/admin/account')).status).toBe(303);
    expect((await visitor.signIn('wang', password)).status).toBe(401);
    await admin.post(`/admin/settings/staff/${id}/enable`);
    expect((await visitor.signIn('wang', password)).status).toBe(303);
  });

  it('get a new password that ends the old one and its sessions', async () => {
    const { password, id } = await addWang();
    const visitor = visitorOf(office.site);
    await visitor.signIn('wang', password);
    const { text } = await admin.post(`/admin/settings/staff/${id}/reset`);
    const fresh = /<dd>([0-9a-z-]{14})<\/dd>/.exec(text)?.[1] ?? '';
    expect((await visitor.get('/admin/account')).status).toBe(303);
    expect((await visitor.signIn('wang', password)).status).toBe(401);
    expect((await visitor.signIn('wang', fresh)).status).toBe(303);
    expect(await actions()).toEqual(['staff.reset', 'staff.add']);
  });

  it('keep one admin, whoever steps down', async () => {
    const { id } = await addWang();
    const own = /staff\/([0-9a-z]{20})">li</.exec((await admin.get('/admin/settings/staff')).text)?.[1] ?? '';
    await admin.post(`/admin/settings/staff/${own}/role`, { role: 'worker' });
    expect((await admin.get('/admin/settings/staff')).text).toContain('至少要留一位管理员');
    await admin.post(`/admin/settings/staff/${own}/disable`);
    expect((await admin.get('/admin/settings/staff')).text).toContain('不能自己停用');
    await admin.post(`/admin/settings/staff/${id}/role`, { role: 'admin' });
    await admin.post(`/admin/settings/staff/${own}/role`, { role: 'viewer' });
    expect((await admin.get('/admin/settings/staff')).status).toBe(403);
  });

  it('cannot guess at a colleague’s password from an open page', async () => {
    const own = { password: `${PASSWORD}!`, again: `${PASSWORD}!` };
    for (let n = 0; n < 5; n += 1) await admin.post('/admin/account/password', { ...own, passwordNow: `wrong ${n}` });
    expect((await admin.post('/admin/account/password', { ...own, passwordNow: PASSWORD })).location).toBe(
      '/admin/account',
    );
    expect((await visitorOf(office.site).signIn('li')).status).toBe(303);
  });
});

describe('the log', () => {
  it('names who did what, and goes back page by page', async () => {
    for (let n = 0; n < 55; n += 1) await admin.post('/admin/settings/tips', { time: '10:00' });
    const first = (await admin.get('/admin/settings/audit')).text;
    expect(first).toContain('改了小贴士的时间');
    const older = /href="(\/admin\/settings\/audit\?before=[^"]+)"/.exec(first)?.[1] ?? '';
    expect((await admin.get(older)).text).toContain('登录');
  });
});
