/** What of the outbox is due and may be taken by a process to be sent. */
import { type SqlBool, sql } from 'kysely';
import type { ChannelName } from '../model/channel-name.ts';
import type { Chat } from '../model/chat.ts';
import { ON_ITS_WAY, type OutboxMessage, outboxMessageOf } from './outbox-table.ts';
import type { Transaction } from './store.ts';

export interface Claimed {
  readonly message: OutboxMessage;
  readonly chat: Pick<
    Chat,
    'id' | 'communityId' | 'channel' | 'account' | 'address' | 'kind' | 'state' | 'unaskedStoppedAt'
  >;
}

export interface DueFor {
  /** The process that means to take them. */
  readonly owner: string;
  readonly now: Date;
  readonly channel: ChannelName;
  /** `*` stands for every account of the channel. */
  readonly account: string;
  readonly limit: number;
  /** Chats that wait. */
  readonly except: readonly string[];
  /** Nothing but replies, and only those to these chats. */
  readonly repliesTo?: readonly string[];
}

/**
 * What is due, replies before reminders, notices and tips, and oldest first among each; the rows stay queued until
 * `takeOutbox`. Of several processes one at a time decides about a chat, until its transaction ends: how often a group
 * hears what nobody asked for is counted by one of them. And what one of them has on the wire nobody overtakes.
 */
export async function listDue(
  tx: Transaction,
  { owner, now, channel, account, limit, except, repliesTo = [] }: DueFor,
): Promise<Claimed[]> {
  let query = tx.db
    .selectFrom('outbox')
    .innerJoin('chat', 'chat.id', 'outbox.chat_id')
    .where(ON_ITS_WAY)
    .selectAll('outbox')
    .select(['chat.channel', 'chat.account', 'chat.address', 'chat.kind as chat_kind', 'chat.state as chat_state'])
    .select('chat.unasked_stopped_at')
    .where('outbox.state', '=', 'queued')
    .where('outbox.run_at', '<=', now.getTime())
    .where('chat.channel', '=', channel)
    .$if(account !== '*', (some) => some.where('chat.account', '=', account))
    .$if(repliesTo.length > 0, (some) =>
      some.where('outbox.kind', '=', 'reply').where('outbox.chat_id', 'in', repliesTo),
    )
    .$if(except.length > 0, (some) => some.where('outbox.chat_id', 'not in', except))
    .orderBy((order) =>
      order.case('outbox.kind').when('reply').then(0).when('reminder').then(1).when('notice').then(2).else(3).end(),
    )
    .orderBy('outbox.run_at')
    .orderBy('outbox.id')
    .limit(limit);
  if (tx.dialect === 'postgres') {
    query = query
      .where(noneOnTheWireElsewhere(owner))
      // On the chat not the stronger lock: messages for it may be written meanwhile.
      .modifyEnd(sql`for update of outbox skip locked for no key update of chat skip locked`);
  }
  const rows = await query.execute();
  const claimed: Claimed[] = [];
  for (const row of rows) {
    claimed.push({
      message: await outboxMessageOf(tx, row),
      chat: {
        id: row.chat_id,
        communityId: row.community_id,
        channel: row.channel,
        account: row.account,
        address: row.address,
        kind: row.chat_kind,
        state: row.chat_state,
        unaskedStoppedAt: row.unasked_stopped_at === null ? null : new Date(row.unasked_stopped_at),
      },
    });
  }
  return claimed;
}

/**
 * From now on it is on the wire, however long it waited: what else goes to the chat today is counted from here.
 * False where another process put something on the wire to this chat since the list was made.
 */
export async function takeOutbox(
  tx: Transaction,
  id: string,
  { owner, now }: { readonly owner: string; readonly now: Date },
): Promise<boolean> {
  let update = tx.db
    .updateTable('outbox')
    .set((set) => ({ state: 'sending', owner, tries: set('tries', '+', 1), run_at: now.getTime() }))
    .where('id', '=', id);
  if (tx.dialect === 'postgres') update = update.where(noneOnTheWireElsewhere(owner));
  const taken = await update.returning('id').executeTakeFirst();
  return taken !== undefined;
}

/** In the words of the partial index, or PostgreSQL would read all that ever went to the chat. */
function noneOnTheWireElsewhere(owner: string) {
  return sql<SqlBool>`not exists (
    select from outbox as elsewhere
    where elsewhere.chat_id = outbox.chat_id and elsewhere.state = 'sending' and elsewhere.owner <> ${owner}
  )`;
}

export async function postpone(tx: Transaction, id: string, runAt: Date): Promise<void> {
  await tx.db.updateTable('outbox').set({ run_at: runAt.getTime() }).where('id', '=', id).execute();
}

/** Whether a newer one with the same collapse key waits in the same chat. */
export async function hasNewer(tx: Transaction, message: OutboxMessage): Promise<boolean> {
  if (message.collapseKey === null) return false;
  const newer = await tx.db
    .selectFrom('outbox')
    .select('id')
    .where('state', '=', 'queued')
    .where('chat_id', '=', message.chatId)
    .where('collapse_key', '=', message.collapseKey)
    .where('id', '>', message.id)
    .limit(1)
    .executeTakeFirst();
  return newer !== undefined;
}

/** When messages nobody asked for went to a chat since then, urgent ones not counted. */
export async function unaskedSince(tx: Transaction, chatId: string, since: Date): Promise<Date[]> {
  const rows = await tx.db
    .selectFrom('outbox')
    .select(['done_at', 'run_at'])
    .where('chat_id', '=', chatId)
    .where('created_at', '>=', since.getTime())
    .where('kind', 'in', ['notice', 'tip'])
    .where('state', 'in', ['sent', 'sending', 'unknown'])
    .where('urgent', '=', 0)
    .execute();
  return rows.map((row) => new Date(row.done_at ?? row.run_at));
}
