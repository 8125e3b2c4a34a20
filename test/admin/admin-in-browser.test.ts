/** The site in a real browser: without scripts, at every width, and with what people should not type. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertChat } from '../../src/store/chat-table.ts';
import { insertTask } from '../../src/store/task-table.ts';
import { openBrowser } from '../support/browser.ts';
import { communityNow, PASSWORD, START } from './admin-harness.ts';
import { type ServedOffice, serveOffice } from './served-office.ts';

// The first start unpacks a browser; on a busy machine that takes its time.
const PATIENCE_MS = 120_000;

let browser: Browser;
let office: ServedOffice;

beforeAll(async () => {
  browser = await openBrowser();
}, PATIENCE_MS);
afterAll(() => browser.close());

beforeEach(async () => {
  office = await serveOffice({ isSample: true });
});
afterEach(() => office.close());

/** What sticks out, is too small for a finger (WCAG 2.2, 2.5.5: 44 px), has no label, or has the id of another. */
const LOOKS = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const height = (control) => (control.closest('label') ?? control).getBoundingClientRect().height;
  const html = (elements) => elements.map(({ outerHTML }) => outerHTML);
  const controls = all('button, .button, input:not([type=hidden]), select, textarea, nav a').filter((one) => one.checkVisibility());
  const fields = all('input:not([type=hidden]), select, textarea');
  const ids = all('[id]').map(({ id }) => id);
  return {
    wide: document.documentElement.scrollWidth - window.innerWidth,
    small: html(controls.filter((control) => height(control) < 43.5)),
    unnamed: html(fields.filter(({ labels }) => labels.length === 0)),
    twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    headings: all('h1').length,
    language: document.documentElement.lang,
  };
})()`;

/** What is refused, e.g. an empty form, comes back as a page; so every press of a button waits for one. */
async function press(page: Page, button: string): Promise<void> {
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('button', { name: button, exact: true }).first().click(),
  ]);
}

async function signIn(page: Page, login = 'li'): Promise<void> {
  await page.goto(`${office.url}/sign-in`);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(PASSWORD);
  await press(page, '登录');
}

/** A page with everything on it that a worker may see. */
async function furnish(): Promise<void> {
  const { id: communityId } = office.community;
  await office.store.write(async (tx) => {
    const chat = { communityId, channel: 'web', account: communityId, address: 'group:3', kind: 'group' } as const;
    const { id: chatId } = await insertChat(tx, {
      ...chat,
      title: '3号楼群',
      areaId: null,
      personId: null,
      now: START,
    });
    await insertTask(tx, { communityId, kind: 'unknown-waste', subjectId: 'w', text: '电子秤', chatId, now: START });
    await insertTask(tx, {
      communityId,
      kind: 'question',
      subjectId: 'q',
      text: '充电桩什么时候好',
      chatId,
      now: START,
    });
    await insertTask(tx, {
      communityId,
      kind: 'days-to-confirm',
      subjectId: 'energy-week:2026',
      text: '哪几天',
      now: START,
    });
  });
}

const PATHS = [
  '',
  '/pledges',
  '/pledges/new',
  '/activities',
  '/activities/new',
  '/notices',
  '/notices/new',
  '/settings',
  '/settings/machine',
  '/settings/community',
  '/settings/areas',
  '/settings/groups',
  '/settings/tips',
  '/settings/hours',
  '/settings/days',
  '/settings/staff',
  '/settings/audit',
  '/account',
  '/begin',
] as const;

describe('without scripts', () => {
  it('leads from the code to a changed setting and out again', { timeout: PATIENCE_MS }, async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(office.url);
    await page.getByLabel('一次性的码').fill((await office.setupCode()) ?? '');
    await page.getByLabel('您怎么称呼').fill('李社工');
    await page.getByLabel('登录名').fill('li');
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await page.getByLabel('再填一遍密码').fill(PASSWORD);
    await press(page, '建好账号，进去看看');
    expect(await page.locator('h1').textContent()).toContain('今日');

    await page.getByRole('link', { name: '设置', exact: true }).click();
    await page.getByRole('link', { name: /^小贴士/ }).click();
    await page.getByLabel('周二').uncheck();
    await page.getByLabel('周六').check();
    await page.getByLabel('几点').fill('10:30');
    await press(page, '保存');
    expect(await page.getByRole('status').textContent()).toContain('存好了');
    expect((await communityNow(office)).settings.tips).toEqual({ on: true, weekdays: [5, 6], time: '10:30' });

    await press(page, '退出');
    expect(await page.getByRole('alert').textContent()).toContain('已退出');
    await page.goto(`${office.url}/settings`);
    await page.getByLabel('登录名').fill('li');
    await page.getByLabel('密码').fill(PASSWORD);
    await press(page, '登录');
    expect(page.url()).toBe(`${office.url}/settings`);
    await context.close();
  });

  it('gives back a typed form after the session ran out', { timeout: PATIENCE_MS }, async () => {
    await office.addStaff('li', 'admin');
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await signIn(page);
    await page.goto(`${office.url}/settings/community`);
    await page.getByLabel('办公地点').fill('北门路 1 号');
    office.clock.set(new Date(START.getTime() + 9 * 3_600_000));
    await press(page, '保存');
    expect(await page.getByRole('alert').textContent()).toContain('刚才填的都留着');
    await page.getByLabel('登录名').fill('li');
    await page.getByLabel('密码').fill(PASSWORD);
    await press(page, '登录');
    expect(await page.getByRole('status').textContent()).toContain('您刚才填的都在');
    expect(await page.getByLabel('办公地点').inputValue()).toBe('北门路 1 号');
    await press(page, '保存');
    expect((await communityNow(office)).settings.address).toBe('北门路 1 号');
    await context.close();
  });
});

describe('every page', () => {
  it.each([
    ['an old office screen', 1366, 768],
    ['the same at 200 % zoom', 683, 384],
    ['a phone', 390, 844],
  ])(
    'fits %s, with labels on every field and buttons large enough',
    { timeout: PATIENCE_MS },
    async (_, width, height) => {
      await office.addStaff('li', 'admin');
      await furnish();
      const context = await browser.newContext({ viewport: { width, height } });
      const page = await context.newPage();
      await signIn(page);
      for (const path of PATHS) {
        await page.goto(office.url + path);
        const found: object = await page.evaluate(LOOKS);
        expect({ path, ...found }).toEqual({
          path,
          wide: 0,
          small: [],
          unnamed: [],
          twice: [],
          headings: 1,
          language: 'zh-CN',
        });
      }
      await context.close();
    },
  );
});
