/** Who gets in, how often one may try, how long one stays, and that nothing typed is lost. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAudit } from '../../src/store/audit-table.ts';
import { listStaff } from '../../src/store/staff-table.ts';
import { processTimeOf } from '../support/processor-time.ts';
import { communityNow, type Office, ORIGIN, openOffice, PASSWORD, START, visitorOf } from './admin-harness.ts';

let office: Office;

beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const hours = (count: number) => new Date(START.getTime() + count * 3_600_000);

describe('the first visit', () => {
  const account = { displayName: '李社工', login: 'lishegong', password: PASSWORD, again: PASSWORD };

  it('leads to the setup page from everywhere', async () => {
    const visitor = visitorOf(office.site);
    for (const path of ['/admin', '/admin/settings', '/admin/sign-in', '/admin/nowhere']) {
      expect((await visitor.get(path)).location).toBe('/admin/setup');
    }
    expect((await visitor.get('/admin/setup')).text).toContain('第一次使用');
  });

  it('makes the first account with the printed code, signs it in, and is then gone', async () => {
    const visitor = visitorOf(office.site);
    const code = await office.setupCode();
    const typed = ` ${code?.toUpperCase().replace('-', '')} `;
    expect((await visitor.post('/admin/setup', { ...account, code: typed })).location).toBe('/admin');
    expect((await visitor.get('/admin')).text).toContain('李社工，欢迎');
    expect((await visitor.get('/admin/setup')).location).toBe('/admin');
    expect((await visitor.post('/admin/setup', { ...account, code: typed, login: 'second' })).location).toBe('/admin');
    expect(await office.setupCode()).toBeNull();
    const staff = await office.store.read((tx) => listStaff(tx, office.community.id));
    expect(staff.map(({ login, role }) => `${login} ${role}`)).toEqual(['lishegong admin']);
  });

  it('says beside the field what is wrong with it and keeps the rest', async () => {
    const code = await office.setupCode();
    const weak = { ...account, code: code ?? '', login: 'li shegong', password: '12345', again: '12345' };
    const first = await visitorOf(office.site).post('/admin/setup', weak);
    expect(first.status).toBe(422);
    expect(first.text).toContain('value="li shegong"');
    expect(first.text).toContain('id="f-login-fault"');
    expect(first.text).not.toContain('12345');
    const second = await visitorOf(office.site).post('/admin/setup', { ...weak, login: 'lishegong' });
    expect(second.text).toContain('id="f-password-fault"');
  });

  it('is over after five wrong codes, until the bot is started anew', async () => {
    const visitor = visitorOf(office.site);
    const code = await office.setupCode();
    for (let n = 0; n < 5; n += 1) {
      const answer = await visitor.post('/admin/setup', { ...account, code: `aaaa-000${n}` });
      expect(answer.text).toContain('这个码不对');
    }
    expect((await visitor.post('/admin/setup', { ...account, code: code ?? '' })).text).toContain('再启动一次');
    const fresh = await office.setupCode();
    expect((await visitor.post('/admin/setup', { ...account, code: fresh ?? '' })).location).toBe('/admin');
  });

  it('makes one account where two use the code at the same moment', async () => {
    const code = (await office.setupCode()) ?? '';
    await Promise.all(
      ['one', 'two'].map((login) => visitorOf(office.site).post('/admin/setup', { ...account, login, code })),
    );
    expect(await office.store.read((tx) => listStaff(tx, office.community.id))).toHaveLength(1);
  });
});

describe('signing in', () => {
  it('leads to where one was going', async () => {
    await office.addStaff('li', 'worker');
    const visitor = visitorOf(office.site);
    const { location } = await visitor.get('/admin/settings/tips');
    expect(location).toBe('/admin/sign-in?next=%2Fadmin%2Fsettings%2Ftips');
    const fields = { login: 'LI', password: PASSWORD, next: '/admin/settings/tips' };
    expect((await visitor.post('/admin/sign-in', fields)).location).toBe('/admin/settings/tips');
    expect((await visitor.get('/admin/settings/tips')).status).toBe(200);
  });

  it.each([
    '//evil.example',
    'https://evil.example/admin',
    '/admin//evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/admin/../evil',
  ])('never leads to %s', async (next) => {
    await office.addStaff('li', 'worker');
    const answer = await visitorOf(office.site).post('/admin/sign-in', { login: 'li', password: PASSWORD, next });
    expect(new URL(answer.location ?? '', ORIGIN).href).toMatch(/^http:\/\/lvlin\.test\/admin/);
    expect(answer.location).not.toContain('evil');
  });

  it('says the same of a wrong password, an unknown and a disabled account', async () => {
    await office.addStaff('li', 'worker');
    const visitor = visitorOf(office.site);
    const wrong = await visitor.signIn('li', 'not the password');
    const unknown = await visitor.signIn('nobody', 'not the password');
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(unknown.text.replace('value="nobody"', 'value="li"')).toBe(wrong.text);
    expect(visitor.cookies.has('lvlin-staff')).toBe(false);
  });

  it('takes as long for an unknown account as for a known one', async () => {
    await office.addStaff('li', 'worker');
    const took = (login: string, address: string) =>
      processTimeOf(() => visitorOf(office.site, { address }).signIn(login, 'not the password'));
    const known: number[] = [];
    const unknown: number[] = [];
    // By turns, so that whatever else this process does falls on both.
    for (let n = 0; n < 9; n += 1) {
      known.push(await took('li', `10.0.0.${n}`));
      unknown.push(await took(`nobody${n}`, `10.0.1.${n}`));
    }
    const [one = 0, other = 0] = [known, unknown].map((times) => times.toSorted((a, b) => a - b)[4]);
    expect(Math.max(one, other) / Math.min(one, other)).toBeLessThan(2);
  });

  it('pauses after five wrong passwords, also for the right one, and goes on after a quarter of an hour', async () => {
    await office.addStaff('li', 'worker');
    const visitor = visitorOf(office.site);
    for (let n = 0; n < 5; n += 1) expect((await visitor.signIn('li', `wrong ${n}`)).status).toBe(401);
    const paused = await visitor.signIn('li');
    expect(paused.status).toBe(429);
    expect(paused.text).toContain('15 分钟');
    office.clock.set(hours(0.26));
    expect((await visitor.signIn('li')).status).toBe(303);
  });

  it('does not lock a worker out because somebody elsewhere guesses', async () => {
    await office.addStaff('li', 'worker');
    const stranger = visitorOf(office.site, { address: '203.0.113.9' });
    for (let n = 0; n < 8; n += 1) await stranger.signIn('li', `wrong ${n}`);
    expect((await visitorOf(office.site).signIn('li')).status).toBe(303);
  });

  it('stops ten thousand guesses from many places at twenty in a quarter of an hour', async () => {
    await office.addStaff('li', 'worker');
    let looked = 0;
    for (let n = 0; n < 10_000; n += 1) {
      // Once the account is full, the answer needs no password; a few such show what ten thousand would.
      if (n === 30) break;
      const visitor = visitorOf(office.site, { address: `198.51.${Math.floor(n / 4)}.1` });
      if ((await visitor.signIn('li', `wrong ${n}`)).status === 401) looked += 1;
    }
    expect(looked).toBe(20);
  });

  it('counts whatever is tried from one place', async () => {
    const visitor = visitorOf(office.site);
    await office.addStaff('li', 'worker');
    let looked = 0;
    for (let n = 0; n < 34; n += 1) if ((await visitor.signIn(`nobody${n}`, 'x')).status === 401) looked += 1;
    expect(looked).toBe(30);
  });
});

describe('a session', () => {
  it('is a cookie out of reach of scripts, of which only the hash is kept', async () => {
    await office.addStaff('li', 'worker');
    const visitor = visitorOf(office.site);
    const answer = await visitor.signIn('li');
    const line = answer.headers.getSetCookie().find((one) => one.startsWith('lvlin-staff=')) ?? '';
    expect(line).toMatch(/^lvlin-staff=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
    const rows = await office.store.read((tx) => tx.db.selectFrom('staff_session').selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain(visitor.cookies.get('lvlin-staff'));
  });

  it('is bound to its host and to HTTPS where the site is public', async () => {
    await office.close();
    office = await openOffice({ publicUrl: 'https://lvlin.example' });
    await office.addStaff('li', 'worker');
    const visitor = visitorOf(office.site, { origin: 'https://lvlin.example' });
    const answer = await visitor.signIn('li');
    expect(answer.headers.getSetCookie().join()).toMatch(
      /__Host-lvlin-staff=[^;]+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax/,
    );
    expect((await visitor.get('/admin')).status).toBe(200);
    expect((await visitor.get('/admin')).headers.get('strict-transport-security')).toContain('max-age=31536000');
  });

  it('is new at every signing in', async () => {
    await office.addStaff('li', 'worker');
    const visitor = visitorOf(office.site);
    await visitor.signIn('li');
    const first = visitor.cookies.get('lvlin-staff');
    await visitor.signIn('li');
    expect(visitor.cookies.get('lvlin-staff')).not.toBe(first);
  });

  it('lasts through a working day but not through eight idle hours, nor longer than twelve', async () => {
    await office.addStaff('li', 'worker');
    const visitor = visitorOf(office.site);
    await visitor.signIn('li');
    for (const at of [4, 11, 11.9]) {
      office.clock.set(hours(at));
      expect((await visitor.get('/admin')).status).toBe(200);
    }
    office.clock.set(hours(12));
    expect((await visitor.get('/admin')).location).toContain('/admin/sign-in');
    await visitor.signIn('li');
    office.clock.set(hours(20));
    expect((await visitor.get('/admin')).location).toContain('/admin/sign-in');
  });

  it('ends for good when its person leaves', async () => {
    await office.addStaff('li', 'worker');
    const visitor = visitorOf(office.site);
    await visitor.signIn('li');
    const kept = visitor.cookies.get('lvlin-staff') ?? '';
    const left = await visitor.post('/admin/sign-out');
    expect(left.location).toBe('/admin/sign-in?out=yes');
    expect(left.headers.get('clear-site-data')).toBe('"cache"');
    visitor.cookies.set('lvlin-staff', kept);
    expect((await visitor.get('/admin')).location).toContain('/admin/sign-in');
  });

  it('can be ended from another one of the same person, never by somebody else', async () => {
    await office.addStaff('li', 'worker');
    await office.addStaff('wang', 'admin');
    const [phone, desk, other] = [visitorOf(office.site), visitorOf(office.site), visitorOf(office.site)];
    await phone.signIn('li');
    await desk.signIn('li');
    await other.signIn('wang');
    const { text } = await desk.get('/admin/account');
    const session = /name="session" value="([^"]+)"/.exec(text)?.[1] ?? '';
    await other.post('/admin/account/end-session', { session });
    expect((await phone.get('/admin')).status).toBe(200);
    await desk.post('/admin/account/end-session', { session });
    expect((await phone.get('/admin')).status).toBe(303);
    expect((await desk.get('/admin')).status).toBe(200);
  });

  it('that ran out keeps what was typed and gives it back after signing in', async () => {
    await office.addStaff('li', 'admin');
    const visitor = visitorOf(office.site);
    await visitor.signIn('li');
    office.clock.set(hours(13));
    const typed = { name: '北门<社区>', contact: '0994-7654321', weekdays: ['2', '5'], password: 'not to be kept' };
    const expired = await visitor.post('/admin/settings/community', typed);
    expect(expired.status).toBe(401);
    expect(expired.text).toContain('name="kept.name" value="北门&lt;社区&gt;"');
    expect(expired.text).not.toContain('not to be kept');
    const kept = Object.fromEntries(
      [...expired.text.matchAll(/name="(kept\.[^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value.replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
      ]),
    );
    const fields = { ...kept, login: 'li', password: PASSWORD, next: '/admin/settings/community' };
    const wrong = await visitor.post('/admin/sign-in', { ...fields, password: 'wrong' });
    expect(wrong.text).toContain('kept.contact');
    const resumed = await visitor.post('/admin/sign-in', fields);
    expect(resumed.text).toContain('<form method="post" action="/admin/settings/community"');
    expect(resumed.text).toContain('value="0994-7654321"');
    expect(resumed.text).toContain('value="北门&lt;社区&gt;"');
    expect(resumed.text).toContain('您刚才填的都在');
    expect(resumed.text).not.toContain('-fault"');
    expect((await communityNow(office)).name).toBe('南门社区');
    expect((await visitor.get('/admin')).status).toBe(200);
  });
});

it('opens what is folded away where something was typed in it', async () => {
  await office.addStaff('li', 'admin');
  const fields = {
    'kept.kind': 'building',
    'kept.name': '8',
    login: 'li',
    password: PASSWORD,
    next: '/admin/settings/areas',
  };
  const resumed = await visitorOf(office.site).post('/admin/sign-in', fields);
  expect(resumed.text).toMatch(/<details class="card tool" open>[\s\S]*value="8"/);
});

it('does not press a button for somebody: what has no form of its own is shown with one to send it', async () => {
  await office.addStaff('li', 'admin');
  const visitor = visitorOf(office.site);
  const fields = { 'kept.session': 'x', login: 'li', password: PASSWORD, next: '/admin/account/end-session' };
  const resumed = await visitor.post('/admin/sign-in', fields);
  expect(resumed.text).toContain('<form method="post" action="/admin/account/end-session">');
  expect(resumed.text).toContain('接着送出');
});

it('gives nothing back to whoever may not have it', async () => {
  await office.addStaff('viewer', 'viewer');
  const fields = { 'kept.name': '北门', login: 'viewer', password: PASSWORD, next: '/admin/settings/community' };
  const resumed = await visitorOf(office.site).post('/admin/sign-in', fields);
  expect(resumed.status).toBe(403);
});

it('writes into the log who came and went', async () => {
  await office.addStaff('li', 'worker');
  const visitor = visitorOf(office.site);
  await visitor.signIn('li');
  await visitor.post('/admin/sign-out');
  const audit = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 9 }));
  expect(audit.map(({ action }) => action)).toEqual(['staff.sign-out', 'staff.sign-in']);
});
