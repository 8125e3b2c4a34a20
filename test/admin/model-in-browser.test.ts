/** Switching a language model on, trying a sentence and switching it off again, at an old PC and on a phone, without a script. */
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { type LlmServer, MODEL_KEY, MODEL_NAME, meaning, startLlmServer } from '../support/llm-server.ts';
import { PASSWORD } from './admin-harness.ts';
import { type ServedOffice, serveOffice } from './served-office.ts';

const PC = { viewport: { width: 1366, height: 768 } };
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
/** Where pictures of the pages are put for somebody to look at; absent: nowhere. */
const ALBUM = process.env.LVLIN_ALBUM;

let server: LlmServer;
let office: ServedOffice;
let browser: Browser;
beforeAll(async () => {
  server = await startLlmServer();
  [office, browser] = await Promise.all([serveOffice(), openBrowser()]);
  await office.addStaff('wang', 'admin');
});
afterAll(async () => {
  await browser.close();
  await office.close();
  await server.close();
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
  ['a PC', PC, 'pc'],
  ['a phone', PHONE, 'phone'],
])('on %s it goes from off to on and back', async (_what, device, name) => {
  const page = await signedIn(device);
  await page.locator('nav >> text=设置').click();
  await page.locator('.entries >> text=没听懂时问大模型').click();
  await page.getByLabel('地址').fill(server.baseUrl);
  await page.getByLabel('大模型的名字').fill('qwen');
  await page.getByLabel('密钥').fill(MODEL_KEY);
  await page.getByRole('button', { name: '试一下，能用就开' }).click();
  await expect.poll(() => page.locator('[role=alert]').textContent()).toContain('没有这个名字的大模型');
  await look(page, `model-${name}-refused`);
  await page.getByLabel('大模型的名字').fill(MODEL_NAME);
  await page.getByLabel('密钥').fill(MODEL_KEY);
  await page.getByRole('button', { name: '试一下，能用就开' }).click();
  await expect.poll(() => page.locator('main').textContent()).toContain('开着，能用。');

  server.replies.push({ says: meaning('waste.ask', { item: '灯棍儿' }) });
  await page.getByLabel('居民可能说的一句话').fill('我叫王秀英，住3栋501，灯棍儿搁哪');
  await page.getByRole('button', { name: '问问看' }).click();
  await expect.poll(() => page.locator('blockquote').textContent()).toBe('我叫⟦P1⟧，住⟦P2⟧，灯棍儿搁哪');
  await look(page, `model-${name}-tried`);

  await page.locator('text=改地址、名字、密钥，或者不用了').click();
  await look(page, `model-${name}-change`);
  await page.getByRole('button', { name: '不用大模型了' }).click();
  await expect.poll(() => page.locator('main').textContent()).toContain('关掉了，不再送出任何话。');
});
