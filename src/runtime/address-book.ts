/** Finds or makes the chat and the person behind a platform event. */
import type { Chat, Person } from '../model/chat.ts';
import type { Community } from '../model/community.ts';
import type { Inbound } from '../model/inbound.ts';
import { lockAddress } from '../store/address-lock.ts';
import {
  findChat,
  findChatAtHome,
  findPersonByAddress,
  insertChat,
  insertPerson,
  updateChat,
} from '../store/chat-table.ts';
import { takeUpLeftChat } from '../store/person-table.ts';
import type { Transaction } from '../store/store.ts';
import { welcomeBack } from './chat-events.ts';

export interface Known {
  readonly chat: Chat | null;
  /** The community of the chat. */
  readonly home: Community | null;
  readonly person: Person | null;
}

export async function recognise(tx: Transaction, { channel, account, chat, sender }: Inbound): Promise<Known> {
  await lockAddress(tx, { channel, account, address: sender.address });
  const place = await findChatAtHome(tx, { channel, account, address: chat.address });
  return {
    chat: place?.chat ?? null,
    home: place?.home ?? null,
    person: await findPersonByAddress(tx, { channel, account, address: sender.address }),
  };
}

interface Home {
  readonly communityId: string;
  readonly now: Date;
}

/** A person exists from the first word that has an effect, without a name; a chat that was given up is one again. */
export async function acquaint(
  tx: Transaction,
  inbound: Inbound,
  known: Known,
  home: Home,
): Promise<{ chat: Chat; person: Person }> {
  const { chat, person } = await meet(tx, inbound, known, home);
  await welcomeBack(tx, chat, home.now);
  return { chat: { ...chat, state: 'active' }, person };
}

async function meet(
  tx: Transaction,
  inbound: Inbound,
  known: Known,
  home: Home,
): Promise<{ chat: Chat; person: Person }> {
  const { channel, account } = inbound;
  const from = { channel, account, address: inbound.sender.address };
  const person = known.person ?? (await insertPerson(tx, { communityId: home.communityId, from, now: home.now }));
  const isPrivate = inbound.chat.kind === 'direct';
  if (isPrivate && known.chat !== null && known.chat.personId === null) {
    // Its owner was erased and writes again, as a stranger.
    await takeUpLeftChat(tx, known.chat.id, person.id);
    return { chat: { ...known.chat, personId: person.id }, person };
  }
  const chat =
    (await cameInElsewhere(tx, known.chat, inbound)) ??
    (await chatMadeMeanwhile(tx, inbound)) ??
    (await insertChat(tx, {
      communityId: home.communityId,
      channel,
      account,
      address: inbound.chat.address,
      kind: inbound.chat.kind,
      title: isPrivate ? null : (inbound.chat.title ?? null),
      areaId: inbound.chat.areaId ?? null,
      personId: isPrivate ? person.id : null,
      now: home.now,
    }));
  return { chat, person };
}

/** Whoever comes in by another building's entrance belongs there from now on. */
async function cameInElsewhere(tx: Transaction, chat: Chat | null, inbound: Inbound): Promise<Chat | null> {
  const { areaId } = inbound.chat;
  if (chat === null || areaId === undefined || areaId === chat.areaId) return chat;
  await updateChat(tx, chat.id, { areaId });
  return { ...chat, areaId };
}

/** Two people may be the first in a group at the same moment. */
async function chatMadeMeanwhile(tx: Transaction, { channel, account, chat }: Inbound): Promise<Chat | null> {
  if (chat.kind === 'direct') return null;
  const group = { channel, account, address: chat.address };
  await lockAddress(tx, group);
  return findChat(tx, group);
}
