/** Forwarding in a real browser: on a phone with scripts, copied at a tap; without any, marked by hand; on every width whole. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutgoingKind } from '../../src/model/outgoing.ts';
import { insertAttachment } from '../../src/store/attachment-table.ts';
import { insertChat, listGroups } from '../../src/store/chat-table.ts';
import { listToForward } from '../../src/store/forwarding-table.ts';
import { saveHandGroup } from '../../src/store/hand-group-table.ts';
import { insertOutbox } from '../../src/store/outbox-table.ts';
import { openBrowser } from '../support/browser.ts';
import { PASSWORD, START } from './admin-harness.ts';
import { type ServedOffice, serveOffice } from './served-office.ts';

// The first start unpacks a browser; on a busy machine that takes its time.
const PATIENCE_MS = 120_000;

let browser: Browser;
let office: ServedOffice;

beforeAll(async () => {
  browser = await openBrowser();
  office = await serveOffice({ withBot: true });
  await office.addStaff('li', 'admin');
  await furnish();
}, PATIENCE_MS);
afterAll(async () => {
  await browser.close();
  await office.close();
});

// One pixel, so that a browser shows something.
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function furnish(): Promise<void> {
  const { id: communityId } = office.community;
  const now = START;
  await office.store.write(async (tx) => {
    const file = { name: '停水通知.png', mediaType: 'image/png' };
    const id = await insertAttachment(tx, { ...file, communityId, bytes: Buffer.from(PIXEL, 'base64'), now });
    const attachment = { ...file, kind: 'image', id } as const;
    for (const title of ['3号楼邻里群', '南门社区业主群（二群）']) {
      const at = { channel: 'manual', account: communityId, address: `hand:${title}`, kind: 'group' } as const;
      const chat = await insertChat(tx, { ...at, communityId, title, areaId: null, personId: null, now });
      const about = { communityId, chatId: chat.id, owner: '王姐', wecomChat: null, wecomOwner: null };
      await saveHandGroup(tx, { ...about, link: 'https://example.org/group' });
      const put = (kind: OutgoingKind, message: object, urgent = false) => {
        const more = { notAfter: new Date(now.getTime() + 86_400_000), collapseKey: null, subjectId: null, runAt: now };
        const row = { communityId, chatId: chat.id, kind, textKey: 'k', urgent, ...more };
        return insertOutbox(tx, { ...row, message: { text: '', ...message } }, { owner: null, now });
      };
      await put(
        'notice',
        { text: '【社区通知】周六 8:00–12:00 3号楼停水，请提前接水。\n有事打 0994-0000000。', attachment },
        true,
      );
      await put('tip', {
        text: '刷牙时**关上水龙头**，一次能省几升水。\n想一起做的，回 1。',
        choices: [{ label: '一起做', say: '一起做' }],
      });
    }
  });
}

async function enter(wish: Parameters<Browser['newContext']>[0]): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext(wish);
  const page = await context.newPage();
  await page.goto(`${office.url}/sign-in`);
  await page.getByLabel('登录名').fill('li');
  await page.getByLabel('密码').fill(PASSWORD);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '登录' }).click()]);
  return { page, context };
}

const shots = process.env.LVLIN_SHOTS;

async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

const waiting = () => office.store.read((tx) => listToForward(tx, office.community.id, office.clock.now()));

describe.each([360, 390, 1366])('at a width of %i', (width) => {
  it('nothing stands over the edge, and what is pressed is large enough', { timeout: PATIENCE_MS }, async () => {
    const { page, context } = await enter({ viewport: { width, height: 780 } });
    await page.goto(office.url);
    await shoot(page, `today-${width}`);
    await page.goto(`${office.url}/forwarding`);
    await shoot(page, `forwarding-${width}`);
    const wide: number = await page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBe(width);
    const small: string[] = await page.evaluate(
      `[...document.querySelectorAll('main button, main a.button, main summary')].filter((one) => one.offsetHeight > 0 && one.offsetHeight < 44).map((one) => one.textContent)`,
    );
    expect(small).toEqual([]);
    // A text that is forwarded is read whole, without scrolling within it.
    const hidden: number = await page.evaluate(
      `[...document.querySelectorAll('.to-copy')].filter((one) => one.scrollHeight > one.clientHeight + 2).length`,
    );
    expect(hidden).toBe(0);
    await page.goto(`${office.url}/settings/hand-groups`);
    await shoot(page, `hand-group-${width}`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await context.close();
  });
});

it('copies at a tap, also where the browser knows no clipboard', { timeout: PATIENCE_MS }, async () => {
  const { page, context } = await enter({ viewport: { width: 390, height: 780 }, hasTouch: true });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = async () => String(await page.evaluate('navigator.clipboard.readText()'));
  await page.goto(`${office.url}/forwarding`);
  const [first] = await page.getByRole('button', { name: '复制' }).all();
  await first?.tap();
  await page.getByRole('button', { name: '复制好了' }).waitFor();
  expect(await copied()).toContain('【社区通知】周六');
  await page.evaluate(`navigator.clipboard.writeText('')`);
  await page.addInitScript(`delete Navigator.prototype.clipboard`);
  await page.reload();
  const [again] = await page.getByRole('button', { name: '复制' }).all();
  await again?.tap();
  await page.getByRole('button', { name: '复制好了' }).waitFor();
  const other = await context.newPage();
  await other.goto(`${office.url}/forwarding`);
  await other.bringToFront();
  expect(await other.evaluate('navigator.clipboard.readText()')).toContain('【社区通知】周六');
  await context.close();
});

it('works without scripts: marked by hand, ticked, had back, pasted and answered', {
  timeout: PATIENCE_MS,
}, async () => {
  const { page, context } = await enter({ viewport: { width: 390, height: 780 }, javaScriptEnabled: false });
  await page.goto(`${office.url}/forwarding`);
  expect(await page.getByRole('button', { name: '复制' }).count()).toBe(0);
  expect(await page.getByLabel('要发的话').nth(1).inputValue()).toContain('刷牙时关上水龙头');
  const press = async (name: string) => {
    const button = page.getByRole('button', { name, exact: true }).first();
    await Promise.all([page.waitForEvent('load'), button.click()]);
  };
  const before = (await waiting()).length;
  await press('这个群的 2 条都已发');
  expect(await page.getByRole('status').innerText()).toContain('记下了，2 条已发');
  expect(await waiting()).toHaveLength(before - 2);
  await press('撤回这一步');
  expect(await waiting()).toHaveLength(before);
  await page.getByLabel('贴在这里').fill('电池扔哪个桶');
  await press('交给绿邻');
  expect(await page.getByRole('status').innerText()).toContain('1 条听明白了');
  expect(await waiting()).toHaveLength(before + 1);
  await shoot(page, 'answered-390');
  const [group] = await office.store.read((tx) => listGroups(tx, office.community.id));
  expect((await waiting())[0]?.chatId).toBe(group?.id);
  await page.getByLabel('贴在这里').fill('#接龙\n河边捡垃圾\n\n1. 王芳 3号楼 2人 13900001234\n2. 老张 和老伴\n3. 陈姨');
  await press('交给绿邻');
  await shoot(page, 'chain-390');
  expect(await page.locator('main').innerText()).toContain('139****1234');
  expect(await page.getByText('这个接龙是哪个活动的').count()).toBe(1);
  await context.close();
});
