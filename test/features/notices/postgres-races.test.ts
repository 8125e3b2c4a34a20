/** On PostgreSQL turns run at the same time, so here the database alone decides who comes first. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createNotice,
  editNotice,
  releaseDueNotices,
  releaseNotice,
  retryNotice,
  takeBackNotice,
} from '../../../src/features/notices/notices-service.ts';
import { newKey } from '../../../src/lib/encryption.ts';
import { createIdSource } from '../../../src/lib/id.ts';
import { CommunitySettings } from '../../../src/model/community.ts';
import type { Outgoing } from '../../../src/model/outgoing.ts';
import { openTaskOnce } from '../../../src/store/asked-task-table.ts';
import { insertChat, insertPerson } from '../../../src/store/chat-table.ts';
import { findCommunity, insertCommunity } from '../../../src/store/community-table.ts';
import { insertReceipt } from '../../../src/store/notice-receipt-table.ts';
import { fatesOf, insertOutbox, settleOutbox } from '../../../src/store/outbox-table.ts';
import { openPostgres } from '../../../src/store/postgres/open-postgres.ts';
import type { Store, Transaction } from '../../../src/store/store.ts';
import { insertTipPosting, listTipPostings } from '../../../src/store/tip-table.ts';
import { Vault } from '../../../src/store/vault.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';

const communityId = 'races-community-0001';
const now = new Date('2026-11-18T01:00:00Z');
const later = new Date(now.getTime() + 4 * 60_000);
const act = { communityId, staffId: null, now };
const AT_ONCE = [1, 2, 3, 4, 5, 6, 7, 8];

let server: PostgresServer;
let store: Store;
let chatId: string;
let personId: string;

beforeAll(async () => {
  server = await startPostgresServer({ syncs: false });
  const vault = new Vault(newKey());
  const ids = createIdSource(Date.now);
  store = await openPostgres(await server.newDatabase(), { vault, newId: () => ids.next() });
  await store.write(async (tx) => {
    const settings = CommunitySettings.parse({});
    const about = { name: '南门社区', plan: 'changji-2021', locale: 'zh-CN', isSample: false, settings };
    await insertCommunity(tx, { ...about, id: communityId, wrappedKey: vault.newCommunityKey(communityId), now });
    const at = { channel: 'web', account: 'a', address: 'group' } as const;
    const group = { ...at, communityId, kind: 'group', title: null, areaId: null, personId: null, now } as const;
    chatId = (await insertChat(tx, group)).id;
    personId = (await insertPerson(tx, { communityId, from: { ...at, address: 'lin' }, now })).id;
  });
});
afterAll(async () => {
  await store.close();
  await server.stop();
});

async function scheduledNotice(): Promise<string> {
  return store.write(async (tx) => {
    const draft = { text: '停水', urgentReason: null, asksReceipt: true, chatIds: [chatId] };
    const made = await createNotice(tx, draft, act);
    if (!made.ok) throw new Error(made.why);
    await releaseNotice(tx, made.noticeId, act);
    return made.noticeId;
  });
}

test('a notice released by eight processes at once has one delivery per group', async () => {
  await scheduledNotice();
  const all = await Promise.all(
    AT_ONCE.map(() =>
      store.write(async (tx) => {
        const community = await findCommunity(tx, communityId);
        return community === null ? [] : releaseDueNotices(tx, community, later);
      }),
    ),
  );
  expect(all.flat()).toHaveLength(1);
});

test('a notice changed and let go again in the moment it was to leave goes with its new words', async () => {
  const noticeId = await scheduledNotice();
  let release: Promise<Outgoing[]> | undefined;
  await store.write(async (tx) => {
    await takeBackNotice(tx, noticeId, act);
    // It sees the notice as due, and waits for this transaction.
    release = store.write(async (other) => {
      const community = await findCommunity(other, communityId);
      return community === null ? [] : releaseDueNotices(other, community, later);
    });
    await somebodyWaits(tx);
    await editNotice(tx, noticeId, { text: '不停水了', urgentReason: null, asksReceipt: true, chatIds: [chatId] }, act);
    await releaseNotice(tx, noticeId, act);
  });
  const said = (await release)?.map((message) => message.said.variables);
  expect(said).toEqual([{ text: '不停水了' }]);
});

async function somebodyWaits(tx: Transaction): Promise<void> {
  const waiting = () => sql`select from pg_locks where not granted`.execute(tx.db);
  await expect.poll(async () => (await waiting()).rows.length, { interval: 5 }).toBeGreaterThan(0);
}

test('a failed delivery is tried again once, however many press at once', async () => {
  const noticeId = await scheduledNotice();
  await store.write(async (tx) => {
    const community = await findCommunity(tx, communityId);
    if (community !== null) await releaseDueNotices(tx, community, later);
    const message = {
      communityId,
      chatId,
      kind: 'notice',
      textKey: 'notice.posted',
      message: { text: '停水' },
    } as const;
    const rest = { runAt: later, notAfter: null, collapseKey: null, urgent: false, subjectId: noticeId };
    const { id } = await insertOutbox(tx, { ...message, ...rest }, { owner: null, now: later });
    await settleOutbox(tx, { id, owner: null }, { fate: 'refused', reason: 'network', now: later });
  });
  const pressed = await Promise.all(
    AT_ONCE.map(() => store.write((tx) => retryNotice(tx, noticeId, { ...act, unsureToo: false }))),
  );
  expect(pressed.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await store.read((tx) => fatesOf(tx, noticeId))).toHaveLength(1);
});

test('a person who says 收到 eight times at once is counted once', async () => {
  const noticeId = await scheduledNotice();
  const counted = await Promise.all(
    AT_ONCE.map(() => store.write((tx) => insertReceipt(tx, { noticeId, personId, now }))),
  );
  expect(counted.filter((first) => first)).toHaveLength(1);
});

test('eight who ask the same unknown thing at once share one task', async () => {
  const task = { communityId, kind: 'unknown-waste', subjectId: 'thing', text: '曲率引擎', now } as const;
  const opened = await Promise.all(AT_ONCE.map(() => store.write((tx) => openTaskOnce(tx, task))));
  expect(new Set(opened.map(({ taskId }) => taskId)).size).toBe(1);
  expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
});

test('a day has one tip, however many processes choose one', async () => {
  const posted = await Promise.all(
    AT_ONCE.map((n) =>
      store.write((tx) => insertTipPosting(tx, communityId, { tipId: `tip-${n}`, onDay: '2026-11-20' })),
    ),
  );
  expect(posted.filter((mine) => mine)).toHaveLength(1);
  expect(await store.read((tx) => listTipPostings(tx, communityId, '2026-01-01'))).toHaveLength(1);
});
