/** The whole bot over a channel that does nothing on the wire, with a clock to move: what dialogues are played on. */
import type { Channel, Delivery } from '../../src/channels/channel.ts';
import type { Content } from '../../src/content/content.ts';
import { understand } from '../../src/language/understand.ts';
import { buildVocabulary, type Vocabulary } from '../../src/language/vocabulary.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Community } from '../../src/model/community.ts';
import { CommunitySettings } from '../../src/model/community.ts';
import type { Inbound } from '../../src/model/inbound.ts';
import type { Outgoing } from '../../src/model/outgoing.ts';
import type { RenderText, TextVariables } from '../../src/model/text.ts';
import type { Understood, Utterance } from '../../src/model/understanding.ts';
import { type Bot, type BotParts, createBot } from '../../src/runtime/bot.ts';
import type { Feature } from '../../src/runtime/feature.ts';
import { BREATH_MS } from '../../src/runtime/floor-rules.ts';
import type { SecondReader } from '../../src/runtime/second-reader.ts';
import { createBotMetrics } from '../../src/server/health.ts';
import { findCommunity, insertArea, insertCommunity } from '../../src/store/community-table.ts';
import type { Store, Transaction } from '../../src/store/store.ts';
import { createLoopbackChannel, type LoopbackChannel } from './loopback-channel.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import type { PlatformChannel } from './platform-channel.ts';
import { shippedContent } from './shipped-content.ts';
import { openTestStore, type TestStore } from './test-store.ts';

export interface StageParts {
  /** The features that play; each needs its texts in prompts/zh-CN. */
  readonly features: (content: Content) => readonly Feature[];
  readonly openActivities?: (tx: Transaction, communityId: string, now: Date) => Promise<readonly string[]>;
  readonly caution?: (inbound: Inbound) => readonly Outgoing[];
  readonly codeGiven?: BotParts['codeGiven'];
  /** Instead of the one community there is. */
  readonly homeOf?: BotParts['homeOf'];
  /** Instead of a channel that does nothing on the wire: a real one to a platform on loopback. */
  readonly openChannel?: (given: { readonly clock: ManualClock; readonly store: Store }) => Promise<PlatformChannel>;
  /** Instead of the real language reader, where a test is not about words. */
  readonly understand?: (utterance: Utterance) => Understood;
  /** Asked about what nobody understands; nobody, unless said otherwise. */
  readonly second?: (content: Content) => SecondReader;
  /** The account that people write to, where it is not that of the community. */
  readonly account?: string;
  /** Another store than a fresh SQLite one. */
  readonly openStore?: () => Promise<TestStore>;
}

export interface Spoken {
  readonly key: string;
  readonly variables: TextVariables;
}

export interface Stage {
  readonly store: Store;
  readonly channel: LoopbackChannel | PlatformChannel;
  readonly clock: ManualClock;
  readonly content: Content;
  readonly bot: Bot;
  readonly communityId: string;
  community(): Promise<Community>;
  /** In private, or in a group when one is named. Resolves when the bot has said all it had to say. */
  hear(speaker: string, text: string, place?: { group: string; mentioned: boolean }): Promise<void>;
  /** So long that what is said next is a conversation of its own. */
  breathe(): void;
  tick(): Promise<void>;
  /** Which text a delivered message was made of. */
  spoken(delivery: Delivery): Spoken;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const STAGE_COMMUNITY = 'stage-community-0001';
/** A Wednesday morning in Shanghai. */
export const STAGE_START = new Date('2026-11-18T09:00:00+08:00');

export async function setStage(parts: StageParts): Promise<Stage> {
  const opened = await (parts.openStore ?? openTestStore)();
  const content = await shippedContent();
  const clock = manualClock(STAGE_START);
  await opened.store.write((tx) => furnish(tx, opened));
  const texts = new Map<string, Spoken>();
  const render: RenderText = (locale, key, variables, seed) => {
    const text = content.texts.has(key) ? content.texts.render(locale, key, variables, seed) : key;
    texts.set(text, { key, variables });
    return text;
  };
  const openChannel = async () =>
    (await parts.openChannel?.({ clock, store: opened.store })) ?? createLoopbackChannel();
  let channel = await openChannel();
  // Between two lines of a dialogue people draw breath, without anybody waiting for it.
  let breathsMs = 0;
  const steadyNow = () => performance.now() + breathsMs;
  const joined = (life: number) => join(parts, opened.store, channel, content, render, { clock, steadyNow }, life);
  let bot = joined(1);
  await bot.start();
  // The look of the start; a later one must not be taken for part of it.
  await bot.scheduler.tick();
  let messages = 0;
  const account = parts.account === undefined ? {} : { account: parts.account };
  let lives = 1;
  return {
    store: opened.store,
    get channel() {
      return channel;
    },
    clock,
    content,
    get bot() {
      return bot;
    },
    communityId: STAGE_COMMUNITY,
    community: async () => {
      const community = await opened.store.read((tx) => findCommunity(tx, STAGE_COMMUNITY));
      if (community === null) throw new Error('the stage has lost its community');
      return community;
    },
    hear: async (speaker, text, place) => {
      messages += 1;
      breathsMs += BREATH_MS;
      if (isOnPlatform(channel)) await channel.speak(speaker, text, place);
      else await channel.hear({ ...inboundOf(speaker, text, place, `m${messages}`, clock.now()), ...account });
      await bot.intake.idle();
      await bot.dispatcher.idle();
    },
    breathe: () => {
      breathsMs += BREATH_MS;
    },
    tick: async () => {
      await bot.scheduler.tick();
      bot.dispatcher.nudge();
      await bot.dispatcher.idle();
    },
    spoken: ({ message }) => texts.get(message.text) ?? labelled(texts, message.text),
    restart: async () => {
      await bot.stop();
      lives += 1;
      const before = channel;
      channel = await openChannel();
      channel.delivered.push(...before.delivered);
      bot = joined(lives);
      await bot.start();
      await bot.dispatcher.idle();
    },
    close: async () => {
      await bot.stop();
      await opened.close();
    },
  };
}

/** Said in the name of one of several communities: as it is, and `of` tells whose words they are. */
function labelled(texts: ReadonlyMap<string, Spoken>, text: string): Spoken {
  for (const [label, { key, variables }] of texts) {
    const said =
      key === 'chat.of-community' && text.startsWith(label) ? texts.get(text.slice(label.length)) : undefined;
    if (said !== undefined) return { ...said, variables: { ...said.variables, of: variables.community ?? '' } };
  }
  return { key: text, variables: {} };
}

function isOnPlatform(channel: LoopbackChannel | PlatformChannel): channel is PlatformChannel {
  return 'speak' in channel;
}

function join(
  parts: StageParts,
  store: Store,
  channel: Channel,
  content: Content,
  render: RenderText,
  { clock, steadyNow }: Pick<BotParts, 'clock' | 'steadyNow'>,
  life: number,
): Bot {
  const read = parts.understand ?? reader(content);
  return createBot({
    store,
    channels: [channel],
    features: parts.features(content),
    render,
    understand: read,
    openActivities: parts.openActivities ?? (async () => []),
    homeOf: parts.homeOf ?? (async () => STAGE_COMMUNITY),
    ...(parts.codeGiven === undefined ? {} : { codeGiven: parts.codeGiven }),
    caution: parts.caution ?? (() => []),
    ...(parts.second === undefined ? {} : { second: parts.second(content) }),
    publicUrl: 'http://lvlin.test',
    owner: `stage-${life}`,
    clock,
    steadyNow,
    random: () => 0.5,
    metrics: createBotMetrics(),
    log: createLog('fatal', 'stderr'),
  });
}

let vocabulary: Vocabulary | undefined;

function reader(content: Content): (utterance: Utterance) => Understood {
  const known =
    vocabulary ??
    buildVocabulary(content.languageTables, {
      habits: content.habits.map((habit) => ({ id: habit.id, title: habit.title, category: habit.category })),
      wasteNames: content.wasteGuide.items.flatMap((item) => [item.name, ...item.aliases]),
    });
  vocabulary = known;
  return (utterance) => understand(utterance, known);
}

async function furnish(tx: Transaction, { vault }: TestStore): Promise<void> {
  await insertCommunity(tx, {
    id: STAGE_COMMUNITY,
    name: '南门社区',
    plan: 'changji-2021',
    locale: 'zh-CN',
    isSample: false,
    settings: CommunitySettings.parse({ contact: '0994-0000000' }),
    wrappedKey: vault.newCommunityKey(STAGE_COMMUNITY),
    now: STAGE_START,
  });
  for (const name of ['1', '2', '3']) {
    const households = { count: 48, source: '物业台账', countedOn: '2026-11-01' };
    await insertArea(tx, { communityId: STAGE_COMMUNITY, parentId: null, kind: 'building', name, households });
  }
}

function inboundOf(
  speaker: string,
  text: string,
  place: { group: string; mentioned: boolean } | undefined,
  messageId: string,
  at: Date,
): Inbound {
  return {
    channel: 'web',
    account: STAGE_COMMUNITY,
    messageId,
    chat:
      place === undefined
        ? { address: `private:${speaker}`, kind: 'direct' }
        : { address: `group:${place.group}`, kind: 'group', title: place.group },
    sender: { address: speaker, displayName: speaker },
    text,
    mentioned: place?.mentioned ?? false,
    at,
  };
}
