/** The pages on binding: codes for groups and for one's own chat, groups that are gone, entrances and posters. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBindingCode } from '../../src/store/binding-code-table.ts';
import { insertChat, updateChat } from '../../src/store/chat-table.ts';
import { insertArea, listAreas } from '../../src/store/community-table.ts';
import { bindStaffChat } from '../../src/store/staff-chat-table.ts';
import { type Office, openOffice, type Visitor, visitorOf } from './admin-harness.ts';

let office: Office;
let worker: Visitor;

beforeEach(async () => {
  office = await openOffice({ publicUrl: 'http://lvlin.test' });
  await office.addStaff('wang', 'worker');
  worker = visitorOf(office.site);
  await worker.signIn('wang');
});
afterEach(() => office.close());

const areaIdOf = async (name: string) => {
  const areas = await office.store.read((tx) => listAreas(tx, office.community.id));
  return areas.find((area) => area.name === name)?.id ?? '';
};

async function addGroup(title: string, areaId: string | null = null): Promise<string> {
  const chat = await office.store.write((tx) =>
    insertChat(tx, {
      communityId: office.community.id,
      channel: 'wecom',
      account: 'bot',
      address: `group-${title}`,
      kind: 'group',
      title,
      areaId,
      personId: null,
      now: office.clock.now(),
    }),
  );
  return chat.id;
}

describe('a code for a group', () => {
  it('is made for a building, shown once with what to send, and kept as a hash', async () => {
    const page = await worker.post('/admin/settings/group-code', { areaId: await areaIdOf('3') });
    expect(page.status).toBe(200);
    expect(page.text).toContain('接3栋的群');
    expect(page.text).toContain('09:30 前有效');
    const code = /@绿邻 (?<code>[2-9A-Z]{6})/.exec(page.text)?.groups?.code ?? '';
    expect(code).not.toBe('');
    const rows = await office.store.read(({ db }) => db.selectFrom('binding_code').selectAll().execute());
    expect(rows).toMatchObject([{ purpose: 'group', used_at: null }]);
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(page.text).not.toContain('t.me');
  });

  it('comes with a link where the bot is on Telegram', async () => {
    const other = await openOffice({ telegramName: 'nanmen_bot' });
    await other.addStaff('wang', 'worker');
    const visitor = visitorOf(other.site);
    await visitor.signIn('wang');
    const group = await visitor.post('/admin/settings/group-code', { areaId: '' });
    expect(group.text).toMatch(/https:\/\/t\.me\/nanmen_bot\?startgroup=[2-9A-Z]{6}"/);
    expect(group.text).toMatch(/@nanmen_bot [2-9A-Z]{6}</);
    const own = await visitor.post('/admin/account/chat-code');
    expect(own.text).toMatch(/https:\/\/t\.me\/nanmen_bot\?start=[2-9A-Z]{6}"/);
    await other.close();
  });

  it('is not made for a building of another community, nor by who only looks on', async () => {
    const elsewhere = await office.addCommunity('北门社区');
    const foreign = await office.store.write((tx) =>
      insertArea(tx, { communityId: elsewhere.id, parentId: null, kind: 'building', name: '9', households: null }),
    );
    expect((await worker.post('/admin/settings/group-code', { areaId: foreign.id })).status).toBe(422);
    await office.addStaff('li', 'viewer');
    const viewer = visitorOf(office.site);
    await viewer.signIn('li');
    expect((await viewer.post('/admin/settings/group-code', { areaId: '' })).status).toBe(403);
    expect((await viewer.get('/admin/settings/groups')).text).not.toContain('要一个码');
  });
});

it('a group stands with its building and platform, and one that is gone with what to do', async () => {
  await addGroup('三号楼群', await areaIdOf('3'));
  const lost = await addGroup('二号楼群');
  await office.store.write((tx) => updateChat(tx, lost, { state: 'gone' }));
  const moved = await addGroup('搬过的群');
  await office.store.write((tx) => updateChat(tx, moved, { state: 'gone', address: `x|before:${moved}` }));
  const { text } = await worker.get('/admin/settings/groups');
  expect(text).toContain('3栋 · 企业微信 · 收小贴士');
  expect(text).toContain('不在了的群');
  expect(text).toContain('把机器人重新拉进群');
  expect(text).toMatch(/二号楼群 <span class="hint">南门社区 · 企业微信</);
  expect(text).toMatch(/搬过的群 <span class="hint">企业微信 · 这个群换过号/);
});

it("one's own chat is bound by a newest code, listed, and let go of by who bound it alone", async () => {
  const first = /<dd>(?<code>[2-9A-Z]{6})<\/dd>/.exec((await worker.post('/admin/account/chat-code')).text);
  const second = /<dd>(?<code>[2-9A-Z]{6})<\/dd>/.exec((await worker.post('/admin/account/chat-code')).text);
  expect(first?.groups?.code).not.toBe(second?.groups?.code);
  const rows = await office.store.read(({ db }) => db.selectFrom('binding_code').selectAll().execute());
  expect(rows).toHaveLength(1);
  expect(await office.store.read((tx) => findBindingCode(tx, rows[0]?.code_hash ?? ''))).toMatchObject({
    purpose: 'staff',
  });
  const chat = await addGroup('private');
  const staffId = rows[0]?.staff_id ?? '';
  await office.store.write((tx) => bindStaffChat(tx, chat, staffId, office.clock.now()));
  expect((await worker.get('/admin/account')).text).toContain('企业微信 · ');
  await office.addStaff('zhao', 'admin');
  const other = visitorOf(office.site);
  await other.signIn('zhao');
  await other.post(`/admin/account/chats/${chat}/unbind`);
  expect((await worker.get('/admin/account')).text).toContain('解除</button>');
  const after = await worker.post(`/admin/account/chats/${chat}/unbind`);
  expect(after.location).toBe('/admin/account');
  const page = await worker.get('/admin/account');
  expect(page.text).toContain('不再收提醒');
  expect(page.text).not.toContain('解除</button>');
});

describe('entrances', () => {
  it('lists the community and its buildings in order, each with a picture and a poster', async () => {
    const { text } = await worker.get('/admin/settings/entrances');
    const places = [...text.matchAll(/<li class="split"><a href="[^"]+">(?<place>[^<]+)</g)].map(
      ({ groups }) => groups?.place,
    );
    expect(places).toEqual(['南门社区', '1栋', '2栋', '3栋']);
    expect(text).toMatch(new RegExp(`http://lvlin.test/c/${office.community.id}/e/[2-9a-z]{8}`));
  });

  it('sends the picture under a name that says whose it is', async () => {
    const answer = await worker.get(`/admin/settings/entrances/${await areaIdOf('3')}/qr.png`);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('3栋入口二维码.png'));
    expect([...answer.bytes.slice(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG');
  });

  it('makes a poster without anything from elsewhere', async () => {
    const { text } = await worker.get(`/admin/settings/entrances/${await areaIdOf('3')}/poster`);
    expect(text).toContain('<strong>3栋</strong>');
    expect(text).toContain('南门社区居委会');
    expect(text).toContain('0994-0000000');
    const foreign = [...text.matchAll(/(?:src|href)="(?<url>[^"]+)"/g)].map(({ groups }) => groups?.url ?? '');
    expect(foreign.filter((url) => !url.startsWith('/admin') && url !== 'data:,')).toEqual([]);
  });

  it('of a building that there is not is not found', async () => {
    expect((await worker.get('/admin/settings/entrances/nowhere/poster')).status).toBe(404);
    expect((await worker.get('/admin/settings/entrances/nowhere/qr.png')).status).toBe(404);
  });
});
