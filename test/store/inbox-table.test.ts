import { expect, test } from 'vitest';
import { deleteCommunity } from '../../src/store/community-table.ts';
import { keepForLater, listKept } from '../../src/store/inbox-table.ts';
import { forEachStore } from '../support/for-each-store.ts';
import { foundCommunity, NOW } from '../support/records.ts';

forEachStore((open) => {
  test('what was kept for a community goes with it, and what others wait for is still found', async () => {
    const { store, vault, close } = await open();
    try {
      await store.write(async (tx) => {
        for (const id of ['gone', 'here']) {
          await foundCommunity(tx, vault, id);
          const message = { channel: 'web', account: id, messageId: 'm1' } as const;
          await keepForLater(tx, message, id, `said in ${id}`, new Date(NOW));
        }
        await deleteCommunity(tx, 'gone');
      });
      expect(await store.read((tx) => listKept(tx, 10))).toEqual([
        { id: { channel: 'web', account: 'here', messageId: 'm1' }, body: 'said in here' },
      ]);
    } finally {
      await close();
    }
  });
});
