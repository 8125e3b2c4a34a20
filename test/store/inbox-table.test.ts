import { expect, test } from 'vitest';
import { deleteCommunity } from '../../src/store/community-table.ts';
import { keepForLater, keepWaiting, listKept, markHandled, setAside } from '../../src/store/inbox-table.ts';
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
      expect(await store.read((tx) => listKept(tx, 10, new Date(NOW)))).toEqual([
        { id: { channel: 'web', account: 'here', messageId: 'm1' }, body: 'said in here' },
      ]);
    } finally {
      await close();
    }
  });

  test("what was set aside is in somebody's hands for a while, and then taken up by whoever looks", async () => {
    const { store, vault, close } = await open();
    try {
      const message = { channel: 'web', account: 'here', messageId: 'm1' } as const;
      const next = { ...message, messageId: 'm2' };
      await store.write(async (tx) => {
        await foundCommunity(tx, vault, 'here');
        await markHandled(tx, message, 'here', new Date(NOW));
        await setAside(tx, message, 'here', 'first');
        await keepWaiting(tx, next, 'here', 'second', new Date(NOW + 1));
        // Brought again meanwhile.
        await keepWaiting(tx, message, 'here', 'other words', new Date(NOW + 2));
      });
      const keptSince = (ms: number) => store.read((tx) => listKept(tx, 10, new Date(NOW + ms)));
      expect(await keptSince(0)).toEqual([]);
      expect((await keptSince(2)).map(({ body }) => body)).toEqual(['first', 'second']);
      expect(await store.write((tx) => markHandled(tx, message, 'here', new Date(NOW)))).toBe(true);
      expect(await store.write((tx) => markHandled(tx, message, 'here', new Date(NOW)))).toBe(false);
      expect((await keptSince(2)).map(({ body }) => body)).toEqual(['second']);
    } finally {
      await close();
    }
  });
});
