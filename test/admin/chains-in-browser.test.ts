/** #接龙 in a real browser: with one key for each doubt on a computer, without scripts on a phone, whole on every width. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createActivity } from '../../src/features/volunteering/activity-service.ts';
import { listShiftsFrom } from '../../src/store/activity-table.ts';
import { listAttendees } from '../../src/store/attendee-table.ts';
import { openBrowser } from '../support/browser.ts';
import { PASSWORD, START } from './admin-harness.ts';
import { type ServedOffice, serveOffice } from './served-office.ts';

// The first start unpacks a browser; on a busy machine that takes its time.
const PATIENCE_MS = 120_000;

const CHAIN =
  '#接龙\n周六河边捡垃圾，9点南门集合\n例 姓名 楼栋 人数\n\n1. 王芳 3栋 2人 13900001234\n2. 老张 和老伴\n3. 陈姨';

let browser: Browser;
let office: ServedOffice;

beforeAll(async () => {
  browser = await openBrowser();
  office = await serveOffice({ withBot: true });
  await office.addStaff('li', 'worker');
  const startsAt = new Date('2026-11-21T09:00:00+08:00');
  const shifts = [{ startsAt, endsAt: new Date(startsAt.getTime() + 2 * 3_600_000), capacity: 10 }];
  const words = { title: '周六河边捡垃圾', place: '南门', details: '', risk: '', insured: false };
  const act = { community: office.community, staffId: null, now: START };
  await office.store.write((tx) => createActivity(tx, { ...words, shifts }, act));
}, PATIENCE_MS);
afterAll(async () => {
  await browser.close();
  await office.close();
});

const coming = () =>
  office.store.read(async (tx) => {
    const [shift] = await listShiftsFrom(tx, office.community.id, START, 1);
    const people = await listAttendees(tx, office.community.id, shift?.id ?? '');
    return people.map(({ name }) => name);
  });

async function enter(options: Parameters<Browser['newContext']>[0]): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${office.url}/sign-in`);
  await page.locator('input[name=login]').fill('li');
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('form button').click();
  await page.waitForURL(office.url);
  return { page, context };
}

/** Set `SCREENSHOTS=<folder>` to look at them. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `chains-${name}.png`), fullPage: true });
}

async function expectWhole(page: Page): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
}

it('a forked and edited list is cleared on a computer with one key for each doubt', {
  timeout: PATIENCE_MS,
}, async () => {
  const { page, context } = await enter({ viewport: { width: 1366, height: 768 } });
  const paste = async (text: string) => {
    await page.goto(`${office.url}/chains`);
    await page.getByLabel('接龙的文字').fill(text);
    await page.getByRole('button', { name: '收进来' }).click();
    await page.waitForURL(/\/chains\/\w+$/);
  };
  await shootEmpty(page);
  await paste(CHAIN);
  await shoot(page, 'one-1366');
  await expectWhole(page);
  // Two people added themselves to the same copy: neither is lost.
  await paste(`${CHAIN}\n4. 小周`);
  await paste(`${CHAIN}\n4. 刘姐 3人`);
  expect(await coming()).toEqual(['王芳', '老张', '陈姨', '小周', '刘姐']);
  // One number stands twice and one is nobody's: a person looks.
  await paste(`${CHAIN}\n4. 小周\n5. 刘姐 3人\n5. 阿强\n7. 何婶`);
  await page.goto(`${office.url}/chains`);
  await shoot(page, 'doubts-1366');
  let left = await page.locator('article.card').count();
  expect(left).toBeGreaterThan(0);
  while (left > 0) {
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('1')]);
    const now = await page.locator('article.card').count();
    expect(now).toBeLessThan(left);
    left = now;
  }
  expect(await page.getByRole('status').innerText()).toContain('都看完了');
  expect((await coming()).toSorted()).toEqual(['王芳', '老张', '陈姨', '小周', '刘姐', '阿强', '何婶'].toSorted());
  await shoot(page, 'cleared-1366');
  await context.close();
});

async function shootEmpty(page: Page): Promise<void> {
  await page.goto(`${office.url}/chains`);
  await shoot(page, 'empty-1366');
  await expectWhole(page);
}

it('works without scripts on a phone: started, taken off, put back, and who is not in yet', {
  timeout: PATIENCE_MS,
}, async () => {
  const { page, context } = await enter({ viewport: { width: 390, height: 780 }, javaScriptEnabled: false });
  await page.goto(`${office.url}/chains/start`);
  expect(await page.getByLabel('要复制的文字').inputValue()).toContain('周六河边捡垃圾');
  await expectWhole(page);
  await shoot(page, 'start-390');
  await page.goto(`${office.url}/chains`);
  await page.getByLabel('接龙的文字').fill('#接龙\n大家来报个名\n\n1. 赵敏\n2. 孙权');
  await page.getByRole('button', { name: '收进来' }).click();
  await page.getByText('这个接龙是哪个活动的').waitFor();
  await expectWhole(page);
  await shoot(page, 'which-390');
  await page
    .getByRole('button', { name: /就是它|^1\. / })
    .first()
    .click();
  expect(await coming()).toContain('赵敏');
  await page.getByRole('link', { name: '大家来报个名' }).first().click();
  await page.getByRole('button', { name: '去掉' }).first().click();
  expect(await coming()).not.toContain('赵敏');
  await shoot(page, 'taken-off-390');
  await page.getByRole('button', { name: '撤回这一步' }).click();
  expect(await coming()).toContain('赵敏');
  await page.goto(`${office.url}/chains/not-yet`);
  await shoot(page, 'not-yet-form-390');
  await page.getByRole('button', { name: '看名单' }).click();
  expect(await page.locator('main').innerText()).toContain('仅供工作人员使用');
  await expectWhole(page);
  await shoot(page, 'not-yet-390');
  await context.close();
});
