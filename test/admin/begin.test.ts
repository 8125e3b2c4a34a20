/** The sample community goes with everything in it; the people who work there stay. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { firstBrokenAudit, listAudit } from '../../src/store/audit-table.ts';
import { insertChat } from '../../src/store/chat-table.ts';
import { findCommunity, listCommunities } from '../../src/store/community-table.ts';
import { type Office, openOffice, START, type Visitor, visitorOf } from './admin-harness.ts';

let office: Office;
let admin: Visitor;

beforeEach(async () => {
  office = await openOffice({ isSample: true });
  await office.addStaff('li', 'admin');
  admin = visitorOf(office.site);
  await admin.signIn('li');
});
afterEach(() => office.close());

it('marks the sample on every page and says in numbers what goes', async () => {
  const { id: communityId } = office.community;
  await office.store.write((tx) =>
    insertChat(tx, {
      communityId,
      channel: 'web',
      account: communityId,
      address: 'g',
      kind: 'group',
      title: 'g',
      areaId: null,
      personId: null,
      now: START,
    }),
  );
  expect((await admin.get('/admin/settings')).text).toContain('示范社区');
  expect((await admin.get('/admin/begin')).text).toContain('1 个群、0 位居民');
});

it('makes way for the real one, and whoever did it is still signed in', async () => {
  expect((await admin.post('/admin/begin', { name: '' })).status).toBe(422);
  expect((await admin.post('/admin/begin', { name: '北门社区' })).location).toBe('/admin/settings/community');
  const [real, ...others] = await office.store.read((tx) => listCommunities(tx));
  expect(others).toEqual([]);
  expect(real).toMatchObject({ name: '北门社区', isSample: false, plan: 'changji-2021' });
  expect(real?.settings.contact).toBe('');
  expect(await office.store.read((tx) => findCommunity(tx, office.community.id))).toBeNull();
  const page = await admin.get('/admin/settings/community');
  expect(page.text).toContain('北门社区开张了');
  expect(page.text).not.toContain('示范社区');
  const audit = await office.store.read((tx) => listAudit(tx, real?.id ?? '', { limit: 5 }));
  expect(audit.map(({ action }) => action)).toEqual(['community.begin', 'staff.sign-in']);
  expect(audit[1]?.at).toEqual(START);
  expect(await office.store.read((tx) => firstBrokenAudit(tx, real?.id ?? ''))).toBeNull();
});

it('happens once, and never to a real community', async () => {
  await Promise.all([admin.post('/admin/begin', { name: '一' }), admin.post('/admin/begin', { name: '二' })]);
  expect(await office.store.read((tx) => listCommunities(tx))).toHaveLength(1);
  const { status } = await admin.post('/admin/begin', { name: '三' });
  expect(status).toBe(404);
  expect((await admin.get('/admin/begin')).status).toBe(404);
});
