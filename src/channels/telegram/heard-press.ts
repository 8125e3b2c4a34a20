/** A press on a button as the words it stands for. */
import type { Inbound } from '../../model/inbound.ts';
import type { ChannelParts } from '../channel.ts';
import { chatOf, type Hearing, kindOf, senderOf } from './heard.ts';
import { readPressData } from './press-data.ts';
import type { TelegramPress } from './update-shapes.ts';

/** `null` where nobody knows any more what the button meant. */
export async function heardPress(
  press: TelegramPress,
  { account, now }: Hearing,
  choiceOf: ChannelParts['choiceOf'],
): Promise<Inbound | null> {
  const kind = kindOf(press.message.chat);
  const sender = senderOf(press.from);
  if (kind === null || sender === null) return null;
  const text = (await meaningOf(press, choiceOf)) ?? labelOf(press);
  if (text === undefined) return null;
  return {
    channel: 'telegram',
    account,
    messageId: `press/${press.id}`,
    chat: chatOf(press.message.chat, kind),
    sender,
    text,
    mentioned: true,
    // A press carries no time of its own.
    at: now,
  };
}

async function meaningOf({ data }: TelegramPress, choiceOf: ChannelParts['choiceOf']): Promise<string | null> {
  const pressed = readPressData(data);
  return pressed === null ? null : choiceOf(pressed.key, pressed.index);
}

function labelOf({ data, message }: TelegramPress): string | undefined {
  return message.reply_markup?.inline_keyboard.flat().find((button) => button.callback_data === data)?.text;
}
