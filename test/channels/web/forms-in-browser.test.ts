import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { addShift, openSite, REAL, type Site } from './open-site.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const PAYLOAD = '"><script>window.hacked = 1</script>';

/** In the words of the page: the fields and buttons that neither say nor are labelled with anything. */
const NAMELESS = `[...document.querySelectorAll('input:not([type=hidden]), textarea, button, a, summary')]
  .filter((one) => [one, ...(one.labels || [])].every((node) => !node.textContent.trim()))
  .map((one) => one.outerHTML)`;

let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([openSite(), openBrowser()]);
  await addShift(site, REAL, PAYLOAD, 5);
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

describe.each([
  ['with the script', '601', true],
  ['without the script', '602', false],
])('the forms %s', (_, room, javaScriptEnabled) => {
  it('pledge for a household, after a first try that left something out', async () => {
    const context = await browser.newContext({ ...PHONE, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`${site.url}/c/${REAL}`);
    await page.getByRole('link', { name: '填承诺表' }).tap();
    await page.getByText('人走灯灭').tap();
    await page.getByLabel('几栋').fill('3栋');
    await page.getByRole('button', { name: '就这么定' }).tap();
    await page.getByText('请写几室').waitFor();
    expect(await page.getByLabel('几栋').inputValue()).toBe('3栋');
    expect(await page.getByRole('checkbox', { name: '人走灯灭' }).isChecked()).toBe(true);
    await page.getByLabel('几室').fill(room);
    await page.getByLabel('我同意').check();
    await page.getByText('看隐私说明').tap();
    expect(await page.getByText('只用来统计').isVisible()).toBe(true);
    await page.getByRole('button', { name: '就这么定' }).tap();
    await page.locator('.from-bot', { hasText: '记好了' }).waitFor();
    expect(await page.locator('.own', { hasText: '人走灯灭' }).count()).toBe(1);
  });

  it('sign up for a shift whose name would like to run', async () => {
    const context = await browser.newContext({ ...PHONE, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`${site.url}/c/${REAL}/sign-up`);
    await page.getByLabel('怎么称呼您').fill(PAYLOAD);
    await page.getByLabel('手机号').fill('138');
    await page.getByRole('button', { name: '报名' }).tap();
    await page.getByText('11 位手机号').waitFor();
    expect(await page.getByLabel('怎么称呼您').inputValue()).toBe(PAYLOAD);
    await page.getByLabel('手机号').fill('');
    await page.getByLabel('怎么称呼您').fill('王阿姨');
    await page.getByRole('button', { name: '报名' }).tap();
    await page.locator('.bubble.from-bot').first().waitFor();
    expect(await page.locator('.bubble.own .words').innerText()).toContain(PAYLOAD);
    if (javaScriptEnabled) expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('main script').count()).toBe(0);
  });
});

describe('every page', () => {
  it.each(['', '/pledge', '/sign-up'])('%s names its fields and buttons for a screen reader', async (path) => {
    const page = await browser.newPage(PHONE);
    await page.goto(`${site.url}/c/${REAL}${path}`);
    const nameless = await page.evaluate(NAMELESS);
    expect(nameless).toEqual([]);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN');
  });
});
