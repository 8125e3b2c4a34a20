/** A notice from the first word to being had back, in a real browser without scripts. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertChat } from '../../src/store/chat-table.ts';
import { listAreas } from '../../src/store/community-table.ts';
import { openBrowser } from '../support/browser.ts';
import { PASSWORD, START } from './admin-harness.ts';
import { type ServedOffice, serveOffice } from './served-office.ts';

// The first start unpacks a browser; on a busy machine that takes its time.
const PATIENCE_MS = 120_000;

let browser: Browser;
let office: ServedOffice;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  office = await serveOffice();
  await office.addStaff('li', 'worker');
  await addGroups();
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1366, height: 768 } });
  page = await context.newPage();
  await page.goto(`${office.url}/sign-in`);
  await page.getByLabel('登录名').fill('li');
  await page.getByLabel('密码').fill(PASSWORD);
  await press('登录');
}, PATIENCE_MS);
afterAll(async () => {
  await browser.close();
  await office.close();
});

async function addGroups(): Promise<void> {
  const { id: communityId } = office.community;
  await office.store.write(async (tx) => {
    const areas = await listAreas(tx, communityId);
    for (const title of ['1号楼一群', '1号楼二群', '2号楼群', '跳舞的']) {
      const areaId = areas.find(({ name }) => title.startsWith(name))?.id ?? null;
      const chat = { communityId, channel: 'web', account: communityId, address: title, kind: 'group' } as const;
      await insertChat(tx, { ...chat, title, areaId, personId: null, now: START });
    }
  });
}

async function press(button: string): Promise<void> {
  const wanted = page.getByRole('button', { name: button, exact: true }).first();
  await Promise.all([page.waitForEvent('load'), wanted.click()]);
}

async function follow(link: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.getByRole('link', { name: link }).first().click()]);
}

const main = () => page.locator('main').innerText();

it('is written, looked at, let go and had back', { timeout: PATIENCE_MS }, async () => {
  await page.goto(`${office.url}/notices`);
  await follow('写一条通知');
  await page.getByLabel('这里全部 2 个群').check();
  await press('看看样子');
  expect(await main()).toContain('这里还空着');
  expect(await page.getByLabel('这里全部 2 个群').isChecked()).toBe(true);
  await page.getByLabel('写什么').fill('周六停水\n<img src=x onerror=alert(1)>\n**提前接水**，有事打 13900001234');
  await press('看看样子');
  expect(await page.locator('.bubble .words').innerText()).toContain(
    '周六停水\n<img src=x onerror=alert(1)>\n提前接水',
  );
  expect(await page.locator('main img').count()).toBe(0);
  expect(await main()).toContain('2 个群：09:03 发出');
  expect(await main()).toContain('手机号');
  await press('发出');
  expect(await main()).toContain('09:03 发出，之前可撤回');
  await press('撤回');
  expect(await page.getByRole('status').innerText()).toContain('没有一个群看到');
  await page.getByText('定个时间再发').click();
  await page.getByLabel('哪天').fill('2026-11-20');
  await page.getByLabel('几点').fill('10:00');
  await press('到时间发出');
  expect(await main()).toContain('11月20日周五 10:00 发出，之前可撤回');
});

it('fits a phone and an old screen on every page of it', { timeout: PATIENCE_MS }, async () => {
  await page.goto(`${office.url}/notices`);
  await follow('周六停水');
  const one = page.url();
  for (const [width, height] of [
    [390, 844],
    [1366, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const path of [`${office.url}/notices`, `${office.url}/notices/new`, one]) {
      await page.goto(path);
      const wide = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      expect({ path, wide }).toEqual({ path, wide: 0 });
    }
  }
});
