import { afterEach, beforeEach, expect, test } from 'vitest';
import { channelParts } from '../../src/joints/channel-parts.ts';
import { createLog } from '../../src/lib/log.ts';
import { LvlinError } from '../../src/model/errors.ts';
import { insertChat } from '../../src/store/chat-table.ts';
import { insertOutbox } from '../../src/store/outbox-table.ts';
import type { Store } from '../../src/store/store.ts';
import { foundCommunity } from '../support/records.ts';
import { openTestStore, type TestStore } from '../support/test-store.ts';

const NOW = new Date('2026-11-18T02:00:00Z');

let opened: TestStore;
beforeEach(async () => {
  opened = await openTestStore();
  await opened.store.write((tx) => foundCommunity(tx, opened.vault));
});
afterEach(() => opened.close());

test('a button of a message that can be read no more is as good as forgotten', async () => {
  const key = await offer('one', 'two');
  expect(await partsOf(opened.store).choiceOf(key, 1)).toBe('two');
  await opened.store.write(async (tx) => {
    const sealer = await tx.sealer('c');
    const body_sealed = sealer.seal('{"words":"of another version"}', key, 'outbox.body');
    await tx.db.updateTable('outbox').set({ body_sealed }).where('id', '=', key).execute();
  });
  expect(await partsOf(opened.store).choiceOf(key, 1)).toBe(null);
});

test('while the records are out of reach a press is to be told again', async () => {
  const away: Store = { ...opened.store, read: () => Promise.reject(new LvlinError('database-unreachable')) };
  await expect(partsOf(away).choiceOf('key', 0)).rejects.toThrow('database-unreachable');
});

function partsOf(store: Store) {
  const log = createLog('fatal', 'stderr');
  return channelParts({ store, render: (_, key) => key, locale: 'zh-CN', clock: { now: () => NOW }, log });
}

function offer(...says: readonly string[]): Promise<string> {
  return opened.store.write(async (tx) => {
    const at = { communityId: 'c', channel: 'web', account: 'c', address: 'a', kind: 'direct' } as const;
    const chat = await insertChat(tx, { ...at, title: null, areaId: null, personId: null, now: NOW });
    const message = { text: 'which?', choices: says.map((say) => ({ label: say, say })) };
    const more = { runAt: NOW, notAfter: null, collapseKey: null, urgent: false, subjectId: null };
    const outgoing = { communityId: 'c', chatId: chat.id, kind: 'reply', textKey: 'k', message, ...more } as const;
    return (await insertOutbox(tx, outgoing, { owner: null, now: NOW })).id;
  });
}
