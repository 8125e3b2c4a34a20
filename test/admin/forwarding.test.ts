/** Forwarding by hand, the whole way: from a notice to the proof, from what was said in a group to the answer there. */
import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { createGroupTaskClient } from '../../src/channels/manual/group-task-client.ts';
import type { Chat } from '../../src/model/chat.ts';
import { syncSchedules } from '../../src/runtime/schedule-sync.ts';
import { insertActivity, insertShift } from '../../src/store/activity-table.ts';
import { insertAttachment } from '../../src/store/attachment-table.ts';
import { listAttendees } from '../../src/store/attendee-table.ts';
import { listAudit } from '../../src/store/audit-table.ts';
import { listGroups } from '../../src/store/chat-table.ts';
import { listToForward } from '../../src/store/forwarding-table.ts';
import { insertOutbox } from '../../src/store/outbox-table.ts';
import { listOpenTasks } from '../../src/store/task-table.ts';
import { APP_SECRET, CORP_ID, startWecomApp, type WecomAppServer } from '../support/wecom-app-server.ts';
import { WHOLE_BOT } from '../support/whole-bot.ts';
import { type Office, openOffice, START, type Visitor, visitorOf } from './admin-harness.ts';

let office: Office;
let server: WecomAppServer | null = null;

afterEach(async () => {
  await office.close();
  await server?.close();
  server = null;
});

async function enter(wish: Parameters<typeof openOffice>[0] = {}): Promise<Visitor> {
  office = await openOffice({ withBot: true, ...wish });
  const { content, community } = office;
  await office.store.write((tx) => syncSchedules(tx, WHOLE_BOT.features(content), community, START));
  await office.addStaff('小李', 'admin');
  const visitor = visitorOf(office.site);
  await visitor.signIn('小李');
  return visitor;
}

async function addGroup(visitor: Visitor, title: string, more: Record<string, string> = {}): Promise<Chat> {
  const answer = await visitor.post('/admin/settings/hand-groups', { title, ...more });
  expect(answer.location).toBe('/admin/settings/groups');
  const group = (await groups()).find((one) => one.title === title);
  if (group === undefined) throw new Error(`${title} was not added`);
  return group;
}

const groups = () => office.store.read((tx) => listGroups(tx, office.community.id));
const queue = () => office.store.read((tx) => listToForward(tx, office.community.id, office.clock.now()));
const actions = async () =>
  (await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 20 }))).map(({ action }) => action);

function wait(ms: number): void {
  office.clock.set(new Date(office.clock.now().getTime() + ms));
}

async function firstWaiting(): Promise<string> {
  const [first] = await queue();
  if (first === undefined) throw new Error('nothing waits');
  return first.id;
}

async function release(
  visitor: Visitor,
  text: string,
  group: Chat,
  more: Record<string, string> = {},
): Promise<string> {
  const written = await visitor.post('/admin/notices', { text, groups: [group.id], ...more });
  const path = written.location ?? '';
  expect(path).toMatch(/^\/admin\/notices\/\w+$/);
  await visitor.post(`${path}/release`, { do: 'now' });
  wait(4 * 60_000);
  await office.bot?.scheduler.tick();
  return path;
}

it('shows a notice as waiting for a person, and who sent it when once it is ticked', async () => {
  const visitor = await enter();
  const group = await addGroup(visitor, '3号楼微信群', { owner: '王姐' });
  const notice = await release(visitor, '周六上午停水，请提前接水。', group);
  expect((await visitor.get(notice)).text).toContain('1 个群等人转发，0 个已发');
  expect((await visitor.get('/admin/notices')).text).toContain('1 个群等人转发');
  expect((await visitor.get('/admin')).text).toContain('待发 1 条，1 个群');
  const page = await visitor.get('/admin/forwarding');
  expect(page.text).toContain('3号楼微信群');
  expect(page.text).toContain('王姐 转发');
  expect(page.text).toContain('周六上午停水，请提前接水。</textarea>');
  const id = await firstWaiting();
  await visitor.post(`/admin/forwarding/${id}/sent`);
  expect((await visitor.get('/admin/forwarding')).text).toContain('09:04 小李 已发');
  expect((await visitor.get(notice)).text).toContain('09:04 小李 转发的');
  expect((await visitor.get('/admin')).text).not.toContain('待发 1 条');
  expect(await actions()).toContain('forward.sent');
});

it('has a tick back for ten minutes and no longer', async () => {
  const visitor = await enter();
  const group = await addGroup(visitor, '群');
  const notice = await release(visitor, '周六停水', group);
  const id = await firstWaiting();
  const at = String(office.clock.now().getTime());
  await visitor.post(`/admin/forwarding/${id}/sent`);
  wait(9 * 60_000);
  await visitor.get('/admin/forwarding');
  expect((await visitor.get('/admin/forwarding')).text).toContain(`name="at" value="${at}"`);
  await visitor.post('/admin/forwarding/undo', { at });
  expect((await visitor.get(notice)).text).toContain('等人转发');
  const again = String(office.clock.now().getTime());
  await visitor.post(`/admin/forwarding/${id}/sent`);
  await visitor.get('/admin/forwarding');
  wait(11 * 60_000);
  expect((await visitor.get('/admin/forwarding')).text).not.toContain('name="at"');
  await visitor.post('/admin/forwarding/undo', { at: again });
  expect((await visitor.get(notice)).text).toContain('转发的');
  expect(await queue()).toEqual([]);
});

it('notes why something cannot be forwarded, and the notice can be sent again', async () => {
  const visitor = await enter();
  const notice = await release(visitor, '周六停水', await addGroup(visitor, '群'));
  const id = await firstWaiting();
  await visitor.post(`/admin/forwarding/${id}/refused`, { reason: 'owner-refuses' });
  expect((await visitor.get(notice)).text).toContain('没发：群主不让发');
  expect(await queue()).toEqual([]);
  await visitor.post(`${notice}/retry`);
  expect(await queue()).toHaveLength(1);
});

it('is taken out of the queue where the notice is taken back, and a late tick writes nothing', async () => {
  const visitor = await enter();
  const notice = await release(visitor, '周六停水', await addGroup(visitor, '群'));
  const id = await firstWaiting();
  await visitor.post(`${notice}/take-back`);
  expect(await queue()).toEqual([]);
  await visitor.post(`/admin/forwarding/${id}/sent`);
  expect((await visitor.get('/admin/forwarding')).text).toContain('这条已经不用发了');
  expect(await actions()).not.toContain('forward.sent');
});

it('ends with the day the notice is good for, and says so', async () => {
  const visitor = await enter();
  const notice = await release(visitor, '周六停水', await addGroup(visitor, '群'));
  wait(3 * 24 * 60 * 60_000 + 60_000);
  await office.bot?.scheduler.tick();
  await visitor.signIn('小李');
  expect((await visitor.get(notice)).text).toContain('没发，过了时间');
});

it('serves all that is due in a group by one tick, and nothing that came meanwhile', async () => {
  const visitor = await enter();
  const group = await addGroup(visitor, '群');
  await release(visitor, '周六停水', group);
  await release(visitor, '周日停电', group);
  const ids = (await queue()).map(({ id }) => id);
  await release(visitor, '周一修门', group);
  await visitor.post(`/admin/forwarding/groups/${group.id}/sent`, { ids });
  expect((await queue()).map(({ message }) => message.text)).toEqual([expect.stringContaining('周一修门')]);
});

it('advises against the night and locks nothing', async () => {
  const visitor = await enter();
  const group = await addGroup(visitor, '群');
  await release(visitor, '周六停水', group);
  expect((await visitor.get('/admin/forwarding')).text).toContain('20:30 以后不要发');
  wait(12 * 60 * 60_000);
  await visitor.signIn('小李');
  expect((await visitor.get('/admin/forwarding')).text).toContain('现在是不打扰的时间');
  const id = await firstWaiting();
  await visitor.post(`/admin/forwarding/${id}/sent`);
  expect(await queue()).toEqual([]);
});

const PASTE_ID = '0192f0c0-0000-4000-8000-000000000001';

it('answers what was said in the group into the queue of that group, once', async () => {
  const visitor = await enter();
  const group = await addGroup(visitor, '3号楼微信群');
  const pasted = { chatId: group.id, pasteId: PASTE_ID, pasted: '电池扔哪个桶', who: '王芳' };
  const answer = await visitor.post('/admin/forwarding/paste', pasted);
  expect(answer.location).toBe('/admin/forwarding');
  const [reply, ...more] = await queue();
  expect(more).toEqual([]);
  expect(reply).toMatchObject({ kind: 'reply', chatId: group.id });
  expect(reply?.textKey).toMatch(/^waste\./);
  await visitor.post('/admin/forwarding/paste', pasted);
  expect(await queue()).toHaveLength(1);
});

it('counts the answers by a clock that goes on while they are made', async () => {
  const visitor = await enter();
  const group = await addGroup(visitor, '群');
  let at = office.clock.now().getTime();
  Object.assign(office.clock, {
    now: () => {
      at += 1;
      return new Date(at);
    },
  });
  await visitor.post('/admin/forwarding/paste', { chatId: group.id, pasteId: PASTE_ID, pasted: '电池扔哪个桶' });
  expect((await visitor.get('/admin/forwarding')).text).toContain('1 条听明白了，1 条回答排在下面。');
});

it('takes several at once, each for whoever said it, and keeps what nobody can read as a task', async () => {
  const visitor = await enter();
  const group = await addGroup(visitor, '群');
  const text = '王芳 9:12\n电池扔哪个桶\n老张 9:13\n啦啦啦咚咚锵';
  await visitor.post('/admin/forwarding/paste', { chatId: group.id, pasteId: PASTE_ID, pasted: text });
  expect(await queue()).toHaveLength(1);
  const tasks = await office.store.read((tx) => listOpenTasks(tx, office.community.id, 9));
  expect(tasks).toMatchObject([{ kind: 'question', chatId: group.id, text: '啦啦啦咚咚锵' }]);
  const [task] = tasks;
  await visitor.post(`/admin/tasks/${task?.id}/answer`, { answer: '周六有腰鼓队' });
  expect(await queue()).toHaveLength(2);
});

it('counts who says that a notice was read, and says honestly that there is nothing to answer', async () => {
  const visitor = await enter();
  const group = await addGroup(visitor, '群');
  const notice = await release(visitor, '周六停水', group, { receipt: 'yes' });
  const id = await firstWaiting();
  await visitor.post(`/admin/forwarding/${id}/sent`);
  const pasted = '王芳 9:12\n收到\n老张 9:13\n收到';
  await visitor.post('/admin/forwarding/paste', { chatId: group.id, pasteId: PASTE_ID, pasted });
  expect((await visitor.get('/admin/forwarding')).text).toContain('2 条记下了，不用回。');
  expect((await visitor.get(notice)).text).toMatch(/2 户/);
});

it('knows again whoever was named in the group, and nobody who was not', async () => {
  const visitor = await enter();
  const group = await addGroup(visitor, '群');
  const paste = (n: number, who: string) =>
    visitor.post('/admin/forwarding/paste', {
      chatId: group.id,
      pasteId: PASTE_ID.replace(/1$/, String(n)),
      pasted: '电池扔哪个桶',
      who,
    });
  for (const [n, who] of ['王芳', '王芳', '', ''].entries()) await paste(n, who);
  const rows = await office.store.read((tx) =>
    tx.db.selectFrom('person_address').select(['address', 'person_id']).execute(),
  );
  expect(rows.filter(({ address }) => address.startsWith('named:'))).toHaveLength(1);
  expect(rows.filter(({ address }) => address.startsWith('pasted:'))).toHaveLength(2);
  expect(new Set(rows.map((row) => row.person_id)).size).toBe(3);
  expect(JSON.stringify(rows)).not.toContain('王芳');
});

const CHAIN = `#接龙
河边捡垃圾，周六9点南门集合

1. 王芳 3号楼 2人
2. 老张 13900001234
3. 陈姨 和老伴`;

async function addShift(capacity: number | null): Promise<string> {
  return office.store.write(async (tx) => {
    const texts = { title: '河边捡垃圾', place: '南门', details: '', risk: null, insured: false } as const;
    const activity = await insertActivity(tx, {
      ...texts,
      communityId: office.community.id,
      state: 'open',
      createdBy: null,
      now: START,
    });
    const startsAt = new Date('2026-11-21T09:00:00+08:00');
    const shift = await insertShift(tx, activity, {
      startsAt,
      endsAt: new Date('2026-11-21T11:00:00+08:00'),
      capacity,
    });
    return shift.id;
  });
}

it('takes in a pasted chain, phones masked, and again when it has grown without signing up anybody twice', async () => {
  const visitor = await enter();
  const group = await addGroup(visitor, '群');
  const shiftId = await addShift(null);
  const paste = (pasted: string) =>
    visitor.post('/admin/forwarding/paste', { chatId: group.id, pasteId: randomUUID(), pasted });
  const people = () => office.store.read((tx) => listAttendees(tx, office.community.id, shiftId));
  const shown = await visitor.get((await paste(CHAIN)).location ?? '');
  expect(shown.text).toContain('3 条 · 5 人');
  expect(shown.text).toContain('139****1234');
  expect(shown.text).not.toContain('13900001234');
  expect((await people()).map(({ name, phone, signUp }) => [name, phone, signUp.party])).toEqual([
    ['王芳', null, 2],
    ['老张', '13900001234', 1],
    ['陈姨', null, 2],
  ]);
  await paste(CHAIN);
  await paste(`${CHAIN}\n4. 小周`);
  expect((await people()).map(({ name }) => name)).toEqual(['王芳', '老张', '陈姨', '小周']);
});

it('gives back the form as it was typed where nothing was pasted', async () => {
  const visitor = await enter();
  const group = await addGroup(visitor, '群');
  const answer = await visitor.post('/admin/forwarding/paste', {
    chatId: group.id,
    pasteId: PASTE_ID,
    pasted: ' ',
    who: '王芳',
  });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('这里还空着');
  expect(answer.text).toContain('value="王芳"');
});

it('gives the picture of a message to staff of this community and to nobody else', async () => {
  const visitor = await enter();
  const group = await addGroup(visitor, '群');
  const { id: communityId } = office.community;
  const now = office.clock.now();
  const bytes = new Uint8Array([137, 80, 78, 71]);
  const id = await office.store.write(async (tx) => {
    const file = { name: '停水.png', mediaType: 'image/png' };
    const attachment = {
      ...file,
      kind: 'image' as const,
      id: await insertAttachment(tx, { ...file, communityId, bytes, now }),
    };
    const more = { notAfter: null, collapseKey: null, urgent: false, subjectId: null, runAt: now };
    const message = {
      communityId,
      chatId: group.id,
      kind: 'notice',
      textKey: 'k',
      message: { text: 't', attachment },
    } as const;
    return (await insertOutbox(tx, { ...message, ...more }, { owner: null, now })).id;
  });
  const shown = await visitor.get(`/admin/forwarding/${id}/file`);
  expect(shown.headers.get('content-type')).toBe('image/png');
  expect([...shown.bytes]).toEqual([...bytes]);
  const saved = await visitor.get(`/admin/forwarding/${id}/file?save`);
  expect(saved.headers.get('content-disposition')).toContain("filename*=UTF-8''%E5%81%9C%E6%B0%B4.png");
  const other = await office.addCommunity('别的社区');
  await office.addStaff('外人', 'admin', other.id);
  const stranger = visitorOf(office.site);
  await stranger.signIn('外人');
  expect((await stranger.get(`/admin/forwarding/${id}/file`)).status).toBe(404);
  await stranger.post(`/admin/forwarding/${id}/sent`);
  expect(await queue()).toHaveLength(1);
});

it('stops forwarding to a group that is left, and goes on where that was a mistake', async () => {
  const visitor = await enter();
  const group = await addGroup(visitor, '群');
  await release(visitor, '周六停水', group);
  await visitor.post(`/admin/settings/hand-groups/${group.id}/leave`);
  expect(await queue()).toEqual([]);
  await visitor.post(`/admin/settings/hand-groups/${group.id}/return`);
  expect(await queue()).toHaveLength(1);
});

it('takes no link that a browser would run', async () => {
  const visitor = await enter();
  const answer = await visitor.post('/admin/settings/hand-groups', { title: '群', link: 'javascript:alert(1)' });
  expect(answer.status).toBe(422);
  expect(await groups()).toEqual([]);
});

async function enterWithApp(): Promise<Visitor> {
  server = await startWecomApp();
  const app = { corpId: CORP_ID, secret: APP_SECRET, apiRoot: server.url, timeoutMs: 2_000 };
  return enter({ owners: createGroupTaskClient(app, () => performance.now()) });
}

const WECOM = { wecomChat: 'wrGROUP1', wecomOwner: 'wang' };

it('hands a message to the owner of the group, reminds them, and shows that they confirmed it', async () => {
  const visitor = await enterWithApp();
  const notice = await release(visitor, '周六停水', await addGroup(visitor, '客户群', WECOM));
  const id = await firstWaiting();
  await visitor.post(`/admin/forwarding/${id}/owner`);
  await visitor.post(`/admin/forwarding/${id}/owner`);
  expect(server?.tasks).toMatchObject([
    { sender: 'wang', chats: ['wrGROUP1'], text: expect.stringContaining('周六停水') },
  ]);
  expect((await visitor.get('/admin/forwarding')).text).toContain('等他在企业微信里点确认');
  for (let n = 0; n < 4; n += 1) await visitor.post(`/admin/forwarding/${id}/owner-remind`);
  expect(server?.tasks[0]?.reminders).toBe(3);
  await visitor.post(`/admin/forwarding/${id}/owner-look`);
  expect(await queue()).toHaveLength(1);
  server?.confirm('msg-1', office.clock.now().getTime() / 1_000);
  await visitor.post(`/admin/forwarding/${id}/owner-look`);
  expect(await queue()).toEqual([]);
  expect((await visitor.get(notice)).text).toContain('09:04 群主在企业微信里发的');
});

it('says in plain words what WeCom would not have, and leaves the message to be copied', async () => {
  const visitor = await enterWithApp();
  await release(visitor, '周六停水', await addGroup(visitor, '客户群', WECOM));
  const id = await firstWaiting();
  server?.refuse('externalcontact/add_msg_template', 60020);
  await visitor.post(`/admin/forwarding/${id}/owner`);
  const { text } = await visitor.get('/admin/forwarding');
  expect(text).toContain('企业可信 IP');
  expect(text).toContain('60020');
  expect(text).toContain('交给群主在企业微信里发');
});

it('does not hand a message over twice where nobody knows whether WeCom has it', async () => {
  const visitor = await enterWithApp();
  await release(visitor, '周六停水', await addGroup(visitor, '客户群', WECOM));
  const id = await firstWaiting();
  server?.swallow('externalcontact/add_msg_template');
  await visitor.post(`/admin/forwarding/${id}/owner`);
  await visitor.post(`/admin/forwarding/${id}/owner`);
  expect(server?.tasks).toHaveLength(1);
  expect((await visitor.get('/admin/forwarding')).text).toContain('不知道群主收到没有');
  await visitor.post(`/admin/forwarding/${id}/owner-again`);
  expect(server?.tasks).toHaveLength(2);
});

it('lacks nothing where no app is set up', async () => {
  const visitor = await enter();
  await release(visitor, '周六停水', await addGroup(visitor, '群', WECOM));
  expect((await visitor.get('/admin/forwarding')).text).not.toContain('企业微信');
  expect((await visitor.get('/admin/settings/hand-groups')).text).not.toContain('客户群');
  const id = await firstWaiting();
  expect((await visitor.post(`/admin/forwarding/${id}/owner`)).status).toBe(404);
});
