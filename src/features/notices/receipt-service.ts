/** Counts who has read a notice that asks for a word back. */
import type { Chat, Person } from '../../model/chat.ts';
import { findNoticeAskingReceipt, insertReceipt } from '../../store/notice-receipt-table.ts';
import type { Transaction } from '../../store/store.ts';

/** After this a 收到 is a word among neighbours again, not an answer to the notice. */
const RECEIPTS_COUNT_FOR_MS = 7 * 24 * 60 * 60_000;

export type ReceiptResult =
  | { readonly ok: true; readonly noticeId: string; readonly first: boolean }
  | { readonly ok: false; readonly why: 'no-notice' };

export async function acknowledgeNotice(
  tx: Transaction,
  { chat, person, now }: { readonly chat: Chat; readonly person: Person; readonly now: Date },
): Promise<ReceiptResult> {
  const notice = await findNoticeAskingReceipt(tx, chat.communityId, {
    groupId: chat.kind === 'group' ? chat.id : null,
    since: new Date(now.getTime() - RECEIPTS_COUNT_FOR_MS),
  });
  if (notice === null) return { ok: false, why: 'no-notice' };
  const first = await insertReceipt(tx, { noticeId: notice.id, personId: person.id, now });
  return { ok: true, noticeId: notice.id, first };
}
