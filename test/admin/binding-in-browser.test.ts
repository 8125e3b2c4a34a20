/** Codes, entrances and the poster as they are used: by a worker at an old PC, on a phone, and on paper. */
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { encode } from 'uqr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertChat, updateChat } from '../../src/store/chat-table.ts';
import { openBrowser } from '../support/browser.ts';
import { PASSWORD } from './admin-harness.ts';
import { type ServedOffice, serveOffice } from './served-office.ts';

const PC = { viewport: { width: 1366, height: 768 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** Where pictures of the pages are put for somebody to look at; absent: nowhere. */
const ALBUM = process.env.LVLIN_ALBUM;

let office: ServedOffice;
let browser: Browser;

beforeAll(async () => {
  const publicUrl = 'http://nanmen.example.org';
  [office, browser] = await Promise.all([serveOffice({ telegramName: 'nanmen_bot', publicUrl }), openBrowser()]);
  await office.addStaff('wang', 'admin');
  await office.store.write(async (tx) => {
    for (const [title, state] of [
      ['三号楼邻里群', 'active'],
      ['旧的二号楼群', 'gone'],
    ] as const) {
      const group = { communityId: office.community.id, channel: 'wecom', account: 'bot', kind: 'group' } as const;
      const place = { address: title, title, areaId: null, personId: null, now: office.clock.now() };
      const chat = await insertChat(tx, { ...group, ...place });
      await updateChat(tx, chat.id, { state });
    }
  });
});
afterAll(async () => {
  await browser.close();
  await office.close();
});

async function signedIn(device: object): Promise<Page> {
  const page = await (await browser.newContext(device)).newPage();
  await page.goto(`${office.url}/sign-in`);
  await page.locator('input[name=login]').fill('wang');
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('main button').first().click();
  await page.waitForURL(office.url);
  return page;
}

async function look(page: Page, name: string): Promise<void> {
  if (ALBUM === undefined) return;
  mkdirSync(ALBUM, { recursive: true });
  await page.screenshot({ path: `${ALBUM}/${name}.png`, fullPage: true });
}

/** In the words of the page: whether anything is wider than the screen. */
const TOO_WIDE = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';

describe.each([
  ['pc', PC],
  ['phone', PHONE],
])('on a %s', (name, device) => {
  it('a worker gets a code for a group of a building, and sees what became of the groups', async () => {
    const page = await signedIn(device);
    await page.goto(`${office.url}/settings/groups`);
    await look(page, `${name}-groups`);
    expect(await page.evaluate(TOO_WIDE)).toBe(false);
    await page.getByText('机器人被移出去了').waitFor();
    await page.getByText('接一个群', { exact: true }).click();
    await page.getByLabel('这是哪里的群').selectOption({ label: '3栋' });
    await page.getByRole('button', { name: '要一个码' }).click();
    await page.getByRole('heading', { name: '接3栋的群' }).waitFor();
    expect(await page.locator('.secret dd').textContent()).toMatch(/^@绿邻 [2-9A-Z]{6}$/);
    await look(page, `${name}-group-code`);
    expect(await page.evaluate(TOO_WIDE)).toBe(false);
  });

  it('a member of staff gets a code for the own chat', async () => {
    const page = await signedIn(device);
    await page.goto(`${office.url}/account`);
    await look(page, `${name}-account`);
    await page.getByRole('button', { name: '要一个码' }).click();
    expect(await page.locator('.secret dd').textContent()).toMatch(/^[2-9A-Z]{6}$/);
    await look(page, `${name}-own-code`);
  });

  it('a poster is found and fits the screen', async () => {
    const page = await signedIn(device);
    await page.goto(`${office.url}/settings`);
    await page.getByRole('link', { name: /入口和海报/ }).click();
    await look(page, `${name}-entrances`);
    expect(await page.evaluate(TOO_WIDE)).toBe(false);
    await page.getByRole('listitem').filter({ hasText: '3栋' }).getByRole('link', { name: '打印海报' }).click();
    await page.getByText('南门社区居委会').waitFor();
    await look(page, `${name}-poster`);
    expect(await page.evaluate(TOO_WIDE)).toBe(false);
  });
});

it('on paper the poster is one sheet of A4, with the code of its building as it was made', async () => {
  const page = await signedIn(PC);
  await page.goto(`${office.url}/settings/entrances`);
  const item = page.getByRole('listitem').filter({ hasText: '3栋' });
  const url = (await item.getByRole('link').first().getAttribute('href')) ?? '';
  await item.getByRole('link', { name: '打印海报' }).click();
  await page.getByText('南门社区居委会').waitFor();
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const text = pdf.toString('latin1');
  expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  const [, width = '', height = ''] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ?? [];
  // A4 is 210 by 297 mm, at 72 points an inch.
  expect([Number(width), Number(height)].map(Math.round)).toEqual([595, 842]);
  await page.emulateMedia({ media: 'print' });
  await look(page, 'paper-poster');
  expect(await readModules(page)).toEqual(encode(url, { ecc: 'Q', border: 4 }).data);
});

/** The code as a camera sees it: the middle of each of its squares, dark or light. */
async function readModules(page: Page): Promise<boolean[][]> {
  const picture = sharp(await page.locator('.code svg').screenshot());
  const { data, info } = await picture.greyscale().raw().toBuffer({ resolveWithObject: true });
  const modules = Number((await page.locator('.code svg').getAttribute('viewBox'))?.split(' ')[2]) / 10;
  const middle = (index: number, length: number) => Math.floor(((index + 0.5) / modules) * length);
  return Array.from({ length: modules }, (_, row) =>
    Array.from({ length: modules }, (__, column) => {
      const at = middle(row, info.height) * info.width + middle(column, info.width);
      return (data[at * info.channels] ?? 255) < 128;
    }),
  );
}
