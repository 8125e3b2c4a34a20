/** Who let the committee know that a notice was read: once per household, or per person where no household is known. */
import type { Notice } from '../model/notice.ts';
import { noticeOf } from './notice-table.ts';
import { prepare } from './prepared.ts';
import type { Transaction } from './store.ts';

/** False where this household, or this person, had said so before. */
export async function insertReceipt(
  tx: Transaction,
  receipt: { readonly noticeId: string; readonly personId: string; readonly now: Date },
): Promise<boolean> {
  const inserted = await tx.db
    .insertInto('notice_receipt')
    .values({
      notice_id: receipt.noticeId,
      receiver: await receiverOf(tx, receipt.personId),
      person_id: receipt.personId,
      at: receipt.now.getTime(),
    })
    .onConflict((conflict) => conflict.columns(['notice_id', 'receiver']).doNothing())
    .returning('notice_id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function countReceipts(tx: Transaction, noticeId: string): Promise<number> {
  const row = await tx.db
    .selectFrom('notice_receipt')
    .select((count) => count.fn.countAll<number>().as('count'))
    .where('notice_id', '=', noticeId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Held back for the night nobody has seen it; sent marks are written a little after the sending. */
const ARRIVED = ['sending', 'sent', 'unknown'] as const;

/** The newest notice that asks for a word back and has reached a group since then; in a group, that group. */
export async function findNoticeAskingReceipt(
  tx: Transaction,
  communityId: string,
  { groupId, since }: { readonly groupId: string | null; readonly since: Date },
): Promise<Notice | null> {
  let query = tx.db
    .selectFrom('notice')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('state', '=', 'released')
    .where('asks_receipt', '=', 1)
    .where('send_at', '>=', since.getTime());
  query = query.where((where) => {
    const arrived = where
      .selectFrom('outbox')
      .select('outbox.id')
      .whereRef('outbox.subject_id', '=', 'notice.id')
      .where('outbox.state', 'in', ARRIVED);
    return where.exists(groupId === null ? arrived : arrived.where('outbox.chat_id', '=', groupId));
  });
  const row = await query.orderBy('send_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? null : noticeOf(row);
}

async function receiverOf(tx: Transaction, personId: string): Promise<string> {
  const [row] = await tx.run(HOUSEHOLD, { person: personId });
  return row === undefined ? `person:${personId}` : `household:${row.household_id}`;
}

const HOUSEHOLD = prepare<{ person: string }>()((db, value) =>
  db.selectFrom('household_member').select('household_id').where('person_id', '=', value('person')),
);
