import { expect, test } from 'vitest';
import { insertNotice, listDueNotices, moveNotice, releaseIfDue, updateNotice } from '../../src/store/notice-table.ts';
import { forEachStore } from '../support/for-each-store.ts';
import { foundCommunity, NOW } from '../support/records.ts';

const now = new Date(NOW);
const later = new Date(NOW + 600_000);

forEachStore((open) => {
  test('a notice that was listed as due, taken back, changed and let go again leaves as it stands now', async () => {
    const { store, vault, close } = await open();
    const draft = { urgentReason: null, asksReceipt: false, chatIds: [] };
    try {
      await store.write(async (tx) => {
        await foundCommunity(tx, vault);
        const { id } = await insertNotice(tx, { ...draft, text: '八点停水', communityId: 'c', createdBy: null, now });
        const letGo = (sendAt: Date) => moveNotice(tx, id, { from: 'draft', to: 'scheduled', sendAt });
        await letGo(now);
        expect(await listDueNotices(tx, 'c', now)).toEqual([id]);
        await moveNotice(tx, id, { from: 'scheduled', to: 'draft', sendAt: null });
        expect(await releaseIfDue(tx, id, now)).toBeNull();
        await updateNotice(tx, 'c', id, { ...draft, text: '九点停水' });
        await letGo(later);
        expect(await releaseIfDue(tx, id, now)).toBeNull();
        expect(await releaseIfDue(tx, id, later)).toMatchObject({ text: '九点停水', state: 'released' });
        expect(await releaseIfDue(tx, id, later)).toBeNull();
      });
    } finally {
      await close();
    }
  });
});
