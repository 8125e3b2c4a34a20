/** `aibot_send_msg`: the bot speaks first, where somebody has spoken to it before. */
import { say } from './content.ts';
import { type Answer, type Frame, refusal } from './frame.ts';
import type { Bot, Chat, World } from './world.ts';

const PUSHES = ['markdown', 'template_card', 'file', 'image', 'voice', 'video'];

export function push(world: World, bot: Bot, { body = {} }: Frame): Answer {
  if (!PUSHES.includes(String(body.msgtype))) return refusal(40008);
  const chat = addressed(world, bot, String(body.chatid), body.chat_type);
  if (chat === undefined) return refusal(93006);
  if (chat.presence === 'dissolved') return refusal(93006);
  if (chat.presence === 'removed') return refusal(93008);
  if (!chat.hasSpoken) return refusal(93001);
  return say(world, bot, chat, body, 'push');
}

/** Without a type it is guessed, groups first; ids are taken letter for letter. */
function addressed(world: World, bot: Bot, id: string, type: unknown): Chat | undefined {
  const named = world.chats.filter((chat) => chat.botId === bot.id && chat.id === id);
  const group = named.find(({ kind }) => kind === 'group');
  const single = named.find(({ kind }) => kind === 'single');
  if (type === 1) return single;
  if (type === 2) return group;
  return group ?? single;
}
