import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSite, REAL, SAMPLE, type Site } from './open-site.ts';
import { type Visitor, visitorOf } from './visitor.ts';

const CHAT = `/c/${REAL}`;
const SCRIPTED = { accept: 'application/json' };

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(() => site.close());

async function arrive(): Promise<Visitor> {
  const visitor = visitorOf(site);
  await visitor.get(CHAT);
  return visitor;
}

function times(text: string, piece: string): number {
  return text.split(piece).length - 1;
}

describe('the residents’ page', () => {
  it('greets a newcomer in the words of the community and marks the sample one', async () => {
    const visitor = visitorOf(site);
    const page = await visitor.get(CHAT);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<html lang="zh-CN">');
    expect(page.text).toContain('南门社区');
    expect(page.text).not.toContain('不会惊动任何人');
    expect((await visitor.get(`/c/${SAMPLE}`)).text).toContain('不会惊动任何人');
  });

  it('answers without the script, with the answer on the page that comes back', async () => {
    const visitor = await arrive();
    const sent = await visitor.post(`${CHAT}/say`, { id: 'client-0001', text: '大骨头扔哪' });
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toBe(`${CHAT}#latest`);
    const page = await visitor.get(CHAT);
    expect(page.text.indexOf('大骨头扔哪')).toBeLessThan(page.text.indexOf('其他垃圾'));
    expect(page.text).toContain('其他垃圾');
  });

  it('keeps one visitor’s chat from another', async () => {
    const visitor = await arrive();
    await visitor.post(`${CHAT}/say`, { id: 'client-0001', text: '我的悄悄话' }, SCRIPTED);
    expect((await visitor.get(CHAT)).text).toContain('我的悄悄话');
    expect((await (await arrive()).get(CHAT)).text).not.toContain('我的悄悄话');
  });

  it('takes what is sent twice under one id once', async () => {
    const visitor = await arrive();
    const before = site.heard.length;
    const said = { id: 'client-0002', text: '电池扔哪' };
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => visitor.post(`${CHAT}/say`, said, SCRIPTED)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await site.bot.dispatcher.idle();
    const ids = site.heard.slice(before).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(1);
    const page = await visitor.get(CHAT);
    expect(times(page.text, 'class="bubble own"')).toBe(1);
    expect(times(page.text, 'class="bubble from-bot"')).toBe(1);
  });

  it('takes other words under the same id as something new', async () => {
    const visitor = await arrive();
    await visitor.post(`${CHAT}/say`, { id: 'client-0003', text: '电池扔哪' });
    await visitor.post(`${CHAT}/say`, { id: 'client-0003', text: '大骨头扔哪' });
    expect(times((await visitor.get(CHAT)).text, 'class="bubble own"')).toBe(2);
  });

  it('shows a tapped button by its label and leaves what could be chosen to be read', async () => {
    const visitor = await arrive();
    await visitor.post(`${CHAT}/say`, { id: 'client-0004', text: '我家承诺光盘，3栋2单元501' });
    const asked = await visitor.get(CHAT);
    const [, choice = ''] = /name="choice" value="([^"]+)"/.exec(asked.text) ?? [];
    await visitor.post(`${CHAT}/say`, { id: 'client-0005', choice });
    const page = await visitor.get(CHAT);
    expect(page.text).toContain('<p class="words">对</p>');
    expect(page.text).not.toContain('name="choice"');
    expect(page.text).toContain('<li>改一改</li>');
    expect(page.text).toContain('记好了');
  });

  it('says nothing for a button whose question is gone', async () => {
    const visitor = await arrive();
    const before = site.heard.length;
    const answer = await visitor.post(`${CHAT}/say`, { id: 'client-0006', choice: 'nothing.0' });
    expect(answer.status).toBe(400);
    expect(site.heard.length).toBe(before);
  });

  it('means exactly what the words below the chat say', async () => {
    const visitor = await arrive();
    await visitor.post(`${CHAT}/say`, { id: 'client-0007', quick: 'activities' });
    expect(site.heard.at(-1)).toMatchObject({ text: '活动', understood: { intent: 'sign-up.list', slots: {} } });
  });

  it.each([
    ['nothing', '   ', '还没写字呢'],
    ['nothing that can be seen', '\u200b\u2060', '还没写字呢'],
    ['more than 2,000 characters', '长'.repeat(2_001), '太长了'],
  ])('does not take %s and gives the words back', async (_, text, sentence) => {
    const visitor = await arrive();
    const page = await visitor.post(`${CHAT}/say`, { id: 'client-0008', text });
    expect(page.status).toBe(400);
    expect(page.text).toContain(sentence);
    expect(page.text).toContain(text.trim().slice(0, 1_900));
  });

  it('takes 2,000 emoji of many code units each', async () => {
    const visitor = await arrive();
    const page = await visitor.post(`${CHAT}/say`, { id: 'client-0009', text: '👨‍👩‍👧‍👦'.repeat(2_000) }, SCRIPTED);
    expect(page.status).toBe(200);
  });

  it('asks a visitor to wait after 20 messages in a minute, and no longer', async () => {
    const visitor = await arrive();
    for (let index = 0; index < 20; index += 1) {
      expect((await visitor.post(`${CHAT}/say`, { id: `client-1${index}00000`, text: '你好' }, SCRIPTED)).status).toBe(
        200,
      );
    }
    const refused = await visitor.post(`${CHAT}/say`, { id: 'client-2000', text: '你好' });
    expect(refused.status).toBe(429);
    expect(refused.text).toContain('请过一分钟再发');
    site.clock.set(new Date(site.clock.now().getTime() + 60_000));
    expect((await visitor.post(`${CHAT}/say`, { id: 'client-2001', text: '你好' }, SCRIPTED)).status).toBe(200);
  });

  it('gives the words back when nothing can be kept, and takes them once when sent again', async () => {
    const visitor = await arrive();
    site.failures = 1;
    const said = { id: 'client-0010', text: '大骨头扔哪' };
    const failed = await visitor.post(`${CHAT}/say`, said);
    expect(failed.status).toBe(503);
    expect(failed.text).toContain('>大骨头扔哪</textarea>');
    expect(failed.text).toContain('value="client-0010"');
    expect((await visitor.post(`${CHAT}/say`, said)).status).toBe(303);
    const page = await visitor.get(CHAT);
    expect(times(page.text, 'class="bubble own"')).toBe(1);
    expect(times(page.text, 'class="bubble from-bot"')).toBe(1);
  });

  it('keeps the words of somebody whose cookie is gone', async () => {
    const visitor = visitorOf(site);
    const page = await visitor.post(`${CHAT}/say`, { id: 'client-0011', text: '我家承诺光盘' });
    expect(page.status).toBe(400);
    expect(page.text).toContain('>我家承诺光盘</textarea>');
    expect((await visitor.post(`${CHAT}/say`, { id: 'client-0011', text: '我家承诺光盘' })).status).toBe(303);
  });

  it('takes nothing from a foreign page', async () => {
    const visitor = await arrive();
    const before = site.heard.length;
    const said = { id: 'client-0012', text: '我家承诺光盘' };
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      expect((await visitor.post(`${CHAT}/say`, said, headers)).status).toBe(403);
      expect((await visitor.post(`${CHAT}/pledge`, said, headers)).status).toBe(403);
    }
    expect(site.heard.length).toBe(before);
  });

  it('loads, runs and frames nothing foreign and is kept in no cache', async () => {
    const { headers } = await visitorOf(site).get(CHAT);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('remembers a visitor by a cookie no script can read', async () => {
    const [cookie] = (await visitorOf(site).get(CHAT)).headers.getSetCookie();
    expect(cookie).toMatch(/^lvlin=[\w-]{43}\.[\w-]{43}; .*HttpOnly.*SameSite=Lax/);
    const safe = await openSite({ publicUrl: 'https://bot.example' });
    const [hostCookie] = (await visitorOf(safe).get(CHAT)).headers.getSetCookie();
    await safe.close();
    expect(hostCookie).toMatch(/^__Host-lvlin=.*Path=\/.*Secure/);
  });

  it('says so in a sentence when the records cannot be read, or far too much is sent', async () => {
    const visitor = await arrive();
    const far = await visitor.post(`${CHAT}/say`, { id: 'client-0014', text: '长'.repeat(100_000) });
    expect([far.status, far.text.includes('太长了')]).toEqual([413, true]);
    const broken = await openSite({ findCommunity: () => Promise.reject(new Error('the database is gone')) });
    const page = await visitorOf(broken).get(CHAT);
    const sent = await visitorOf(broken).post(`${CHAT}/say`, { id: 'client-0015', text: '你好' }, SCRIPTED);
    await broken.close();
    expect([page.status, page.text.includes('这会儿打不开')]).toEqual([503, true]);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(JSON.parse(sent.text)).toHaveProperty('error');
  });

  it('tells a wrong link from a right one', async () => {
    const page = await visitorOf(site).get('/c/nowhere');
    expect(page.status).toBe(404);
    expect(page.text).toContain('没找到这一页');
  });

  it('shows what the bot delivers twice once, and at the place where it came in', async () => {
    const visitor = await arrive();
    await visitor.post(`${CHAT}/say`, { id: 'client-0013', text: '你好呀' }, SCRIPTED);
    const address = site.heard.at(-1)?.chat.address ?? '';
    const delivery = {
      // Made long before it went out, as a notice for next week is.
      key: '00000000000000000001',
      account: REAL,
      chat: { address, kind: 'direct' as const },
      kind: 'reply' as const,
      message: { text: '明天停水' },
    };
    expect(await site.channel.deliver(delivery)).toEqual({ fate: 'sent' });
    expect(await site.channel.deliver(delivery)).toEqual({ fate: 'sent' });
    const page = await visitor.get(CHAT);
    expect(times(page.text, '明天停水')).toBe(1);
    expect(page.text.indexOf('你好呀')).toBeLessThan(page.text.indexOf('明天停水'));
  });
});
