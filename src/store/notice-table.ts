/** Notices with their audience; what becomes of each delivery stands in the outbox under the notice's id. */
import type { ChannelName } from '../model/channel-name.ts';
import type { Notice } from '../model/notice.ts';
import type { Fate } from '../model/outgoing.ts';
import type { ChatState, NoticeState } from '../model/records.ts';
import type { NoticeRow } from './rows/notice-rows.ts';
import type { Transaction } from './store.ts';

export type NoticeDraft = Pick<Notice, 'text' | 'urgentReason' | 'asksReceipt'> & {
  /** The groups it is for. */
  readonly chatIds: readonly string[];
};

export interface NewNotice extends NoticeDraft {
  readonly pictureId?: string | null;
  readonly communityId: string;
  readonly createdBy: string | null;
  readonly now: Date;
}

export async function insertNotice(tx: Transaction, notice: NewNotice): Promise<Notice> {
  const row: NoticeRow = {
    id: tx.newId(),
    community_id: notice.communityId,
    ...draftColumns(notice),
    state: 'draft',
    send_at: null,
    created_by: notice.createdBy,
    created_at: notice.now.getTime(),
    picture_id: notice.pictureId ?? null,
  };
  await tx.db.insertInto('notice').values(row).execute();
  await putAudience(tx, row.id, notice.chatIds);
  return noticeOf(row);
}

/** False where it is on its way or out: then nothing is changed. */
export async function updateNotice(
  tx: Transaction,
  communityId: string,
  id: string,
  draft: NoticeDraft,
): Promise<boolean> {
  const changed = await tx.db
    .updateTable('notice')
    .set({ ...draftColumns(draft), state: 'draft', send_at: null })
    .where('id', '=', id)
    .where('community_id', '=', communityId)
    .where('state', '=', 'draft')
    .returning('id')
    .executeTakeFirst();
  if (changed === undefined) return false;
  await tx.db.deleteFrom('notice_delivery').where('notice_id', '=', id).execute();
  await putAudience(tx, id, draft.chatIds);
  return true;
}

/** False where it is on its way or out: then nothing is changed. */
export async function putPicture(
  tx: Transaction,
  { communityId, noticeId }: { readonly communityId: string; readonly noticeId: string },
  pictureId: string | null,
): Promise<boolean> {
  const changed = await tx.db
    .updateTable('notice')
    .set({ picture_id: pictureId })
    .where('id', '=', noticeId)
    .where('community_id', '=', communityId)
    .where('state', '=', 'draft')
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

/** One step from a state to the next; false where somebody else took it first. */
export async function moveNotice(
  tx: Transaction,
  id: string,
  step: { readonly from: NoticeState; readonly to: NoticeState; readonly sendAt?: Date | null },
): Promise<boolean> {
  const moved = await tx.db
    .updateTable('notice')
    .set({ state: step.to, ...(step.sendAt === undefined ? {} : { send_at: step.sendAt?.getTime() ?? null }) })
    .where('id', '=', id)
    .where('state', '=', step.from)
    .returning('id')
    .executeTakeFirst();
  return moved !== undefined;
}

/**
 * Takes the step to `released` and gives the notice as it stands then: taken back, changed and let go again since it was
 * listed, it goes with its new words, or waits for its new time. `null` where it is not due any more or somebody took it.
 */
export async function releaseIfDue(tx: Transaction, id: string, now: Date): Promise<Notice | null> {
  const row = await tx.db
    .updateTable('notice')
    .set({ state: 'released' })
    .where('id', '=', id)
    .where('state', '=', 'scheduled')
    .where('send_at', '<=', now.getTime())
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : noticeOf(row);
}

export async function findNotice(tx: Transaction, communityId: string, id: string): Promise<Notice | null> {
  const row = await tx.db
    .selectFrom('notice')
    .selectAll()
    .where('id', '=', id)
    .where('community_id', '=', communityId)
    .executeTakeFirst();
  return row === undefined ? null : noticeOf(row);
}

/** Newest first. `before` is the id of the last one already shown. */
export async function listNotices(
  tx: Transaction,
  communityId: string,
  page: { readonly before?: string; readonly limit: number },
): Promise<Notice[]> {
  let query = tx.db.selectFrom('notice').selectAll().where('community_id', '=', communityId);
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  const rows = await query.orderBy('id', 'desc').limit(page.limit).execute();
  return rows.map(noticeOf);
}

/** Let go by a worker and waiting for their time, in all communities. */
export async function countScheduledNotices(tx: Transaction): Promise<number> {
  const row = await tx.db
    .selectFrom('notice')
    .select((count) => count.fn.countAll<number>().as('count'))
    .where('state', '=', 'scheduled')
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

export async function listDueNotices(tx: Transaction, communityId: string, now: Date): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('notice')
    .select('id')
    .where('community_id', '=', communityId)
    .where('state', '=', 'scheduled')
    .where('send_at', '<=', now.getTime())
    .orderBy('send_at')
    .execute();
  return rows.map(({ id }) => id);
}

export interface AudienceGroup {
  readonly chatId: string;
  readonly title: string | null;
  readonly state: ChatState;
  readonly channel: ChannelName;
  readonly account: string;
}

export async function listAudience(tx: Transaction, noticeId: string): Promise<AudienceGroup[]> {
  const rows = await tx.db
    .selectFrom('notice_delivery')
    .innerJoin('chat', 'chat.id', 'notice_delivery.chat_id')
    .select(['chat.id', 'chat.title', 'chat.state', 'chat.channel', 'chat.account'])
    .where('notice_delivery.notice_id', '=', noticeId)
    .orderBy('chat.created_at')
    .orderBy('chat.id')
    .execute();
  return rows.map(({ id: chatId, title, state, channel, account }) => ({ chatId, title, state, channel, account }));
}

/** Takes what still waits out of the queue; gives the groups that will not get it. */
export async function pullQueued(tx: Transaction, noticeId: string, now: Date): Promise<string[]> {
  const rows = await tx.db
    .updateTable('outbox')
    .set({ state: 'expired', reason: TAKEN_BACK, done_at: now.getTime() })
    .where('subject_id', '=', noticeId)
    .where('state', '=', 'queued')
    .returning('chat_id')
    .execute();
  return rows.map((row) => row.chat_id);
}

const TAKEN_BACK = 'taken-back';
const RETRIED = 'retried';

/** Marks deliveries with such a fate as tried again and gives their groups; whoever comes second finds none. */
export async function claimForRetry(tx: Transaction, noticeId: string, fates: readonly Fate[]): Promise<string[]> {
  const rows = await tx.db
    .updateTable('outbox')
    .set({ reason: RETRIED })
    .where('subject_id', '=', noticeId)
    .where('state', 'in', fates)
    .where((where) => where.or([where('reason', 'is', null), where('reason', 'not in', [RETRIED, TAKEN_BACK])]))
    .returning('chat_id')
    .execute();
  return [...new Set(rows.map((row) => row.chat_id))];
}

function draftColumns(draft: NoticeDraft) {
  return {
    text: draft.text,
    urgent: draft.urgentReason === null ? 0 : 1,
    urgent_reason: draft.urgentReason,
    asks_receipt: draft.asksReceipt ? 1 : 0,
  };
}

async function putAudience(tx: Transaction, noticeId: string, chatIds: readonly string[]): Promise<void> {
  const rows = [...new Set(chatIds)].map((chatId) => ({ notice_id: noticeId, chat_id: chatId, outbox_id: null }));
  if (rows.length === 0) return;
  await tx.db.insertInto('notice_delivery').values(rows).execute();
}

export function noticeOf(row: NoticeRow): Notice {
  return {
    id: row.id,
    communityId: row.community_id,
    text: row.text,
    urgentReason: row.urgent_reason,
    asksReceipt: row.asks_receipt === 1,
    pictureId: row.picture_id,
    state: row.state,
    sendAt: row.send_at === null ? null : new Date(row.send_at),
    createdBy: row.created_by,
    createdAt: new Date(row.created_at),
  };
}
