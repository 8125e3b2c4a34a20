/** By what a platform takes back the notices it has shown; kept as long as their rows in the outbox. */
import type { ChannelName } from '../model/channel-name.ts';
import type { ChatKind } from '../model/inbound.ts';
import type { Transaction } from './store.ts';

export interface NewReceipt {
  readonly outboxId: string;
  readonly communityId: string;
  readonly receipt: string;
  readonly now: Date;
}

export async function insertRecallReceipt(tx: Transaction, { outboxId, communityId, receipt, now }: NewReceipt) {
  await tx.db
    .insertInto('recall_receipt')
    .values({ outbox_id: outboxId, community_id: communityId, receipt, sent_at: now.getTime() })
    .onConflict((conflict) => conflict.column('outbox_id').doUpdateSet({ receipt, sent_at: now.getTime() }))
    .execute();
}

/** A message that stands in a chat and whose platform gave a receipt. */
export interface Recallable {
  readonly outboxId: string;
  readonly chatId: string;
  readonly title: string | null;
  readonly channel: ChannelName;
  readonly account: string;
  readonly address: string;
  readonly kind: ChatKind;
  readonly receipt: string;
  readonly sentAt: Date;
}

export async function listRecallable(tx: Transaction, subjectId: string): Promise<Recallable[]> {
  const rows = await tx.db
    .selectFrom('recall_receipt')
    .innerJoin('outbox', 'outbox.id', 'recall_receipt.outbox_id')
    .innerJoin('chat', 'chat.id', 'outbox.chat_id')
    .select(['outbox.id', 'chat_id', 'title', 'channel', 'account', 'address', 'chat.kind', 'receipt', 'sent_at'])
    .where('outbox.subject_id', '=', subjectId)
    .where('outbox.state', '=', 'sent')
    .where('chat.state', '=', 'active')
    .orderBy('outbox.id')
    .execute();
  return rows.map((row) => ({
    outboxId: row.id,
    chatId: row.chat_id,
    title: row.title,
    channel: row.channel,
    account: row.account,
    address: row.address,
    kind: row.kind,
    receipt: row.receipt,
    sentAt: new Date(row.sent_at),
  }));
}

/** It stands there no more; taken back once, it cannot be taken back again. */
export async function markRecalled(tx: Transaction, outboxId: string): Promise<void> {
  await tx.db.updateTable('outbox').set({ reason: RECALLED }).where('id', '=', outboxId).execute();
  await tx.db.deleteFrom('recall_receipt').where('outbox_id', '=', outboxId).execute();
}

const RECALLED = 'recalled';
