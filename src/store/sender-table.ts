/** The chat a message came from, its community and who sent it: every message asks for all of them, so one query finds them. */
import type { ChannelName } from '../model/channel-name.ts';
import type { Chat, Person } from '../model/chat.ts';
import type { Community } from '../model/community.ts';
import { type Address, chatOf } from './chat-table.ts';
import { communityOf } from './community-table.ts';
import { prepare } from './prepared.ts';
import type { Transaction } from './store.ts';

export interface SentFrom {
  readonly channel: ChannelName;
  readonly account: string;
  /** The address of the chat. */
  readonly chat: string;
  /** Theirs who wrote. */
  readonly sender: string;
}

export interface Met {
  readonly chat: Chat | null;
  /** The community of the chat. */
  readonly home: Community | null;
  /** The sender as each community knows them, whoever met them first before the others. */
  readonly people: readonly Person[];
}

export async function findMet(tx: Transaction, { channel, account, chat, sender }: SentFrom): Promise<Met> {
  const rows = await tx.run(CHAT_WITH_SENDER, { channel, account, chat, sender });
  const [place] = rows;
  if (place === undefined) {
    return { chat: null, home: null, people: await listPeopleAt(tx, { channel, account, address: sender }) };
  }
  const { community_id: id, community_name: name, plan, locale, is_sample, settings } = place;
  const home = communityOf({ id, name, plan, locale, is_sample, settings });
  const people = rows.flatMap(({ sender_id, sender_community, consented_at, consent_version }) =>
    sender_id === null || sender_community === null
      ? []
      : [personOf({ id: sender_id, community_id: sender_community, consented_at, consent_version })],
  );
  return { chat: chatOf(place), home, people: people.length > 1 ? people.toSorted(byId) : people };
}

interface Place extends Record<string, string> {
  channel: ChannelName;
  account: string;
  chat: string;
  sender: string;
}

const CHAT_WITH_SENDER = prepare<Place>()((db, value) =>
  db
    .selectFrom('chat')
    .innerJoin('community', 'community.id', 'chat.community_id')
    .leftJoin('person_address', (join) =>
      join
        .onRef('person_address.channel', '=', 'chat.channel')
        .onRef('person_address.account', '=', 'chat.account')
        .on('person_address.address', '=', value('sender')),
    )
    .leftJoin('person', 'person.id', 'person_address.person_id')
    .selectAll('chat')
    .select(['community.name as community_name', 'plan', 'locale', 'is_sample', 'settings'])
    .select(['person_address.person_id as sender_id', 'person_address.community_id as sender_community'])
    .select(['person.consented_at', 'person.consent_version'])
    .where('chat.channel', '=', value('channel'))
    .where('chat.account', '=', value('account'))
    .where('chat.address', '=', value('chat')),
);

/** Who this address is to the community. */
export async function findPersonByAddress(tx: Transaction, from: Address, communityId: string): Promise<Person | null> {
  const people = await listPeopleAt(tx, from);
  return people.find((person) => person.communityId === communityId) ?? null;
}

/** Everybody that this address is, one in each community. */
async function listPeopleAt(tx: Transaction, { channel, account, address }: Address): Promise<Person[]> {
  const rows = await tx.run(PEOPLE_AT, { channel, account, address });
  return rows.map(personOf).toSorted(byId);
}

const PEOPLE_AT = prepare<{ channel: ChannelName; account: string; address: string }>()((db, value) =>
  db
    .selectFrom('person_address')
    .innerJoin('person', 'person.id', 'person_address.person_id')
    .select(['person.id', 'person_address.community_id', 'person.consented_at', 'person.consent_version'])
    .where('channel', '=', value('channel'))
    .where('account', '=', value('account'))
    .where('address', '=', value('address')),
);

interface FoundPerson {
  readonly id: string;
  readonly community_id: string;
  readonly consented_at: number | null;
  readonly consent_version: string | null;
}

function personOf({ id, community_id, consented_at, consent_version }: FoundPerson): Person {
  return {
    id,
    communityId: community_id,
    consentedAt: consented_at === null ? null : new Date(consented_at),
    consentVersion: consent_version,
  };
}

/** Ids grow with time. */
function byId({ id: one }: Person, { id: other }: Person): number {
  return one < other ? -1 : 1;
}
