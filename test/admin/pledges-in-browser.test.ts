/** Pledges from a table of Excel to one household, in a real browser, without scripts and with them. */
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorkbook } from '../../src/documents/read-workbook.ts';
import { openBrowser } from '../support/browser.ts';
import { PASSWORD } from './admin-harness.ts';
import { type PaperRow, paperFile } from './pledges-stage.ts';
import { type ServedOffice, serveOffice } from './served-office.ts';

// The first start unpacks a browser; on a busy machine that takes its time.
const PATIENCE_MS = 120_000;

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

async function signIn(options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext({ ...options, acceptDownloads: true })).newPage();
  await page.goto(`${office.url}/sign-in`);
  await page.getByLabel('登录名').fill('li');
  await page.getByLabel('密码').fill(PASSWORD);
  await press(page, '登录');
  return page;
}

async function press(page: Page, button: string): Promise<void> {
  const wanted = page.getByRole('button', { name: button, exact: true }).last();
  await Promise.all([page.waitForEvent('load'), wanted.click()]);
}

async function upload(page: Page, rows: readonly PaperRow[]): Promise<void> {
  await page.goto(`${office.url}/pledges/paper`);
  const file = await paperFile(rows);
  const buffer = Buffer.from(await file.arrayBuffer());
  await page.getByLabel('填好的 .xlsx 文件').setInputFiles({ name: file.name, mimeType: file.type, buffer });
  await press(page, '读进来');
}

const GOOD: PaperRow = { building: '3', unit: '2', room: '501', people: '4', habits: '光盘、节水' };

it('come in, are put right, are looked at and changed, all without a script', { timeout: PATIENCE_MS }, async () => {
  const page = await signIn({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, isMobile: true });
  await upload(page, [GOOD, { ...GOOD, room: null, habits: '垃圾分类' }]);
  await page.getByText('1 户录好了').waitFor();
  const wrong = page.getByRole('textbox', { name: '室' });
  expect(await wrong.getAttribute('aria-invalid')).toBe('true');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载这几行' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('南门社区要改的承诺 2026-11-18.xlsx');
  const read = await readWorkbook(await readFile(await download.path()), [
    { key: 'habits', header: '承诺', kind: 'text' },
    { key: 'reason', header: '要改什么', kind: 'text' },
  ]);
  expect(read.ok && read.rows.map(({ values }) => values)).toEqual([{ habits: '垃圾分类', reason: '没写室' }]);
  await wrong.fill('502');
  await press(page, '改好了，再读');
  await page.getByText('今年 2 / 144 户已承诺，约 1%').waitFor();

  await page.getByText('按门牌找一户').click();
  await page.locator('#find-building').selectOption({ label: '3栋' });
  await page.locator('#find-unit').fill('2');
  await page.locator('#find-room').fill('501');
  await press(page, '找');
  await page.getByRole('heading', { name: '3栋的一户' }).waitFor();
  expect(await page.locator('main').innerText()).not.toContain('501');
  expect(page.url()).not.toContain('501');
  await page.getByText('显示完整门牌和联系人').click();
  await page.getByLabel('为什么要看').fill('上门核对');
  await press(page, '显示完整');
  await page.getByText('3栋2单元501').waitFor();

  await page.getByText('代他们改承诺').click();
  await page.getByRole('checkbox', { name: '人走灯灭' }).check();
  await press(page, '保存');
  await page.getByText('li代居民改成').waitFor();
  await press(page, '代他们退出');
  await press(page, '撤回这一步');
  await page.getByText('续上了').waitFor();
  const width = await page.locator('main').evaluate((main) => [main.scrollWidth, main.clientWidth]);
  expect(width[0]).toBe(width[1]);
});

const PAYLOADS = [
  '<script>x()</script>',
  '"><img src=x onerror=x()>',
  "'><svg/onload=x()>",
  '" autofocus onfocus="x()',
  '</textarea><iframe srcdoc="<script>parent.x()</script>">',
];

it('stand on the pages as they were typed, and nothing in them runs', { timeout: PATIENCE_MS }, async () => {
  const page = await signIn({});
  await page.addInitScript('window.seen = []; window.x = () => window.seen.push(1);');
  await upload(
    page,
    PAYLOADS.map((payload) => ({ building: payload, unit: payload, room: null, people: payload, habits: payload })),
  );
  for (const [index, payload] of PAYLOADS.entries()) {
    expect(await page.locator(`#row${index}-habits`).inputValue()).toBe(payload);
  }
  expect(await page.evaluate('window.seen')).toEqual([]);
  const taken = PAYLOADS.map((payload) => ({ ...GOOD, building: payload.slice(0, 20), room: payload }));
  await upload(page, taken);
  await page.goto(`${office.url}/pledges?area=elsewhere`);
  const list = await page.locator('.rows').innerText();
  for (const { building } of taken) expect(list.toLowerCase()).toContain(building.toLowerCase());
  expect(await page.evaluate('window.seen')).toEqual([]);
  expect(await page.locator('main :is(script, img, svg, iframe, [onfocus])').count()).toBe(0);
});
