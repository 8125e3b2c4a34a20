/** Finds or makes the chat and the person behind a platform event. */
import { looksLikeList } from '../lib/list-text.ts';
import type { Chat, Person } from '../model/chat.ts';
import type { Inbound } from '../model/inbound.ts';
import { lockAddress, lockLists } from '../store/address-lock.ts';
import { findChat, insertChat, insertPerson, updateChat } from '../store/chat-table.ts';
import { takeUpLeftChat } from '../store/person-table.ts';
import { findMet, type Met, type SentFrom } from '../store/sender-table.ts';
import type { Transaction } from '../store/store.ts';
import { welcomeBack } from './chat-events.ts';

export async function recognise(tx: Transaction, inbound: Inbound): Promise<Met> {
  const { channel, account, chat, sender } = inbound;
  const from = { channel, account, chat: chat.address, sender: sender.address };
  if (mayBeList(inbound)) await lockListsOf(tx, from);
  await lockAddress(tx, { channel, account, address: sender.address });
  return findMet(tx, from);
}

function mayBeList({ chain, text }: Inbound): boolean {
  return chain !== undefined || looksLikeList(text);
}

/**
 * A list holds the addresses of all who wrote in it. Two neighbours who post one each at the same moment, and stand in
 * the list of the other, would hold their own address and wait for the other's, so lists come before addresses.
 */
async function lockListsOf(tx: Transaction, from: SentFrom): Promise<void> {
  const { home } = await findMet(tx, from);
  if (home !== null) await lockLists(tx, home.id);
}

/** Who the sender is to the community; `null`: nobody yet. */
export function personIn({ people }: Met, communityId: string | null): Person | null {
  return people.find((person) => person.communityId === communityId) ?? null;
}

/** Who the sender is to the others. */
export function peopleElsewhere({ people }: Met, communityId: string): readonly Person[] {
  return people.filter((person) => person.communityId !== communityId);
}

interface Home {
  readonly communityId: string;
  readonly now: Date;
}

/**
 * A person exists from the first word that has an effect, without a name; a chat that was given up is one again. A private
 * chat is shown as this community knows it, also where it was opened for another.
 */
export async function acquaint(
  tx: Transaction,
  inbound: Inbound,
  known: Met,
  home: Home,
): Promise<{ chat: Chat; person: Person }> {
  const { chat, person } = await meet(tx, inbound, known, home);
  await welcomeBack(tx, chat, home.now);
  const isGuest = chat.kind === 'direct' && chat.communityId !== person.communityId;
  const own = isGuest ? { communityId: person.communityId, personId: person.id, areaId: null } : {};
  return { chat: { ...chat, ...own, state: 'active' }, person };
}

async function meet(
  tx: Transaction,
  inbound: Inbound,
  known: Met,
  home: Home,
): Promise<{ chat: Chat; person: Person }> {
  const { channel, account } = inbound;
  const { communityId, now } = home;
  const from = { channel, account, address: inbound.sender.address };
  const person = personIn(known, communityId) ?? (await insertPerson(tx, { communityId, from, now }));
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
      communityId,
      channel,
      account,
      address: inbound.chat.address,
      kind: inbound.chat.kind,
      title: isPrivate ? null : (inbound.chat.title ?? null),
      areaId: inbound.chat.areaId ?? null,
      personId: isPrivate ? person.id : null,
      now,
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
