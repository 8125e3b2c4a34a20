/**
 * Private chats: there is one with an address, whichever community it was opened for, and every community that knows
 * the address speaks to its person there.
 */
import { type SqlBool, sql } from 'kysely';
import type { ChannelName } from '../model/channel-name.ts';
import type { Chat, Person } from '../model/chat.ts';
import { chatOf } from './chat-table.ts';
import { prepare } from './prepared.ts';
import type { Transaction } from './store.ts';

/** Where a person can be told something in private: the private chat they opened last, one of their own community first. */
export async function findPrivateChat(tx: Transaction, personId: string): Promise<Chat | null> {
  const [row] = await tx.run(PRIVATE_CHAT, { person: personId });
  return row === undefined ? null : chatOf(row);
}

const PRIVATE_CHAT = prepare<{ person: string }>()((db, value) =>
  privateChats(db).selectAll('chat').where('own.person_id', '=', value('person')).limit(1),
);

/** For the person in a column of the query around it. */
export function privateChatOf(tx: Transaction, column: 'sign_up.person_id') {
  return privateChats(tx.db)
    .select('chat.id')
    .where(sql<SqlBool>`own.person_id = ${sql.ref(column)}`)
    .limit(1);
}

function privateChats(db: Transaction['db']) {
  return (
    db
      .selectFrom('person_address as own')
      .innerJoin('person_address as same', (join) =>
        join
          .onRef('same.channel', '=', 'own.channel')
          .onRef('same.account', '=', 'own.account')
          .onRef('same.address', '=', 'own.address'),
      )
      .innerJoin('chat', 'chat.person_id', 'same.person_id')
      // Of the others on this very account: pages of another community are no matter of this one.
      .where(({ and, or, eb }) =>
        or([
          eb('chat.person_id', '=', eb.ref('own.person_id')),
          and([eb('chat.channel', '=', eb.ref('same.channel')), eb('chat.account', '=', eb.ref('same.account'))]),
        ]),
      )
      .where('chat.kind', '=', 'direct')
      .where('chat.state', '=', 'active')
      .orderBy(sql`case when chat.person_id = own.person_id then 0 else 1 end`)
      .orderBy('chat.created_at', 'desc')
  );
}

/** Whether other communities, too, know whose private chat this is. */
export async function isShared(tx: Transaction, { kind, personId, channel, account }: Chat): Promise<boolean> {
  if (kind === 'group' || personId === null) return false;
  return (await tx.run(OTHERS_THERE, { person: personId, channel, account })).length > 0;
}

/** The people of other communities who share the private chats of this one; whoever met them first before the others. */
async function listOthersThere(
  tx: Transaction,
  personId: string,
  { channel, account }: Pick<Chat, 'channel' | 'account'>,
): Promise<{ readonly id: string; readonly communityId: string }[]> {
  const rows = await tx.run(OTHERS_THERE, { person: personId, channel, account });
  return rows.map(({ person_id: id, community_id: communityId }) => ({ id, communityId }));
}

const OTHERS_THERE = prepare<{ person: string; channel: ChannelName; account: string }>()((db, value) =>
  db
    .selectFrom('person_address as own')
    .innerJoin('person_address as same', (join) =>
      join
        .onRef('same.channel', '=', 'own.channel')
        .onRef('same.account', '=', 'own.account')
        .onRef('same.address', '=', 'own.address'),
    )
    .select(['same.person_id', 'same.community_id'])
    .where('own.person_id', '=', value('person'))
    .where('own.channel', '=', value('channel'))
    .where('own.account', '=', value('account'))
    .where('same.person_id', '<>', value('person'))
    .orderBy('same.person_id'),
);

/** The chat speaks for the community of this person from now on; an area of another community is none of its. */
export async function turnPrivateChat(tx: Transaction, chat: Pick<Chat, 'id'>, to: Owner): Promise<void> {
  await tx.db
    .updateTable('chat')
    .set((set) => ({
      person_id: to.id,
      community_id: to.communityId,
      area_id: set.case().when('community_id', '=', to.communityId).then(set.ref('area_id')).else(null).end(),
    }))
    .where('id', '=', chat.id)
    .where('kind', '=', 'direct')
    .execute();
}

type Owner = Pick<Person, 'id' | 'communityId'>;

/**
 * What was written to this person goes, but for what is on the wire at this moment. A private chat in which another
 * community knows them stays and is its from now on, with what that community wrote there; any other is nobody's.
 */
export async function leavePrivateChats(tx: Transaction, person: Owner): Promise<void> {
  const { db } = tx;
  const own = await db
    .selectFrom('chat')
    .select(['id', 'channel', 'account'])
    .where('person_id', '=', person.id)
    .execute();
  for (const chat of own) {
    const [heir] = await listOthersThere(tx, person.id, chat);
    await deleteMessages(tx, chat.id, heir === undefined ? null : person.communityId);
    if (heir !== undefined) await turnPrivateChat(tx, chat, heir);
    else await db.updateTable('chat').set({ person_id: null, title: null }).where('id', '=', chat.id).execute();
  }
  for (const chatId of await listGuestChats(tx, person.id)) await deleteMessages(tx, chatId, person.communityId);
}

/** Private chats of the same human that another community opened. */
async function listGuestChats(tx: Transaction, personId: string): Promise<string[]> {
  const addresses = await tx.db
    .selectFrom('person_address')
    .select(['channel', 'account'])
    .distinct()
    .where('person_id', '=', personId)
    .execute();
  const ids: string[] = [];
  for (const { channel, account } of addresses) {
    const others = (await listOthersThere(tx, personId, { channel, account })).map(({ id }) => id);
    if (others.length === 0) continue;
    const chats = await tx.db
      .selectFrom('chat')
      .select('id')
      .where('person_id', 'in', others)
      .where('channel', '=', channel)
      .where('account', '=', account)
      .execute();
    ids.push(...chats.map(({ id }) => id));
  }
  return ids;
}

/** `null`: whoever wrote them. */
async function deleteMessages({ db }: Transaction, chatId: string, communityId: string | null): Promise<void> {
  const written = db.deleteFrom('outbox').where('chat_id', '=', chatId).where('state', '!=', 'sending');
  await (communityId === null ? written : written.where('community_id', '=', communityId)).execute();
}
