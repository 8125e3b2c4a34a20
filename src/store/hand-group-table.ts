/** What is known of a group that a person forwards to: who looks after it, a link that opens it, its ids in WeCom. */
import { BY_HAND } from '../model/channel-name.ts';
import type { HandGroupRow } from './rows/forwarding-rows.ts';
import type { Transaction } from './store.ts';

export interface HandGroup {
  readonly chatId: string;
  readonly communityId: string;
  /** As the committee calls whoever can send there. */
  readonly owner: string | null;
  readonly link: string | null;
  /** Its id as a customer group of WeCom and the account of its owner there. */
  readonly wecomChat: string | null;
  readonly wecomOwner: string | null;
}

export async function saveHandGroup(tx: Transaction, group: HandGroup): Promise<void> {
  const sealer = await tx.sealer(group.communityId);
  const kept = {
    owner_sealed: group.owner === null ? null : sealer.seal(group.owner, group.chatId, COLUMN),
    link: group.link,
    wecom_chat: group.wecomChat,
    wecom_owner: group.wecomOwner,
  };
  await tx.db
    .insertInto('hand_group')
    .values({ chat_id: group.chatId, community_id: group.communityId, ...kept })
    .onConflict((conflict) => conflict.column('chat_id').doUpdateSet(kept))
    .execute();
}

export async function listHandGroups(tx: Transaction, communityId: string): Promise<HandGroup[]> {
  const rows = await tx.db.selectFrom('hand_group').selectAll().where('community_id', '=', communityId).execute();
  return Promise.all(rows.map((row) => groupOf(tx, row)));
}

/** Whether anything is ever forwarded here. */
export async function hasGroupsByHand(tx: Transaction, communityId: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('chat')
    .select('id')
    .where('community_id', '=', communityId)
    .where('kind', '=', 'group')
    .where('channel', '=', BY_HAND)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function groupOf(tx: Transaction, row: HandGroupRow): Promise<HandGroup> {
  const sealer = await tx.sealer(row.community_id);
  return {
    chatId: row.chat_id,
    communityId: row.community_id,
    owner: row.owner_sealed === null ? null : sealer.open(row.owner_sealed, row.chat_id, COLUMN),
    link: row.link,
    wecomChat: row.wecom_chat,
    wecomOwner: row.wecom_owner,
  };
}

const COLUMN = 'hand_group.owner';
