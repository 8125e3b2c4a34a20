import { expect, test } from 'vitest';
import { insertChat } from '../../src/store/chat-table.ts';
import { takeOutbox } from '../../src/store/outbox-due-table.ts';
import { fatesOf, insertOutbox, markSent, requeueOutbox, settleOutbox } from '../../src/store/outbox-table.ts';
import { forEachStore } from '../support/for-each-store.ts';
import { foundCommunity, NOW } from '../support/records.ts';

const now = new Date(NOW);

forEachStore((open) => {
  test('a message that arrived is not sent again nor called unsure by a process that thought its sender dead', async () => {
    const { store, vault, close } = await open();
    try {
      const fates = await store.write(async (tx) => {
        await foundCommunity(tx, vault);
        const at = { communityId: 'c', channel: 'web', account: 'c', address: 'a', kind: 'group' } as const;
        const chat = await insertChat(tx, { ...at, title: null, areaId: null, personId: null, now });
        const more = { notAfter: null, collapseKey: null, urgent: false, subjectId: 'n' };
        const message = {
          communityId: 'c',
          chatId: chat.id,
          kind: 'notice',
          textKey: 'k',
          message: { text: 't' },
        } as const;
        const { id } = await insertOutbox(tx, { ...message, ...more, runAt: now }, { owner: 'slow', now });
        await markSent(tx, [id], 'slow', now);
        await requeueOutbox(tx, { id, owner: 'slow' }, { runAt: now, reason: 'in-doubt' });
        await settleOutbox(tx, { id, owner: 'slow' }, { fate: 'unknown', reason: 'in-doubt', now });
        return fatesOf(tx, 'n');
      });
      expect(fates.map(({ fate }) => fate)).toEqual(['sent']);
    } finally {
      await close();
    }
  });

  test('a process that was paused and comes late neither gives back nor ends what another has taken over', async () => {
    const { store, vault, close } = await open();
    try {
      const rows = await store.write(async (tx) => {
        await foundCommunity(tx, vault);
        const at = { communityId: 'c', channel: 'web', account: 'c', address: 'a', kind: 'direct' } as const;
        const chat = await insertChat(tx, { ...at, title: null, areaId: null, personId: null, now });
        const more = { notAfter: null, collapseKey: null, urgent: false, subjectId: 'n' };
        const reply = {
          communityId: 'c',
          chatId: chat.id,
          kind: 'reply',
          textKey: 'k',
          message: { text: 't' },
        } as const;
        const { id } = await insertOutbox(tx, { ...reply, ...more, runAt: now }, { owner: 'paused', now });
        await requeueOutbox(tx, { id, owner: 'paused' }, { runAt: now, reason: 'in-doubt' });
        await takeOutbox(tx, id, { owner: 'awake', now });
        await requeueOutbox(tx, { id, owner: 'paused' }, { runAt: now, reason: 'network' });
        const end = { fate: 'refused', reason: 'network', now } as const;
        expect(await settleOutbox(tx, { id, owner: 'paused' }, end)).toBe(false);
        expect(await settleOutbox(tx, { id, owner: null }, end)).toBe(false);
        await markSent(tx, [id], 'paused', now);
        return tx.db.selectFrom('outbox').select(['state', 'owner', 'reason']).execute();
      });
      expect(rows).toEqual([{ state: 'sending', owner: 'awake', reason: 'in-doubt' }]);
    } finally {
      await close();
    }
  });
});
