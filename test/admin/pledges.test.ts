/** What the page of pledges shows to whom, and what a worker does there for a household. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWorkbook } from '../../src/documents/read-workbook.ts';
import { readStanding } from '../../src/features/pledges/standing-service.ts';
import { listAudit } from '../../src/store/audit-table.ts';
import { listAreas, updateArea, updateCommunity } from '../../src/store/community-table.ts';
import { listPledgesOfHousehold } from '../../src/store/pledge-table.ts';
import { communityNow, type Office, openOffice, START, type Visitor, visitorOf } from './admin-harness.ts';
import { pledgeAt } from './pledges-stage.ts';

let office: Office;
let worker: Visitor;
let viewer: Visitor;

beforeEach(async () => {
  office = await openOffice();
  await office.addStaff('王社工', 'worker');
  await office.addStaff('viewer', 'viewer');
  [worker, viewer] = [visitorOf(office.site), visitorOf(office.site)];
  await worker.signIn('王社工');
  await viewer.signIn('viewer');
});
afterEach(() => office.close());

const DOOR = { building: '3', unit: '2', room: '501' };
const RESIDENT = { name: '王秀英', phone: '13812345678' };

const audits = async () => {
  const rows = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 50 }));
  return rows.filter(({ action }) => action !== 'staff.sign-in');
};
const pledgeOf = async (id: string) => {
  const [pledge] = await office.store.read((tx) => listPledgesOfHousehold(tx, id));
  return pledge;
};
const pledged = async () => {
  const standing = await office.store.read((tx) => readStanding(tx, office.community, office.clock.now()));
  return standing.whole.households;
};
const linksIn = (text: string) => [...text.matchAll(/href="\/admin\/pledges\/([0-9a-z]{20})"/g)].map(([, id]) => id);

describe('the number that matters', () => {
  it('is how many of how many, and who counted when', async () => {
    await pledgeAt(office, DOOR);
    const { text } = await viewer.get('/admin/pledges');
    expect(text).toContain('1 / 144 户已承诺，约 1%');
    expect(text).toContain('物业台账');
    expect(text).toContain('2026年11月1日');
  });

  it('leads to its rows, building by building', async () => {
    const id = await pledgeAt(office, DOOR);
    await pledgeAt(office, { building: '1', room: '101' });
    await pledgeAt(office, { building: '9', room: '901' });
    const { text } = await viewer.get('/admin/pledges');
    const third = (await office.store.read((tx) => listAreas(tx, office.community.id))).find(
      ({ name }) => name === '3',
    );
    expect(text).toContain(`<a href="/admin/pledges?area=${third?.id}">1</a>`);
    expect(linksIn((await viewer.get(`/admin/pledges?area=${third?.id}`)).text)).toEqual([id]);
    expect((await viewer.get('/admin/pledges?area=elsewhere')).text).toContain('9栋的一户');
  });

  it('is no share where nobody has counted, and says how to get one', async () => {
    const [area] = await office.store.read((tx) => listAreas(tx, office.community.id));
    if (area === undefined) throw new Error('there is no building');
    await office.store.write((tx) => updateArea(tx, { ...area, households: null }));
    const { text } = await viewer.get('/admin/pledges');
    expect(text).toContain('今年 0 户已承诺');
    expect(text).not.toContain('%');
    expect(text).toContain('/admin/settings/areas');
  });

  it('says what is missing only where the plan wants a share of households', async () => {
    await pledgeAt(office, DOOR);
    expect((await viewer.get('/admin/pledges')).text).not.toContain('还差');
    const community = await communityNow(office);
    await office.store.write((tx) => updateCommunity(tx, { ...community, plan: 'shanxi-2020' }));
    const { text } = await viewer.get('/admin/pledges');
    expect(text).toContain('离 65% 还差（户）');
    // 65 % of 48 households are 31.2.
    expect(text).toContain('<td>32</td>');
    expect(text).toContain('2022 年城乡家庭（初步达到创建要求）达到 65%以上');
  });
});

describe('buildings that are entered after households spoke of them', () => {
  it('take those households over', async () => {
    await office.addStaff('admin', 'admin');
    const admin = visitorOf(office.site);
    await admin.signIn('admin');
    await pledgeAt(office, { building: '9', room: '901' });
    await pledgeAt(office, DOOR);
    await admin.post('/admin/settings/areas', { kind: 'building', name: '9号楼', count: '20' });
    expect((await viewer.get('/admin/pledges')).text).not.toContain('没登记的楼');
    await admin.post('/admin/settings/areas', { kind: 'compound', name: '河畔花园' });
    // The only compound there is now belongs to every door, said or not.
    await pledgeAt(office, DOOR, { habits: ['sort'] });
    await pledgeAt(office, { compound: '河畔花园', building: '9', room: '901' });
    expect(await pledged()).toBe(2);
  });
});

describe('the list', () => {
  it('shows twenty at a time, each once, and no door', async () => {
    for (let n = 0; n < 45; n += 1) {
      const now = new Date(START.getTime() + n * 60_000);
      await pledgeAt(office, { building: '2', unit: '7', room: `DOOR${n}` }, { now });
    }
    const seen: (string | undefined)[] = [];
    let path = '/admin/pledges';
    for (let page = 0; page < 3; page += 1) {
      const { text } = await viewer.get(path);
      seen.push(...linksIn(text));
      expect(text).not.toContain('DOOR');
      path = /href="([^"]+)#list">下一页/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    }
    expect(path).toBe('');
    expect(seen).toHaveLength(45);
    expect(new Set(seen).size).toBe(45);
  });

  it('can be narrowed to a habit and to who withdrew', async () => {
    const [water, food] = [
      await pledgeAt(office, DOOR, { habits: ['tap-off'] }),
      await pledgeAt(office, { ...DOOR, room: '502' }, { habits: ['clean-plate'] }),
    ];
    await worker.post(`/admin/pledges/${food}/withdraw`);
    expect(linksIn((await viewer.get('/admin/pledges')).text)).toEqual([water]);
    expect(linksIn((await viewer.get('/admin/pledges?habit=tap-off&state=all')).text)).toEqual([water]);
    expect(linksIn((await viewer.get('/admin/pledges?state=withdrawn')).text)).toEqual([food]);
  });

  it.each(["?area='%22><script>", '?habit=%25', '?state=__proto__', '?after=9-9-9', '?after=1-x%00', '?area=a&area=b'])(
    'stays a page whatever stands in its address (%s)',
    async (query) => {
      await pledgeAt(office, DOOR);
      const answer = await viewer.get(`/admin/pledges${query}`);
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain('<script>');
    },
  );

  it('finds a door from the body of a form, never by an address', async () => {
    const id = await pledgeAt(office, DOOR);
    const third = (await office.store.read((tx) => listAreas(tx, office.community.id))).find(
      ({ name }) => name === '3',
    );
    const typed = { building: third?.id ?? '', unit: '２', room: '501室' };
    expect((await worker.post('/admin/pledges/find', typed)).location).toBe(`/admin/pledges/${id}`);
    expect((await viewer.post('/admin/pledges/find', typed)).status).toBe(403);
  });

  it('offers to write down what it does not find, with what was typed', async () => {
    const third = (await office.store.read((tx) => listAreas(tx, office.community.id))).find(
      ({ name }) => name === '3',
    );
    const { text } = await worker.post('/admin/pledges/find', { building: third?.id ?? '', unit: '1', room: '909' });
    expect(text).toContain('没有找到这一户');
    expect(text).toContain('value="909"');
    const empty = await worker.post('/admin/pledges/find', { building: third?.id ?? '', unit: '1' });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('id="find-room-fault"');
  });
});

describe('a household', () => {
  it('shows what it promised and how that came about, masked', async () => {
    const id = await pledgeAt(office, DOOR, { people: 4, resident: RESIDENT });
    await worker.post(`/admin/pledges/${id}/withdraw`);
    const { text } = await viewer.get(`/admin/pledges/${id}`);
    expect(text).toContain('3栋的一户');
    expect(text).toContain('居民承诺：光盘不剩饭、洗漱间隙关龙头');
    expect(text).toContain('王社工代居民退出');
    for (const personal of ['501', RESIDENT.name, RESIDENT.phone, '/full"', '/withdraw"', '/remove"']) {
      expect(text).not.toContain(personal);
    }
  });

  it('is shown in full to a worker for a reason, which stands in the log without numbers', async () => {
    const id = await pledgeAt(office, DOOR, { resident: RESIDENT });
    const refused = await worker.post(`/admin/pledges/${id}/full`, { reason: ' ' });
    expect(refused.status).toBe(422);
    expect(refused.text).not.toContain(RESIDENT.name);
    expect(await audits()).toEqual([]);
    const { text } = await worker.post(`/admin/pledges/${id}/full`, { reason: '回电 13812345678' });
    for (const personal of ['3栋2单元501', RESIDENT.name, RESIDENT.phone]) expect(text).toContain(personal);
    const [entry] = await audits();
    expect(entry).toMatchObject({ action: 'household.view', subjectId: id, reason: '回电 138****5678' });
    expect((await viewer.post(`/admin/pledges/${id}/full`, { reason: '看看' })).status).toBe(403);
  });

  it('of another community is not there', async () => {
    const foreign = await office.addCommunity('别的社区');
    const id = await pledgeAt(office, DOOR, { community: foreign });
    for (const path of ['', '/remove']) expect((await worker.get(`/admin/pledges/${id}${path}`)).status).toBe(404);
    for (const act of ['full', 'change', 'withdraw', 'renew', 'remove']) {
      const answer = await worker.post(`/admin/pledges/${id}/${act}`, {
        reason: '看看',
        habits: 'sort',
        shown: 'tap-off',
      });
      expect(answer.status).toBe(404);
    }
    expect(await pledgeOf(id)).toMatchObject({ state: 'standing', habits: ['clean-plate', 'tap-off'] });
    const [area] = await office.store.read((tx) => listAreas(tx, foreign.id));
    const doors = await worker.post('/admin/pledges/doors', { building: area?.id ?? 'x', reason: '入户' });
    expect(doors.status).toBe(422);
  });

  it('has its habits changed for it, with a way back, and nothing a resident changed meanwhile is lost', async () => {
    const id = await pledgeAt(office, DOOR, { people: 2 });
    const shown = 'clean-plate tap-off';
    await pledgeAt(office, DOOR, { habits: ['led'] });
    await worker.post(`/admin/pledges/${id}/change`, { shown, habits: ['clean-plate', 'sort'], people: '3' });
    expect((await pledgeOf(id))?.habits.toSorted()).toEqual(['clean-plate', 'led', 'sort']);
    const { text } = await worker.get(`/admin/pledges/${id}`);
    expect(text).toContain('3 口人');
    const fields = [...text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].slice(0, 3);
    const undo = Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
    await worker.post(`/admin/pledges/${id}/change`, undo);
    expect((await pledgeOf(id))?.habits.toSorted()).toEqual(['clean-plate', 'led', 'tap-off']);
  });

  it('keeps a habit that the table no longer holds', async () => {
    const id = await pledgeAt(office, DOOR, { habits: ['clean-plate', 'long-gone'] });
    await worker.post(`/admin/pledges/${id}/change`, { shown: 'clean-plate long-gone', habits: 'sort' });
    expect((await pledgeOf(id))?.habits).toEqual(['long-gone', 'sort']);
  });

  it('does not keep an empty pledge, and says so beside the boxes', async () => {
    const id = await pledgeAt(office, DOOR);
    const typed = { shown: 'clean-plate tap-off', people: '31' };
    const people = await worker.post(`/admin/pledges/${id}/change`, { ...typed, habits: 'sort' });
    expect(people.text).toContain('id="change-people-fault"');
    expect(people.text).toMatch(/value="sort" checked/);
    const empty = await worker.post(`/admin/pledges/${id}/change`, { ...typed, people: '' });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('至少留一样');
    expect((await pledgeOf(id))?.habits).toEqual(['clean-plate', 'tap-off']);
  });

  it('withdraws and takes up again', async () => {
    const id = await pledgeAt(office, DOOR);
    await worker.post(`/admin/pledges/${id}/withdraw`);
    expect(await pledged()).toBe(0);
    expect((await worker.get(`/admin/pledges/${id}`)).text).toContain(`action="/admin/pledges/${id}/renew"`);
    await worker.post(`/admin/pledges/${id}/renew`);
    expect(await pledged()).toBe(1);
    expect((await audits()).map(({ action }) => action)).toEqual(['pledge.renew', 'pledge.withdraw']);
  });

  it('is taken out only after saying in numbers what goes', async () => {
    const id = await pledgeAt(office, DOOR, { resident: RESIDENT });
    const { text } = await worker.get(`/admin/pledges/${id}/remove`);
    expect(text).toContain('承诺 1 份，经过 1 条，打卡 0 次');
    expect(text).toContain('1 位居民不再属于这一户');
    expect(await pledged()).toBe(1);
    expect((await worker.post(`/admin/pledges/${id}/remove`)).location).toBe('/admin/pledges');
    expect(await pledged()).toBe(0);
    expect((await worker.post(`/admin/pledges/${id}/remove`)).status).toBe(404);
  });
});

describe('a pledge on paper, written down by hand', () => {
  const buildingId = async () =>
    (await office.store.read((tx) => listAreas(tx, office.community.id))).find(({ name }) => name === '3')?.id ?? '';

  it('counts once, and joins what is there', async () => {
    const typed = {
      building: await buildingId(),
      unit: '2',
      room: '501',
      people: '4口',
      habits: ['clean-plate', 'led'],
    };
    const { location } = await worker.post('/admin/pledges/new', typed);
    expect(location).toMatch(/^\/admin\/pledges\/[0-9a-z]{20}$/);
    expect((await worker.get(location ?? '')).text).toContain('记下了');
    await worker.post('/admin/pledges/new', { ...typed, habits: 'sort' });
    expect((await worker.get(location ?? '')).text).toContain('合在一起');
    expect((await pledgeOf(location?.slice(-20) ?? ''))?.habits).toEqual(['clean-plate', 'led', 'sort']);
    expect(await pledged()).toBe(1);
  });

  it('does not take back what the household withdrew', async () => {
    const id = await pledgeAt(office, DOOR);
    await worker.post(`/admin/pledges/${id}/withdraw`);
    const typed = { building: await buildingId(), unit: '2', room: '501', habits: 'sort' };
    expect((await worker.post('/admin/pledges/new', typed)).location).toBe(`/admin/pledges/${id}`);
    expect((await worker.get(`/admin/pledges/${id}`)).text).toContain('续上');
    expect(await pledged()).toBe(0);
  });

  it('says what is missing beside the field and keeps what was typed', async () => {
    const empty = await worker.post('/admin/pledges/new', { unit: '七', habits: 'led' });
    for (const field of ['building', 'room']) expect(empty.text).toContain(`id="f-${field}-fault"`);
    expect(empty.text).toContain('value="七"');
    expect(empty.text).toMatch(/value="led" checked/);
    const typed = { building: await buildingId(), room: '501' };
    expect((await worker.post('/admin/pledges/new', typed)).text).toContain('至少勾一样');
    const many = await worker.post('/admin/pledges/new', { ...typed, habits: 'led', people: '三百' });
    expect(many.text).toContain('id="f-people-fault"');
    expect(await pledged()).toBe(0);
  });
});

describe('the list of doors', () => {
  it('holds doors that were told, as one walks, and does not invent the others', async () => {
    await pledgeAt(office, { building: '3', unit: '2', room: '1001' });
    await pledgeAt(office, { building: '3', unit: '2', room: '901' });
    const withdrawn = await pledgeAt(office, { building: '3', unit: '2', room: '777' });
    await worker.post(`/admin/pledges/${withdrawn}/withdraw`);
    await pledgeAt(office, { building: '3', unit: '1', room: '666' }, { now: new Date('2025-05-01T09:00:00+08:00') });
    const third = (await office.store.read((tx) => listAreas(tx, office.community.id))).find(
      ({ name }) => name === '3',
    );
    const asked = { building: third?.id ?? '', reason: '入户走访' };
    const { text } = await worker.post('/admin/pledges/doors', asked);
    expect(text).toContain('2 户已承诺，另有 44 户不知道门牌');
    expect(text.indexOf('901')).toBeLessThan(text.indexOf('1001'));
    expect(text).toContain('以前承诺过、还没续上的 1 户');
    expect(text).not.toContain('777');
    expect((await audits())[0]).toMatchObject({ action: 'household.list-doors', reason: '入户走访' });
    expect((await worker.post('/admin/pledges/doors', { ...asked, reason: '' })).text).toContain('id="f-reason-fault"');
    expect((await viewer.post('/admin/pledges/doors', asked)).status).toBe(403);
  });
});

describe('households that are no part of the share', () => {
  it('are shown at their building, and lead to their rows', async () => {
    await pledgeAt(office, DOOR);
    const roomless = await pledgeAt(office, { building: '3' });
    const { text } = await viewer.get('/admin/pledges');
    expect(text).toContain('1 / 144 户已承诺');
    expect(text).toContain('另有 1 户没说室号');
    const [, path = ''] =
      /href="(\/admin\/pledges\?area=[0-9a-z]+)">1 <span class="hint">另 1 户没说室号/.exec(text) ?? [];
    expect(linksIn((await viewer.get(path)).text)).toContain(roomless);
  });

  it('are shown where they are the only ones of their building', async () => {
    await pledgeAt(office, { building: '2' });
    expect((await viewer.get('/admin/pledges')).text).toContain('0 <span class="hint">另 1 户没说室号');
  });
});

describe('an earlier year', () => {
  const LAST_YEAR = new Date('2025-06-05T09:00:00+08:00');

  it('is not offered where there is none', async () => {
    await pledgeAt(office, DOOR);
    expect((await viewer.get('/admin/pledges')).text).not.toContain('name="year"');
  });

  it('can be chosen where it has records: its number without a share, its rows and its table', async () => {
    const before = await pledgeAt(office, { building: '1', room: '101' }, { now: LAST_YEAR });
    const now = await pledgeAt(office, DOOR);
    expect((await viewer.get('/admin/pledges')).text).toContain('<option value="changji-2021/2025" >2025 年</option>');
    const { text } = await viewer.get('/admin/pledges?year=changji-2021/2025');
    expect(text).toContain('2025 年 1 户承诺过');
    expect(text).not.toContain('144');
    expect(linksIn(text)).toEqual([before]);
    expect(linksIn((await viewer.get('/admin/pledges')).text)).toEqual([now]);
    expect(text).toContain('/admin/pledges/file?year=changji-2021%2F2025');
    const file = await viewer.get('/admin/pledges/file?year=changji-2021%2F2025');
    expect(decodeURIComponent(file.headers.get('content-disposition') ?? '')).toContain('承诺 2025');
    const columns = [{ key: 'building', header: '楼栋', kind: 'text' }] as const;
    const read = await readWorkbook(file.bytes, columns);
    expect(read.ok ? read.rows.map(({ values }) => values.building) : read.why).toEqual(['1']);
  });

  it('of another plan says which', async () => {
    const { community } = office;
    await pledgeAt(office, DOOR, { now: LAST_YEAR, community: { ...community, plan: 'jiaxing-2011' } });
    const plan = office.content.plans.find(({ id }) => id === 'jiaxing-2011');
    const { text } = await viewer.get('/admin/pledges?year=jiaxing-2011/2025');
    expect(text).toContain(`2025 年（${plan?.title}）`);
    expect(text).toContain('2025 年 1 户承诺过');
  });

  it('that nobody has records of is this one', async () => {
    await pledgeAt(office, DOOR);
    expect((await viewer.get('/admin/pledges?year=changji-2021/1999')).text).toContain('今年 1 / 144 户已承诺');
  });
});
