/** Which tips went where, so that none comes twice within a year and each can be asked for its source. */
import type { ChannelName } from '../model/channel-name.ts';
import { prepare } from './prepared.ts';
import type { Transaction } from './store.ts';

export interface TipPosting {
  readonly tipId: string;
  /** The calendar date of the community, YYYY-MM-DD. */
  readonly onDay: string;
}

/** False where this community had its tip of that day: then nothing is to be sent. */
export async function insertTipPosting(
  tx: Transaction,
  communityId: string,
  { tipId, onDay }: TipPosting,
): Promise<boolean> {
  const inserted = await tx.db
    .insertInto('tip_posting')
    .values({ community_id: communityId, tip_id: tipId, on_day: onDay })
    .onConflict((conflict) => conflict.columns(['community_id', 'on_day']).doNothing())
    .returning('tip_id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Oldest first. */
export async function listTipPostings(tx: Transaction, communityId: string, sinceDay: string): Promise<TipPosting[]> {
  const rows = await tx.db
    .selectFrom('tip_posting')
    .select(['tip_id', 'on_day'])
    .where('community_id', '=', communityId)
    .where('on_day', '>=', sinceDay)
    .orderBy('on_day')
    .execute();
  return rows.map((row) => ({ tipId: row.tip_id, onDay: row.on_day }));
}

export interface ChatTip {
  readonly tipId: string;
  readonly at: Date;
}

export async function rememberChatTip(tx: Transaction, chatId: string, { tipId, at }: ChatTip): Promise<void> {
  await tx.db
    .insertInto('chat_tip')
    .values({ chat_id: chatId, tip_id: tipId, at: at.getTime() })
    .onConflict((conflict) => conflict.columns(['chat_id', 'tip_id']).doUpdateSet({ at: at.getTime() }))
    .execute();
}

/** The one a person in this chat means by "this tip". */
export async function findLastChatTip(tx: Transaction, chatId: string): Promise<ChatTip | null> {
  const [row] = await tx.run(LAST_TIP, { chat: chatId });
  return row === undefined ? null : { tipId: row.tip_id, at: new Date(row.at) };
}

const LAST_TIP = prepare<{ chat: string }>()((db, value) =>
  db
    .selectFrom('chat_tip')
    .select(['tip_id', 'at'])
    .where('chat_id', '=', value('chat'))
    .orderBy('at', 'desc')
    .orderBy('tip_id')
    .limit(1),
);

/** What the committee posted last in the groups of this account, as far as `until`. */
export async function findLastPostedTip(
  tx: Transaction,
  { communityId, channel, account, until }: PostedTipQuery,
): Promise<ChatTip | null> {
  const row = await tx.db
    .selectFrom('chat_tip')
    .innerJoin('chat', 'chat.id', 'chat_tip.chat_id')
    .innerJoin('tip_posting', (join) =>
      join
        .onRef('tip_posting.tip_id', '=', 'chat_tip.tip_id')
        .onRef('tip_posting.community_id', '=', 'chat.community_id'),
    )
    .select(['chat_tip.tip_id', 'chat_tip.at'])
    .where('chat.community_id', '=', communityId)
    .where('chat.kind', '=', 'group')
    .where('chat.channel', '=', channel)
    .where('chat.account', '=', account)
    .where('chat_tip.at', '<=', until.getTime())
    .orderBy('chat_tip.at', 'desc')
    .orderBy('chat_tip.tip_id')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { tipId: row.tip_id, at: new Date(row.at) };
}

interface PostedTipQuery {
  readonly communityId: string;
  readonly channel: ChannelName;
  readonly account: string;
  readonly until: Date;
}

export async function listChatTips(tx: Transaction, chatId: string, since: Date): Promise<ChatTip[]> {
  const rows = await tx.db
    .selectFrom('chat_tip')
    .select(['tip_id', 'at'])
    .where('chat_id', '=', chatId)
    .where('at', '>=', since.getTime())
    .execute();
  return rows.map((row) => ({ tipId: row.tip_id, at: new Date(row.at) }));
}

/** What any group of the community has heard, on request too. */
export async function listGroupTips(tx: Transaction, communityId: string, since: Date): Promise<ChatTip[]> {
  const rows = await tx.db
    .selectFrom('chat_tip')
    .innerJoin('chat', 'chat.id', 'chat_tip.chat_id')
    .select(['chat_tip.tip_id', 'chat_tip.at'])
    .where('chat.community_id', '=', communityId)
    .where('chat.kind', '=', 'group')
    .where('chat_tip.at', '>=', since.getTime())
    .execute();
  return rows.map((row) => ({ tipId: row.tip_id, at: new Date(row.at) }));
}
