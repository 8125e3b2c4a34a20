/** The whole bot of a small community over a platform that remembers: what crash tests kill and bring back. */

import type { Channel } from '../../src/channels/channel.ts';
import { createNotice, releaseNotice } from '../../src/features/notices/notices-service.ts';
import { createActivity } from '../../src/features/volunteering/activity-service.ts';
import { allFeatures } from '../../src/joints/all-features.ts';
import { createReader } from '../../src/joints/reader.ts';
import { keyFromBase64 } from '../../src/lib/encryption.ts';
import { createIdSource } from '../../src/lib/id.ts';
import { createLog } from '../../src/lib/log.ts';
import { createCodeBook } from '../../src/lib/one-time-code.ts';
import { type Community, CommunitySettings } from '../../src/model/community.ts';
import type { Inbound } from '../../src/model/inbound.ts';
import type { RenderText } from '../../src/model/text.ts';
import { type Bot, createBot } from '../../src/runtime/bot.ts';
import { syncSchedules } from '../../src/runtime/schedule-sync.ts';
import { createBotMetrics } from '../../src/server/health.ts';
import { openActivityTitles } from '../../src/store/activity-table.ts';
import { insertChat } from '../../src/store/chat-table.ts';
import { findCommunity, insertCommunity } from '../../src/store/community-table.ts';
import { type OpenStoreOptions, openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { Vault } from '../../src/store/vault.ts';
import { shippedContent } from '../support/shipped-content.ts';
import { TEST_KEY } from './store-village.ts';

export const VILLAGE = 'crash-village';
export const CAPACITY = 6;
/** A Tuesday at half past nine, when a tip is due. */
export const VILLAGE_TIME = new Date('2026-11-17T09:30:10+08:00');

export interface VillageBot {
  readonly bot: Bot;
  readonly store: Store;
  hear(inbound: Inbound): Promise<void>;
  stop(): Promise<void>;
}

export interface VillageOptions extends Pick<OpenStoreOptions, 'patience'> {
  readonly now?: () => Date;
}

/** `onDelivered` is the platform: what it was told, it has shown. */
export async function openVillageBot(
  databaseUrl: string,
  life: string,
  onDelivered: (delivered: { key: string; chat: string; text: string }) => void | Promise<void>,
  { now = () => VILLAGE_TIME, ...options }: VillageOptions = {},
): Promise<VillageBot> {
  const vault = new Vault(keyFromBase64(TEST_KEY));
  const ids = createIdSource(Date.now);
  const store = await openStore(databaseUrl, { vault, newId: () => ids.next(), ...options });
  const shipped = await shippedContent();
  const content = () => shipped;
  const render: RenderText = (...saying) => shipped.texts.render(...saying);
  const features = allFeatures({ content, render, codes: createCodeBook(vault.keyFor('binding codes')) });
  await store.write((tx) => seed(tx, vault, features));
  let sink: (inbound: Inbound) => Promise<void> = () => Promise.reject(new Error('not started'));
  const channel: Channel = {
    name: 'web',
    account: '*',
    can: { longestText: 2_000, buttons: true, speaksFirst: false, pace: {} },
    start: async (given) => {
      sink = given;
    },
    deliver: async ({ key, chat, message }) => {
      await onDelivered({ key, chat: chat.address, text: message.text });
      return { fate: 'sent' };
    },
    status: () => ({ state: 'online', since: VILLAGE_TIME }),
    stop: async () => {},
  };
  const bot = createBot({
    store,
    channels: [channel],
    features,
    render,
    understand: createReader(content),
    openActivities: openActivityTitles,
    homeOf: async () => VILLAGE,
    caution: () => [],
    publicUrl: 'http://lvlin.test',
    owner: life,
    clock: { now },
    steadyNow: () => performance.now(),
    random: () => 0.5,
    metrics: createBotMetrics(),
    log: createLog('fatal', 'stderr'),
  });
  await bot.start();
  return {
    bot,
    store,
    hear: (inbound) => sink(inbound),
    stop: async () => {
      await bot.stop();
      await store.close();
    },
  };
}

type Tx = Parameters<Parameters<Store['write']>[0]>[0];

async function seed(tx: Tx, vault: Vault, features: ReturnType<typeof allFeatures>): Promise<void> {
  if ((await findCommunity(tx, VILLAGE)) !== null) return;
  const before = new Date(VILLAGE_TIME.getTime() - 60_000);
  const community: Community = {
    id: VILLAGE,
    name: '小村',
    plan: 'changji-2021',
    locale: 'zh-CN',
    isSample: false,
    settings: CommunitySettings.parse({ unaskedPerDay: 5, unaskedPerWeek: 14 }),
  };
  await insertCommunity(tx, { ...community, wrappedKey: vault.newCommunityKey(VILLAGE), now: before });
  await syncSchedules(tx, features, community, before);
  const groups: string[] = [];
  for (const name of ['1', '2', '3', '4']) {
    const place = { channel: 'web', account: VILLAGE, address: `group:${name}`, kind: 'group' } as const;
    const chat = await insertChat(tx, {
      ...place,
      communityId: VILLAGE,
      title: `${name}号楼群`,
      areaId: null,
      personId: null,
      now: before,
    });
    groups.push(chat.id);
  }
  const startsAt = new Date(VILLAGE_TIME.getTime() + 48 * 3_600_000);
  const shifts = [{ startsAt, endsAt: new Date(startsAt.getTime() + 7_200_000), capacity: CAPACITY }];
  const words = { title: '河边捡垃圾', place: '河边', details: '', risk: '', insured: false };
  const made = await createActivity(tx, { ...words, shifts }, { community, staffId: null, now: before });
  if (!made.ok) throw new Error(made.why);
  const act = { communityId: VILLAGE, staffId: null, now: new Date(before.getTime() - 600_000) };
  const notice = await createNotice(
    tx,
    { text: '明天停水', chatIds: groups, urgentReason: '停水', asksReceipt: false },
    act,
  );
  if (!notice.ok) throw new Error(notice.why);
  await releaseNotice(tx, notice.noticeId, act);
}

export interface Resident {
  readonly name: string;
  readonly says: readonly string[];
}

/** Twelve people, ten doors: two of them share one, twice. Each pledges, agrees, and signs up for six places. */
export const RESIDENTS: readonly Resident[] = Array.from({ length: 12 }, (_, index) => ({
  name: `resident-${index}`,
  says: [`我家承诺光盘，${(index % 10) + 1}栋1单元101，三口人`, '对的', '报名河边捡垃圾'],
}));

export function inboundOf(resident: Resident, index: number): Inbound {
  return {
    channel: 'web',
    account: VILLAGE,
    messageId: `${resident.name}-${index}`,
    chat: { address: `private:${resident.name}`, kind: 'direct' },
    sender: { address: resident.name },
    text: resident.says[index] ?? '',
    mentioned: false,
    at: VILLAGE_TIME,
  };
}
