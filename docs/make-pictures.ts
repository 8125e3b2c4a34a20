/** `npm run pictures`: plays a morning of the sample community and photographs it for the handbook and the README. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from '../test/support/browser.ts';
import { type PictureBot, startPictureBot } from './picture-bot.ts';

const FOLDER = join(import.meta.dirname, 'pictures');
const PC: BrowserContextOptions = {
  viewport: { width: 1366, height: 768 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
};
const PHONE: BrowserContextOptions = { ...PC, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
// So that a reader on a slow line need not wait.
const LARGEST_BYTES = 200_000;

// A machine that has only the fonts for Chinese shows a box in their place. Runs inside the page.
const leaveOutEmoji = `
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace(/\\p{Emoji_Presentation}/gu, '');
`;

const bot = await startPictureBot();
const browser = await openBrowser();
try {
  await photographAll(browser, bot);
} finally {
  await browser.close();
  await bot.stop();
}

async function photographAll(browser: Browser, { url, setupCode }: PictureBot): Promise<void> {
  const street = await pageOf(browser, PC);
  await talk(street, url);
  await keep(street, 'simulator');
  await keep(await residentsPage(browser, url), 'residents');
  const office = await pageOf(browser, PC);
  await office.setViewportSize({ width: 800, height: 940 });
  await keep(await firstAccount(office, url, setupCode), 'setup');
  await office.setViewportSize({ width: 1366, height: 768 });
  await office.click('main button');
  await office.waitForURL(`${url}/admin`);
  await office.reload();
  await keep(office, 'today');
  await office.goto(`${url}/admin/pledges`);
  await keep(office, 'pledges');
  await keep(await activity(office, url), 'activities');
  await keep(await chains(office, url), 'chains');
  await keep(await notice(office, url), 'notices');
  await office.goto(`${url}/admin/settings`);
  await keep(office, 'settings');
  await office.goto(`${url}/admin/settings/groups`);
  await keep(office, 'groups');
  await office.goto(`${url}/admin/settings/machine`);
  await keep(office, 'machine');
  await keep(await poster(office, url), 'poster');
}

/** Two neighbours put themselves under the same number. */
async function chains(office: Page, url: string): Promise<Page> {
  await office.goto(`${url}/admin/chains`);
  await office
    .getByLabel('接龙的文字')
    .fill('#接龙\n周六捡垃圾\n\n1. 王芳 1栋 2人\n2. 老张 和老伴\n3. 陈姨 2栋\n3. 小周\n5. 刘姐一家三口');
  await office.getByRole('button', { name: '收进来' }).click();
  await office.waitForURL(/\/chains\/\w+$/);
  await office.goto(`${url}/admin/chains`);
  return office;
}

/** The sheet alone, as it comes out of the printer. */
async function poster(office: Page, url: string): Promise<Page> {
  await office.goto(`${url}/admin/settings/entrances`);
  await office.getByRole('link', { name: '打印海报' }).last().click();
  await office.emulateMedia({ media: 'print' });
  // 210 by 297 mm at 96 points an inch.
  await office.setViewportSize({ width: 794, height: 1123 });
  return office;
}

async function pageOf(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  return context.newPage();
}

async function keep(page: Page, name: string): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  await page.evaluate(leaveOutEmoji);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = await stat(path);
  if (size > LARGEST_BYTES) throw new Error(`${path} has ${size} bytes`);
  process.stdout.write(`${path}\n`);
}

/** What neighbours say on a Friday morning; the last of them is on the picture. */
async function talk(page: Page, url: string): Promise<void> {
  const simulator = new URL(await finalUrl(page, `${url}/simulator`)).pathname;
  const as = (who: number) => page.goto(`${url}${simulator}?as=${who}`);
  await as(2);
  await say(page, 'private', '我家承诺垃圾分类和步行上下楼，1栋1单元302，两口人');
  await say(page, 'private', '对');
  await say(page, 'private', '无人机扔哪');
  await say(page, 'private', '都不是');
  await as(3);
  await say(page, 'private', '我家承诺自带布袋、空调26度，2栋3单元1102，三口人');
  await say(page, 'private', '对');
  await say(page, 'private', '楼下的灯一直亮着，谁管');
  await as(4);
  await say(page, 'private', '旧衣旧书回收日我去');
  await say(page, 'private', '张建国');
  await say(page, 'group', '电梯里谁的钥匙掉了？', { isForBot: false });
  await as(2);
  await say(page, 'group', '这周有啥活动');
  await as(1);
  await say(page, 'group', '周六捡垃圾我和老伴去');
  await say(page, 'private', '叫我王阿姨');
  await say(page, 'group', '大骨头扔哪');
  await say(page, 'private', '我家承诺节水和光盘，3栋2单元501，四口人');
  await say(page, 'private', '对');
  await page.reload();
}

async function finalUrl(page: Page, url: string): Promise<string> {
  await page.goto(url);
  return page.url();
}

type Place = 'group' | 'private';

async function say(page: Page, place: Place, text: string, { isForBot = true } = {}): Promise<void> {
  const answers = page.locator(`#${place} .from-bot`);
  const before = await answers.count();
  if (place === 'group') await page.locator('.group input[name=mention]').setChecked(isForBot);
  await page.fill(`#say-${place}-text`, text);
  await page.locator(`#say-${place} .send`).click();
  await (isForBot ? answers.nth(before) : page.locator('.bubble', { hasText: text })).waitFor();
}

async function residentsPage(browser: Browser, url: string): Promise<Page> {
  const page = await pageOf(browser, PHONE);
  await page.goto(`${url}/simulator`);
  const path = page.url().replace('/simulator/', '/c/');
  await page.goto(path);
  const answers = page.locator('.from-bot');
  for (const text of ['我家承诺节水和光盘，3栋1单元201，四口人', '对']) {
    const before = await answers.count();
    await page.fill('textarea', text);
    await page.click('.send');
    await answers.nth(before).waitFor();
  }
  await page.reload();
  return page;
}

/** Filled in, not yet sent. */
async function firstAccount(page: Page, url: string, setupCode: string): Promise<Page> {
  await page.goto(`${url}/admin`);
  await page.fill('[name=code]', setupCode);
  await page.fill('[name=displayName]', '李社工');
  await page.fill('[name=login]', 'lishegong');
  for (const field of ['password', 'again']) await page.fill(`[name=${field}]`, '河边的柳树又绿了三回');
  await page.locator('h1').click();
  return page;
}

async function activity(page: Page, url: string): Promise<Page> {
  await page.goto(`${url}/admin/activities`);
  await page.locator('main a', { hasText: '捡垃圾' }).first().click();
  await page.waitForLoadState();
  return page;
}

/** Written, looked at, not yet sent. */
async function notice(page: Page, url: string): Promise<Page> {
  await page.goto(`${url}/admin/notices/new`);
  await page.fill(
    '[name=text]',
    '周六上午九点，南门集合捡垃圾。手套和袋子社区准备，穿平底鞋，带水杯。\n想来的 @绿邻 说“周六捡垃圾我去”。',
  );
  for (const box of await page.locator('[name=groups], [name=chats], [name=chatIds]').all()) await box.check();
  await page.locator('main form button').last().click();
  await page.waitForLoadState();
  return page;
}
