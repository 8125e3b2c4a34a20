/** Which community a message is from; in a private chat that several share it is said in front. */
import type { Chat } from '../model/chat.ts';
import type { Community } from '../model/community.ts';
import type { Message } from '../model/message.ts';
import type { Outgoing } from '../model/outgoing.ts';
import type { RenderText } from '../model/text.ts';
import { isShared } from '../store/private-chat-table.ts';
import type { Transaction } from '../store/store.ts';
import { say } from './runtime-texts.ts';

interface Occasion {
  readonly community: Community;
  readonly answering?: {
    readonly chat: Pick<Chat, 'id'>;
    readonly personId: string;
    readonly isKnownElsewhere: boolean;
  };
}

export function speakerOf({ community }: Occasion, { from }: Outgoing): Community {
  return from === undefined || from === 'all' ? community : from;
}

export async function inItsName(
  tx: Transaction,
  render: RenderText,
  { occasion, outgoing, chat }: { readonly occasion: Occasion; readonly outgoing: Outgoing; readonly chat: Chat },
  message: Message,
): Promise<Message> {
  if (chat.kind === 'group' || outgoing.from === 'all' || !(await isSharedBySeveral(tx, occasion, chat)))
    return message;
  const { name, locale } = speakerOf(occasion, outgoing);
  const { key, variables } = say('chat.of-community', { community: name });
  return { ...message, text: `${render(locale, key, variables, chat.id)}${message.text}` };
}

/** Of whoever is being answered it is known already. */
async function isSharedBySeveral(tx: Transaction, { answering }: Occasion, chat: Chat): Promise<boolean> {
  const isTheirs = answering !== undefined && (answering.chat.id === chat.id || answering.personId === chat.personId);
  return isTheirs ? answering.isKnownElsewhere : isShared(tx, chat);
}
