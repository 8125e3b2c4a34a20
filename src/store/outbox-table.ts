/** Messages on their way out, each with its fate. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { BY_HAND, type ChannelName } from '../model/channel-name.ts';
import type { Chat } from '../model/chat.ts';
import { Message } from '../model/message.ts';
import type { Fate, OutgoingKind } from '../model/outgoing.ts';
import { prepare } from './prepared.ts';
import type { OutboxRow } from './rows/message-rows.ts';
import type { Transaction } from './store.ts';

export interface OutboxMessage {
  readonly id: string;
  readonly communityId: string;
  readonly chatId: string;
  readonly kind: OutgoingKind;
  readonly textKey: string;
  readonly message: Message;
  readonly tries: number;
  readonly runAt: Date;
  readonly notAfter: Date | null;
  readonly collapseKey: string | null;
  readonly urgent: boolean;
  readonly subjectId: string | null;
}

/** With `owner` it is taken by that process from the start, so that after a crash it is known to be in doubt. */
export async function insertOutbox(
  tx: Transaction,
  message: Omit<OutboxMessage, 'id' | 'tries'>,
  { owner, now }: { readonly owner: string | null; readonly now: Date },
): Promise<OutboxMessage> {
  const id = tx.newId();
  const sealer = await tx.sealer(message.communityId);
  const tries = owner === null ? 0 : 1;
  await tx.run(INSERT, {
    id,
    community: message.communityId,
    chat: message.chatId,
    kind: message.kind,
    key: message.textKey,
    body: sealer.seal(JSON.stringify(message.message), id, COLUMN),
    state: owner === null ? 'queued' : 'sending',
    owner,
    tries,
    runAt: message.runAt.getTime(),
    notAfter: message.notAfter?.getTime() ?? null,
    collapse: message.collapseKey,
    urgent: message.urgent ? 1 : 0,
    subject: message.subjectId,
    now: now.getTime(),
  });
  return { ...message, id, tries };
}

interface Insert extends Record<string, string | number | null> {
  id: string;
  community: string;
  chat: string;
  kind: OutgoingKind;
  key: string;
  body: string;
  state: Fate;
  owner: string | null;
  tries: number;
  runAt: number;
  notAfter: number | null;
  collapse: string | null;
  urgent: number;
  subject: string | null;
  now: number;
}

const INSERT = prepare<Insert>()((db, value) =>
  db.insertInto('outbox').values({
    id: value('id'),
    community_id: value('community'),
    chat_id: value('chat'),
    kind: value('kind'),
    text_key: value('key'),
    body_sealed: value('body'),
    state: value('state'),
    owner: value('owner'),
    tries: value('tries'),
    run_at: value('runAt'),
    not_after: value('notAfter'),
    collapse_key: value('collapse'),
    urgent: value('urgent'),
    subject_id: value('subject'),
    created_at: value('now'),
  }),
);

/** Those that `owner` still holds. */
export async function markSent(tx: Transaction, ids: readonly string[], owner: string, now: Date): Promise<void> {
  await tx.run(MARK_SENT[tx.dialect], { ids: JSON.stringify(ids), owner, now: now.getTime() });
}

const MARK_SENT = {
  sqlite: marking((ids) => sql`select value from json_each(${ids})`),
  postgres: marking((ids) => sql`select json_array_elements_text(${ids}::json)`),
};

function marking(oneByOne: (ids: RawBuilder<string>) => RawBuilder<string>) {
  return prepare<{ ids: string; owner: string; now: number }>()((db, value) =>
    db
      .updateTable('outbox')
      .set({ state: 'sent', owner: null, done_at: value('now') })
      .where('id', 'in', sql<string>`(${oneByOne(value('ids'))})`)
      .where('owner', '=', value('owner')),
  );
}

/** Which row, and who is known to hold it: `null` while it is queued. */
export interface Held {
  readonly id: string;
  readonly owner: string | null;
}

/**
 * The end of the way other than arriving. False where it has met its fate already or another process holds it by now:
 * whoever was thought dead and comes late changes nothing.
 */
export async function settleOutbox(
  tx: Transaction,
  { id, owner }: Held,
  end: { readonly fate: 'refused' | 'expired' | 'unknown'; readonly reason: string; readonly now: Date },
): Promise<boolean> {
  const settled = await tx.db
    .updateTable('outbox')
    .set({ state: end.fate, reason: end.reason, owner: null, done_at: end.now.getTime() })
    .where('id', '=', id)
    .where(ON_ITS_WAY)
    .where('owner', owner === null ? 'is' : '=', owner)
    .returning('id')
    .executeTakeFirst();
  return settled !== undefined;
}

/**
 * From the wire back into the queue, where it is still this holder's; `tries` are kept, and so is the place in the
 * order of its chat.
 */
export async function requeueOutbox(
  tx: Transaction,
  { id, owner }: Held & { readonly owner: string },
  { runAt, reason }: { readonly runAt: Date; readonly reason: string | null },
): Promise<void> {
  await tx.db
    .updateTable('outbox')
    .set({ state: 'queued', owner: null, run_at: runAt.getTime(), reason })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('owner', '=', owner)
    .execute();
}

// SQLite takes a partial index only for a query that repeats its condition word for word.
const ON_ITS_WAY = sql<SqlBool>`outbox.state in ('queued', 'sending')`;

/** Taken and never handed to the platform: as if nobody had tried. */
export async function giveBackOutbox(
  tx: Transaction,
  { id, owner }: Held & { readonly owner: string },
  runAt: Date,
): Promise<void> {
  await tx.db
    .updateTable('outbox')
    .set((set) => ({ state: 'queued', owner: null, run_at: runAt.getTime(), tries: set('tries', '-', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('owner', '=', owner)
    .execute();
}

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
}

/**
 * What is due, replies before reminders, notices and tips, and oldest first among each; the rows stay queued until
 * `takeOutbox`. Of several processes one at a time decides about a chat, until its transaction ends: how often a group
 * hears what nobody asked for is counted by one of them. And what one of them has on the wire nobody overtakes.
 */
export async function listDue(
  tx: Transaction,
  { owner, now, channel, account, limit, except }: DueFor,
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

/** What choosing the choice of this number (from 0) under a message means; `null` once it has been forgotten. */
export async function findChoice(tx: Transaction, id: string, index: number): Promise<string | null> {
  const row = await tx.db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const { message } = await outboxMessageOf(tx, row);
  return message.choices?.[index]?.say ?? null;
}

export interface Taken {
  readonly id: string;
  readonly communityId: string;
  readonly chatId: string;
  readonly kind: OutgoingKind;
  readonly owner: string;
  readonly takenAt: Date;
}

/** Rows that some process has taken and whose arrival is not written down. */
export async function listTaken(tx: Transaction): Promise<Taken[]> {
  const rows = await tx.db
    .selectFrom('outbox')
    .select(['id', 'community_id', 'chat_id', 'kind', 'owner', 'run_at'])
    .where(ON_ITS_WAY)
    .where('state', '=', 'sending')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    communityId: row.community_id,
    chatId: row.chat_id,
    kind: row.kind,
    owner: row.owner ?? '',
    takenAt: new Date(row.run_at),
  }));
}

/** Pages ask for the fates of a record's messages, e.g. of a notice. */
export async function fatesOf(
  tx: Transaction,
  subjectId: string,
): Promise<{ id: string; chatId: string; fate: Fate; reason: string | null; doneAt: Date | null }[]> {
  const rows = await tx.db
    .selectFrom('outbox')
    .select(['id', 'chat_id', 'state', 'reason', 'done_at'])
    .where('subject_id', '=', subjectId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    chatId: row.chat_id,
    fate: row.state,
    reason: row.reason,
    doneAt: row.done_at === null ? null : new Date(row.done_at),
  }));
}

/** What waits for a person to forward it is not late. */
export async function countWaiting(tx: Transaction): Promise<{ waiting: number; oldest: Date | null }> {
  const row = await tx.db
    .selectFrom('outbox')
    .innerJoin('chat', 'chat.id', 'outbox.chat_id')
    .select((count) => [count.fn.countAll<number>().as('waiting'), count.fn.min('outbox.run_at').as('oldest')])
    .where(ON_ITS_WAY)
    .where('outbox.state', '=', 'queued')
    .where('chat.channel', '<>', BY_HAND)
    .executeTakeFirst();
  const oldest = row?.oldest ?? null;
  return { waiting: Number(row?.waiting ?? 0), oldest: oldest === null ? null : new Date(oldest) };
}

/**
 * What has arrived is forgotten after a while; what did not stays until a person has settled it. Looks at one page
 * of the oldest after `afterId` and returns where the next begins, `null` at the end: others are served in between.
 */
export async function forgetSent(tx: Transaction, before: Date, afterId = ''): Promise<string | null> {
  const page = await tx.db
    .selectFrom('outbox')
    .select(['id', 'created_at'])
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(FORGET_PAGE)
    .execute();
  const old = page.filter((row) => row.created_at < before.getTime()).map((row) => row.id);
  const last = page.at(-1);
  if (last === undefined || old.length === 0) return null;
  await tx.db.deleteFrom('outbox').where('id', 'in', old).where('state', 'in', ['sent', 'expired']).execute();
  return last.id;
}

const FORGET_PAGE = 200;

export async function outboxMessageOf(tx: Transaction, row: OutboxRow): Promise<OutboxMessage> {
  const sealer = await tx.sealer(row.community_id);
  return {
    id: row.id,
    communityId: row.community_id,
    chatId: row.chat_id,
    kind: row.kind,
    textKey: row.text_key,
    message: Message.parse(JSON.parse(sealer.open(row.body_sealed, row.id, COLUMN))),
    tries: row.tries,
    runAt: new Date(row.run_at),
    notAfter: row.not_after === null ? null : new Date(row.not_after),
    collapseKey: row.collapse_key,
    urgent: row.urgent === 1,
    subjectId: row.subject_id,
  };
}

const COLUMN = 'outbox.body';
