/** An activity from the first word to the list of whom to phone, in a real browser without scripts. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { PASSWORD } from './admin-harness.ts';
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
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
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

async function press(button: string): Promise<void> {
  const wanted = page.getByRole('button', { name: button, exact: true }).first();
  await Promise.all([page.waitForEvent('load'), wanted.click()]);
}

async function follow(link: string | RegExp): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.getByRole('link', { name: link }).first().click()]);
}

async function addAtDesk(name: string, party: string): Promise<void> {
  await page.getByText('添一家').click();
  await page.getByLabel('姓名').fill(name);
  await page.getByLabel('电话（可不填）').fill('139 0000 1234');
  await page.getByLabel('来几人').fill(party);
  await press('添上');
}

it('is made, filled, looked at in full, and called off', { timeout: PATIENCE_MS }, async () => {
  await page.goto(`${office.url}/activities`);
  await follow('发一个活动');
  await page.getByLabel('叫什么').fill('周六<i>河边</i>');
  await page.getByLabel('在哪里').fill('北门');
  await page.getByLabel('日期').fill('2026-11-21');
  await page.getByLabel('几点开始').fill('09:00');
  await page.getByLabel('几点结束').fill('11:00');
  await page.getByLabel('最多几人').fill('2');
  await page.getByLabel(/^可能伤到人/).fill('路滑');
  await press('再加一个场次');
  await page.getByLabel('日期').nth(1).fill('2026-11-28');
  // The Enter key saves, although another button stands before it.
  await Promise.all([page.waitForEvent('load'), page.getByLabel('叫什么').press('Enter')]);
  expect(await page.getByText('先上好保险').count()).toBe(1);
  await page.getByLabel('保险已经上好').check();
  await press('发布活动');
  expect(await page.locator('h1').textContent()).toBe('周六<i>河边</i>');

  await addAtDesk('王秀英', '2');
  await addAtDesk('李建国', '1');
  expect(await page.getByRole('status').textContent()).toContain('排在第 1');
  expect(await page.locator('main').textContent()).not.toContain('王秀英');
  await page.getByText('要看完整').click();
  await page.getByLabel('为什么要看').fill('要打电话');
  await press('显示完整');
  expect(await page.locator('main').textContent()).toContain('王秀英');

  await follow('打印签到表');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('nav, button, .on-screen').filter({ visible: true }).count()).toBe(0);
  expect(await page.locator('.sign-in tbody tr').count()).toBe(6);
  await page.emulateMedia({ media: 'screen' });
  await follow(/回到/);
  await follow('取消活动');
  expect(await page.locator('main').textContent()).toContain('2 家机器人联系不上');
  await press('取消这个活动');
  expect(await page.locator('main').textContent()).toContain('没联系上的：2 家');
});

it('fits a phone and an old screen on every page of it', { timeout: PATIENCE_MS }, async () => {
  await page.goto(`${office.url}/activities`);
  await follow(/河边/);
  const one = page.url().replace(/\?.*/, '');
  for (const [width, height] of [
    [390, 844],
    [1366, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const path of [
      `${office.url}/activities`,
      `${office.url}/activities/new?from=${one.split('/').at(-1)}`,
      one,
    ]) {
      await page.goto(path);
      const wide = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      expect({ path, wide }).toEqual({ path, wide: 0 });
    }
  }
});
