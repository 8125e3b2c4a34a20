/** What waits for a person to forward it: the queued rows of groups without an account, and who forwarded which. */
import { type SqlBool, sql } from 'kysely';
import { BY_HAND } from '../model/channel-name.ts';
import type { OutgoingKind } from '../model/outgoing.ts';
import { isShadowed } from './collapse-rules.ts';
import { type OutboxMessage, outboxMessageOf, settleOutbox } from './outbox-table.ts';
import type { Transaction } from './store.ts';

/** In the order of the way: whatever is urgent, then replies, reminders, notices and tips, the oldest first. */
export async function listToForward(tx: Transaction, communityId: string, now: Date): Promise<OutboxMessage[]> {
  const rows = await waiting(tx, now).where('outbox.community_id', '=', communityId).selectAll('outbox').execute();
  const shown = rows.filter((row) => !isShadowed(row, rows));
  return Promise.all(shown.map((row) => outboxMessageOf(tx, row)));
}

export interface ToForward {
  readonly messages: number;
  readonly groups: number;
}

export async function countToForward(tx: Transaction, communityId: string, now: Date): Promise<ToForward> {
  const rows = await waiting(tx, now)
    .where('outbox.community_id', '=', communityId)
    .select(['outbox.id', 'outbox.chat_id', 'outbox.collapse_key'])
    .execute();
  const shown = rows.filter((row) => !isShadowed(row, rows));
  return { messages: shown.length, groups: new Set(shown.map((row) => row.chat_id)).size };
}

/** The one with this id, where it still waits. */
export async function findToForward(tx: Transaction, communityId: string, id: string): Promise<OutboxMessage | null> {
  const row = await tx.db
    .selectFrom('outbox')
    .innerJoin('chat', 'chat.id', 'outbox.chat_id')
    .selectAll('outbox')
    .where('outbox.id', '=', id)
    .where('outbox.community_id', '=', communityId)
    .where('outbox.state', '=', 'queued')
    .where('chat.channel', '=', BY_HAND)
    .executeTakeFirst();
  return row === undefined ? null : outboxMessageOf(tx, row);
}

function waiting(tx: Transaction, now: Date) {
  return ofGroupsByHand(tx)
    .where('outbox.run_at', '<=', now.getTime())
    .where('chat.state', '=', 'active')
    .where((where) => where.or([where('outbox.not_after', 'is', null), where('outbox.not_after', '>=', now.getTime())]))
    .where((where) => where.or([where('outbox.kind', '<>', 'tip'), where('chat.unasked_stopped_at', 'is', null)]))
    .orderBy('outbox.urgent', 'desc')
    .orderBy((order) =>
      order.case('outbox.kind').when('reply').then(0).when('reminder').then(1).when('notice').then(2).else(3).end(),
    )
    .orderBy('outbox.run_at')
    .orderBy('outbox.id');
}

function ofGroupsByHand(tx: Transaction) {
  return tx.db
    .selectFrom('outbox')
    .innerJoin('chat', 'chat.id', 'outbox.chat_id')
    .where(ON_ITS_WAY)
    .where('outbox.state', '=', 'queued')
    .where('chat.channel', '=', BY_HAND);
}

// SQLite takes a partial index only for a query that repeats its condition word for word.
const ON_ITS_WAY = sql<SqlBool>`outbox.state in ('queued', 'sending')`;

/** What nobody forwarded in time, what a newer one has replaced, what a group that is gone or wants no tips would get. */
export async function expireToForward(tx: Transaction, now: Date): Promise<void> {
  const rows = await ofGroupsByHand(tx)
    .select(['outbox.id', 'outbox.chat_id', 'outbox.collapse_key', 'outbox.not_after', 'outbox.run_at', 'outbox.kind'])
    .select(['chat.state as chat_state', 'chat.unasked_stopped_at'])
    .orderBy('outbox.id')
    .execute();
  const due = rows.filter((row) => row.run_at <= now.getTime());
  for (const row of rows) {
    const end = endOf(row, isShadowed(row, due), now);
    if (end !== null) await settleOutbox(tx, { id: row.id, owner: null }, { ...end, now });
  }
}

interface Waiting {
  readonly kind: OutgoingKind;
  readonly not_after: number | null;
  readonly chat_state: 'active' | 'gone';
  readonly unasked_stopped_at: number | null;
}

/** As the dispatcher decides about what it sends itself, but for the night: a person looks at the clock. */
function endOf(row: Waiting, hasNewer: boolean, now: Date): { fate: 'refused' | 'expired'; reason: string } | null {
  if (row.chat_state === 'gone') return { fate: 'refused', reason: 'chat-gone' };
  if (row.not_after !== null && row.not_after < now.getTime()) return { fate: 'expired', reason: 'too-late' };
  if (hasNewer) return { fate: 'expired', reason: 'newer-one-waits' };
  const wantsNone = row.kind === 'tip' && row.unasked_stopped_at !== null;
  return wantsNone ? { fate: 'expired', reason: 'stopped-by-receiver' } : null;
}

/** Who did it and when; `staffId` is `null` where the owner of the group confirmed it in WeCom. */
export interface Forwarded {
  readonly communityId: string;
  readonly staffId: string | null;
  readonly now: Date;
}

/** Those of the messages that still waited and are sent from now on; whoever ticks second ticks none. */
export async function tickForwarded(tx: Transaction, ids: readonly string[], done: Forwarded): Promise<string[]> {
  return settleByHand(tx, ids, { state: 'sent', reason: null }, done);
}

/** A person cannot forward it, and says why. */
export async function refuseForwarding(tx: Transaction, id: string, reason: string, done: Forwarded): Promise<boolean> {
  return (await settleByHand(tx, [id], { state: 'refused', reason }, done)).length > 0;
}

async function settleByHand(
  tx: Transaction,
  ids: readonly string[],
  end: { readonly state: 'sent' | 'refused'; readonly reason: string | null },
  { communityId, staffId, now }: Forwarded,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.db
    .updateTable('outbox')
    .set({ ...end, done_at: now.getTime() })
    .where('id', 'in', ids)
    .where('community_id', '=', communityId)
    .where('state', '=', 'queued')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('chat').select('chat.id').whereRef('chat.id', '=', 'outbox.chat_id').where('channel', '=', BY_HAND),
      ),
    )
    .returning('id')
    .execute();
  for (const { id } of rows) {
    await tx.db
      .insertInto('forwarding')
      .values({ outbox_id: id, community_id: communityId, staff_id: staffId, at: now.getTime() })
      .execute();
  }
  return rows.map(({ id }) => id);
}

/** Back into the queue what this person ticked or refused at `at`; what has been tried again since stays. */
export async function untickForwarded(
  tx: Transaction,
  act: { readonly communityId: string; readonly staffId: string; readonly at: Date },
): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('forwarding')
    .select('outbox_id')
    .where('community_id', '=', act.communityId)
    .where('staff_id', '=', act.staffId)
    .where('at', '=', act.at.getTime())
    .execute();
  const ids = rows.map((row) => row.outbox_id);
  if (ids.length === 0) return [];
  const back = await tx.db
    .updateTable('outbox')
    .set({ state: 'queued', reason: null, done_at: null })
    .where('id', 'in', ids)
    .where((where) => where.or([where('state', '=', 'sent'), where('reason', 'not in', KEPT_REASONS)]))
    .returning('id')
    .execute();
  const unticked = back.map(({ id }) => id);
  if (unticked.length > 0) await tx.db.deleteFrom('forwarding').where('outbox_id', 'in', unticked).execute();
  return unticked;
}

// A notice that was tried again has another row on its way.
const KEPT_REASONS = ['retried', 'taken-back'];

export interface ForwardedBy {
  readonly chatId: string;
  /** `null`: the owner of the group in WeCom, or an account that is gone. */
  readonly staffName: string | null;
  readonly at: Date;
  /** Whether the owner of the group confirmed it in WeCom. */
  readonly byOwner: boolean;
}

/** Who forwarded the messages of a record, e.g. of a notice; the latest last. */
export async function listForwarded(tx: Transaction, subjectId: string): Promise<ForwardedBy[]> {
  const rows = await forwardings(tx)
    .select(['outbox.chat_id', ...WHO])
    .where('outbox.subject_id', '=', subjectId)
    .orderBy('forwarding.at')
    .execute();
  return rows.map((row) => ({ chatId: row.chat_id, ...whoOf(row) }));
}

export interface DoneByHand extends Omit<ForwardedBy, 'chatId'> {
  readonly staffId: string | null;
  readonly message: OutboxMessage;
  readonly isSent: boolean;
  /** Why it was not. */
  readonly reason: string | null;
}

/** What was forwarded or refused since then, the newest first. */
export async function listDoneByHand(
  tx: Transaction,
  communityId: string,
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<DoneByHand[]> {
  const rows = await forwardings(tx)
    .selectAll('outbox')
    .select(['forwarding.staff_id', ...WHO])
    .where('forwarding.community_id', '=', communityId)
    .where('forwarding.at', '>=', since.getTime())
    .orderBy('forwarding.at', 'desc')
    .orderBy('outbox.id')
    .limit(limit)
    .execute();
  return Promise.all(
    rows.map(async (row) => ({
      message: await outboxMessageOf(tx, row),
      isSent: row.state === 'sent',
      reason: row.reason,
      staffId: row.staff_id,
      ...whoOf(row),
    })),
  );
}

function forwardings(tx: Transaction) {
  return tx.db
    .selectFrom('forwarding')
    .innerJoin('outbox', 'outbox.id', 'forwarding.outbox_id')
    .leftJoin('staff', 'staff.id', 'forwarding.staff_id')
    .leftJoin('owner_task', 'owner_task.outbox_id', 'forwarding.outbox_id');
}

const WHO = [
  'staff.display_name as staff_name',
  'forwarding.at as forwarded_at',
  'owner_task.outbox_id as owner_task',
] as const;

function whoOf(row: { staff_name: string | null; forwarded_at: number; owner_task: string | null }) {
  const { staff_name: staffName, forwarded_at: at, owner_task: task } = row;
  return { staffName, at: new Date(at), byOwner: staffName === null && task !== null };
}
