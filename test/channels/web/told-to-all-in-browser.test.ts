/** Notices and tips come in on pages that are open, and stand there when they are opened again. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { openSite, REAL, type Site } from './open-site.ts';
import { giveWebGroup, nextDays, tellNotice, tellTip } from './tell-all.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let browser: Browser;
let site: Site;

beforeAll(async () => {
  browser = await openBrowser();
});

beforeEach(async () => {
  site = await openSite();
  await giveWebGroup(site, REAL);
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await site.close();
});

afterAll(() => browser.close());

/** Resolves when the page hears the news. */
async function open(): Promise<Page> {
  const context = await browser.newContext(PHONE);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const news = page.waitForResponse((response) => response.url().includes('/events'));
  await page.goto(`${site.url}/c/${REAL}`);
  await news;
  return page;
}

function told(page: Page, text: string) {
  return page.locator('.from-bot', { hasText: text });
}

async function say(page: Page, text: string, answer: string): Promise<void> {
  await page.fill('textarea', text);
  await page.click('.send');
  await told(page, answer).waitFor();
}

it('two visitors see one notice once each, live and after a reload', async () => {
  const pages = await Promise.all([open(), open()]);
  await tellNotice(site, REAL, '明早八点停水');
  await Promise.all(pages.map((page) => told(page, '明早八点停水').waitFor()));
  for (const page of pages) {
    expect(await told(page, '明早八点停水').locator('.note-beside').innerText()).toBe('发给大家的');
    await page.reload();
    expect(await told(page, '明早八点停水').count()).toBe(1);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  }
});

it('whoever wants no more sees it no more, and what was missed when they want it again', async () => {
  const [wang, li] = await Promise.all([open(), open()]);
  await say(wang, '别发了', '好，以后不主动给您发消息');
  await tellNotice(site, REAL, '明早八点停水');
  await told(li, '明早八点停水').waitFor();
  await say(wang, '大骨头扔哪', '其他垃圾');
  expect(await told(wang, '明早八点停水').count()).toBe(0);
  await say(wang, '继续发', '好，以后接着发');
  await told(wang, '明早八点停水').waitFor();
});

it('a newcomer finds what was told lately, and a page that lost its line catches up', async () => {
  await tellNotice(site, REAL, '周六大扫除');
  nextDays(site, 1);
  const page = await open();
  expect(await page.locator('.bubble').count()).toBe(2);
  await page.context().setOffline(true);
  site.dropConnections();
  await page.locator('#status', { hasText: '网断了' }).waitFor();
  await tellTip(site, REAL);
  await page.context().setOffline(false);
  await page.locator('.note-beside', { hasText: '小贴士' }).waitFor();
  expect(await page.locator('.bubble').count()).toBe(3);
});
