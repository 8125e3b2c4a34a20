/** The one page where everything is joined, top to bottom. */
import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import type { AdminParts } from './admin/admin-parts.ts';
import { createAdminSite, signedIn } from './admin/admin-site.ts';
import { openSetup } from './admin/sign-in/setup-service.ts';
import type { Channel } from './channels/channel.ts';
import { createWebChannel } from './channels/web/web-channel.ts';
import { foundCommunity } from './community/found-community.ts';
import type { Config } from './config.ts';
import type { ContentReload } from './content/reload.ts';
import { createCodeDoor } from './features/binding/code-door.ts';
import { createChainsService } from './features/chains/create-chains-service.ts';
import { cautionAbout } from './features/front-desk/front-desk-service.ts';
import type { RecordKeeper } from './features/privacy/privacy-service.ts';
import { type AccountJoints, channelsOf } from './joints/accounts.ts';
import { allFeatures, recordKeepers } from './joints/all-features.ts';
import { openModelLine } from './joints/asked-model.ts';
import { byHandDesk } from './joints/by-hand-desk.ts';
import { chainParts } from './joints/chains.ts';
import { channelDesk } from './joints/channel-desk.ts';
import { channelParts } from './joints/channel-parts.ts';
import { watchChannels } from './joints/channel-watch.ts';
import { erasedListIn } from './joints/erased-list.ts';
import { keepContentFresh } from './joints/fresh-content.ts';
import { frontPage } from './joints/front-page.ts';
import { homeOf } from './joints/home.ts';
import { machineDesk } from './joints/machine-desk.ts';
import { modelDesk } from './joints/model-desk.ts';
import { pageCommit } from './joints/page-commit.ts';
import { createReader, keepVocabulary } from './joints/reader.ts';
import { recallDesk } from './joints/recall-desk.ts';
import { openRecords, prepareCommunities, type Records } from './joints/records.ts';
import { createSecondReader } from './joints/second-reader.ts';
import { openSettings } from './joints/settings-keeping.ts';
import { type WebJoints, webParts } from './joints/web-parts.ts';
import { closeWebhookGroup, ensureWebhookGroups, openWebhookGroup } from './joints/webhook-groups.ts';
import { explain } from './language/understand.ts';
import type { Vocabulary } from './language/vocabulary.ts';
import { type Clock, systemClock } from './lib/clock.ts';
import { instanceOf } from './lib/instance.ts';
import type { Logger } from './lib/log.ts';
import { isLoopbackUrl } from './lib/loopback.ts';
import type { Metrics } from './lib/metrics.ts';
import { type CodeBook, createCodeBook } from './lib/one-time-code.ts';
import { createPasswords } from './lib/password.ts';
import type { ModelLine } from './llm/model-line.ts';
import type { LvlinError } from './model/errors.ts';
import { mayMakeRecords } from './model/staff.ts';
import type { RenderText } from './model/text.ts';
import { type Bot, createBot } from './runtime/bot.ts';
import type { Feature } from './runtime/feature.ts';
import { syncSchedules } from './runtime/schedule-sync.ts';
import { callerAddress, isFromThisMachine } from './server/caller-address.ts';
import { createBotMetrics, healthRoutes } from './server/health.ts';
import { startWebServer } from './server/web-server.ts';
import { openActivityTitles } from './store/activity-table.ts';
import { type WatchedStore, watchStore } from './store/watched-store.ts';

export interface AppParts {
  readonly content: ContentReload;
  /** What a set of content was made into while it was checked; absent: it is made when it is needed. */
  readonly vocabularyOf?: ((content: object) => Vocabulary | undefined) | undefined;
  /** What is wrong with edited texts and tables, in sentences. */
  readonly contentTrouble: () => readonly string[];
  readonly log: Logger;
  /** Hears when records cannot be written any more, and `null` when they can be again. */
  readonly onTrouble: (trouble: LvlinError | null) => void;
}

export interface RunningApp {
  readonly residentsUrl: string;
  /** `null` once the sample community has been removed. */
  readonly simulatorUrl: string | null;
  readonly adminUrl: string;
  /** What makes the first account; `null` when there is one. */
  readonly setupCode: string | null;
  /** Where a new master key was put; it is to be kept apart from the records. */
  readonly keyFileMade: string | null;
  stop(): Promise<void>;
}

/** Throws a `LvlinError` with a code where it cannot start; nothing is left open then. */
export async function startApp(config: Config, parts: AppParts): Promise<RunningApp> {
  const clock = systemClock;
  const { current } = parts.content;
  const render: RenderText = (...saying) => current().texts.render(...saying);
  const opened = await openRecords(config);
  const { store, trouble } = watchStore(opened.store, parts.onTrouble);
  const records = { ...opened, store };
  try {
    const codes = createCodeBook(records.vault.keyFor('binding codes'));
    const pagesOnlyHere = isLoopbackUrl(config.publicUrl);
    const vocabulary = keepVocabulary(current, parts.vocabularyOf);
    const featureParts = { content: current, render, codes, erasedList: erasedListIn(config.home), pagesOnlyHere };
    const features = allFeatures(featureParts);
    await prepareCommunities({ ...records, features, render, config, clock });
    return await openDoors(config, {
      ...parts,
      ...records,
      trouble,
      clock,
      render,
      features,
      codes,
      keepers: recordKeepers(featureParts),
      vocabulary,
      understand: createReader(current, vocabulary),
    });
  } catch (cause) {
    await records.store.close();
    throw cause;
  }
}

interface Inside extends AppParts, Records, Pick<WatchedStore, 'trouble'> {
  readonly clock: Clock;
  readonly render: RenderText;
  readonly features: readonly Feature[];
  readonly codes: CodeBook;
  readonly keepers: readonly RecordKeeper[];
  readonly vocabulary: () => Vocabulary;
  readonly understand: ReturnType<typeof createReader>;
}

async function openDoors(config: Config, inside: Inside): Promise<RunningApp> {
  const { store, trouble, vault, content, clock, render, log, keyFileMade } = inside;
  const { publicUrl } = config;
  const joints = { parts: channelParts({ ...inside, locale: config.locale }), ...config, render };
  const metrics = createBotMetrics();
  const line = openModelLine(config, { metrics, log });
  const channelsNow = () => bot.channels.channels();
  const admin = adminParts(config, inside, { bot: () => bot, channels: channelsNow, joints, line });
  const web = createWebChannel(
    webParts({
      store,
      content: content.current,
      render,
      ...staffAtTheSimulator(admin),
      publicUrl,
      visitorKey: vault.keyFor('visitor cookies'),
      addressOf: addressOf(config),
      clock,
      log,
    }),
  );
  const channels: readonly Channel[] = [web, ...(await channelsOf(config.accounts, joints))];
  await ensureWebhookGroups(store, config.accounts.webhooks, clock.now());
  const bot = botOf(config, inside, { channels, metrics, line, bot: () => bot });
  const setupCode = await openSetup(store);
  const pages = new Hono()
    .get('/', async (context) => context.redirect((await frontPage(store)).path))
    .route(
      '/',
      healthRoutes({ store, trouble, channels: bot.channels.channels, metrics, clock, ...machineDoor(config) }),
    )
    .route('/admin', createAdminSite(admin))
    .route('/', web.routes);
  const server = await startWebServer(pages, config);
  await bot.start().catch(async (cause: unknown) => {
    await server.stop();
    throw cause;
  });
  const leaveContent = keepContentFresh(content, log);
  const front = await frontPage(store);
  return {
    residentsUrl: `${publicUrl}/c/${front.communityId}`,
    simulatorUrl: front.isSample ? `${publicUrl}/simulator` : null,
    adminUrl: `${publicUrl}/admin`,
    setupCode,
    keyFileMade,
    stop: async () => {
      leaveContent();
      const served = server.stop();
      // Live pages would hold their connection open; they come back by themselves.
      web.endStreams();
      // Whoever is being served is answered by a bot that still hears.
      await served;
      await bot.stop();
      await line.close();
      await store.close();
    },
  };
}

interface BotJoints {
  readonly channels: readonly Channel[];
  readonly metrics: Metrics;
  readonly line: ModelLine;
  readonly bot: () => Bot;
}

function botOf({ publicUrl, llmADay: aDay }: Config, inside: Inside, joints: BotJoints): Bot {
  const { channels, metrics, line, bot } = joints;
  const { codes } = inside;
  return createBot({
    ...inside,
    channels,
    second: createSecondReader({ ...inside, content: inside.content.current, line, aDay, metrics }),
    openActivities: openActivityTitles,
    homeOf,
    codeGiven: createCodeDoor(codes),
    onChannelChange: watchChannels({ ...inside, bot }),
    caution: cautionAbout,
    publicUrl,
    owner: randomUUID(),
    steadyNow: () => performance.now(),
    random: Math.random,
    metrics,
  });
}

function staffAtTheSimulator(admin: AdminParts): Pick<WebJoints, 'mayRehearse' | 'communityOfStaff'> {
  return {
    mayRehearse: async (context, { id }) => {
      const known = await signedIn(admin, context);
      return known !== null && mayMakeRecords(known.staff, id);
    },
    communityOfStaff: async (context) => (await signedIn(admin, context))?.staff.communityId ?? null,
  };
}

/** What is made after the pages and known to them only when somebody looks. */
interface Later {
  readonly bot: () => Bot;
  readonly channels: () => readonly Channel[];
  readonly joints: AccountJoints;
  readonly line: ModelLine;
}

function adminParts(config: Config, inside: Inside, { bot, channels, joints, line }: Later): AdminParts {
  const { store, vault, content, contentTrouble, clock, render, features, keepers, understand, log } = inside;
  const { publicUrl } = config;
  const settings = openSettings(config, { clock, log });
  const machine = machineDesk(config, settings);
  return {
    store,
    content: content.current,
    contentTrouble,
    understand,
    explain: (utterance) => explain(utterance, inside.vocabulary()),
    chains: createChainsService(chainParts({ content: content.current, render, understand })),
    passwords: createPasswords(),
    keepers,
    commit: pageCommit(store, bot),
    byHand: byHandDesk(config, { render, receive: (heard) => bot().intake.receive(heard) }),
    foundCommunity: (tx, founded, now) => foundCommunity(tx, { vault, features, render }, founded, now),
    syncSchedules: (tx, community, now) => syncSchedules(tx, features, community, now),
    longestText: (name) => shortestOf(channels().filter((channel) => channel.name === name)),
    isPictureFirst: (name) => channels().some((channel) => channel.name === name && channel.can.pictureFirst === true),
    recall: recallDesk((name, account) => bot().channels.find(name, account)),
    residentsUrl: ({ id }) => `${machine.publicUrl()}/c/${id}`,
    codes: inside.codes,
    telegramName: () =>
      channels()
        .find(({ name }) => name === 'telegram')
        ?.handle?.() ?? null,
    addressOf: addressOf(config),
    publicUrl,
    machine,
    channels: channelDesk(config, {
      bot,
      file: settings,
      channelsOf: (accounts) => channelsOf(accounts, joints),
      openGroup: (webhook, communityId) => openWebhookGroup(store, webhook, { communityId, now: clock.now() }),
      closeGroup: (name) => closeWebhookGroup(store, name),
      clock,
    }),
    model: modelDesk(config, { ...inside, content: content.current, line, file: settings }),
    clock,
    log,
  };
}

function addressOf({ trustedProxies }: Config): (context: Context) => string {
  return (context) => callerAddress(callerOf(context), trustedProxies);
}

function machineDoor({ home, trustedProxies, metricsToken: token }: Config) {
  return {
    instance: instanceOf(home),
    isFromThisMachine: (context: Context) => isFromThisMachine(callerOf(context), trustedProxies),
    token,
  };
}

function callerOf(context: Context) {
  return { peer: getConnInfo(context).remote.address ?? '', forwardedFor: context.req.header('x-forwarded-for') };
}

/** Of several logins on one platform the one that carries least, so that nobody is promised too much. */
function shortestOf(channels: readonly Channel[]): number | null {
  return channels.length === 0 ? null : Math.min(...channels.map(({ can }) => can.longestText));
}
