/** A notice with a mistake is taken out of the groups it stands in, in a real browser without scripts. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecallDesk } from '../../src/admin/admin-parts.ts';
import { createNotice, releaseDueNotices, releaseNotice } from '../../src/features/notices/notices-service.ts';
import type { ChannelName } from '../../src/model/channel-name.ts';
import { listAudit } from '../../src/store/audit-table.ts';
import { insertChat } from '../../src/store/chat-table.ts';
import { findNotice } from '../../src/store/notice-table.ts';
import { fatesOf, insertOutbox, markSent } from '../../src/store/outbox-table.ts';
import { insertRecallReceipt } from '../../src/store/recall-receipt-table.ts';
import { openBrowser } from '../support/browser.ts';
import { PASSWORD, START } from './admin-harness.ts';
import { type ServedOffice, serveOffice } from './served-office.ts';

// The first start unpacks a browser; on a busy machine that takes its time.
const PATIENCE_MS = 120_000;
const MINUTE_MS = 60_000;

let browser: Browser;
let office: ServedOffice;
let page: Page;
let asked: string[];
/** What platforms answer, by the receipt. */
let refusing: Set<string>;

const WITHIN: Partial<Record<ChannelName, number>> = {
  telegram: 48 * 60 * MINUTE_MS,
  wechat: 2 * MINUTE_MS,
  web: Number.POSITIVE_INFINITY,
};
const recall: RecallDesk = {
  within: ({ channel }) => WITHIN[channel] ?? null,
  take: async ({ receipt }) => {
    asked.push(receipt);
    return !refusing.has(receipt);
  },
};

beforeAll(async () => {
  browser = await openBrowser();
}, PATIENCE_MS);
beforeEach(async () => {
  asked = [];
  refusing = new Set();
  office = await serveOffice({ recall });
  await office.addStaff('li', 'worker');
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  page = await context.newPage();
  await page.goto(`${office.url}/sign-in`);
  await page.getByLabel('登录名').fill('li');
  await page.getByLabel('密码').fill(PASSWORD);
  await press('登录');
}, PATIENCE_MS);
afterEach(async () => {
  await page.context().close();
  await office.close();
});
afterAll(() => browser.close());

async function press(button: string): Promise<void> {
  const wanted = page.getByRole('button', { name: button, exact: true }).first();
  await Promise.all([page.waitForEvent('load'), wanted.click()]);
}

const GROUPS = { 网页群: 'web', 电报群: 'telegram', 微信群: 'wechat', 企微群: 'wecom', 业主群: 'manual' } as const;
type Title = keyof typeof GROUPS;

/** It stands in the groups that are `sent`, each with a receipt where the platform gives one; the rest wait. */
async function posted(sent: readonly Title[] = ['微信群', '电报群', '网页群', '企微群', '业主群']): Promise<string> {
  const { id: communityId } = office.community;
  const act = { communityId, staffId: null, now: office.clock.now() };
  return office.store.write(async (tx) => {
    const chats: { id: string; title: Title }[] = [];
    for (const [title, channel] of Object.entries(GROUPS)) {
      const chat = { communityId, channel, account: 'bot', address: title, kind: 'group', title } as const;
      const { id } = await insertChat(tx, { ...chat, areaId: null, personId: null, now: START });
      const known = Object.keys(GROUPS).find((one): one is Title => one === title);
      if (known !== undefined) chats.push({ id, title: known });
    }
    const draft = { text: '周日停水', urgentReason: null, asksReceipt: false, chatIds: chats.map(({ id }) => id) };
    const made = await createNotice(tx, draft, act);
    if (!made.ok) throw new Error(made.why);
    await releaseNotice(tx, made.noticeId, { ...act, now: new Date(START.getTime() - 5 * MINUTE_MS) });
    await releaseDueNotices(tx, office.community, START);
    for (const { id: chatId, title } of chats) {
      const isSent = sent.includes(title);
      const row = { communityId, chatId, kind: 'notice', textKey: 'notice.posted', message: { text: 'x' } } as const;
      const rest = { runAt: START, notAfter: null, collapseKey: null, urgent: false, subjectId: made.noticeId };
      const { id } = await insertOutbox(tx, { ...row, ...rest }, { owner: isSent ? 'me' : null, now: START });
      if (!isSent) continue;
      await markSent(tx, [id], 'me', START);
      if (WITHIN[GROUPS[title]] === undefined) continue;
      await insertRecallReceipt(tx, { outboxId: id, communityId, receipt: `receipt of ${title}`, now: START });
    }
    return made.noticeId;
  });
}

async function look(id: string): Promise<void> {
  await page.goto(`${office.url}/notices/${id}`);
  await page.getByText('发错了').click();
}

const main = () => page.locator('main').innerText();
const flash = () => page.getByRole('status').innerText();
const stateOf = async (id: string) => (await office.store.read((tx) => findNotice(tx, office.community.id, id)))?.state;

describe('a notice that stands in groups', { timeout: PATIENCE_MS }, () => {
  it('is taken out of all that can, and the page says until when and where the bot cannot', async () => {
    const id = await posted();
    await look(id);
    const text = await main();
    expect(text).toContain('09:02 前能撤回');
    expect(text).toContain('随时能撤回');
    expect(text).toContain('11月20日周五 09:00 前能撤回');
    expect(text).toContain('这 2 个群机器人撤不回：企微群、业主群。请群主在群里自己撤回');
    for (const [width, height] of [
      [390, 844],
      [1366, 768],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
      await page.screenshot({ path: `/tmp/notice-recall-${width}.png`, fullPage: true });
    }
    await press('从 3 个群撤回');
    expect(await flash()).toBe('从 3 个群撤回了。');
    expect(asked).toEqual(['receipt of 微信群', 'receipt of 电报群', 'receipt of 网页群']);
    expect(await main()).toContain('从 3 个群撤回了，还有 2 个群没撤');
    expect((await main()).match(/发出后撤回了/g)).toHaveLength(3);
    expect(await page.getByRole('button', { name: /^从/ }).count()).toBe(0);
    const [newest] = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 1 }));
    expect(newest).toMatchObject({
      action: 'notice.recall',
      subjectId: id,
      detail: { recalled: 3, failed: 0, pulled: 0, left: 2 },
    });
  });

  it('is taken out of one group where one was meant', async () => {
    const id = await posted();
    await look(id);
    await press('从“电报群”撤回');
    expect(asked).toEqual(['receipt of 电报群']);
    expect(await main()).toContain('从 1 个群撤回了，还有 4 个群没撤');
  });

  it('stays offered where the platform did not take it back, and nothing is claimed', async () => {
    refusing.add('receipt of 电报群');
    const id = await posted();
    await look(id);
    await press('从 3 个群撤回');
    expect(await flash()).toContain('从 2 个群撤回了，1 个没撤成');
    await page.getByText('发错了').click();
    expect(await main()).toContain('从 1 个群撤回');
    expect(await stateOf(id)).toBe('released');
  });

  it('is not offered for a group any more when its time is over', async () => {
    const id = await posted(['微信群']);
    await look(id);
    expect(await main()).toContain('从 1 个群撤回');
    office.clock.set(new Date(START.getTime() + 2 * MINUTE_MS));
    await press('从 1 个群撤回');
    expect(await flash()).toContain('过了能撤回的时间');
    expect(asked).toEqual([]);
    await page.getByText('发错了').click();
    expect(await main()).toContain('这 1 个群机器人撤不回：微信群');
  });

  it('is stopped where it still waits, so that it does not follow what was taken back', async () => {
    const id = await posted(['电报群', '网页群']);
    await look(id);
    await press('从 2 个群撤回');
    expect(await flash()).toBe('从 2 个群撤回了，还没发的 3 个也停下了。');
    const fates = await office.store.read((tx) => fatesOf(tx, id));
    expect(fates.map(({ fate, reason }) => `${fate} ${reason}`).toSorted()).toEqual([
      'expired taken-back',
      'expired taken-back',
      'expired taken-back',
      'sent recalled',
      'sent recalled',
    ]);
    expect(await stateOf(id)).toBe('taken-back');
    expect(await main()).toContain('从 2 个群撤回了。');
    expect(await main()).not.toContain('没有一个群看到');
  });
});
