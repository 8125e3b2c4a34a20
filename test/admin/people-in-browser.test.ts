/** A resident is erased at the office, in a real browser without scripts: on the old PC of the office and on a phone. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findHousehold } from '../../src/store/household-table.ts';
import { openBrowser } from '../support/browser.ts';
import { PASSWORD } from './admin-harness.ts';
import { pledgeAt } from './pledges-stage.ts';
import { type ServedOffice, serveOffice } from './served-office.ts';

// The first start unpacks a browser; on a busy machine that takes its time.
const PATIENCE_MS = 120_000;
const SCREENS = [
  { width: 1366, height: 768 },
  { width: 390, height: 844 },
] as const;

let browser: Browser;
let office: ServedOffice;

beforeAll(async () => {
  browser = await openBrowser();
  office = await serveOffice();
  await office.addStaff('li', 'worker');
}, PATIENCE_MS);
afterAll(async () => {
  await browser.close();
  await office.close();
});

async function signIn(viewport: (typeof SCREENS)[number]): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled: false, viewport })).newPage();
  await page.goto(`${office.url}/sign-in`);
  await page.getByLabel('登录名').fill('li');
  await page.getByLabel('密码').fill(PASSWORD);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '登录' }).click()]);
  return page;
}

/** Whatever stands on a page fits the screen, or it has to be pushed to and fro with a finger. */
async function fitsScreen(page: Page): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  const box = await page.locator('main').boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
  for (const control of await page.locator('main .button, main button').all()) {
    const place = await control.boundingBox();
    expect((place?.x ?? 0) + (place?.width ?? 0), await control.innerText()).toBeLessThanOrEqual(width);
  }
}

it.each(SCREENS)(
  'the way from the household to nothing left is walked at $width px',
  { timeout: PATIENCE_MS },
  async (screen) => {
    const door = { building: '3', unit: '2', room: String(500 + screen.width) };
    const id = await pledgeAt(office, door, { resident: { name: '王秀英', phone: '13812345678' } });
    const page = await signIn(screen);
    await page.goto(`${office.url}/pledges/${id}`);
    await page.getByText('显示完整门牌和联系人').click();
    await page.getByLabel('为什么要看').fill('本人来要求删除');
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '显示完整' }).click()]);
    await fitsScreen(page);
    await Promise.all([page.waitForEvent('load'), page.getByRole('link', { name: '移出这一户' }).click()]);
    await fitsScreen(page);
    await Promise.all([page.waitForEvent('load'), page.getByRole('link', { name: '不移' }).click()]);
    await page.getByText('显示完整门牌和联系人').click();
    await page.getByLabel('为什么要看').fill('本人来要求删除');
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '显示完整' }).click()]);
    await Promise.all([page.waitForEvent('load'), page.getByRole('link', { name: '删除全部资料' }).click()]);
    await fitsScreen(page);
    await page.getByText('您家的门牌和承诺').waitFor();
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '全部删掉' }).click()]);
    await page.getByText('这位居民的资料都删掉了').waitFor();
    expect(await office.store.read((tx) => findHousehold(tx, office.community.id, id))).toBeNull();
  },
);
