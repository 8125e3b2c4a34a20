/** The whole bot, joined as the app joins it, over a channel that does nothing on the wire. */

import { fileURLToPath } from 'node:url';
import { allTexts } from '../src/catalogue.ts';
import type { Channel, Sink } from '../src/channels/channel.ts';
import type { Content } from '../src/content/content.ts';
import { loadContent } from '../src/content/content.ts';
import { createCodeDoor } from '../src/features/binding/code-door.ts';
import { cautionAbout } from '../src/features/front-desk/front-desk-service.ts';
import { createActivity } from '../src/features/volunteering/activity-service.ts';
import { allFeatures } from '../src/joints/all-features.ts';
import { homeOf } from '../src/joints/home.ts';
import { createReader } from '../src/joints/reader.ts';
import { systemClock } from '../src/lib/clock.ts';
import { keyFromBase64 } from '../src/lib/encryption.ts';
import { createIdSource } from '../src/lib/id.ts';
import { createLog } from '../src/lib/log.ts';
import { createCodeBook } from '../src/lib/one-time-code.ts';
import { type Community, CommunitySettings } from '../src/model/community.ts';
import type { RenderText } from '../src/model/text.ts';
import { type Bot, createBot } from '../src/runtime/bot.ts';
import { createBotMetrics } from '../src/server/health.ts';
import { openActivityTitles } from '../src/store/activity-table.ts';
import { findCommunity, insertCommunity } from '../src/store/community-table.ts';
import { openStore } from '../src/store/open-store.ts';
import type { Store, Transaction } from '../src/store/store.ts';
import { Vault } from '../src/store/vault.ts';

export const STREET = 'bench-street';
export const BENCH_KEY = Buffer.alloc(32, 7).toString('base64');

export interface Street {
  readonly store: Store;
  readonly bot: Bot;
  readonly hear: Sink;
  /** How many replies the channel was handed. */
  readonly delivered: () => number;
  stop(): Promise<void>;
}

/** `file`: of a SQLite database, or the address of one in PostgreSQL. */
export async function openStreet(file: string, content: Content): Promise<Street> {
  const { channel, heard, delivered } = silentChannel();
  const whole = await openWholeBot(file, content, () => channel);
  return { ...whole, hear: (inbound) => heard(inbound), delivered };
}

export type WholeBot = Pick<Street, 'store' | 'bot' | 'stop'>;

export async function openWholeBot(
  file: string,
  content: Content,
  channelOf: (joints: { readonly store: Store; readonly render: RenderText }) => Channel,
): Promise<WholeBot> {
  const vault = new Vault(keyFromBase64(BENCH_KEY));
  const ids = createIdSource(Date.now);
  const store = await openStore(file.startsWith('postgres:') ? file : `sqlite:${file}`, {
    vault,
    newId: () => ids.next(),
  });
  await store.write((tx) => furnish(tx, vault));
  const render: RenderText = (...saying) => content.texts.render(...saying);
  const codes = createCodeBook(vault.keyFor('binding codes'));
  const bot = createBot({
    store,
    channels: [channelOf({ store, render })],
    features: allFeatures({ content: () => content, render, codes }),
    render,
    understand: createReader(() => content),
    openActivities: openActivityTitles,
    homeOf,
    codeGiven: createCodeDoor(codes),
    caution: cautionAbout,
    publicUrl: 'http://127.0.0.1:8787',
    owner: `bench-${process.pid}-${performance.now()}`,
    clock: systemClock,
    steadyNow: () => performance.now(),
    random: Math.random,
    metrics: createBotMetrics(),
    log: createLog('error', 'stderr'),
  });
  await bot.start();
  const stop = async () => {
    await bot.stop();
    await store.close();
  };
  return { store, bot, stop };
}

export async function readContent(): Promise<Content> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const folders = { dataFolder: `${root}data`, promptsFolder: `${root}prompts` };
  const result = await loadContent({ ...folders, catalogue: allTexts });
  if (!result.ok) throw new Error(`the content is broken: ${JSON.stringify(result.faults[0])}`);
  return result.content;
}

function silentChannel(): { channel: Channel; heard: Sink; delivered: () => number } {
  let sink: Sink = () => Promise.reject(new Error('the channel was not started'));
  let count = 0;
  const channel: Channel = {
    name: 'web',
    account: '*',
    can: { longestText: 2_000, buttons: true, speaksFirst: true, pace: {} },
    start: async (given) => {
      sink = given;
    },
    deliver: async () => {
      count += 1;
      return { fate: 'sent' };
    },
    status: () => ({ state: 'online', since: new Date(0) }),
    stop: async () => {},
  };
  return { channel, heard: (inbound) => sink(inbound), delivered: () => count };
}

const HOUR_MS = 3_600_000;

async function furnish(tx: Transaction, vault: Vault): Promise<void> {
  if ((await findCommunity(tx, STREET)) !== null) return;
  const now = new Date();
  const community: Community = {
    id: STREET,
    name: '长街社区',
    plan: 'changji-2021',
    locale: 'zh-CN',
    isSample: false,
    settings: CommunitySettings.parse({}),
  };
  await insertCommunity(tx, { ...community, wrappedKey: vault.newCommunityKey(STREET), now });
  const startsAt = new Date(now.getTime() + 48 * HOUR_MS);
  const shifts = [{ startsAt, endsAt: new Date(startsAt.getTime() + 2 * HOUR_MS), capacity: null }];
  const words = { title: '河边捡垃圾', place: '河边', details: '', risk: '', insured: false };
  const made = await createActivity(tx, { ...words, shifts }, { community, staffId: null, now });
  if (!made.ok) throw new Error(made.why);
}
