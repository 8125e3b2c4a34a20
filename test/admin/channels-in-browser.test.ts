/** Adding WeCom as a worker does it: at an old PC and on a phone, without a script on the page. */
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { startWecomServer, type WecomServer } from '../support/wecom-server/wecom-server.ts';
import { PASSWORD } from './admin-harness.ts';
import { type ServedOffice, serveOffice } from './served-office.ts';

const PC = { viewport: { width: 1366, height: 768 } };
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const SECRET = 'secret-of-nanmen';

/** Where pictures of the pages are put for somebody to look at; absent: nowhere. */
const ALBUM = process.env.LVLIN_ALBUM;

let server: WecomServer;
let office: ServedOffice;
let browser: Browser;

beforeAll(async () => {
  server = await startWecomServer();
  const environment = { WECOM_WS_URL: server.wsUrl };
  [office, browser] = await Promise.all([serveOffice({ environment }), openBrowser()]);
  await office.addStaff('wang', 'admin');
});
afterAll(async () => {
  await browser.close();
  await office.close();
  await server.stop();
});

async function signedIn(device: object): Promise<Page> {
  const page = await (await browser.newContext({ ...device, javaScriptEnabled: false })).newPage();
  await page.goto(`${office.url}/sign-in`);
  await page.locator('input[name=login]').fill('wang');
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('main button').first().click();
  await page.waitForURL(office.url);
  return page;
}

async function look(page: Page, name: string): Promise<void> {
  const { width = 0 } = (await page.locator('main').boundingBox()) ?? {};
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  if (ALBUM === undefined) return;
  mkdirSync(ALBUM, { recursive: true });
  await page.screenshot({ path: `${ALBUM}/${name}.png`, fullPage: true });
}

it.each([
  ['a PC', PC, 'aibPc'],
  ['a phone', PHONE, 'aibPhone'],
])('on %s it goes from nothing to the first word that comes', async (_what, device, id) => {
  const bot = server.addBot(id, SECRET, '绿邻');
  const page = await signedIn(device);
  await page.locator('nav >> text=设置').click();
  await page.locator('.entries >> text=渠道').click();
  await page.locator('text=企业微信机器人 >> nth=0').click();
  await look(page, `channels-${id}-1`);
  await page.getByLabel('Bot ID').fill(id);
  await page.getByLabel('Secret').fill('not-this-one');
  await page.getByLabel('机器人的名字').fill('绿邻');
  await page.locator('text=连一下试试').click();
  await expect(page.getByRole('alert').innerText()).resolves.toContain('不认您填的账号或密钥');
  expect(await page.getByLabel('Bot ID').inputValue()).toBe(id);
  expect(await page.getByLabel('Secret').inputValue()).toBe('');
  await look(page, `channels-${id}-2`);
  await page.getByLabel('Secret').fill(SECRET);
  await page.locator('text=连一下试试').click();
  await page.waitForSelector('text=企业微信连着，一切正常。');
  await look(page, `channels-${id}-3`);
  server.userSays(bot, 'liqing', '你好');
  // By itself: the page looks again.
  await page.waitForSelector('text=收到了', { timeout: 15_000 });
  expect(await page.content()).not.toContain(SECRET);
  await page.locator('text=改设置').click();
  await page.locator('text=断开，不再用它').click();
  await page.waitForSelector('text=企业微信断开了。');
});
