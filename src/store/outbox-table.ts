/** Messages on their way out, each with its fate. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { BY_HAND } from '../model/channel-name.ts';
import { GroupAnswer } from '../model/group-answer.ts';
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
  /** Whom in a group it answers; absent for everything else. */
  readonly answer?: GroupAnswer;
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
    body: sealer.seal(bodyOf(message), id, COLUMN),
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

function bodyOf({ message, answer }: Pick<OutboxMessage, 'message' | 'answer'>): string {
  return JSON.stringify(answer === undefined ? message : { ...message, answer });
}

/** Other words for what its holder has not handed over yet. */
export async function rewriteOutbox(
  tx: Transaction,
  { id, owner, communityId }: Held & { readonly owner: string; readonly communityId: string },
  said: Pick<OutboxMessage, 'message' | 'answer'>,
): Promise<boolean> {
  const sealer = await tx.sealer(communityId);
  const rewritten = await tx.db
    .updateTable('outbox')
    .set({ body_sealed: sealer.seal(bodyOf(said), id, COLUMN) })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('owner', '=', owner)
    .returning('id')
    .executeTakeFirst();
  return rewritten !== undefined;
}

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
export const ON_ITS_WAY = sql<SqlBool>`outbox.state in ('queued', 'sending')`;

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
  const { answer, ...message } = Body.parse(JSON.parse(sealer.open(row.body_sealed, row.id, COLUMN)));
  return {
    id: row.id,
    communityId: row.community_id,
    chatId: row.chat_id,
    kind: row.kind,
    textKey: row.text_key,
    message,
    tries: row.tries,
    runAt: new Date(row.run_at),
    notAfter: row.not_after === null ? null : new Date(row.not_after),
    collapseKey: row.collapse_key,
    urgent: row.urgent === 1,
    subjectId: row.subject_id,
    ...(answer === undefined ? {} : { answer }),
  };
}

const Body = Message.extend({ answer: GroupAnswer.optional() });

const COLUMN = 'outbox.body';
