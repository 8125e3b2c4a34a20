/** What every community has when the bot starts, whether it is new or was there before. */
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { foundCommunity } from '../../src/community/found-community.ts';
import { prepareCommunities } from '../../src/joints/records.ts';
import { type Community, CommunitySettings } from '../../src/model/community.ts';
import { listGroups, updateChat } from '../../src/store/chat-table.ts';
import { insertCommunity, listCommunities } from '../../src/store/community-table.ts';
import { manualClock } from '../support/manual-clock.ts';
import { shippedContent } from '../support/shipped-content.ts';
import { openTestStore, type TestStore } from '../support/test-store.ts';

const NOW = new Date('2026-11-18T09:00:00+08:00');
const DATA = fileURLToPath(new URL('../../data', import.meta.url));

let opened: TestStore;

beforeEach(async () => {
  opened = await openTestStore();
});

afterEach(() => opened.close());

async function start(): Promise<void> {
  const { render } = (await shippedContent()).texts;
  const config = { dataFolder: DATA, plan: 'changji-2021', locale: 'zh-CN', zone: 'Asia/Shanghai' };
  await prepareCommunities({ ...opened, features: [], render, config, clock: manualClock(NOW) });
}

function real(locale: string): Omit<Community, 'id'> {
  const settings = CommunitySettings.parse({});
  return { name: '南门社区', plan: 'changji-2021', locale, isSample: false, settings };
}

async function groups() {
  return opened.store.read(async (tx) => {
    const [community] = await listCommunities(tx);
    const found = await listGroups(tx, community?.id ?? '');
    return found.map(({ id, title, address, account }) => ({ id, title, address, account, of: community?.id }));
  });
}

it('the sample community has one group on the web, under its own title', async () => {
  await start();
  await start();
  const [group, ...others] = await groups();
  expect(others).toEqual([]);
  expect(group).toMatchObject({ title: '示范社区 3号楼群', address: `group:${group?.of}`, account: group?.of });
});

it('a community from before gets its group once and keeps the name it is given', async () => {
  const wrappedKey = opened.vault.newCommunityKey('old');
  await opened.store.write((tx) => insertCommunity(tx, { ...real('zh-CN'), id: 'old', wrappedKey, now: NOW }));
  await start();
  const [group] = await groups();
  expect(group).toMatchObject({ title: '居民网页', address: 'group:old', account: 'old' });
  await opened.store.write((tx) => updateChat(tx, group?.id ?? '', { title: '南门网页' }));
  await start();
  expect((await groups()).map(({ title }) => title)).toEqual(['南门网页']);
});

it.each([
  ['zh-CN', '居民网页'],
  ['en', "Residents' page"],
])('a community founded in %s has a group called %s', async (locale, title) => {
  const { render } = (await shippedContent()).texts;
  const parts = { ...opened, features: [], render };
  await opened.store.write((tx) => foundCommunity(tx, parts, real(locale), NOW));
  expect((await groups()).map((group) => group.title)).toEqual([title]);
});
