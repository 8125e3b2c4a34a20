/** Every route of the site, for every role, with ids of one's own and of another community, from our pages and from foreign ones. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_ROUTES } from '../../src/admin/admin-pages.ts';
import type { AdminRoute } from '../../src/admin/admin-route.ts';
import { ROLES, type Role } from '../../src/model/records.ts';
import { mayActAs } from '../../src/model/staff.ts';
import { insertActivity } from '../../src/store/activity-table.ts';
import { insertChat } from '../../src/store/chat-table.ts';
import { insertArea } from '../../src/store/community-table.ts';
import { insertNotice } from '../../src/store/notice-table.ts';
import { insertOutbox } from '../../src/store/outbox-table.ts';
import { listOwnWords, putOwnWord } from '../../src/store/own-word-table.ts';
import { insertTask } from '../../src/store/task-table.ts';
import { type Office, ORIGIN, openOffice, START, type Visitor, visitorOf } from './admin-harness.ts';

let office: Office;
const visitors = new Map<Role, Visitor>();
let foreignIds: string[] = [];

beforeAll(async () => {
  office = await openOffice({ isSample: true });
  foreignIds = await furnishForeign();
  for (const role of ROLES) {
    await office.addStaff(role, role);
    const visitor = visitorOf(office.site);
    await visitor.signIn(role);
    visitors.set(role, visitor);
  }
});
afterAll(() => office.close());

/** One of everything that has an id and belongs to somebody else. */
async function furnishForeign(): Promise<string[]> {
  const { id: communityId } = await office.addCommunity('别的社区');
  const staff = await office.addStaff('foreign', 'admin', communityId);
  return office.store.write(async (tx) => {
    const area = await insertArea(tx, { communityId, parentId: null, kind: 'building', name: '9', households: null });
    const chat = await insertChat(tx, {
      communityId,
      channel: 'web',
      account: communityId,
      address: 'group:foreign',
      kind: 'group',
      title: '别的群',
      areaId: null,
      personId: null,
      now: START,
    });
    const task = await insertTask(tx, { communityId, kind: 'question', subjectId: 'q', text: '别的事', now: START });
    const draft = { text: '别的通知', urgentReason: null, asksReceipt: false, chatIds: [chat.id] };
    const notice = await insertNotice(tx, { ...draft, communityId, createdBy: null, now: START });
    const activity = await insertActivity(tx, {
      communityId,
      title: '别的活动',
      place: '',
      details: '',
      risk: null,
      insured: false,
      state: 'open',
      createdBy: null,
      now: START,
    });
    const hand = {
      communityId,
      channel: 'manual',
      account: communityId,
      address: 'hand:foreign',
      kind: 'group',
    } as const;
    const byHand = await insertChat(tx, { ...hand, title: '别的微信群', areaId: null, personId: null, now: START });
    const forwarded = await insertOutbox(
      tx,
      {
        communityId,
        chatId: byHand.id,
        kind: 'notice',
        textKey: 'k',
        message: { text: '别的通知' },
        runAt: START,
        notAfter: null,
        collapseKey: null,
        urgent: false,
        subjectId: notice.id,
      },
      { owner: null, now: START },
    );
    const messages = [byHand.id, forwarded.id];
    const word = { kind: 'waste', said: '软筒子', heard: '软筒子', meaning: 'w001', meant: '报纸' } as const;
    await putOwnWord(tx, { ...word, communityId, staffId: null, now: START });
    const words = (await listOwnWords(tx, communityId)).map(({ id }) => id);
    return [staff.id, area.id, chat.id, task, notice.id, activity.id, communityId, ...messages, ...words];
  });
}

const pathOf = (route: AdminRoute, id: string) =>
  `/admin${route.path === '/' ? '' : route.path.replaceAll(/:\w+/g, id)}`;
const hasId = (route: AdminRoute) => route.path.includes(':');
// Signing out would end the walk.
const walked = ADMIN_ROUTES.filter(({ path }) => path !== '/sign-out');

function visitorFor(role: Role): Visitor {
  const visitor = visitors.get(role);
  if (visitor === undefined) throw new Error(`nobody is ${role}`);
  return visitor;
}

const go = (visitor: Visitor, route: AdminRoute, id = 'nothing') =>
  route.method === 'GET' ? visitor.get(pathOf(route, id)) : visitor.post(pathOf(route, id));

/** All that a page could change. */
async function everything(): Promise<string> {
  const tables = [
    'community',
    'area',
    'chat',
    'task',
    'staff',
    'notice',
    'activity',
    'shift',
    'pledge',
    'waste_rule',
    'own_word',
    'announced_days',
    'outbox',
    'hand_group',
    'forwarding',
    'owner_task',
  ] as const;
  const rows = await office.store.read(async (tx) => {
    const found: unknown[] = [];
    for (const table of tables) found.push(await tx.db.selectFrom(table).selectAll().execute());
    return found;
  });
  return JSON.stringify(rows);
}

describe.each(walked)('$method $path', (route) => {
  it.each(ROLES.filter((role) => !mayActAs(role, route.role)))(
    'refuses a %s, who does not hear what is there',
    async (role) => {
      const before = await everything();
      for (const id of ['nothing', ...foreignIds]) {
        const answer = await go(visitorFor(role), route, id);
        expect(answer.status).toBe(403);
      }
      expect(await everything()).toBe(before);
    },
  );

  it.runIf(hasId(route))('answers for what belongs to another community as for what does not exist', async () => {
    const before = await everything();
    const toNothing = await go(visitorFor('admin'), route);
    expect([303, 404, 422]).toContain(toNothing.status);
    for (const id of foreignIds) {
      const answer = await go(visitorFor('admin'), route, id);
      expect(answer.status).toBe(toNothing.status);
      expect(answer.text.replaceAll(id, 'nothing')).toBe(toNothing.text);
      expect(answer.location?.replaceAll(id, 'nothing') ?? null).toBe(toNothing.location);
    }
    expect(await everything()).toBe(before);
  });

  it('is closed to whoever is not signed in', async () => {
    const before = await everything();
    const answer = await go(visitorOf(office.site), route);
    expect(answer.status).toBe(route.method === 'GET' ? 303 : 401);
    if (route.method === 'GET') expect(answer.location).toContain('/admin/sign-in');
    expect(await everything()).toBe(before);
  });

  it.runIf(route.method === 'POST')('does nothing for a form of a foreign page, whatever its type', async () => {
    const before = await everything();
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      {},
      { 'sec-fetch-site': 'cross-site', origin: ORIGIN },
    ];
    for (const headers of foreign) {
      for (const type of [null, 'application/json', 'text/plain']) {
        const all = type === null ? headers : { ...headers, 'content-type': type };
        expect((await visitorFor('admin').post(pathOf(route, 'nothing'), {}, all)).status).toBe(403);
      }
    }
    expect(await everything()).toBe(before);
  });

  it.runIf(route.method === 'POST')('is nothing that can be done by following a link', async () => {
    const before = await everything();
    const answer = await visitorFor('admin').get(pathOf(route, 'nothing'));
    expect([200, 404]).toContain(answer.status);
    expect(await everything()).toBe(before);
  });
});

it('lets nobody who only reads change anything but their own account', () => {
  const open = ADMIN_ROUTES.filter(({ method, role }) => method === 'POST' && role === 'viewer').map(
    ({ path }) => path,
  );
  expect(open.toSorted()).toEqual([
    '/account/chat-code',
    '/account/chats/:id/unbind',
    '/account/end-session',
    '/account/password',
    '/sign-out',
  ]);
});

it('takes a form that says it comes from our own address', async () => {
  const answer = await visitorFor('worker').post('/admin/account/end-session', { session: 'x' }, { origin: ORIGIN });
  expect(answer.status).toBe(303);
});

describe('every answer', () => {
  it.each(['/admin', '/admin/sign-in', '/admin/setup', '/admin/nowhere', '/admin/settings/areas-file'])(
    'of %s forbids what a page must not do',
    async (path) => {
      const { headers } = await visitorFor('admin').get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    },
  );

  it('holds no script, no style and no handler within the page', async () => {
    for (const route of walked.filter(({ method, path }) => method === 'GET' && !/:|file|svg/.test(path))) {
      const { text } = await go(visitorFor('admin'), route);
      // Files of our own that a page is asked for by name are none of that.
      const inline = text.replaceAll(/<script src="\/admin\/\w+\.js\?v=\w+" defer><\/script>/g, '');
      expect(inline).not.toMatch(/<script|<style|\sstyle=|\son\w+=/i);
    }
  });

  it('refuses what is too large, and takes a table of megabytes where one is asked for', async () => {
    const visitor = visitorFor('admin');
    expect((await visitor.post('/admin/settings/areas', { name: 'x'.repeat(300_000) })).status).toBe(413);
    const file = new File([new Uint8Array(1_000_000)], 'areas.xlsx');
    expect((await visitor.post('/admin/settings/areas-file', { file })).status).toBe(303);
  });
});
