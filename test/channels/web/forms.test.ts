import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addShift, openSite, REAL, type Site } from './open-site.ts';
import { type Visitor, visitorOf } from './visitor.ts';

const PLEDGE = `/c/${REAL}/pledge`;
const SIGN_UP = `/c/${REAL}/sign-up`;
const CHAT = `/c/${REAL}`;

let site: Site;
let shift: string;

beforeAll(async () => {
  site = await openSite();
  shift = await addShift(site, REAL, '周六捡垃圾', 2);
});

afterAll(() => site.close());

async function arrive(path: string): Promise<Visitor> {
  const visitor = visitorOf(site);
  await visitor.get(path);
  return visitor;
}

describe('the pledge form', () => {
  const filled = {
    id: 'pledge-0001',
    habits: ['clean-plate', 'sort'],
    building: '3栋',
    unit: '２',
    room: '501室',
    people: '四口',
    consent: 'yes',
  };

  it('says the pledge and the yes in one go, and the chat shows both with the bot’s answers', async () => {
    const visitor = await arrive(PLEDGE);
    const before = site.heard.length;
    const sent = await visitor.post(PLEDGE, filled);
    expect(sent.status).toBe(303);
    const [pledge, yes] = site.heard.slice(before);
    expect(pledge?.understood).toEqual({
      intent: 'pledge.make',
      slots: { habits: ['clean-plate', 'sort'], household: { building: '3', unit: '2', room: '501' }, people: 4 },
    });
    expect(yes?.understood).toEqual({ intent: 'confirm', slots: { yes: true } });
    const page = await visitor.get(CHAT);
    expect(page.text).toContain('记好了');
  });

  it('makes one pledge of a form sent twice', async () => {
    const visitor = await arrive(PLEDGE);
    const once = { ...filled, id: 'pledge-0002', room: '601' };
    await visitor.post(PLEDGE, once);
    await visitor.post(PLEDGE, once);
    const page = await visitor.get(CHAT);
    expect(page.text.split('记好了').length - 1).toBe(1);
  });

  it('says beside each field what is missing and loses nothing', async () => {
    const visitor = await arrive(PLEDGE);
    const before = site.heard.length;
    const page = await visitor.post(PLEDGE, {
      id: 'pledge-0003',
      habits: ['clean-plate'],
      building: '三号！！',
      room: '',
      people: '很多',
    });
    expect(page.status).toBe(422);
    expect(site.heard.length).toBe(before);
    expect(page.text).toContain('value="三号！！"');
    expect(page.text).toContain('value="很多"');
    expect(page.text).toMatch(/value="clean-plate" checked/);
    for (const name of ['building', 'room', 'people', 'consent']) {
      expect(page.text).toContain(`id="${name}-error"`);
    }
    expect(page.text).not.toContain('id="habits-error"');
    expect(page.text.split(' autofocus').length - 1).toBe(1);
    expect(page.text).toContain('value="pledge-0003"');
  });

  it('knows only the habits that are offered', async () => {
    const visitor = await arrive(PLEDGE);
    const page = await visitor.post(PLEDGE, { ...filled, habits: ['no-such-habit'] });
    expect(page.status).toBe(422);
    expect(page.text).toContain('请至少挑一样');
  });

  it('survives a cookie that is gone', async () => {
    const page = await visitorOf(site).post(PLEDGE, filled);
    expect(page.status).toBe(400);
    expect(page.text).toContain('value="501室"');
    expect(page.text).toMatch(/value="sort" checked/);
  });
});

describe('the sign-up form', () => {
  it('lists what is open with the places left', async () => {
    const page = await (await arrive(SIGN_UP)).get(SIGN_UP);
    expect(page.text).toContain('周六捡垃圾');
    expect(page.text).toContain('还有 2 个位子');
  });

  it('signs up with name and phone, and writes neither into the chat', async () => {
    const visitor = await arrive(SIGN_UP);
    const form = { id: 'signup-0001', shift, party: '2', name: '王秀英', phone: '+86 138-1234-5678' };
    expect((await visitor.post(SIGN_UP, form)).status).toBe(303);
    expect(site.heard.at(-1)?.understood).toEqual({
      intent: 'sign-up.join',
      slots: { shift, activity: '周六捡垃圾', party: 2, name: '王秀英', phone: '13812345678' },
    });
    const page = await visitor.get(CHAT);
    expect(page.text).toContain('class="bubble from-bot"');
    expect(page.text).not.toContain('13812345678');
    expect((await visitor.get(SIGN_UP)).text).toContain('满了，可以排队');
  });

  it.each([
    ['no shift', { shift: '' }, '请选一场'],
    ['a shift that is gone', { shift: 'gone' }, '刚刚停止报名'],
    ['no number', { party: '好几个' }, '1 到 100'],
    ['too many', { party: '101' }, '1 到 100'],
    ['half a phone', { phone: '138' }, '11 位手机号'],
    ['a novel for a name', { name: '很'.repeat(31) }, '称呼太长'],
  ])('explains %s and keeps the rest', async (_, change, sentence) => {
    const visitor = await arrive(SIGN_UP);
    const form = { id: 'signup-0002', shift, party: '1', name: '老李', phone: '' };
    const page = await visitor.post(SIGN_UP, { ...form, ...change });
    expect(page.status).toBe(422);
    expect(page.text).toContain(sentence);
  });

  it('says what will stand there while there is nothing', async () => {
    const page = await visitorOf(site).get('/c/sample-community/sign-up');
    expect(page.text).toContain('眼下没有可以报名的活动');
    expect(page.text).not.toContain('<form');
  });
});
