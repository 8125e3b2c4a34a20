/** The private chats that members of staff have bound to their accounts, and what was told there. */
import type { ChannelName } from '../model/channel-name.ts';
import type { Staff } from '../model/staff.ts';
import { prepare } from './prepared.ts';
import { staffOf } from './staff-table.ts';
import type { Transaction } from './store.ts';

export interface StaffChat {
  readonly chatId: string;
  readonly channel: ChannelName;
  readonly boundAt: Date;
}

/** A chat belongs to one account: bound again, to the newest. */
export async function bindStaffChat(tx: Transaction, chatId: string, staffId: string, now: Date): Promise<void> {
  await tx.db
    .insertInto('staff_chat')
    .values({ chat_id: chatId, staff_id: staffId, bound_at: now.getTime() })
    .onConflict((conflict) =>
      conflict.column('chat_id').doUpdateSet((set) => ({
        staff_id: set.ref('excluded.staff_id'),
        bound_at: set.ref('excluded.bound_at'),
      })),
    )
    .execute();
}

/** False where it was not bound to this account. */
export async function unbindStaffChat(tx: Transaction, chatId: string, staffId: string): Promise<boolean> {
  const row = await tx.db
    .deleteFrom('staff_chat')
    .where('chat_id', '=', chatId)
    .where('staff_id', '=', staffId)
    .returning('chat_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function unbindChatsOfPerson(tx: Transaction, personId: string): Promise<void> {
  const own = tx.db.selectFrom('chat').select('id').where('person_id', '=', personId);
  await tx.db.deleteFrom('staff_chat').where('chat_id', 'in', own).execute();
}

/** Who writes in this chat as a member of staff of the community; accounts that were closed are nobody's. */
export async function findStaffOfChat(tx: Transaction, communityId: string, chatId: string): Promise<Staff | null> {
  const [row] = await tx.run(OF_CHAT, { chat: chatId, community: communityId });
  return row === undefined ? null : staffOf(row);
}

const OF_CHAT = prepare<{ chat: string; community: string }>()((db, value) =>
  db
    .selectFrom('staff_chat')
    .innerJoin('staff', 'staff.id', 'staff_chat.staff_id')
    .selectAll('staff')
    .where('staff_chat.chat_id', '=', value('chat'))
    .where('staff.community_id', '=', value('community'))
    .where('staff.disabled_at', 'is', null),
);

/** In the order they were bound. */
export async function listStaffChats(tx: Transaction, staffId: string): Promise<StaffChat[]> {
  const rows = await tx.db
    .selectFrom('staff_chat')
    .innerJoin('chat', 'chat.id', 'staff_chat.chat_id')
    .select(['staff_chat.chat_id', 'chat.channel', 'staff_chat.bound_at'])
    .where('staff_chat.staff_id', '=', staffId)
    .orderBy('staff_chat.bound_at')
    .execute();
  return rows.map((row) => ({ chatId: row.chat_id, channel: row.channel, boundAt: new Date(row.bound_at) }));
}

/** Where staff who do the daily work can be told something: those who only look on are left in peace. */
export async function listChatsOfWorkers(tx: Transaction, communityId: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('staff_chat')
    .innerJoin('staff', 'staff.id', 'staff_chat.staff_id')
    .innerJoin('chat', 'chat.id', 'staff_chat.chat_id')
    .select('staff_chat.chat_id')
    .where('staff.community_id', '=', communityId)
    .where('staff.disabled_at', 'is', null)
    .where('staff.role', 'in', ['admin', 'worker'])
    .where('chat.state', '=', 'active')
    .orderBy('staff_chat.bound_at')
    .execute();
  return rows.map((row) => row.chat_id);
}

/** True for the one who says it first: a trouble is told once, not at every look. */
export async function markToldToStaff(
  tx: Transaction,
  communityId: string,
  about: string,
  now: Date,
): Promise<boolean> {
  const row = await tx.db
    .insertInto('staff_word')
    .values({ community_id: communityId, about, told_at: now.getTime() })
    .onConflict((conflict) => conflict.columns(['community_id', 'about']).doNothing())
    .returning('about')
    .executeTakeFirst();
  return row !== undefined;
}

/** Long over, or told so long ago that it is worth telling again. */
export async function forgetToldToStaff(tx: Transaction, communityId: string, before: Date): Promise<void> {
  await tx.db
    .deleteFrom('staff_word')
    .where('community_id', '=', communityId)
    .where('told_at', '<', before.getTime())
    .execute();
}

/** True where it had been told: then its end is worth a word too. */
export async function unmarkToldToStaff(tx: Transaction, communityId: string, about: string): Promise<boolean> {
  const row = await tx.db
    .deleteFrom('staff_word')
    .where('community_id', '=', communityId)
    .where('about', '=', about)
    .returning('about')
    .executeTakeFirst();
  return row !== undefined;
}
