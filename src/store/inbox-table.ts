/**
 * Which platform messages were heard. Of those that were handled at once only the id is kept;
 * of those still to be handled also the words, sealed, until they are.
 */
import { type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { ChannelName } from '../model/channel-name.ts';
import type { Address } from './chat-table.ts';
import { prepare } from './prepared.ts';
import type { Transaction } from './store.ts';

export interface MessageId {
  readonly channel: ChannelName;
  readonly account: string;
  readonly messageId: string;
}

/** False where this very message had its effect before. */
export async function markHandled(tx: Transaction, id: MessageId, communityId: string, now: Date): Promise<boolean> {
  const { channel, account, messageId } = id;
  const marked = await tx.run(MARK, {
    channel,
    account,
    message: messageId,
    community: communityId,
    now: now.getTime(),
  });
  return marked.length > 0;
}

interface Mark extends Record<string, string | number> {
  channel: ChannelName;
  account: string;
  message: string;
  community: string;
  now: number;
}

const MARK = prepare<Mark>()((db, value) =>
  db
    .insertInto('inbox')
    .values({
      channel: value('channel'),
      account: value('account'),
      message_id: value('message'),
      community_id: value('community'),
      body_sealed: null,
      state: 'handled',
      tries: 1,
      received_at: value('now'),
    })
    // A message kept for later becomes a handled one; a handled one stays as it is.
    .onConflict((conflict) =>
      conflict
        .columns(['channel', 'account', 'message_id'])
        .doUpdateSet({ state: 'handled', body_sealed: null })
        .where('inbox.state', '=', 'received'),
    )
    .returning('state'),
);

/** In the transaction that marked it: it has had no effect yet and is taken again, once it is known what it means. */
export async function setAside(
  tx: Transaction,
  { channel, account, messageId }: MessageId,
  communityId: string,
  body: string,
): Promise<void> {
  const sealer = await tx.sealer(communityId);
  await tx.db
    .updateTable('inbox')
    .set({ state: 'received', tries: NOT_TRIED, body_sealed: sealer.seal(body, messageId, COLUMN) })
    .where('channel', '=', channel)
    .where('account', '=', account)
    .where('message_id', '=', messageId)
    .execute();
}

/** It waits behind one that was set aside. What is known already stays as it is. */
export async function keepWaiting(
  tx: Transaction,
  id: MessageId,
  communityId: string,
  body: string,
  now: Date,
): Promise<void> {
  await tx.db
    .insertInto('inbox')
    .values(await keptRow(tx, id, communityId, body, { tries: NOT_TRIED, now }))
    .onConflict((conflict) => conflict.columns(['channel', 'account', 'message_id']).doNothing())
    .execute();
}

const NOT_TRIED = 0;

/** Keeps a message whose handling failed. Returns how often that has happened. */
export async function keepForLater(
  tx: Transaction,
  id: MessageId,
  communityId: string,
  body: string,
  now: Date,
): Promise<number> {
  const row = await tx.db
    .insertInto('inbox')
    .values(await keptRow(tx, id, communityId, body, { tries: 1, now }))
    .onConflict((conflict) =>
      conflict
        .columns(['channel', 'account', 'message_id'])
        .doUpdateSet((set) => ({ tries: set('inbox.tries', '+', 1) }))
        .where('inbox.state', '=', 'received'),
    )
    .returning('tries')
    .executeTakeFirst();
  return row?.tries ?? 0;
}

async function keptRow(
  tx: Transaction,
  id: MessageId,
  communityId: string,
  body: string,
  { tries, now }: { readonly tries: number; readonly now: Date },
) {
  const sealer = await tx.sealer(communityId);
  return {
    channel: id.channel,
    account: id.account,
    message_id: id.messageId,
    community_id: communityId,
    body_sealed: sealer.seal(body, id.messageId, COLUMN),
    state: 'received',
    tries,
    received_at: now.getTime(),
  } as const;
}

/** It is not tried again; its words are the worker's to see from here on, and are kept there alone. */
export async function markDead(tx: Transaction, { channel, account, messageId }: MessageId): Promise<void> {
  await tx.db
    .updateTable('inbox')
    .set({ state: 'dead', body_sealed: null })
    .where('channel', '=', channel)
    .where('account', '=', account)
    .where('message_id', '=', messageId)
    .execute();
}

/**
 * Messages that were kept and not handled yet, oldest first, as they were stored. One that never failed is in somebody's
 * hands, unless it came before `inHandsSince`: then they are gone.
 */
export async function listKept(tx: Transaction, limit: number, inHandsSince: Date): Promise<KeptMessage[]> {
  const rows = selectKept(tx).where(({ or, eb }) =>
    or([eb('tries', '>', NOT_TRIED), eb('received_at', '<', inHandsSince.getTime())]),
  );
  return openKept(tx, await rows.orderBy('received_at').limit(limit).execute());
}

export interface KeptMessage {
  readonly id: MessageId;
  readonly body: string;
}

/** Who wrote it is being erased: what of theirs still waits is not tried again, and its words go. */
export async function dropKeptOf(tx: Transaction, communityId: string, senders: readonly Address[]): Promise<void> {
  const kept = await openKept(tx, await selectKept(tx).where('community_id', '=', communityId).execute());
  for (const { id, body } of kept) {
    const sender = Written.safeParse(JSON.parse(body)).data?.sender?.address;
    const isTheirs = senders.some(
      ({ channel, account, address }) => channel === id.channel && account === id.account && address === sender,
    );
    if (isTheirs) await markDead(tx, id);
  }
}

const Written = z.object({ sender: z.object({ address: z.string() }).optional() });

function selectKept(tx: Transaction) {
  return (
    tx.db
      .selectFrom('inbox')
      .select(['channel', 'account', 'community_id', 'body_sealed', 'message_id'])
      // Word for word the condition of the index, or SQLite would read through all that was ever heard.
      .where(sql<SqlBool>`state <> 'handled'`)
      .where('state', '=', 'received')
  );
}

type KeptRow = Awaited<ReturnType<ReturnType<typeof selectKept>['execute']>>[number];

async function openKept(tx: Transaction, rows: readonly KeptRow[]): Promise<KeptMessage[]> {
  const kept: KeptMessage[] = [];
  for (const row of rows) {
    if (row.community_id === null || row.body_sealed === null) continue;
    const sealer = await tx.sealer(row.community_id);
    const id = { channel: row.channel, account: row.account, messageId: row.message_id };
    kept.push({ id, body: sealer.open(row.body_sealed, row.message_id, COLUMN) });
  }
  return kept;
}

/**
 * Platforms repeat a message for a day at most (Telegram keeps updates 24 h); a week is kept. On SQLite, where everybody
 * waits for a query, it looks at one page of the oldest after `afterRow`; returns where the next begins, `null` at the end.
 */
export async function forgetHandled(tx: Transaction, before: Date, afterRow = 0): Promise<number | null> {
  if (tx.dialect === 'sqlite') return forgetPage(tx, before, afterRow);
  await tx.db.deleteFrom('inbox').where('state', 'in', SETTLED).where('received_at', '<', before.getTime()).execute();
  return null;
}

const SETTLED = ['handled', 'dead'] as const;
const FORGET_PAGE = 200;

/** Rows are numbered as they come. */
async function forgetPage(tx: Transaction, before: Date, afterRow: number): Promise<number | null> {
  const rowId = sql<number>`rowid`;
  const page = await tx.db
    .selectFrom('inbox')
    .select([rowId.as('row'), 'received_at'])
    .where(rowId, '>', afterRow)
    .orderBy(rowId)
    .limit(FORGET_PAGE)
    .execute();
  const old = page.filter((each) => each.received_at < before.getTime()).map((each) => each.row);
  const last = page.at(-1);
  if (last === undefined || old.length === 0) return null;
  await tx.db.deleteFrom('inbox').where('state', 'in', SETTLED).where(rowId, 'in', old).execute();
  return last.row;
}

const COLUMN = 'inbox.body';
