/** What still waits for an account that is gone: it ends, and what a person forwards or a channel will take does not. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChannelName } from '../../src/model/channel-name.ts';
import { ACCOUNT_LEASE } from '../../src/runtime/channel-keeper.ts';
import { housekeeping } from '../../src/runtime/housekeeping.ts';
import { insertChat } from '../../src/store/chat-table.ts';
import { releaseLease, takeLease } from '../../src/store/lease-table.ts';
import { insertOutbox } from '../../src/store/outbox-table.ts';
import { forEachStore } from '../support/for-each-store.ts';
import { foundCommunity } from '../support/records.ts';
import type { TestStore } from '../support/test-store.ts';

const HOUR_MS = 60 * 60_000;
// PostgreSQL goes by its own clock where a lease ends.
const START = new Date();
const after = (hours: number) => new Date(START.getTime() + hours * HOUR_MS);

forEachStore((open) => {
  let opened: TestStore;
  let warned: unknown[];
  let chores: (now: Date) => Promise<void>;

  beforeEach(async () => {
    opened = await open();
    warned = [];
    await opened.store.write((tx) => foundCommunity(tx, opened.vault));
    chores = housekeeping({
      store: opened.store,
      retryKept: async () => {},
      takeOver: async () => {},
      channels: () => [
        { name: 'telegram', account: 'ours' },
        { name: 'web', account: '*' },
      ],
      log: { warn: (facts: unknown) => void warned.push(facts) },
    });
  });
  afterEach(() => opened.close());

  test('what missed its time ends whatever its account', async () => {
    await waits('wecom', 'removed', { notAfter: after(1) });
    await waits('telegram', 'ours', { notAfter: after(3) });
    await chores(after(2));
    expect(await fates()).toEqual(['wecom removed expired too-late', 'telegram ours queued']);
  });

  test('what waits for an account that nobody has served for a day is refused, and told of in the log', async () => {
    await waits('wecom', 'removed', {});
    await waits('telegram', 'another', {});
    await waits('telegram', 'ours', {});
    await waits('web', 'c', {});
    await waits('manual', 'c', {});
    await chores(after(23));
    expect((await fates()).filter((fate) => !fate.endsWith('queued'))).toEqual([]);
    await chores(after(25));
    expect(await fates()).toEqual([
      'wecom removed refused account-gone',
      'telegram another refused account-gone',
      'telegram ours queued',
      'web c queued',
      'manual c queued',
    ]);
    expect(warned).toEqual([{ messages: 2 }]);
  });

  test('an account given up a moment ago, or served by another process, is waited for', async () => {
    await waits('wecom', 'given up', { runAt: after(-48) });
    await waits('wecom', 'elsewhere', { runAt: after(-48) });
    await opened.store.write(async (tx) => {
      const term = { forMs: HOUR_MS, now: START };
      const lease = await takeLease(tx, { name: `${ACCOUNT_LEASE}wecom:given up`, owner: 'one' }, term);
      if (lease !== null) await releaseLease(tx, lease, START);
      await takeLease(tx, { name: `${ACCOUNT_LEASE}wecom:elsewhere`, owner: 'other' }, term);
    });
    await chores(after(23));
    expect(await fates()).toEqual(['wecom given up queued', 'wecom elsewhere queued']);
    await chores(after(26));
    expect(warned).toEqual([{ messages: 2 }]);
  });

  function waits(channel: ChannelName, account: string, times: { readonly runAt?: Date; readonly notAfter?: Date }) {
    return opened.store.write(async (tx) => {
      const at = { communityId: 'c', channel, account, address: 'a', kind: 'group' } as const;
      const chat = await insertChat(tx, { ...at, title: null, areaId: null, personId: null, now: START });
      const message = {
        communityId: 'c',
        chatId: chat.id,
        kind: 'reminder',
        textKey: 'k',
        message: { text: 't' },
      } as const;
      const more = { runAt: START, notAfter: null, collapseKey: null, urgent: false, subjectId: null, ...times };
      await insertOutbox(tx, { ...message, ...more }, { owner: null, now: START });
    });
  }

  async function fates(): Promise<string[]> {
    const rows = await opened.store.read(({ db }) =>
      db
        .selectFrom('outbox')
        .innerJoin('chat', 'chat.id', 'outbox.chat_id')
        .select(['chat.channel', 'chat.account', 'outbox.state', 'outbox.reason'])
        .orderBy('outbox.id')
        .execute(),
    );
    return rows.map(({ channel, account, state, reason }) => [channel, account, state, reason].join(' ').trimEnd());
  }
});
