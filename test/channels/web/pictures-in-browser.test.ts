/** The picture of a notice on the residents' page: live, after a reload, without the script, and to nobody else. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertAttachment } from '../../../src/store/attachment-table.ts';
import { openBrowser } from '../../support/browser.ts';
import { openSite, REAL, SAMPLE, type Site } from './open-site.ts';
import { giveWebGroup, tellNotice } from './tell-all.ts';
import { visitorOf } from './visitor.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let browser: Browser;
let site: Site;
let poster: Buffer;

beforeAll(async () => {
  browser = await openBrowser();
  poster = await sharp({ create: { width: 900, height: 1_200, channels: 3, background: '#1f7a4d' } })
    .jpeg()
    .toBuffer();
});
beforeEach(async () => {
  site = await openSite();
  for (const community of [REAL, SAMPLE]) await giveWebGroup(site, community);
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await site.close();
});
afterAll(() => browser.close());

const tellPoster = (community = REAL) =>
  tellNotice(site, community, '周六上午河边捡垃圾', false, null, {
    name: '通知图片.jpg',
    mediaType: 'image/jpeg',
    bytes: poster,
  });

async function open(options: BrowserContextOptions = PHONE): Promise<Page> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto(`${site.url}/c/${REAL}`);
  return page;
}

const picture = (page: Page) => page.locator('.from-bot', { hasText: '周六上午河边捡垃圾' }).locator('img');
const loaded = (page: Page) =>
  page.waitForFunction("(() => { const i = document.querySelector('.picture img'); return i && i.naturalWidth })()");

describe('the picture of a notice', () => {
  it('comes in on a page that is open, with a word for whoever cannot see it, and fills the screen at a tap', async () => {
    const page = await open();
    await tellPoster();
    await picture(page).waitFor();
    expect(await (await loaded(page)).jsonValue()).toBe(900);
    expect(await picture(page).getAttribute('alt')).toBe('图片，点开看大图');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.screenshot({ path: '/tmp/web-picture-390.png', fullPage: true });
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.screenshot({ path: '/tmp/web-picture-1366.png', fullPage: true });
    await Promise.all([page.waitForURL(/\/picture\//), picture(page).click()]);
    expect(await page.evaluate("document.querySelector('img').naturalHeight")).toBe(1_200);
  });

  it('takes its room before it has come, so that nothing jumps', async () => {
    const page = await open();
    await page.route('**/picture/*', () => {});
    await tellPoster();
    await picture(page).waitFor({ state: 'attached' });
    expect((await page.locator('.picture').boundingBox())?.height).toBeGreaterThan(200);
  });

  it('is there without the script', async () => {
    await tellPoster();
    const page = await open({ ...PHONE, javaScriptEnabled: false });
    expect(await page.evaluate("document.querySelector('.picture img').naturalWidth")).toBe(900);
  });
});

describe('a picture is fetched', () => {
  const addressIn = (text: string) => /src="([^"]+\/picture\/[^"]+)"/.exec(text)?.[1] ?? '';

  /** The bot says something with a picture in private; gives the id of the message. */
  async function showTo(address: string): Promise<string> {
    const file = { name: '图.jpg', mediaType: 'image/jpeg', communityId: REAL, bytes: poster, now: site.clock.now() };
    const id = await site.store.write((tx) => insertAttachment(tx, file));
    const attachment = { kind: 'image', id, name: '图.jpg', mediaType: 'image/jpeg' } as const;
    const key = 'shown-in-private';
    const chat = { address, kind: 'direct' } as const;
    const message = { text: '给您看', attachment };
    await site.channel.deliver({ key, account: REAL, chat, kind: 'reply', message });
    return key;
  }

  it('once: a browser keeps it', async () => {
    await tellPoster();
    const visitor = visitorOf(site);
    const address = addressIn((await visitor.get(`/c/${REAL}`)).text);
    const answer = await visitor.get(address);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(answer.headers.get('cache-control')).toBe('private, max-age=604800, immutable');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('from the board of its own community only', async () => {
    await tellPoster();
    const visitor = visitorOf(site);
    const address = addressIn((await visitor.get(`/c/${REAL}`)).text);
    expect((await visitor.get(address.replace(REAL, SAMPLE))).status).toBe(404);
    expect((await visitor.get(`/c/${REAL}/picture/nothing`)).status).toBe(404);
  });

  it('from a private chat by its owner only', async () => {
    const [wang, li] = [visitorOf(site), visitorOf(site)];
    await wang.get(`/c/${REAL}`);
    await li.get(`/c/${REAL}`);
    await wang.post(`/c/${REAL}/say`, { text: '你好', id: 'client-0001' });
    const key = await showTo(site.heard[0]?.chat.address ?? '');
    expect((await wang.get(`/c/${REAL}/picture/${key}`)).status).toBe(200);
    expect((await li.get(`/c/${REAL}/picture/${key}`)).status).toBe(404);
    expect((await visitorOf(site).get(`/c/${REAL}/picture/${key}`)).status).toBe(404);
  });
});
