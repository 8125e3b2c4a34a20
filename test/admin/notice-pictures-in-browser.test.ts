/** A picture goes with a notice: chosen, looked at, exchanged and let go, in a real browser without scripts. */
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertChat } from '../../src/store/chat-table.ts';
import { openBrowser } from '../support/browser.ts';
import { PASSWORD, START } from './admin-harness.ts';
import { type ServedOffice, serveOffice } from './served-office.ts';

// The first start unpacks a browser; on a busy machine that takes its time.
const PATIENCE_MS = 120_000;

let browser: Browser;
let office: ServedOffice;
let page: Page;
let photo: Buffer;

beforeAll(async () => {
  browser = await openBrowser();
  office = await serveOffice();
  await office.addStaff('li', 'worker');
  await addGroups();
  photo = await poster('#1f7a4d');
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

beforeEach(async () => {
  await page.goto(`${office.url}/notices/new`);
  await page.getByLabel('写什么').fill('周六上午河边捡垃圾');
  await page.getByLabel('全部 2 个群').check();
  await press('看看样子');
}, PATIENCE_MS);

/** As large as a phone makes them, lying on its side, with the place where it was taken. */
async function poster(background: string): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
  const paper = await sharp({ create: { width: 4_000, height: 3_000, channels: 3, background, noise } })
    .jpeg()
    .toBuffer();
  const sheet = await sharp({ create: { width: 1_200, height: 1_600, channels: 3, background } })
    .png()
    .toBuffer();
  const place = { GPSLatitudeRef: 'N', GPSLatitude: '44/1 0/1 52/1' };
  return sharp(paper)
    .composite([{ input: sheet, left: 400, top: 600 }])
    .withExif({ IFD3: place })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 90 })
    .toBuffer();
}

async function addGroups(): Promise<void> {
  const { id: communityId } = office.community;
  const groups = { 网页群: ['web', communityId], 电报群: ['telegram', 'bot'] } as const;
  await office.store.write(async (tx) => {
    for (const [title, [channel, account]] of Object.entries(groups)) {
      const chat = { communityId, channel, account, address: title, kind: 'group', title } as const;
      await insertChat(tx, { ...chat, areaId: null, personId: null, now: START });
    }
  });
}

async function press(button: string): Promise<void> {
  const wanted = page.getByRole('button', { name: button, exact: true }).first();
  await Promise.all([page.waitForEvent('load'), wanted.click()]);
}

async function choose(file: { name: string; mimeType: string; buffer: Buffer }, button = '加上'): Promise<void> {
  if (button === '加上') await page.getByText('加一张图片').click();
  await page.locator('input[type=file]').setInputFiles(file);
  await press(button);
}

const jpeg = (buffer: Buffer) => ({ name: 'IMG_20261118_张三家门口.jpg', mimeType: 'image/jpeg', buffer });
const main = () => page.locator('main').innerText();
const naturalSizes = () =>
  page.evaluate("Array.from(document.querySelectorAll('main img'), (i) => [i.naturalWidth, i.naturalHeight])");

async function bytesOf(address: string | null): Promise<Buffer> {
  const answer = await page.request.get(new URL(address ?? '', office.url).href);
  return answer.body();
}

describe('a photo of a phone', { timeout: PATIENCE_MS }, () => {
  it('stands upright and small under the words, as each channel shows it', async () => {
    expect(photo.length).toBeGreaterThan(3_000_000);
    await choose(jpeg(photo));
    expect(await naturalSizes()).toEqual([
      [1_500, 2_000],
      [1_500, 2_000],
    ]);
    const [telegram, web] = await page.locator('figure.preview').all();
    expect(await web?.locator('.bubble').count()).toBe(2);
    expect(await web?.locator('.bubble').last().locator('img').count()).toBe(1);
    expect(await telegram?.locator('.bubble').count()).toBe(1);
    expect(await telegram?.locator('.bubble > *').nth(1).getAttribute('src')).toContain('/picture?v=');
    const bytes = await bytesOf(await page.locator('main img').first().getAttribute('src'));
    const { exif } = await sharp(bytes).metadata();
    expect([bytes.length <= 2_000_000, exif]).toEqual([true, undefined]);
    expect(await main()).not.toContain('张三');
    for (const [width, height] of [
      [390, 844],
      [1366, 768],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
      await page.screenshot({ path: `/tmp/notice-picture-${width}.png`, fullPage: true });
    }
  });

  it('gives way to another one, and to none', async () => {
    await choose(jpeg(photo));
    const first = await page.locator('main img').first().getAttribute('src');
    const small = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#c33' } })
      .png()
      .toBuffer();
    await choose({ name: 'a.png', mimeType: 'image/png', buffer: small }, '换上');
    expect(await page.locator('main img').first().getAttribute('src')).not.toBe(first);
    expect(await naturalSizes()).toEqual([
      [300, 200],
      [300, 200],
    ]);
    await press('不要图片');
    expect(await page.locator('main img').count()).toBe(0);
  });

  it('goes with the notice, and with the next one written like it', async () => {
    await choose(jpeg(photo));
    const shown = await page.locator('main img').first().getAttribute('src');
    const id = /v=(.+)$/.exec(shown ?? '')?.[1] ?? '';
    await press('发出');
    expect(await page.locator('main img').count()).toBe(2);
    expect(await page.locator('input[type=file]').count()).toBe(0);
    await page.goto(`${page.url().replace('/notices/', '/notices/new?from=')}`);
    await press('看看样子');
    expect(await page.locator('main img').first().getAttribute('src')).toContain(id);
  });
});

describe('what is no picture', { timeout: PATIENCE_MS }, () => {
  it.each([
    ['a table', 'a.jpg', Buffer.from('PK\u0003\u0004'), '不是 JPG 或 PNG'],
    ['a drawing with a script in it', 'a.svg', Buffer.from('<svg><script>1</script></svg>'), '不是 JPG 或 PNG'],
    ['half a photo', 'a.jpg', null, '打不开'],
    ['nothing', 'a.jpg', Buffer.alloc(0), '还没有选文件'],
  ])('is refused beside the field, and the notice stays: %s', async (_, name, bytes, sentence) => {
    const buffer = bytes ?? photo.subarray(0, photo.length / 2);
    await choose({ name, mimeType: 'image/jpeg', buffer });
    expect(await page.locator('.fault').innerText()).toContain(sentence);
    expect(await page.locator('.bubble .words').first().innerText()).toContain('周六上午河边捡垃圾');
    expect(await page.getByText('选一张照片').isVisible()).toBe(true);
  });
});

it('is shown to nobody of another community', { timeout: PATIENCE_MS }, async () => {
  await choose(jpeg(await poster('#123456')));
  const address = (await page.locator('main img').first().getAttribute('src')) ?? '';
  const other = await office.addCommunity('北门社区');
  await office.addStaff('bei', 'admin', other.id);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const theirs = await context.newPage();
  expect((await theirs.request.get(new URL(address, office.url).href, { maxRedirects: 0 })).status()).toBe(303);
  await theirs.goto(`${office.url}/sign-in`);
  await theirs.getByLabel('登录名').fill('bei');
  await theirs.getByLabel('密码').fill(PASSWORD);
  await Promise.all([theirs.waitForEvent('load'), theirs.getByRole('button', { name: '登录' }).click()]);
  expect((await theirs.request.get(new URL(address, office.url).href)).status()).toBe(404);
  await context.close();
});
