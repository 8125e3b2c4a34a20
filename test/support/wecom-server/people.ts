/** What people do in the chats of a bot. */

import { callBack } from './callbacks.ts';
import { isRecord, recordsIn } from './card-rules.ts';
import { offerDownload } from './encrypted-media.ts';
import { type Bot, type Card, type Chat, newId, type World } from './world.ts';

export type Saying =
  | string
  | { readonly voice: string }
  | { readonly image: Uint8Array }
  | { readonly file: Uint8Array; readonly name: string }
  | { readonly video: Uint8Array }
  | { readonly mixed: readonly (string | Uint8Array)[] }
  /** Whatever this version does not know. */
  | { readonly msgtype: string; readonly content: unknown };

export interface SayingHow {
  readonly msgId?: string;
  readonly at?: Date;
  readonly quote?: Saying;
}

/** Opens the private chat, so that the bot may push there from now on. Returns the request id. */
export function userSays(world: World, bot: Bot, userId: string, saying: Saying, how: SayingHow = {}): string | null {
  return speak(world, bot, singleChat(world, bot, userId), userId, saying, how);
}

/** Reaches the bot only where it is spoken to, in words; its name stays in them as it was typed. */
export function groupSays(
  world: World,
  bot: Bot,
  group: Chat,
  userId: string,
  saying: Saying,
  how: SayingHow & { readonly mention?: boolean } = {},
): string | null {
  if (group.presence !== 'in') throw new Error('the bot does not sit in this group');
  const isInWords = typeof saying === 'string' || 'mixed' in saying || 'msgtype' in saying;
  if (how.mention === false || !isInWords) {
    group.screen.push({ what: 'person', from: userId, text: typeof saying === 'string' ? saying : '' });
    return null;
  }
  return speak(world, bot, group, userId, mentioning(bot, saying), how);
}

function mentioning(bot: Bot, saying: Saying): Saying {
  if (typeof saying === 'string') return `@${bot.name} ${saying}`;
  return 'mixed' in saying ? { mixed: [`@${bot.name} `, ...saying.mixed] } : saying;
}

function speak(world: World, bot: Bot, chat: Chat, userId: string, saying: Saying, how: SayingHow): string | null {
  chat.hasSpoken = true;
  chat.screen.push({ what: 'person', from: userId, text: typeof saying === 'string' ? saying : '' });
  const body = {
    msgid: how.msgId ?? newId('msg'),
    aibotid: bot.id,
    ...(chat.kind === 'group' ? { chatid: chat.id } : {}),
    chattype: chat.kind,
    from: { userid: userId },
    create_time: secondsOf(how.at ?? world.calendar()),
    ...contentOf(world, saying),
    ...(how.quote === undefined ? {} : { quote: contentOf(world, how.quote) }),
  };
  return callBack(world, bot, {
    cmd: 'aibot_msg_callback',
    body,
    grant: { kind: 'message', chat, userId, isUsed: false },
  });
}

function contentOf(world: World, saying: Saying): Readonly<Record<string, unknown>> {
  if (typeof saying === 'string') return { msgtype: 'text', text: { content: saying } };
  if ('voice' in saying) return { msgtype: 'voice', voice: { content: saying.voice } };
  if ('image' in saying) return { msgtype: 'image', image: offerDownload(world, 'photo.jpg', saying.image) };
  if ('file' in saying) return { msgtype: 'file', file: offerDownload(world, saying.name, saying.file) };
  if ('video' in saying) return { msgtype: 'video', video: offerDownload(world, 'video.mp4', saying.video) };
  if ('mixed' in saying)
    return { msgtype: 'mixed', mixed: { msg_item: saying.mixed.map((one) => pieceOf(world, one)) } };
  return { msgtype: saying.msgtype, [saying.msgtype]: saying.content };
}

function pieceOf(world: World, piece: string | Uint8Array): Readonly<Record<string, unknown>> {
  if (typeof piece === 'string') return { msgtype: 'text', text: { content: piece } };
  return { msgtype: 'image', image: offerDownload(world, 'photo.jpg', piece) };
}

/** The first time of a day that somebody opens the private chat. */
export function enterChat(world: World, bot: Bot, userId: string): string | null {
  const chat = singleChat(world, bot, userId);
  return callBack(world, bot, {
    cmd: 'aibot_event_callback',
    body: eventBody(world, bot, chat, userId, { eventtype: 'enter_chat' }),
    grant: { kind: 'enter', chat, userId, isUsed: false },
  });
}

/** Ticked options by the key of their question. */
export type Ticked = Readonly<Record<string, readonly string[]>>;

/** A button of the card as this person sees it; for votes and selections the submit button with what was ticked. */
export function clickCard(
  world: World,
  bot: Bot,
  chat: Chat,
  userId: string,
  taskId: string,
  key: string,
  ticked: Ticked = {},
): string | null {
  const card = cardFor(chat, userId, taskId);
  if (card === null) throw new Error('nobody sees such a card here');
  if (!keysOf(card).includes(key)) throw new Error('the card has no such button');
  const selected = Object.entries(ticked).map(([questionKey, ids]) => {
    for (const id of ids)
      if (!optionsOf(card, questionKey).includes(id)) throw new Error('the card has no such option');
    return { question_key: questionKey, option_ids: { option_id: ids } };
  });
  const event = {
    eventtype: 'template_card_event',
    template_card_event: {
      card_type: card.card_type,
      event_key: key,
      task_id: taskId,
      ...(selected.length === 0 ? {} : { selected_items: { selected_item: selected } }),
    },
  };
  return callBack(world, bot, {
    cmd: 'aibot_event_callback',
    body: eventBody(world, bot, chat, userId, event),
    grant: { kind: 'card', chat, userId, taskId, isUsed: false },
  });
}

/** Any event, e.g. of a kind that did not exist when the client was written. */
export function happens(world: World, bot: Bot, chat: Chat, userId: string, event: object): string | null {
  return callBack(world, bot, {
    cmd: 'aibot_event_callback',
    body: eventBody(world, bot, chat, userId, event),
    grant: { kind: 'other', chat, userId, isUsed: false },
  });
}

export function singleChat(world: World, bot: Bot, userId: string): Chat {
  const known = world.chats.find((chat) => chat.botId === bot.id && chat.kind === 'single' && chat.id === userId);
  if (known !== undefined) return known;
  const chat: Chat = {
    id: userId,
    kind: 'single',
    botId: bot.id,
    members: new Set([userId]),
    hasSpoken: false,
    presence: 'in',
    sentAt: [],
    screen: [],
  };
  world.chats.push(chat);
  return chat;
}

/** The card as this person sees it now. */
export function cardFor(chat: Chat, userId: string, taskId: string): Card | null {
  const item = chat.screen.find((one) => one.what === 'card' && one.card.task_id === taskId);
  return item?.what === 'card' ? (item.changedFor.get(userId) ?? item.card) : null;
}

function keysOf(card: Card): unknown[] {
  const buttons = recordsIn(card.button_list).map(({ key }) => key);
  return isRecord(card.submit_button) ? [...buttons, card.submit_button.key] : buttons;
}

function optionsOf(card: Card, questionKey: string): unknown[] {
  const questions = [card.checkbox, ...recordsIn(card.select_list)].filter(isRecord);
  const question = questions.find((one) => one.question_key === questionKey);
  return recordsIn(question?.option_list).map(({ id }) => id);
}

function eventBody(world: World, bot: Bot, chat: Chat, userId: string, event: object): Callback['body'] {
  return {
    msgid: newId('msg'),
    create_time: secondsOf(world.calendar()),
    aibotid: bot.id,
    ...(chat.kind === 'group' ? { chatid: chat.id } : {}),
    chattype: chat.kind,
    from: { userid: userId },
    msgtype: 'event',
    event,
  };
}

type Callback = Parameters<typeof callBack>[2];

function secondsOf(at: Date): number {
  return Math.floor(at.getTime() / 1_000);
}
