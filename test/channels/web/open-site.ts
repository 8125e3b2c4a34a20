/** The pages over a real store, a real bot and a real socket, as a resident's browser meets them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import type { Channel } from '../../../src/channels/channel.ts';
import { createWebChannel } from '../../../src/channels/web/web-channel.ts';
import type { WebParts } from '../../../src/channels/web/web-parts.ts';
import { type Content, loadContent } from '../../../src/content/content.ts';
import { readContentFiles } from '../../../src/content/content-files.ts';
import { readPrompts } from '../../../src/content/prompt-files.ts';
import { createCodeDoor } from '../../../src/features/binding/code-door.ts';
import { allFeatures } from '../../../src/joints/all-features.ts';
import { areaOfEntrance } from '../../../src/joints/web-parts.ts';
import { webRecords } from '../../../src/joints/web-records.ts';
import { understand } from '../../../src/language/understand.ts';
import { buildVocabulary } from '../../../src/language/vocabulary.ts';
import { newKey } from '../../../src/lib/encryption.ts';
import { createLog } from '../../../src/lib/log.ts';
import { createCodeBook } from '../../../src/lib/one-time-code.ts';
import { CommunitySettings } from '../../../src/model/community.ts';
import type { Inbound } from '../../../src/model/inbound.ts';
import { type Bot, createBot } from '../../../src/runtime/bot.ts';
import { createBotMetrics } from '../../../src/server/health.ts';
import { insertActivity, insertShift, listShiftsFrom } from '../../../src/store/activity-table.ts';
import { findChat } from '../../../src/store/chat-table.ts';
import { findCommunity, insertArea, insertCommunity } from '../../../src/store/community-table.ts';
import type { Store } from '../../../src/store/store.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';
import { openTestStore } from '../../support/test-store.ts';

export interface Site {
  readonly url: string;
  readonly store: Store;
  readonly bot: Bot;
  readonly channel: ReturnType<typeof createWebChannel>;
  readonly clock: ManualClock;
  readonly heard: Inbound[];
  /** The next messages cannot be kept, as with a full disk. */
  failures: number;
  /** Drops every open connection, as a train in a tunnel does. */
  dropConnections(): void;
  close(): Promise<void>;
}

export const SAMPLE = 'sample-community';
export const REAL = 'real-community';
const START = new Date('2026-11-18T09:00:00+08:00');

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDERS = { dataFolder: `${ROOT}data`, promptsFolder: `${ROOT}prompts` };

export async function openSite(change: Partial<WebParts> = {}): Promise<Site> {
  const opened = await openTestStore();
  const { store, vault } = opened;
  const clock = manualClock(START);
  await store.write(async (tx) => {
    for (const id of [SAMPLE, REAL]) {
      const name = id === SAMPLE ? '示范社区' : '南门社区';
      const wrappedKey = vault.newCommunityKey(id);
      const settings = CommunitySettings.parse({});
      const plan = 'changji-2021';
      await insertCommunity(tx, {
        id,
        name,
        plan,
        locale: 'zh-CN',
        isSample: id === SAMPLE,
        settings,
        wrappedKey,
        now: START,
      });
      for (const building of ['1', '2', '3']) {
        await insertArea(tx, { communityId: id, parentId: null, kind: 'building', name: building, households: null });
      }
    }
  });
  const content = await shippedContent();
  const render = content.texts.render;
  const server = createServer();
  const { port } = await new Promise<AddressInfo>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address);
    });
  });
  const url = `http://127.0.0.1:${port}`;
  const heard: Inbound[] = [];
  const channel = createWebChannel({
    records: webRecords(store),
    findCommunity: (id) => store.read((tx) => findCommunity(tx, id)),
    findSample: () => store.read((tx) => findCommunity(tx, SAMPLE)),
    habits: () => groupsOf(content),
    openShifts: (id, now) => store.read((tx) => listShiftsFrom(tx, id, now, 50)),
    areaOfEntrance: (id, code) => store.read((tx) => areaOfEntrance(tx, render, id, code)),
    groupTitle: async (id, address) => {
      const chat = await store.read((tx) => findChat(tx, { channel: 'web', account: id, address }));
      return chat?.title ?? null;
    },
    privacyNotice: () => '社区只保存门牌和承诺，只用来统计。',
    mayRehearse: async () => false,
    communityOfStaff: async () => null,
    render,
    publicUrl: url,
    visitorKey: vault.keyFor('visitor cookies'),
    addressOf: (c) => c.req.header('x-test-address') ?? '127.0.0.1',
    clock,
    log: createLog('silent', 'stderr'),
    ...change,
  });
  const site = {
    url,
    store,
    channel,
    clock,
    heard,
    failures: 0,
    dropConnections: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await bot.stop();
      await opened.close();
    },
  };
  const bot = botOf(listening(channel, site), store, content, clock, url);
  server.on('request', getRequestListener(channel.routes.fetch));
  await bot.start();
  return Object.assign(site, { bot });
}

/** The channel as it is, with an ear on what it hands in. */
function listening(channel: Channel, site: { heard: Inbound[]; failures: number }): Channel {
  return {
    ...channel,
    start: (sink) =>
      channel.start(async (inbound) => {
        if (!('event' in inbound)) site.heard.push(inbound);
        if (site.failures > 0) {
          site.failures -= 1;
          throw new Error('the disk is full');
        }
        await sink(inbound);
      }),
  };
}

export async function addShift(
  site: Site,
  communityId: string,
  title: string,
  capacity: number | null,
): Promise<string> {
  return site.store.write(async (tx) => {
    const activity = await insertActivity(tx, {
      communityId,
      title,
      place: '南门小广场',
      details: '',
      risk: null,
      insured: false,
      state: 'open',
      createdBy: null,
      now: START,
    });
    const startsAt = new Date('2026-11-21T09:00:00+08:00');
    const endsAt = new Date('2026-11-21T11:00:00+08:00');
    const shift = await insertShift(tx, activity, { startsAt, endsAt, capacity });
    return shift.id;
  });
}

function botOf(channel: Channel, store: Store, content: Content, clock: ManualClock, publicUrl: string): Bot {
  const vocabulary = buildVocabulary(content.languageTables, {
    habits: content.habits.map(({ id, title, category }) => ({ id, title, category })),
    wasteNames: content.wasteGuide.items.flatMap((item) => [item.name, ...item.aliases]),
  });
  const { render } = content.texts;
  const codes = createCodeBook(newKey());
  return createBot({
    store,
    channels: [channel],
    features: allFeatures({ content: () => content, render, codes }),
    render,
    understand: (utterance) => understand(utterance, vocabulary),
    openActivities: async () => [],
    homeOf: async (_, inbound) => inbound.account,
    codeGiven: createCodeDoor(codes),
    caution: () => [],
    publicUrl,
    owner: 'site',
    clock,
    steadyNow: () => performance.now(),
    random: () => 0.5,
    metrics: createBotMetrics(),
    log: createLog('fatal', 'stderr'),
  });
}

function groupsOf({ habits, habitCategories }: Content) {
  return habitCategories.map(({ id, name }) => ({ name, habits: habits.filter(({ category }) => category === id) }));
}

let shipped: Promise<Content> | undefined;

/** Texts are read without the check, so that these pages can be seen before all the others have their texts. */
function shippedContent(): Promise<Content> {
  shipped ??= (async () => {
    const { texts } = readPrompts(await readContentFiles(FOLDERS, []), {}, {}, [], []);
    const result = await loadContent({ ...FOLDERS, promptsFolder: `${ROOT}test/support/no-prompts`, catalogue: {} });
    if (!result.ok) throw new Error(JSON.stringify(result.faults.slice(0, 5)));
    return { ...result.content, texts };
  })();
  return shipped;
}
