/** What happens to chats: the bot or people come into a group, the bot is taken out, somebody becomes a contact. */
import type { ChatEvent } from '../../model/inbound.ts';
import { type Around, groupChat } from './decode-message.ts';
import type { GatewayEvent } from './gateway-event.ts';
import { timeOf } from './read-words.ts';

type Told<What extends GatewayEvent['what']> = Extract<GatewayEvent, { what: What }>;

export async function decodeJoin(told: Told<'joined'>, around: Around): Promise<ChatEvent[]> {
  const { account, selfId, names, addresses, now } = around;
  const at = timeOf(told.timestamp, now);
  const chat = await groupChat(told.roomId, around);
  const base = { channel: 'wechat', account, chat, at } as const;
  const invitees = told.inviteeIdList.filter((id) => id !== '');
  return Promise.all(
    invitees.map(async (id): Promise<ChatEvent> => {
      const eventId = `join-${addresses.addressOf(told.roomId)}-${addresses.addressOf(id)}-${at.getTime()}`;
      if (id === selfId) return { ...base, event: 'added', eventId, ...(await senderOf(told.inviterId, around)) };
      const alias = await names.aliasIn(told.roomId, id);
      return { ...base, event: 'joined', eventId, ...(await senderOf(id, around, alias)) };
    }),
  );
}

/** People who leave are nobody's business; a leaving by oneself is not told by WeChat anyway. */
export function decodeLeave(told: Told<'left'>, { account, selfId, addresses, now }: Around): ChatEvent | null {
  if (!told.removeeIdList.includes(selfId)) return null;
  const at = timeOf(told.timestamp, now);
  const address = addresses.addressOf(told.roomId);
  const eventId = `leave-${address}-${at.getTime()}`;
  return { event: 'removed', channel: 'wechat', account, eventId, chat: { address, kind: 'group' }, at };
}

/** `friendshipId` is the platform's own for this request. */
export async function decodeFriend(friendshipId: string, contactId: string, around: Around): Promise<ChatEvent> {
  const { account, addresses, now } = around;
  const chat = { address: addresses.addressOf(contactId), kind: 'direct' } as const;
  const eventId = `friend-${friendshipId}`;
  return {
    event: 'opened',
    channel: 'wechat',
    account,
    eventId,
    chat,
    ...(await senderOf(contactId, around)),
    at: now,
  };
}

async function senderOf(id: string, { names, addresses }: Around, alias = ''): Promise<Pick<ChatEvent, 'sender'>> {
  if (id === '') return {};
  const displayName = alias || (await names.contact(id)).name;
  return { sender: { address: addresses.addressOf(id), ...(displayName === '' ? {} : { displayName }) } };
}
