/** The committee's pages of notices, as a worker uses them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseDueNotices } from '../../src/features/notices/notices-service.ts';
import type { Fate } from '../../src/model/outgoing.ts';
import { listAudit } from '../../src/store/audit-table.ts';
import { insertChat, insertPerson, updateChat } from '../../src/store/chat-table.ts';
import { listAreas } from '../../src/store/community-table.ts';
import { insertReceipt } from '../../src/store/notice-receipt-table.ts';
import { findNotice, listAudience, listNotices } from '../../src/store/notice-table.ts';
import { insertOutbox, markSent, settleOutbox } from '../../src/store/outbox-table.ts';
import { type Office, openOffice, START, type Visitor, visitorOf } from './admin-harness.ts';

let office: Office;
let worker: Visitor;
/** Two of building 3, one of building 1, one of none. */
let groups: readonly string[] = [];

beforeEach(async () => {
  office = await openOffice();
  await office.addStaff('li', 'worker');
  worker = visitorOf(office.site);
  await worker.signIn('li');
  groups = await office.store.write(async (tx) => {
    const { id: communityId } = office.community;
    const areas = new Map((await listAreas(tx, communityId)).map(({ name, id }) => [name, id]));
    const ids: string[] = [];
    for (const [title, building] of [
      ['三甲', '3'],
      ['三乙', '3'],
      ['一号', '1'],
      ['大群', ''],
    ] as const) {
      const chat = { communityId, channel: 'web', account: communityId, address: `group:${title}`, title } as const;
      const areaId = areas.get(building) ?? null;
      ids.push((await insertChat(tx, { ...chat, kind: 'group', areaId, personId: null, now: START })).id);
    }
    return ids;
  });
});
afterEach(() => office.close());

const TEXT = '周六 9 点停水，请提前接水';
type Sent = Readonly<Record<string, string | readonly string[]>>;

/** The path of a new draft. */
async function write(fields: Sent = {}): Promise<string> {
  const answer = await worker.post('/admin/notices', { text: TEXT, groups: 'all', ...fields });
  expect(answer.status).toBe(303);
  return answer.location ?? '';
}

const idOf = (path: string) => path.split('/').at(-1) ?? '';
const notice = (path: string) => office.store.read((tx) => findNotice(tx, office.community.id, idOf(path)));
const audience = async (path: string) =>
  (await office.store.read((tx) => listAudience(tx, idOf(path)))).map(({ title }) => title);

/** Something nobody asked for came to a group at that moment. */
async function arrived(chatId: string, at: string): Promise<void> {
  await delivered(chatId, 'sent', { at, subjectId: null });
}

async function delivered(
  chatId: string,
  fate: Fate,
  { at = '2026-11-18T09:04:00+08:00', subjectId }: { at?: string; subjectId: string | null },
): Promise<void> {
  const now = new Date(at);
  await office.store.write(async (tx) => {
    const owner = fate === 'queued' ? null : 'me';
    const row = {
      communityId: office.community.id,
      chatId,
      kind: 'notice',
      textKey: 'notice.posted',
      message: { text: 'x' },
      runAt: now,
      notAfter: null,
      collapseKey: null,
      urgent: false,
      subjectId,
    } as const;
    const { id } = await insertOutbox(tx, row, { owner, now });
    if (fate === 'sent') await markSent(tx, [id], 'me', now);
    if (fate === 'refused' || fate === 'unknown')
      await settleOutbox(tx, { id, owner }, { fate, reason: 'network', now });
  });
}

describe('writing', () => {
  it('says what will stand there while nothing was sent', async () => {
    expect((await worker.get('/admin/notices')).text).toContain('还没有发过通知');
  });

  it('says how to begin where the bot is in no group', async () => {
    const { id: communityId } = await office.addCommunity('北门社区');
    await office.addStaff('wang', 'worker', communityId);
    const other = visitorOf(office.site);
    await other.signIn('wang');
    const { text } = await other.get('/admin/notices');
    expect(text).toContain('先把机器人请进群');
    expect(text).not.toContain('写一条通知');
  });

  it.each([
    ['all groups', 'all', ['三甲', '三乙', '一号', '大群']],
    ['all of one building', 'area', ['三甲', '三乙']],
    ['single ones', 'one', ['大群']],
  ])('goes to %s as ticked', async (_, choice, titles) => {
    const areas = await office.store.read((tx) => listAreas(tx, office.community.id));
    const building = areas.find(({ name }) => name === '3')?.id ?? '';
    const ticked = { all: 'all', area: `area:${building}`, one: groups[3] ?? '' }[choice];
    expect(await audience(await write({ groups: ticked ?? '' }))).toEqual(titles);
  });

  it('offers the groups by building, with a box for all of them', async () => {
    const { text } = await worker.get('/admin/notices/new');
    expect(text).toContain('全部 4 个群');
    expect(text).toMatch(/3 栋<\/legend>.*这里全部 2 个群/s);
    expect(text).toContain('不分楼栋的群');
  });

  it('leaves out groups that the bot is no longer in', async () => {
    await office.store.write((tx) => updateChat(tx, groups[0] ?? '', { state: 'gone' }));
    expect((await worker.get('/admin/notices/new')).text).not.toContain('三甲');
    expect(await audience(await write())).toEqual(['三乙', '一号', '大群']);
  });

  it.each([
    [{ text: ' ' }, 'text', '这里还空着'],
    [{ text: '水'.repeat(501) }, 'text', '字太多了'],
    [{ groups: '' }, 'groups', '请至少选一个群'],
    [{ groups: 'somebody-elses' }, 'groups', '请至少选一个群'],
    [{ urgent: 'yes' }, 'reason', '为什么紧急'],
  ])('with %o is refused beside the field and keeps the rest', async (wrong, field, sentence) => {
    const { status, text } = await worker.post('/admin/notices', {
      text: TEXT,
      groups: groups[2] ?? '',
      receipt: 'yes',
      ...wrong,
    });
    expect(status).toBe(422);
    expect(text).toMatch(new RegExp(`id="f-${field}-fault">[^<]*${sentence}`));
    expect(text).toMatch(/name="receipt" value="yes" checked/);
    if (!('text' in wrong)) expect(text).toContain(TEXT);
    if (!('groups' in wrong)) expect(text).toMatch(new RegExp(`value="${groups[2]}" checked`));
    expect(await office.store.read((tx) => listNotices(tx, office.community.id, { limit: 5 }))).toEqual([]);
  });

  it('takes over what an activity is about', async () => {
    const made = await worker.post('/admin/activities', {
      title: '周六河边',
      place: '北门',
      rows: '1',
      day0: '2026-11-21',
      from0: '09:00',
      to0: '11:00',
    });
    const { text } = await worker.get(`/admin/notices/new?activity=${idOf(made.location ?? '')}`);
    expect(text).toContain('周六河边：11月21日周六 09:00–11:00，北门。');
  });
});

describe('a draft', () => {
  it('is shown as residents will see it, with its length and how many groups are on the channel', async () => {
    const { text } = await worker.get(await write({ receipt: 'yes', text: '**停水**了' }));
    expect(text).toContain('网页，4 个群');
    expect(text).toContain('【社区通知】<strong>停水</strong>了');
    expect(text).toContain('回“收到”');
    expect(text).toMatch(/，\d+ 个字/);
  });

  it.each([
    ['请联系 13900001234', '手机号或身份证号'],
    ['有事找王阿姨', '像是有人名：王阿姨'],
    ['联系人：王秀英，', '像是有人名：王秀英'],
  ])('of %s is warned about and not forbidden', async (text, caution) => {
    const path = await write({ text });
    const shown = await worker.get(path);
    expect(shown.text).toContain(caution);
    expect(shown.text).toContain('value="now"');
  });

  it.each([TEXT, '周三，高温，请注意安全。', '周六上午，小区北门集合，带手套'])(
    'of %s needs no warning',
    async (text) => {
      expect((await worker.get(await write({ text }))).text).not.toContain('caution');
    },
  );

  it('shows markup as text', async () => {
    const { text } = await worker.get(await write({ text: '<script>x()</script>**<i>粗</i>**' }));
    expect(text).toContain('&lt;script&gt;');
    expect(text).toContain('<strong>&lt;i&gt;粗&lt;/i&gt;</strong>');
    expect(text).not.toMatch(/<script|<i>/);
  });

  it('can be changed, and its boxes stand as they were', async () => {
    const path = await write({ groups: groups[2] ?? '', urgent: 'yes', reason: '停水' });
    const form = await worker.get(`${path}/edit`);
    expect(form.text).toMatch(new RegExp(`value="${groups[2]}" checked`));
    expect(form.text).toContain('value="停水"');
    await worker.post(`${path}/edit`, { text: '改过了', groups: 'all' });
    expect(await notice(path)).toMatchObject({ text: '改过了', urgentReason: null });
  });
});

describe('when it arrives', () => {
  it('is in three minutes where nothing holds it back', async () => {
    expect((await worker.get(await write())).text).toContain('4 个群：09:03 发出');
  });

  it('is told for groups that had theirs today, with the way past it', async () => {
    await arrived(groups[0] ?? '', '2026-11-18T08:40:00+08:00');
    const { text } = await worker.get(await write());
    expect(text).toContain('1 个群：当天已发过 1 条，11月19日周四 08:30 发出');
    expect(text).toContain('3 个群：09:03 发出');
    expect(text).toContain('勾上“紧急”');
  });

  it('is told for groups that had theirs this week', async () => {
    for (const day of ['16', '17', '17']) await arrived(groups[0] ?? '', `2026-11-${day}T10:00:00+08:00`);
    const { text } = await worker.get(await write({ groups: groups[0] ?? '' }));
    expect(text).toContain('三天内都排不上');
  });

  it('is the morning after a night', async () => {
    office.clock.set(new Date('2026-11-18T21:00:00+08:00'));
    await worker.signIn('li');
    expect((await worker.get(await write())).text).toContain('不打扰的时间，11月19日周四 08:30 发出');
  });

  it('is at once, day and night, where it is urgent', async () => {
    office.clock.set(new Date('2026-11-18T21:00:00+08:00'));
    await worker.signIn('li');
    await arrived(groups[0] ?? '', '2026-11-18T08:40:00+08:00');
    const { text } = await worker.get(await write({ urgent: 'yes', reason: '今晚停水' }));
    expect(text).toContain('4 个群：21:03 发出');
  });
});

describe('letting go', () => {
  it('leaves three minutes to have it back, and says until when', async () => {
    const path = await write();
    expect((await worker.post(`${path}/release`, { do: 'now' })).location).toBe(path);
    expect((await worker.get(path)).text).toContain('09:03 发出，之前可撤回');
    expect((await worker.get('/admin/notices')).text).toContain('09:03 发出，之前可撤回');
    await worker.post(`${path}/take-back`);
    expect((await notice(path))?.state).toBe('draft');
    expect((await worker.get(path)).text).toContain('撤回了，没有一个群看到');
  });

  it('names the real time where everything is held back', async () => {
    for (const id of groups) await arrived(id, '2026-11-18T08:40:00+08:00');
    const path = await write();
    await worker.post(`${path}/release`, { do: 'now' });
    expect((await worker.get(path)).text).toContain('11月19日周四 08:30 发出，之前可撤回');
  });

  it('waits for another time, typed as people type', async () => {
    const path = await write();
    await worker.post(`${path}/release`, { do: 'later', day: '11月20日', time: '10点' });
    expect((await notice(path))?.sendAt).toEqual(new Date('2026-11-20T10:00:00+08:00'));
  });

  it.each([
    [{ day: '', time: '10:00' }, 'day', '请填日期'],
    [{ day: '2026-11-20', time: '上午' }, 'time', '请填钟点'],
    [{ day: '2026-11-17', time: '10:00' }, 'day', '已经过了'],
  ])('refuses %o beside the field', async (fields, field, sentence) => {
    const path = await write();
    const { status, text } = await worker.post(`${path}/release`, { do: 'later', ...fields });
    expect(status).toBe(422);
    expect(text).toMatch(new RegExp(`id="f-${field}-fault">[^<]*${sentence}`));
    expect((await notice(path))?.state).toBe('draft');
  });

  it('happens once, and what is on its way is not changed', async () => {
    const path = await write();
    await worker.post(`${path}/release`, { do: 'now' });
    await worker.post(`${path}/release`, { do: 'now' });
    expect((await worker.get(path)).text).toContain('要改先撤回');
    await worker.post(`${path}/edit`, { text: '改', groups: 'all' });
    expect((await notice(path))?.text).toBe(TEXT);
  });

  it('keeps who did it and why it was urgent', async () => {
    const path = await write({ urgent: 'yes', reason: '今晚停水' });
    await worker.post(`${path}/release`, { do: 'now' });
    const [last] = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 1 }));
    expect(last).toMatchObject({ action: 'notice.release', reason: '今晚停水' });
  });
});

describe('what became of it', () => {
  /** Out, with these fates in the four groups. */
  async function out(fates: readonly (Fate | null)[], fields: Sent = {}): Promise<string> {
    const path = await write(fields);
    await worker.post(`${path}/release`, { do: 'now' });
    office.clock.set(new Date('2026-11-18T09:04:00+08:00'));
    await office.store.write((tx) => releaseDueNotices(tx, office.community, office.clock.now()));
    for (const [index, fate] of fates.entries()) {
      if (fate !== null) await delivered(groups[index] ?? '', fate, { subjectId: idOf(path) });
    }
    return path;
  }

  it('leads with the number that matters and lists every group in plain words', async () => {
    const path = await out(['sent', 'sent', 'refused', 'unknown']);
    const { text } = await worker.get(path);
    expect(text).toContain('1 个群没发出去，2 个已发，一共 4 个');
    expect(text).toMatch(/三甲<\/span><span class="hint">09:04 已发到/);
    expect(text).toMatch(/一号<\/span><span class="hint">没发出去/);
    expect(text).toMatch(/大群<\/span><span class="hint">说不准/);
    expect((await worker.get('/admin/notices')).text).toContain('1 个群没发出去');
  });

  it('sends again only what failed, and the unsure ones only when told so', async () => {
    const path = await out(['sent', 'sent', 'refused', 'unknown']);
    await worker.post(`${path}/retry`);
    expect(office.sent.map(({ to }) => to)).toEqual([{ chatId: groups[2] }]);
    await worker.post(`${path}/retry`, { unsure: 'yes' });
    expect(office.sent.map(({ to }) => to)).toEqual([{ chatId: groups[2] }, { chatId: groups[3] }]);
    await worker.post(`${path}/retry`, { unsure: 'yes' });
    expect(office.sent).toHaveLength(2);
  });

  it('offers nothing to send again where all arrived', async () => {
    const { text } = await worker.get(await out(['sent', 'sent', 'sent', 'sent']));
    expect(text).toContain('4 个群都发到了');
    expect(text).not.toMatch(/重发|撤回还没发的/);
  });

  it('can be had back where it still waits, and says where it cannot', async () => {
    const path = await out(['sent', 'queued', 'queued', 'queued']);
    expect((await worker.get(path)).text).toContain('撤回还没发的 3 个');
    await worker.post(`${path}/take-back`);
    const { text } = await worker.get(path);
    expect(text).toContain('撤回了 3 个群；另外 1 个群已经发出');
    expect(text).toContain('撤回了，没发');
    expect(text).not.toContain('重发');
  });

  it('counts who said that they have read it and never lists who did not', async () => {
    const path = await out(['sent', 'sent', 'sent', 'sent'], { receipt: 'yes' });
    await office.store.write(async (tx) => {
      const { id: communityId } = office.community;
      const from = { channel: 'web', account: communityId, address: 'lin' } as const;
      const person = await insertPerson(tx, { communityId, from, now: START });
      await insertReceipt(tx, { noticeId: idOf(path), personId: person.id, now: START });
    });
    expect((await worker.get(path)).text).toContain('1 户回了“收到”');
  });

  it('can be read by who only looks, without a button', async () => {
    const path = await out(['refused', 'sent', 'sent', 'sent']);
    await office.addStaff('reader', 'viewer');
    const reader = visitorOf(office.site);
    await reader.signIn('reader');
    const { text } = await reader.get(path);
    expect(text).toContain('1 个群没发出去');
    expect(text).not.toMatch(/\/retry|\/take-back|照这个再写/);
  });
});

describe('a notice longer than a channel takes in one message', () => {
  const LONG = `${'周六上午九点到下午三点停水检修，'.repeat(4)}请各家提前接水。`;

  it('is shown in the parts it goes out in, and says so for that channel alone', async () => {
    await office.store.write((tx) =>
      insertChat(tx, {
        communityId: office.community.id,
        channel: 'telegram',
        account: 'bot',
        address: '-100',
        title: '电报群',
        kind: 'group',
        areaId: null,
        personId: null,
        now: START,
      }),
    );
    const { text } = await worker.get(await write({ text: LONG }));
    const [telegram = '', web = ''] = text.split('<figure class="preview">').slice(1);
    expect(web).not.toContain('会分成');
    expect(telegram).toContain('一条最多 60 个字，会分成 2 条发');
    expect(telegram.match(/class="bubble"/g)).toHaveLength(2);
  });

  it('says nothing of parts where it fits', async () => {
    expect((await worker.get(await write())).text).not.toContain('会分成');
  });
});

describe('a notice for groups that no night and no cap holds up', () => {
  /** One whose account is not connected, one that a person forwards to. */
  async function others(): Promise<{ away: string; byHand: string }> {
    const { id: communityId } = office.community;
    const group = { communityId, kind: 'group', areaId: null, personId: null, now: START } as const;
    return office.store.write(async (tx) => {
      const away = { ...group, channel: 'wecom', account: 'bot', address: 'g1', title: '企微群' } as const;
      const byHand = { ...group, channel: 'manual', account: communityId, address: 'g2', title: '转发群' } as const;
      return { away: (await insertChat(tx, away)).id, byHand: (await insertChat(tx, byHand)).id };
    });
  }

  async function releasedTo(chatIds: readonly string[]): Promise<string> {
    const path = await write({ groups: chatIds });
    await worker.post(`${path}/release`, { do: 'now' });
    office.clock.set(new Date(office.clock.now().getTime() + 4 * 60_000));
    await office.store.write((tx) => releaseDueNotices(tx, office.community, office.clock.now()));
    for (const chatId of chatIds) await delivered(chatId, 'queued', { subjectId: idOf(path) });
    return path;
  }

  it('promises no minute while the connection is away, neither before nor after it is let go', async () => {
    const { away } = await others();
    const path = await write({ groups: away });
    const { text } = await worker.get(path);
    expect(text).toContain('1 个群：连接断着，连上以后发出，最早');
    await worker.post(`${path}/release`, { do: 'now' });
    const scheduled = (await worker.get(path)).text;
    expect(scheduled).toMatch(/headline">连接断着，连上以后发出，最早[^<]*之前可撤回/);
  });

  it('says of what is queued that the connection is away, not that it is night', async () => {
    const { away } = await others();
    const { text } = await worker.get(await releasedTo([away]));
    expect(text).toContain('1 个群的连接断着，连上以后发出，0 个已发。');
    expect(text).toContain('连接断着，连上以后发</span>');
    expect(text).not.toContain('夜里');
  });

  it('counts as waiting in line only what is neither away nor forwarded by a person', async () => {
    const { away, byHand } = await others();
    const { text } = await worker.get(await releasedTo([groups[0] ?? '', away, byHand]));
    expect(text).toContain('1 个群还在排队，0 个已发，一共 3 个。');
    expect(text).toContain('1 个群的连接断着，连上以后发出。另有 1 个群等人转发。');
  });

  it('does not blame nights where the connection and a person are all it waits for', async () => {
    const { away, byHand } = await others();
    const { text } = await worker.get(await releasedTo([away, byHand]));
    expect(text).toContain('1 个群的连接断着，连上以后发出，0 个已发。另有 1 个群等人转发。');
    expect(text).not.toContain('夜里');
  });
});
