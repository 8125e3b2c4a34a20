/** The site on a fresh store, with a clock to move and a browser without a screen that keeps cookies. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import type { AdminParts, RecallDesk } from '../../src/admin/admin-parts.ts';
import { createAdminSite } from '../../src/admin/admin-site.ts';
import { openSetup } from '../../src/admin/sign-in/setup-service.ts';
import { readConfig } from '../../src/config.ts';
import type { Content } from '../../src/content/content.ts';
import { createChainsService } from '../../src/features/chains/create-chains-service.ts';
import { channelsOf } from '../../src/joints/accounts.ts';
import { recordKeepers } from '../../src/joints/all-features.ts';
import { openModelLine } from '../../src/joints/asked-model.ts';
import { byHandDesk } from '../../src/joints/by-hand-desk.ts';
import { chainParts } from '../../src/joints/chains.ts';
import { channelDesk } from '../../src/joints/channel-desk.ts';
import { channelParts } from '../../src/joints/channel-parts.ts';
import { machineDesk } from '../../src/joints/machine-desk.ts';
import { modelDesk } from '../../src/joints/model-desk.ts';
import { pageCommit } from '../../src/joints/page-commit.ts';
import { vocabularyOf } from '../../src/joints/reader.ts';
import { openSettings } from '../../src/joints/settings-keeping.ts';
import { closeWebhookGroup, openWebhookGroup } from '../../src/joints/webhook-groups.ts';
import { explain, understand } from '../../src/language/understand.ts';
import type { Vocabulary } from '../../src/language/vocabulary.ts';
import { createLog } from '../../src/lib/log.ts';
import { createCodeBook } from '../../src/lib/one-time-code.ts';
import { createPasswords } from '../../src/lib/password.ts';
import { type Community, CommunitySettings } from '../../src/model/community.ts';
import type { Inbound } from '../../src/model/inbound.ts';
import type { Outgoing } from '../../src/model/outgoing.ts';
import type { OwnerDesk } from '../../src/model/owner-task.ts';
import type { Role } from '../../src/model/records.ts';
import type { Staff } from '../../src/model/staff.ts';
import type { Bot } from '../../src/runtime/bot.ts';
import { createChannelKeeper } from '../../src/runtime/channel-keeper.ts';
import { findCommunity, insertArea, insertCommunity } from '../../src/store/community-table.ts';
import { insertStaff } from '../../src/store/staff-table.ts';
import type { Store, Transaction } from '../../src/store/store.ts';
import { type ManualClock, manualClock } from '../support/manual-clock.ts';
import { shippedContent } from '../support/shipped-content.ts';
import { openTestStore } from '../support/test-store.ts';
import { officeBot } from './office-bot.ts';

export const ORIGIN = 'http://lvlin.test';
/** A Wednesday morning in Shanghai. */
export const START = new Date('2026-11-18T09:00:00+08:00');
export const PASSWORD = '河边的柳树又绿了三回';

export interface Office {
  readonly site: Hono;
  readonly store: Store;
  readonly content: Content;
  readonly clock: ManualClock;
  readonly community: Community;
  /** What was handed over to be sent. */
  readonly sent: Outgoing[];
  /** What was pasted and handed in as if heard. */
  readonly heard: Inbound[];
  readonly bot: Bot | null;
  /** How often schedules were brought in step. */
  readonly synced: Community[];
  readonly addStaff: (login: string, role: Role, communityId?: string) => Promise<Staff>;
  readonly addCommunity: (name: string, isSample?: boolean) => Promise<Community>;
  readonly setupCode: () => Promise<string | null>;
  /** Where settings.json is written. */
  readonly home: string;
  readonly close: () => Promise<void>;
}

export interface OfficeWish {
  readonly isSample?: boolean;
  readonly publicUrl?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly telegramName?: string | null;
  readonly owners?: OwnerDesk | null;
  /** With the bot behind it: what is done at a page has its effect, and what is pasted is understood. */
  readonly withBot?: boolean;
  /** What platforms take back. */
  readonly recall?: RecallDesk;
  /** What is wrong with edited texts and tables. */
  readonly contentTrouble?: readonly string[];
}

export async function openOffice({
  isSample = false,
  publicUrl = ORIGIN,
  environment = {},
  telegramName = null,
  owners = null,
  withBot = false,
  recall = NOTHING_BACK,
  contentTrouble = [],
}: OfficeWish = {}): Promise<Office> {
  const opened = await openTestStore();
  const content = await shippedContent();
  const clock = manualClock(START);
  const sent: Outgoing[] = [];
  const heard: Inbound[] = [];
  const synced: Community[] = [];
  const passwords = createPasswords();
  const bot = withBot ? officeBot({ store: opened.store, content, clock }) : null;

  async function found(tx: Transaction, founded: Omit<Community, 'id'>): Promise<Community> {
    const community = { ...founded, id: tx.newId() };
    await insertCommunity(tx, {
      ...community,
      wrappedKey: opened.vault.newCommunityKey(community.id),
      now: clock.now(),
    });
    return community;
  }

  async function addCommunity(name: string, sample = false): Promise<Community> {
    const settings = CommunitySettings.parse({ contact: '0994-0000000', province: 'xinjiang' });
    const community = { name, plan: 'changji-2021', locale: 'zh-CN', isSample: sample, settings };
    return opened.store.write((tx) => found(tx, community));
  }

  const community = await addCommunity('南门社区', isSample);
  await opened.store.write((tx) => addBuildings(tx, community.id));
  const home = join(tmpdir(), `lvlin-office-${randomUUID()}`);
  const log = createLog('fatal', 'stderr');
  const settings = readConfig({ environment: { LVLIN_HOME: home, ...environment }, saved: { publicUrl } });
  if (!settings.ok) throw new Error(JSON.stringify(settings.faults));
  const file = openSettings(settings.config, { clock, log });
  const machine = machineDesk(settings.config, file);
  const { render } = content.texts;
  const keeper = createChannelKeeper({
    store: opened.store,
    channels: [],
    owner: 'office',
    onChange: () => {},
    clock,
    log,
  });
  await keeper.start(async () => {});
  const line = openModelLine(settings.config, { metrics: { count: () => {}, gauge: () => {} }, log });
  const joints = {
    ...settings.config,
    render,
    parts: channelParts({ ...settings.config, ...opened, render, clock, log }),
  };
  const parts: AdminParts = {
    store: opened.store,
    content: () => content,
    contentTrouble: () => contentTrouble,
    explain: (utterance) => explain(utterance, vocabularyFor(content)),
    understand: (utterance) => understand(utterance, vocabularyFor(content)),
    passwords,
    commit: bot === null ? onlyNoted(opened.store, sent) : pageCommit(opened.store, () => bot),
    byHand: {
      ...byHandDesk(settings.config, {
        render: content.texts.render,
        receive: bot?.intake.receive ?? (async (one) => void heard.push(one)),
      }),
      ...(owners === null ? {} : { owners }),
    },
    chains: createChainsService(
      chainParts({
        content: () => content,
        render: (...saying) => content.texts.render(...saying),
        understand: (utterance) => understand(utterance, vocabularyFor(content)),
      }),
    ),
    keepers: recordKeepers({ content: () => content, render: content.texts.render }),
    foundCommunity: (tx, founded) => found(tx, founded),
    syncSchedules: async (_tx, changed) => {
      synced.push(changed);
    },
    longestText: (channel) => (channel === 'telegram' ? 60 : 2_000),
    isPictureFirst: (channel) => channel === 'telegram',
    recall,
    residentsUrl: ({ id }) => `${machine.publicUrl()}/c/${id}`,
    codes: createCodeBook(opened.vault.keyFor('binding codes')),
    telegramName: () => telegramName,
    addressOf: (context) => context.req.header('x-test-address') ?? '127.0.0.1',
    publicUrl,
    machine,
    channels: channelDesk(settings.config, {
      bot: () => ({ channels: keeper }),
      file,
      channelsOf: (accounts) => channelsOf(accounts, joints),
      openGroup: (webhook, communityId) => openWebhookGroup(opened.store, webhook, { communityId, now: clock.now() }),
      closeGroup: (name) => closeWebhookGroup(opened.store, name),
      clock,
    }),
    model: modelDesk(settings.config, {
      line,
      file,
      content: () => content,
      vocabulary: () => vocabularyFor(content),
      clock,
    }),
    clock,
    log,
  };
  const site = new Hono().route('/admin', createAdminSite(parts));
  const passwordHash = await hashOnce(passwords.hash);
  return {
    site,
    store: opened.store,
    content,
    clock,
    community,
    sent,
    heard,
    bot,
    synced,
    addStaff: async (login, role, communityId = community.id) => {
      const named = { communityId, login, displayName: login, role, passwordIsInitial: false, passwordHash };
      const staff = await opened.store.write((tx) => insertStaff(tx, { ...named, now: clock.now() }));
      if (staff === null) throw new Error(`${login} is there already`);
      return staff;
    },
    addCommunity,
    setupCode: () => openSetup(opened.store),
    home,
    close: async () => {
      await keeper.stop();
      await line.close();
      rmSync(home, { recursive: true, force: true });
      return opened.close();
    },
  };
}

const NOTHING_BACK: RecallDesk = { within: () => null, take: async () => false };

/** Without a bot behind the pages: what would be sent is looked at by the test. */
function onlyNoted(store: Store, sent: Outgoing[]): AdminParts['commit'] {
  return (_communityId, _feature, work) =>
    store.write(async (tx) => {
      const { result, effects } = await work(tx);
      sent.push(...(effects?.messages ?? []));
      return result;
    });
}

export async function communityNow(office: Office): Promise<Community> {
  const community = await office.store.read((tx) => findCommunity(tx, office.community.id));
  if (community === null) throw new Error('the office has lost its community');
  return community;
}

async function addBuildings(tx: Transaction, communityId: string): Promise<void> {
  for (const name of ['1', '2', '3']) {
    const households = { count: 48, source: '物业台账', countedOn: '2026-11-01' };
    await insertArea(tx, { communityId, parentId: null, kind: 'building', name, households });
  }
}

let vocabulary: Vocabulary | undefined;

/** Made when something is read: few tests do, and the shipped content is one for all of them. */
function vocabularyFor(content: Content): Vocabulary {
  vocabulary ??= vocabularyOf(content);
  return vocabulary;
}

let hashed: Promise<string> | undefined;

/** Each costs 50 ms and all are the same. */
function hashOnce(hash: (password: string) => Promise<string>): Promise<string> {
  hashed ??= hash(PASSWORD);
  return hashed;
}

export interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly headers: Headers;
}

export type Fields = Readonly<Record<string, string | readonly string[] | File>>;

export interface Visitor {
  readonly cookies: Map<string, string>;
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, fields?: Fields, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly signIn: (login: string, password?: string) => Promise<Answer>;
}

export function visitorOf(site: Hono, { origin = ORIGIN, address = '127.0.0.1' } = {}): Visitor {
  const cookies = new Map<string, string>();

  async function send(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    headers.set('x-test-address', address);
    const response = await site.request(`${origin}${path}`, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const { status, headers: answered } = response;
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    return { status, location: answered.get('location'), text, bytes, headers: answered };
  }

  const post: Visitor['post'] = (path, fields = {}, headers = { 'sec-fetch-site': 'same-origin' }) =>
    send(path, { method: 'POST', body: bodyOf(fields), headers });
  return {
    cookies,
    get: (path) => send(path, {}),
    post,
    signIn: (login, password = PASSWORD) => post('/admin/sign-in', { login, password }),
  };
}

function bodyOf(fields: Fields): FormData | URLSearchParams {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string | File] => [name, one]),
  );
  const hasFile = pairs.some(([, value]) => value instanceof File);
  const body = hasFile ? new FormData() : new URLSearchParams();
  for (const [name, value] of pairs) {
    if (body instanceof FormData) body.append(name, value);
    else body.append(name, String(value));
  }
  return body;
}
