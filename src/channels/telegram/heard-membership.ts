/** Changes of membership: the bot's own, and in groups where it is an administrator everybody's. */
import type { ChatEvent } from '../../model/inbound.ts';
import { chatOf, dateOf, type Hearing, isTooOld, kindOf, senderOf } from './heard.ts';
import type { JoinMemory } from './join-memory.ts';
import type { MembershipChange, TelegramMember } from './update-shapes.ts';

/** The bot was added, thrown out or blocked; `null` for anything else, as being made an administrator. */
export function heardOfBot(change: MembershipChange, { account }: Hearing): ChatEvent | null {
  const kind = kindOf(change.chat);
  if (kind === null) return null;
  const [was, is] = [isInside(change.old_chat_member), isInside(change.new_chat_member)];
  // Who comes back in private presses Start, and that is heard by itself.
  if (was === is || (is && kind === 'direct')) return null;
  const event = is ? 'added' : 'removed';
  const sender = senderOf(change.from);
  return {
    event,
    channel: 'telegram',
    account,
    eventId: `${event}/${change.chat.id}/${change.date}`,
    chat: chatOf(change.chat, kind),
    ...(sender === null ? {} : { sender }),
    at: dateOf(change.date),
  };
}

export function heardOfMember(change: MembershipChange, { account, now }: Hearing, joins: JoinMemory): ChatEvent[] {
  const { chat, date, old_chat_member: before, new_chat_member: after } = change;
  const at = dateOf(date);
  if (kindOf(chat) !== 'group' || isInside(before) || !isInside(after) || isTooOld(at, now)) return [];
  return joins.heard({ account, chat: chatOf(chat, 'group'), people: [after.user], at });
}

// https://core.telegram.org/bots/api#chatmember
function isInside({ status, is_member }: TelegramMember): boolean {
  if (status === 'restricted') return is_member !== false;
  return status !== 'left' && status !== 'kicked';
}
