/** A notice with a mistake goes from every page that is open, and stands on none that is opened later. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { recallChances } from '../../../src/features/notices/recall-service.ts';
import { recallDesk } from '../../../src/joints/recall-desk.ts';
import { openBrowser } from '../../support/browser.ts';
import { openSite, REAL, type Site } from './open-site.ts';
import { giveWebGroup, tellNotice } from './tell-all.ts';

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

async function open(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const news = page.waitForResponse((response) => response.url().includes('/events'));
  await page.goto(`${site.url}/c/${REAL}`);
  await news;
  return page;
}

const told = (page: Page, text: string) => page.locator('.from-bot', { hasText: text });

/** Even after weeks. */
async function takeBack(noticeId: string): Promise<boolean[]> {
  const desk = recallDesk((name, account) => site.bot.channels.find(name, account));
  const later = new Date(site.clock.now().getTime() + 30 * 24 * 60 * 60_000);
  const chances = await site.store.read((tx) => recallChances(tx, noticeId, desk.within, later));
  return Promise.all(chances.map(({ message }) => desk.take(message)));
}

it('goes from pages that are open and from those that are opened later, and nothing else does', async () => {
  const pages = await Promise.all([open(), open()]);
  const id = await tellNotice(site, REAL, '明早八点停水');
  await Promise.all(pages.map((page) => told(page, '明早八点停水').waitFor()));
  const [wang] = pages;
  await wang?.fill('textarea', '大骨头扔哪');
  await wang?.click('.send');
  if (wang !== undefined) await told(wang, '其他垃圾').waitFor();
  expect(await takeBack(id)).toEqual([true]);
  await Promise.all(pages.map((page) => told(page, '明早八点停水').waitFor({ state: 'detached' })));
  if (wang !== undefined) expect(await told(wang, '其他垃圾').count()).toBe(1);
  for (const page of [...pages, await open()]) {
    await page.reload();
    expect(await told(page, '明早八点停水').count()).toBe(0);
  }
  expect(await takeBack(id)).toEqual([true]);
});
