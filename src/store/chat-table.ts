/** Chats and the addresses that people write from. */

import type { ChannelName } from '../model/channel-name.ts';
import type { Chat, Person } from '../model/chat.ts';
import type { ChatKind } from '../model/inbound.ts';
import type { ChatState } from '../model/records.ts';
import { prepare } from './prepared.ts';
import type { ChatRow } from './rows/people-rows.ts';
import type { Transaction } from './store.ts';

export interface Address {
  readonly channel: ChannelName;
  readonly account: string;
  readonly address: string;
}

export async function findChat(tx: Transaction, { channel, account, address }: Address): Promise<Chat | null> {
  const [row] = await tx.run(CHAT_BY_ADDRESS, { channel, account, address });
  return row === undefined ? null : chatOf(row);
}

const CHAT_BY_ADDRESS = prepare<{ channel: ChannelName; account: string; address: string }>()((db, value) =>
  db
    .selectFrom('chat')
    .selectAll()
    .where('channel', '=', value('channel'))
    .where('account', '=', value('account'))
    .where('address', '=', value('address')),
);

export async function findChatById(tx: Transaction, id: string): Promise<Chat | null> {
  const [row] = await tx.run(CHAT_BY_ID, { id });
  return row === undefined ? null : chatOf(row);
}

const CHAT_BY_ID = prepare<{ id: string }>()((db, value) =>
  db.selectFrom('chat').selectAll().where('id', '=', value('id')),
);

export interface NewChat extends Address {
  readonly communityId: string;
  readonly kind: ChatKind;
  readonly title: string | null;
  readonly areaId: string | null;
  readonly personId: string | null;
  readonly now: Date;
}

export async function insertChat(tx: Transaction, chat: NewChat): Promise<Chat> {
  const { now, ...kept } = chat;
  const record: Chat = { ...kept, id: tx.newId(), state: 'active', unaskedStoppedAt: null };
  await tx.run(INSERT_CHAT, {
    id: record.id,
    community: chat.communityId,
    channel: chat.channel,
    account: chat.account,
    address: chat.address,
    kind: chat.kind,
    title: chat.title,
    area: chat.areaId,
    person: chat.personId,
    now: now.getTime(),
  });
  return record;
}

interface InsertChat extends Record<string, string | number | null> {
  id: string;
  community: string;
  channel: ChannelName;
  account: string;
  address: string;
  kind: ChatKind;
  title: string | null;
  area: string | null;
  person: string | null;
  now: number;
}

const INSERT_CHAT = prepare<InsertChat>()((db, value) =>
  db.insertInto('chat').values({
    id: value('id'),
    community_id: value('community'),
    channel: value('channel'),
    account: value('account'),
    address: value('address'),
    kind: value('kind'),
    title: value('title'),
    area_id: value('area'),
    person_id: value('person'),
    state: 'active',
    created_at: value('now'),
  }),
);

export async function listGroups(tx: Transaction, communityId: string): Promise<Chat[]> {
  const rows = await tx.db
    .selectFrom('chat')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('kind', '=', 'group')
    .orderBy('created_at')
    .execute();
  return rows.map(chatOf);
}

export async function updateChat(
  tx: Transaction,
  id: string,
  change: {
    readonly title?: string;
    readonly areaId?: string | null;
    readonly state?: ChatState;
    readonly address?: string;
  },
): Promise<void> {
  const { title, areaId, state, address } = change;
  await tx.db
    .updateTable('chat')
    .set({
      ...(title === undefined ? {} : { title }),
      ...(areaId === undefined ? {} : { area_id: areaId }),
      ...(state === undefined ? {} : { state }),
      ...(address === undefined ? {} : { address }),
    })
    .where('id', '=', id)
    .execute();
}

/** `null` lets messages nobody asked for come again. */
export async function setUnaskedStopped(tx: Transaction, chatId: string, at: Date | null): Promise<void> {
  await tx.db
    .updateTable('chat')
    .set({ unasked_stopped_at: at?.getTime() ?? null })
    .where('id', '=', chatId)
    .execute();
}

/** To this community somebody new, whoever else knows the address. */
export async function insertPerson(
  tx: Transaction,
  { communityId, from, now }: { communityId: string; from: Address; now: Date },
): Promise<Person> {
  const id = tx.newId();
  await tx.run(INSERT_PERSON, { id, community: communityId, now: now.getTime() });
  const { channel, account, address } = from;
  await tx.run(INSERT_ADDRESS, { channel, account, address, community: communityId, person: id });
  return { id, communityId, consentedAt: null, consentVersion: null };
}

const INSERT_PERSON = prepare<{ id: string; community: string; now: number }>()((db, value) =>
  db.insertInto('person').values({ id: value('id'), community_id: value('community'), created_at: value('now') }),
);

interface InsertAddress extends Record<string, string> {
  channel: ChannelName;
  account: string;
  address: string;
  community: string;
  person: string;
}

const INSERT_ADDRESS = prepare<InsertAddress>()((db, value) =>
  db.insertInto('person_address').values({
    channel: value('channel'),
    account: value('account'),
    address: value('address'),
    community_id: value('community'),
    person_id: value('person'),
  }),
);

export function chatOf(row: ChatRow): Chat {
  return {
    id: row.id,
    communityId: row.community_id,
    channel: row.channel,
    account: row.account,
    address: row.address,
    kind: row.kind,
    title: row.title,
    areaId: row.area_id,
    personId: row.person_id,
    state: row.state,
    unaskedStoppedAt: row.unasked_stopped_at === null ? null : new Date(row.unasked_stopped_at),
  };
}
