/** A message as the puppet describes it, made into what every channel hands on. */
import type { NativeChain } from '../../model/chain.ts';
import type { Inbound } from '../../model/inbound.ts';
import type { AddressBook } from './bound-address.ts';
import type { NameBook } from './name-book.ts';
import { isPerson, readWords, timeOf } from './read-words.ts';

/** What a puppet tells of a message; fields that some of them leave out are empty. */
export interface RawMessage {
  readonly id: string;
  readonly talkerId: string;
  readonly roomId: string;
  readonly text: string;
  readonly type: number;
  readonly timestamp: number;
  readonly mentionIds: readonly string[];
}

export interface Around {
  readonly account: string;
  readonly selfId: string;
  readonly names: NameBook;
  readonly addresses: AddressBook;
  readonly now: Date;
}

// What is older was said to somebody who was not there; puppets repeat old messages after a start.
const TOO_OLD_MS = 24 * 60 * 60 * 1000;

/** `null`: the account's own, not from a person, too old, or nothing was said. */
export async function decodeMessage(raw: RawMessage, around: Around): Promise<Inbound | null> {
  const { account, selfId, names, addresses, now } = around;
  const at = timeOf(raw.timestamp, now);
  if (raw.talkerId === '' || raw.talkerId === selfId || now.getTime() - at.getTime() > TOO_OLD_MS) return null;
  const talker = await names.contact(raw.talkerId);
  if (!isPerson(raw.talkerId, talker.type)) return null;
  const said = raw.roomId === '' ? readWords(raw, null) : await readGroupWords(raw, around);
  if (said === null) return null;
  const alias = raw.roomId === '' ? '' : await names.aliasIn(raw.roomId, raw.talkerId);
  const displayName = alias || talker.name;
  const sender = { address: addresses.addressOf(raw.talkerId), ...(displayName === '' ? {} : { displayName }) };
  const chat = raw.roomId === '' ? directChat(sender.address) : await groupChat(raw.roomId, around);
  const chain = said.chain === undefined ? {} : { chain: withAddresses(said.chain, addresses) };
  return { channel: 'wechat', account, messageId: raw.id, chat, sender, ...said, ...chain, at };
}

/** As people are known outside this channel. */
function withAddresses(chain: NativeChain, { addressOf }: AddressBook): NativeChain {
  const { initiator, entries } = chain;
  return {
    ...chain,
    ...(initiator === undefined ? {} : { initiator: addressOf(initiator) }),
    entries: entries.map((entry) =>
      entry.author === undefined ? entry : { ...entry, author: addressOf(entry.author) },
    ),
  };
}

/** Who the bot is in a group is asked only where somebody may have named it. */
async function readGroupWords(raw: RawMessage, { selfId, names }: Around) {
  const mayNameIt = raw.mentionIds.length > 0 || /[@\uff20\u300c]/u.test(raw.text);
  if (!mayNameIt) return readWords(raw, { id: selfId, names: [] });
  const [self, alias] = await Promise.all([names.contact(selfId), names.aliasIn(raw.roomId, selfId)]);
  return readWords(raw, { id: selfId, names: [self.name, alias] });
}

function directChat(address: string): Inbound['chat'] {
  return { address, kind: 'direct' };
}

export async function groupChat(roomId: string, { names, addresses }: Around): Promise<Inbound['chat']> {
  const title = await names.topic(roomId);
  return { address: addresses.addressOf(roomId), kind: 'group', ...(title === '' ? {} : { title }) };
}
