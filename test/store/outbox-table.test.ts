import { expect, test } from 'vitest';
import { insertChat } from '../../src/store/chat-table.ts';
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
        await markSent(tx, id, 'slow', now);
        await requeueOutbox(tx, id, now, 'in-doubt');
        await settleOutbox(tx, id, { fate: 'unknown', reason: 'in-doubt', now });
        return fatesOf(tx, 'n');
      });
      expect(fates.map(({ fate }) => fate)).toEqual(['sent']);
    } finally {
      await close();
    }
  });
});
