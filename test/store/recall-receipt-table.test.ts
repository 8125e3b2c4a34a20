import { expect, test } from 'vitest';
import { forgetAttachments, insertAttachment, readAttachment } from '../../src/store/attachment-table.ts';
import { insertChat, updateChat } from '../../src/store/chat-table.ts';
import { insertNotice, putPicture } from '../../src/store/notice-table.ts';
import { fatesOf, forgetSent, insertOutbox, markSent } from '../../src/store/outbox-table.ts';
import { insertRecallReceipt, listRecallable, markRecalled } from '../../src/store/recall-receipt-table.ts';
import type { Transaction } from '../../src/store/store.ts';
import { forEachStore } from '../support/for-each-store.ts';
import { foundCommunity, NOW } from '../support/records.ts';

const now = new Date(NOW);
const later = new Date(NOW + 600_000);

/** Stands in a group, with a receipt; gives the ids of its row and of the group. */
async function posted(tx: Transaction, address: string) {
  const place = {
    communityId: 'c',
    channel: 'telegram',
    account: '7',
    address,
    kind: 'group',
    title: address,
  } as const;
  const chat = await insertChat(tx, { ...place, areaId: null, personId: null, now });
  const row = { communityId: 'c', chatId: chat.id, kind: 'notice', textKey: 'k', message: { text: 'x' } } as const;
  const rest = { runAt: now, notAfter: null, collapseKey: null, urgent: false, subjectId: 'n' };
  const { id } = await insertOutbox(tx, { ...row, ...rest }, { owner: 'me', now });
  await insertRecallReceipt(tx, { outboxId: id, communityId: 'c', receipt: '1', now });
  return { id, chatId: chat.id };
}

forEachStore((open) => {
  test('what stands in a group can be taken back once, with the receipt of its last try', async () => {
    const { store, vault, close } = await open();
    try {
      await store.write(async (tx) => {
        await foundCommunity(tx, vault);
        const { id, chatId } = await posted(tx, '-100');
        const gone = await posted(tx, '-200');
        expect(await listRecallable(tx, 'n')).toEqual([]);
        await markSent(tx, [id, gone.id], 'me', now);
        await updateChat(tx, gone.chatId, { state: 'gone' });
        await insertRecallReceipt(tx, { outboxId: id, communityId: 'c', receipt: '1,2', now: later });
        expect(await listRecallable(tx, 'n')).toMatchObject([
          { outboxId: id, chatId, channel: 'telegram', account: '7', address: '-100', receipt: '1,2', sentAt: later },
        ]);
        await markRecalled(tx, id);
        expect(await listRecallable(tx, 'n')).toEqual([]);
        expect((await fatesOf(tx, 'n')).map(({ fate, reason }) => [fate, reason])).toEqual([
          ['sent', 'recalled'],
          ['sent', null],
        ]);
      });
    } finally {
      await close();
    }
  });

  test('receipts go with the messages they belong to', async () => {
    const { store, vault, close } = await open();
    try {
      await store.write(async (tx) => {
        await foundCommunity(tx, vault);
        const { id } = await posted(tx, '-100');
        await markSent(tx, [id], 'me', now);
        await forgetSent(tx, later);
        expect(await tx.db.selectFrom('recall_receipt').selectAll().execute()).toEqual([]);
      });
    } finally {
      await close();
    }
  });

  test('pictures that no notice shows go, page by page, and the others stay', async () => {
    const { store, vault, close } = await open();
    try {
      await store.write(async (tx) => {
        await foundCommunity(tx, vault);
        const file = { communityId: 'c', name: 'p.jpg', mediaType: 'image/jpeg', bytes: Buffer.from('x'), now };
        const ids: string[] = [];
        for (let number = 0; number < 21; number += 1) ids.push(await insertAttachment(tx, file));
        const kept = ids[7] ?? '';
        const draft = { text: 'x', urgentReason: null, asksReceipt: false, chatIds: [] };
        const notice = await insertNotice(tx, { ...draft, communityId: 'c', createdBy: null, now });
        expect(await putPicture(tx, { communityId: 'another', noticeId: notice.id }, kept)).toBe(false);
        expect(await putPicture(tx, { communityId: 'c', noticeId: notice.id }, kept)).toBe(true);
        expect([await forgetAttachments(tx, later), await forgetAttachments(tx, later)]).toEqual([true, false]);
        const left = await Promise.all(ids.map(async (id) => ((await readAttachment(tx, id)) === null ? [] : [id])));
        expect(left.flat()).toEqual([kept]);
      });
    } finally {
      await close();
    }
  });
});
