import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { openSite, REAL, SAMPLE, type Site } from './open-site.ts';
import { visitorOf } from './visitor.ts';

const SAY = `/simulator/${SAMPLE}/say`;
const PC = { viewport: { width: 1366, height: 768 } };

let site: Site;
let browser: Browser;
let isStaff = false;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite({ mayRehearse: async () => isStaff }), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

describe('the simulator', () => {
  it('opens on the sample community for anybody', async () => {
    const answer = await visitorOf(site).get('/simulator');
    expect(answer.headers.get('location')).toBe(`/simulator/${SAMPLE}`);
    const page = await visitorOf(site).get(`/simulator/${SAMPLE}`);
    expect(page.text).toContain('示范社区邻里群（5）');
    expect(page.text).toContain('王阿姨 3-2-501');
  });

  it('opens on a real community for its staff alone, and says that what is done there counts', async () => {
    const visitor = visitorOf(site);
    expect((await visitor.get(`/simulator/${REAL}`)).status).toBe(403);
    const said = { id: 'client-0001', as: '1', place: 'group', text: '你好' };
    expect((await visitor.post(`/simulator/${REAL}/say`, said)).status).toBe(403);
    expect((await visitor.get(`/simulator/${REAL}/events?as=1`)).status).toBe(403);
    isStaff = true;
    expect((await visitor.get(`/simulator/${REAL}`)).text).toContain('这是真的社区');
    isStaff = false;
  });

  it('says where the sample community has gone', async () => {
    const bare = await openSite({ findSample: async () => null });
    const page = await visitorOf(bare).get('/simulator');
    await bare.close();
    expect(page.status).toBe(404);
    expect(page.text).toContain('示范社区已经收起来了');
  });

  it('hands in what a resident says in the group as any platform would', async () => {
    const visitor = visitorOf(site);
    await visitor.post(
      SAY,
      { id: 'client-0002', as: '2', place: 'group', text: '电梯又坏了' },
      { accept: 'application/json' },
    );
    expect(site.heard.at(-1)).toMatchObject({
      channel: 'web',
      account: SAMPLE,
      chat: { kind: 'group', address: `group:${SAMPLE}`, title: '示范社区邻里群' },
      sender: { displayName: '老李 1-1-302' },
      text: '电梯又坏了',
      mentioned: false,
    });
  });

  it.each([
    ['the switch', { text: '大骨头扔哪', mention: 'yes' }],
    ['the name typed', { text: '@绿邻 大骨头扔哪' }],
  ])('speaks to the bot by %s', async (_, said) => {
    const visitor = visitorOf(site);
    await visitor.post(SAY, { id: 'client-0003', as: '1', place: 'group', ...said });
    expect(site.heard.at(-1)).toMatchObject({ text: '@绿邻 大骨头扔哪', mentioned: true });
    const page = await visitor.get(`/simulator/${SAMPLE}`);
    expect(page.text).toContain('其他垃圾');
  });

  it('shows group and private chat side by side, live, and each resident their own', async () => {
    const [mine, theirs] = await Promise.all([browser.newPage(PC), browser.newPage(PC)]);
    await mine.goto(`${site.url}/simulator/${SAMPLE}?as=1`);
    await theirs.goto(`${site.url}/simulator/${SAMPLE}?as=3`);
    await mine.fill('#say-group-text', '楼下有人捡到钥匙吗');
    await mine.click('.panel.group .send');
    await theirs.locator('#group .bubble.other', { hasText: '楼下有人捡到钥匙吗' }).waitFor();
    await mine.click('.panel.private .quick button >> nth=2');
    await mine.locator('#private .from-bot', { hasText: '您想扔什么' }).waitFor();
    expect(await theirs.locator('#private .bubble').count()).toBe(0);
    const chat = { address: `group:${SAMPLE}`, kind: 'group' as const };
    await site.channel.deliver({
      key: 'tip-1',
      account: SAMPLE,
      chat,
      kind: 'tip',
      message: { text: '洗菜水可以浇花' },
    });
    await Promise.all([mine, theirs].map((page) => page.locator('#group', { hasText: '洗菜水可以浇花' }).waitFor()));
    const isWhole =
      'document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth';
    expect(await mine.evaluate(isWhole)).toBe(true);
  });

  it('works without the script on a phone, one chat at a time', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.url}/simulator/${SAMPLE}?as=4`);
    expect(await page.locator('.panel.private').isVisible()).toBe(false);
    await page.getByRole('link', { name: '私聊' }).click();
    expect(await page.locator('.panel.group').isVisible()).toBe(false);
    await page.fill('#say-private-text', '大骨头扔哪');
    await page.click('.panel.private .send');
    await page.locator('#private .from-bot', { hasText: '其他垃圾' }).waitFor();
    expect(await page.locator('[aria-current="true"]').innerText()).toBe('张师傅');
  });
});
