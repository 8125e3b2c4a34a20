import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { openSite, REAL, type Site } from './open-site.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
// Each of these runs in a page that puts it where it does not belong.
const PAYLOADS = [
  '<script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '"><svg onload=window.hacked=1>',
  "'><iframe srcdoc='<script>parent.hacked=1</script>'>",
  '</textarea><script>window.hacked = 1</script>',
  '<a href="javascript:window.hacked=1">x</a>',
  '**<b onmouseover=window.hacked=1>bold</b>**',
];

let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
});

afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

afterAll(async () => {
  await browser.close();
  await site.close();
});

async function open(options: BrowserContextOptions = PHONE): Promise<Page> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto(`${site.url}/c/${REAL}`);
  return page;
}

async function type(page: Page, text: string): Promise<void> {
  await page.fill('textarea', text);
  await page.click('.send');
}

function answers(page: Page, count: number): Promise<unknown> {
  return page.locator('.bubble.from-bot').nth(count).waitFor();
}

describe.each([
  ['with the script', '3栋2单元501', PHONE],
  ['without the script', '3栋2单元502', { ...PHONE, javaScriptEnabled: false }],
])('a resident’s chat %s', (_, door, options) => {
  it('is a pledge from the first sentence to the yes', async () => {
    const page = await open(options);
    await type(page, `我家承诺节水和光盘，${door}，四口人`);
    await page.locator('.choices button', { hasText: '对' }).tap();
    await page.locator('.from-bot', { hasText: '记好了' }).waitFor();
    expect(await page.locator('.bubble.own .words').allInnerTexts()).toEqual([
      `我家承诺节水和光盘，${door}，四口人`,
      '对',
    ]);
    expect(await page.locator('.choices').count()).toBe(0);
    expect(await page.locator('.past li').first().innerText()).toBe('对');
    expect(await page.locator('textarea').inputValue()).toBe('');
  });

  it('answers the words below it', async () => {
    const page = await open(options);
    await page.getByRole('button', { name: '垃圾怎么分' }).tap();
    await page.locator('.from-bot', { hasText: '您想扔什么' }).waitFor();
  });

  it('shows what is typed as text, whatever it is', async () => {
    const page = await open(options);
    const all = PAYLOADS.join('\n');
    await type(page, all);
    await page.locator('.bubble.own:not(.provisional)').waitFor();
    await page.reload();
    expect(await page.locator('.bubble.own .words').allInnerTexts()).toEqual([all]);
    expect(await page.locator('.chat script, .chat img, .chat svg, .chat iframe, .chat a').count()).toBe(0);
  });
});

describe('a resident’s chat in the browser', () => {
  it('lets nothing from a name, a choice or a text of the bot run', async () => {
    const page = await open();
    await type(page, '你好');
    await page.locator('.bubble.own:not(.provisional)').waitFor();
    const address = site.heard.at(-1)?.chat.address ?? '';
    for (const [index, text] of PAYLOADS.entries()) {
      const choices = [{ label: text, say: text }];
      const link = { label: text, url: `${site.url}/"><script>window.hacked=1</script>` };
      const chat = { address, kind: 'direct' as const };
      await site.channel.deliver({
        key: `payload-${index}`,
        account: REAL,
        chat,
        kind: 'reply',
        message: { text, choices, link },
      });
    }
    await answers(page, PAYLOADS.length - 1);
    for (let round = 0; round < 2; round += 1) {
      expect(await page.evaluate('window.hacked')).toBeUndefined();
      expect(await page.locator('.chat script, .chat img, .chat svg, .chat iframe').count()).toBe(0);
      await page.reload();
    }
  });

  it('keeps the page, the focus and what is being typed while an answer comes in', async () => {
    const page = await open();
    await page.evaluate('window.stayed = true');
    await page.fill('textarea', '大骨头扔哪');
    await page.press('textarea', 'Enter');
    await page.fill('textarea', '还有电');
    await page.locator('.from-bot', { hasText: '其他垃圾' }).waitFor();
    expect(await page.evaluate('window.stayed')).toBe(true);
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
    expect(await page.locator('textarea').inputValue()).toBe('还有电');
  });

  it('shows the question above its answer', async () => {
    const page = await open();
    await type(page, '大骨头扔哪');
    await page.locator('.from-bot', { hasText: '其他垃圾' }).waitFor();
    await page.locator('.provisional').waitFor({ state: 'detached' });
    const lines = await page.locator('.bubble .words').allInnerTexts();
    expect(lines.indexOf('大骨头扔哪')).toBe(lines.findIndex((line) => line.includes('其他垃圾')) - 1);
  });

  it('shows in every tab what is said in one', async () => {
    const first = await open();
    const second = await first.context().newPage();
    await second.goto(first.url());
    await type(first, '电池扔哪');
    await second.locator('.bubble.own', { hasText: '电池扔哪' }).waitFor();
    await second.locator('.bubble.from-bot', { hasText: '电池' }).waitFor();
    expect(await second.locator('.bubble.own').count()).toBe(1);
    expect(await first.locator('.bubble.own').count()).toBe(1);
  });

  it('catches up on what came while the connection was gone', async () => {
    const page = await open();
    await type(page, '大骨头扔哪');
    await page.locator('.from-bot', { hasText: '其他垃圾' }).waitFor();
    const address = site.heard.at(-1)?.chat.address ?? '';
    await page.context().setOffline(true);
    site.dropConnections();
    await page.locator('#status', { hasText: '网断了' }).waitFor();
    const chat = { address, kind: 'direct' as const };
    await site.channel.deliver({
      key: 'missed-1',
      account: REAL,
      chat,
      kind: 'reply',
      message: { text: '周六九点集合' },
    });
    await page.context().setOffline(false);
    await page.locator('.from-bot', { hasText: '周六九点集合' }).waitFor();
    expect(await page.locator('#status').innerText()).toBe('');
    expect(await page.locator('.from-bot', { hasText: '其他垃圾' }).count()).toBe(1);
  });

  it('looks for news itself where it is not told them, and loses nothing that is being typed', async () => {
    const context = await browser.newContext(PHONE);
    context.setDefaultTimeout(10_000);
    await context.clock.install();
    const page = await context.newPage();
    await page.route('**/events?*', (route) => route.fulfill({ status: 204 }));
    await page.goto(`${site.url}/c/${REAL}`);
    await type(page, '大骨头扔哪');
    await page.locator('.bubble.own:not(.provisional)').waitFor();
    await site.bot.dispatcher.idle();
    await page.fill('textarea', '还没写完');
    expect(await page.locator('.from-bot', { hasText: '其他垃圾' }).count()).toBe(0);
    await page.clock.runFor(30_000);
    await page.locator('.from-bot', { hasText: '其他垃圾' }).waitFor();
    expect(await page.locator('.bubble.own').count()).toBe(1);
    expect(await page.inputValue('textarea')).toBe('还没写完');
  });

  it('offers what could not be sent once more, and it arrives once', async () => {
    const page = await open();
    site.failures = 1;
    await type(page, '大骨头扔哪');
    await page.getByText('没能记下来').waitFor();
    await page.getByRole('button', { name: '再发一次' }).tap();
    await page.locator('.from-bot', { hasText: '其他垃圾' }).waitFor();
    await page.locator('.provisional').waitFor({ state: 'detached' });
    await page.reload();
    expect(await page.locator('.bubble.own').count()).toBe(1);
    expect(await page.locator('.bubble.from-bot').count()).toBe(1);
  });

  it('has buttons as large as a thumb and nothing that runs off a narrow screen', async () => {
    const page = await open({ viewport: { width: 320, height: 640 } });
    await type(page, '我家承诺光盘，3栋2单元501');
    await page.locator('.choices button').first().waitFor();
    const heights = await page
      .locator('button')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });
});
