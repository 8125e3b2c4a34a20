/** The residents’ page as a place where notices and tips arrive, over HTTP. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceOfTip } from '../../../src/content/source-line.ts';
import { countReceipts } from '../../../src/store/notice-receipt-table.ts';
import { shippedContent } from '../../support/shipped-content.ts';
import { openSite, REAL, SAMPLE, type Site } from './open-site.ts';
import { giveWebGroup, nextDays, tellNotice, tellTip } from './tell-all.ts';
import { type Visitor, visitorOf } from './visitor.ts';

const CHAT = `/c/${REAL}`;
const SCRIPTED = { accept: 'application/json' };

let site: Site;

beforeEach(async () => {
  site = await openSite();
  await giveWebGroup(site, REAL);
});

afterEach(() => site.close());

async function arrive(): Promise<Visitor> {
  const visitor = visitorOf(site);
  await visitor.get(CHAT);
  return visitor;
}

let said = 0;

async function say(visitor: Visitor, text: string): Promise<void> {
  said += 1;
  await visitor.post(`${CHAT}/say`, { id: `client-${String(said).padStart(4, '0')}`, text }, SCRIPTED);
  await site.bot.dispatcher.idle();
}

async function wordsOn(visitor: Visitor, path = CHAT): Promise<string[]> {
  const { text } = await visitor.get(path);
  return [...text.matchAll(/<p class="words">(.*?)<\/p>/gs)].map(([, words = '']) => words);
}

async function countOn(visitor: Visitor, piece: string): Promise<number> {
  return (await visitor.get(CHAT)).text.split(piece).length - 1;
}

describe('what is told to everybody', () => {
  it('stands once on the page of each visitor, marked, and among their own words by time', async () => {
    const [wang, li] = [await arrive(), await arrive()];
    await say(wang, '电池扔哪');
    await tellNotice(site, REAL, '明早停水');
    await say(wang, '大骨头扔哪');
    const words = await wordsOn(wang);
    const place = words.findIndex((one) => one.includes('明早停水'));
    expect(place).toBeGreaterThan(words.indexOf('电池扔哪'));
    expect(place).toBeLessThan(words.indexOf('大骨头扔哪'));
    for (const visitor of [wang, li]) {
      expect(await countOn(visitor, '明早停水')).toBe(1);
      expect(await countOn(visitor, '>发给大家的<')).toBe(1);
    }
  });

  it('marks a tip as one', async () => {
    await tellTip(site, REAL);
    expect(await countOn(await arrive(), '>小贴士<')).toBe(1);
  });

  it('leaves the last five of a fortnight for a newcomer, with the greeting below', async () => {
    await tellNotice(site, REAL, '很久以前');
    nextDays(site, 15);
    // Three a week at most.
    for (const [number, days] of ['一1', '二1', '三6', '四1', '五1', '六1']) {
      await tellNotice(site, REAL, `第${number}条`);
      nextDays(site, Number(days));
    }
    const words = await wordsOn(await arrive());
    expect(words.map((one) => /第.条/.exec(one)?.[0])).toEqual([
      '第二条',
      '第三条',
      '第四条',
      '第五条',
      '第六条',
      undefined,
    ]);
    expect(words.at(-1)).toContain('您好，我是南门社区的绿邻');
    nextDays(site, 14);
    expect(await wordsOn(await arrive())).toHaveLength(1);
  });

  it('stays for whoever has been talking since before', async () => {
    const wang = await arrive();
    await say(wang, '电池扔哪');
    for (const day of ['一', '二', '三', '四', '五', '六', '七']) {
      nextDays(site, 3);
      await tellNotice(site, REAL, `第${day}条`);
    }
    expect((await wordsOn(wang)).filter((words) => /第.条/.test(words))).toHaveLength(7);
  });

  it('is of this community alone', async () => {
    await giveWebGroup(site, SAMPLE);
    await tellNotice(site, SAMPLE, '示范的通知');
    expect(await countOn(await arrive(), '示范的通知')).toBe(0);
    expect((await wordsOn(visitorOf(site), `/c/${SAMPLE}`)).some((words) => words.includes('示范的通知'))).toBe(true);
  });

  it('is not what neighbours, or the bot to one of them, say in the group of the simulator', async () => {
    await giveWebGroup(site, SAMPLE);
    const neighbour = visitorOf(site);
    const words = { id: 'client-9001', as: '1', place: 'group', mention: 'yes', text: '大骨头扔哪' };
    await neighbour.post(`/simulator/${SAMPLE}/say`, words, SCRIPTED);
    await site.bot.dispatcher.idle();
    await tellNotice(site, SAMPLE, '示范的通知');
    const group = await wordsOn(neighbour, `/simulator/${SAMPLE}?as=1`);
    expect(group.map((one) => one.includes('示范的通知'))).toEqual([false, false, true]);
    const page = await wordsOn(visitorOf(site), `/c/${SAMPLE}`);
    expect(page.filter((one) => one.includes('大骨头') || one.includes('其他垃圾'))).toEqual([]);
    expect(page.filter((one) => one.includes('示范的通知'))).toHaveLength(1);
  });
});

describe('a visitor', () => {
  it('who wants no more sees nothing that comes later, and all of it again when they do', async () => {
    const [wang, li] = [await arrive(), await arrive()];
    await tellNotice(site, REAL, '第一条');
    await say(wang, '别发了');
    nextDays(site, 1);
    await tellNotice(site, REAL, '第二条');
    await say(wang, '别发了');
    expect((await wordsOn(wang)).join()).toContain('紧急的除外');
    expect([await countOn(wang, '第一条'), await countOn(wang, '第二条')]).toEqual([1, 0]);
    expect(await countOn(li, '第二条')).toBe(1);
    await say(wang, '继续发');
    expect([await countOn(wang, '第一条'), await countOn(wang, '第二条')]).toEqual([1, 1]);
  });

  it('who wants no more is told what is urgent all the same, and only that', async () => {
    const wang = await arrive();
    await say(wang, '别发了');
    nextDays(site, 1);
    await tellNotice(site, REAL, '周末有活动');
    await tellNotice(site, REAL, '水管爆了，马上停水', false, '抢修');
    expect([await countOn(wang, '周末有活动'), await countOn(wang, '马上停水')]).toEqual([0, 1]);
  });

  it('asks for the source of the tip they saw, not of an older one of their own', async () => {
    const wang = await arrive();
    await say(wang, '来个省电小窍门');
    nextDays(site, 1);
    const tipId = await tellTip(site, REAL);
    await say(wang, '来源');
    const tip = (await shippedContent()).tips.find(({ id }) => id === tipId);
    if (tip === undefined) throw new Error('no tip was posted');
    expect((await wordsOn(wang)).at(-1)).toContain(sourceOfTip(tip).name);
  });

  it('asks for the source of their own tip where it came later than the one for everybody', async () => {
    const wang = await arrive();
    const tipId = await tellTip(site, REAL);
    nextDays(site, 1);
    await say(wang, '来个节水小窍门');
    const { tips } = await shippedContent();
    const own = (await wordsOn(wang)).at(-1) ?? '';
    const tip = tips.find(({ text }) => own.startsWith(text));
    if (tip === undefined || tip.id === tipId) throw new Error('no tip was given');
    await say(wang, '来源');
    expect((await wordsOn(wang)).at(-1)).toContain(sourceOfTip(tip).name);
  });

  it('is told of no source for a tip that came after they wanted no more', async () => {
    const wang = await arrive();
    await say(wang, '别发了');
    nextDays(site, 1);
    await tellTip(site, REAL);
    await say(wang, '来源');
    expect((await wordsOn(wang)).at(-1)).toContain('这儿还没发过小贴士');
  });

  it('has nothing to say 收到 to while the notice waits for its time', async () => {
    const wang = await arrive();
    await tellTip(site, REAL);
    const noticeId = await tellNotice(site, REAL, '明早停水', true);
    await say(wang, '收到');
    expect((await wordsOn(wang)).at(-1)).toContain('没有等您回“收到”的通知');
    expect(await site.store.read((tx) => countReceipts(tx, noticeId))).toBe(0);
  });

  it('says that a notice was received, and is counted once', async () => {
    const [wang, li] = [await arrive(), await arrive()];
    const noticeId = await tellNotice(site, REAL, '明早停水', true);
    for (const visitor of [wang, li, wang]) await say(visitor, '收到');
    expect((await wordsOn(li)).at(-1)).toContain('记下了，您已收到');
    expect((await wordsOn(wang)).at(-1)).toContain('记过');
    expect(await site.store.read((tx) => countReceipts(tx, noticeId))).toBe(2);
  });
});
