/** What people do: write, join, press, throw the bot out. Each act queues what Telegram would queue. */
import { entitiesOf, isForBot } from './entities.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { Account, BotStanding, Chat, SentMessage, World } from './world.ts';

/** A press that has not been answered. */
export interface OpenQuery {
  readonly at: number;
  answered: boolean;
}

export interface ControlParts {
  readonly world: World;
  readonly queue: UpdateQueue;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly privacy: boolean;
  readonly queries: Map<string, OpenQuery>;
}

export const ATTACHABLE = ['photo', 'document', 'voice', 'video', 'sticker', 'location'] as const;
export type Attachable = (typeof ATTACHABLE)[number];

export class PeopleControl {
  #parts: ControlParts;

  constructor(parts: ControlParts) {
    this.#parts = parts;
  }

  addPerson(firstName: string, more: { readonly id?: number; readonly username?: string } = {}): Account {
    const { world } = this.#parts;
    const person: Account = { id: more.id ?? world.nextNumber(), is_bot: false, first_name: firstName, ...more };
    world.people.set(person.id, person);
    world.addChat({ id: person.id, type: 'private', bot: 'never-started' });
    return person;
  }

  addGroup(
    title: string,
    people: readonly Account[],
    more: { readonly id?: number; readonly type?: 'group' | 'supergroup'; readonly bot?: BotStanding } = {},
  ): Chat {
    const { id = -this.#parts.world.nextNumber(), type = 'group', bot = 'member' } = more;
    const chat = this.#parts.world.addChat({ id, type, title, bot });
    for (const person of people) chat.people.set(person.id, person);
    return chat;
  }

  /** Returns the message's id. In a group the bot only sees what privacy mode lets through. */
  say(
    person: Account,
    chat: Chat,
    text: string,
    more: { readonly replyTo?: SentMessage; readonly extra?: object } = {},
  ): number {
    const body = this.#message(chat, person, {
      text,
      entities: entitiesOf(text),
      ...(more.replyTo === undefined ? {} : { reply_to_message: this.#quoted(chat, more.replyTo) }),
      ...more.extra,
    });
    if (this.#sees(chat, text, more.replyTo !== undefined)) this.#parts.queue.push('message', body);
    return body.message_id;
  }

  /** Presses Start in the private chat, perhaps on a link with a code. */
  open(person: Account, code?: string): void {
    const chat = this.#parts.world.chat(person.id);
    this.say(person, chat, code === undefined ? '/start' : `/start ${code}`);
  }

  attach(person: Account, chat: Chat, kind: Attachable, caption?: string): void {
    const fileId = `file-${this.#parts.world.nextNumber()}`;
    const file = { file_id: fileId, file_unique_id: `u${fileId}`, file_size: 3 };
    this.#parts.world.files.set(fileId, { name: `${kind}s/${fileId}`, bytes: Buffer.from('abc') });
    const body = {
      photo: { photo: [{ ...file, width: 90, height: 90 }] },
      document: { document: { ...file, file_name: 'a.pdf', mime_type: 'application/pdf' } },
      voice: { voice: { ...file, duration: 2, mime_type: 'audio/ogg' } },
      video: { video: { ...file, duration: 2, width: 90, height: 90 } },
      sticker: { sticker: { ...file, type: 'regular', width: 512, height: 512, emoji: '👍' } },
      location: { location: { latitude: 44, longitude: 87 } },
    }[kind];
    const message = this.#message(chat, person, { ...body, ...(caption === undefined ? {} : { caption }) });
    if (this.#sees(chat, caption ?? '', false)) this.#parts.queue.push('message', message);
  }

  edit(person: Account, chat: Chat, messageId: number, text: string): void {
    const edited = { ...this.#message(chat, person, { text, entities: entitiesOf(text) }), message_id: messageId };
    this.#parts.queue.push('edited_message', { ...edited, edit_date: edited.date });
  }

  /** A message of a bot, as it would come if bots were told of bots. */
  echo(bot: Account, chat: Chat, text: string): void {
    this.#parts.queue.push('message', this.#message(chat, bot, { text, entities: entitiesOf(text) }));
  }

  /** Presses the button of this label; returns the id of the press. */
  press(person: Account, message: SentMessage, label: string): string {
    const { world, queue, queries, now } = this.#parts;
    const button = message.buttons.flat().find(({ text }) => text === label);
    if (button?.callback_data === undefined) throw new Error(`there is no button ${label} to press`);
    const id = `${world.nextNumber()}${world.nextNumber()}`;
    queries.set(id, { at: now(), answered: false });
    const chat = world.chat(message.chatId);
    const shown = this.#quoted(chat, message);
    queue.push('callback_query', { id, from: person, message: shown, chat_instance: '1', data: button.callback_data });
    return id;
  }

  /** A group tells of it by a service message, and by `chat_member` where the bot is an administrator. */
  join(person: Account, chat: Chat, told: { readonly serviceMessage?: boolean } = {}): void {
    chat.people.set(person.id, person);
    const { queue } = this.#parts;
    if (told.serviceMessage !== false) {
      queue.push('message', this.#message(chat, person, { new_chat_members: [person] }));
    }
    if (chat.bot === 'administrator') queue.push('chat_member', this.#change(chat, person, person, 'left', 'member'));
  }

  leave(person: Account, chat: Chat): void {
    chat.people.delete(person.id);
    const { queue } = this.#parts;
    queue.push('message', this.#message(chat, person, { left_chat_member: person }));
    if (chat.bot === 'administrator') queue.push('chat_member', this.#change(chat, person, person, 'member', 'left'));
  }

  /** Adds the bot; with a code as a `startgroup` link does. */
  addBot(person: Account, chat: Chat, code?: string): void {
    const { world, queue } = this.#parts;
    this.setBot(person, chat, 'member');
    queue.push('message', this.#message(chat, person, { new_chat_members: [world.bot] }));
    if (code !== undefined) this.say(person, chat, `/start@${world.bot.username} ${code}`);
  }

  /** Anything that changes the bot's own place in a chat: made administrator, kicked, blocked and unblocked. */
  setBot(person: Account, chat: Chat, bot: BotStanding): void {
    const before = chat.bot;
    chat.bot = bot;
    const { world, queue } = this.#parts;
    const body = this.#change(chat, person, world.bot, statusOf(before), statusOf(bot));
    queue.push('my_chat_member', body);
  }

  /** The group is deleted by its owner; the bot is told that it is out. */
  dissolve(person: Account, chat: Chat): void {
    this.setBot(person, chat, 'left');
    chat.deleted = true;
  }

  /** A group becomes a supergroup: another id, and a service message on either side. */
  migrate(person: Account, chat: Chat): Chat {
    const { world, queue } = this.#parts;
    const { title = '', bot } = chat;
    const id = -1_000_000_000_000 - world.nextNumber();
    const moved = world.addChat({ id, type: 'supergroup', title, bot });
    for (const one of chat.people.values()) moved.people.set(one.id, one);
    chat.movedTo = moved.id;
    queue.push('message', this.#message(chat, person, { migrate_to_chat_id: moved.id }));
    queue.push('message', this.#message(moved, person, { migrate_from_chat_id: chat.id }));
    return moved;
  }

  #sees(chat: Chat, text: string, isReply: boolean): boolean {
    if (chat.bot !== 'member' && chat.bot !== 'administrator') return false;
    if (chat.type === 'private' || !this.#parts.privacy || chat.bot === 'administrator') return true;
    return isReply || isForBot(text, this.#parts.world.bot.username ?? '');
  }

  #message(chat: Chat, from: Account, content: object) {
    // Whoever writes has pressed Start.
    if (chat.bot === 'never-started') chat.bot = 'member';
    chat.lastMessageId += 1;
    const { world, now } = this.#parts;
    const date = Math.floor(now() / 1_000);
    return { message_id: chat.lastMessageId, from, chat: world.describe(chat), date, ...content };
  }

  #quoted(chat: Chat, { messageId, at, text, buttons }: SentMessage): object {
    const { world } = this.#parts;
    const keyboard = buttons.length === 0 ? {} : { reply_markup: { inline_keyboard: buttons } };
    const date = Math.floor(at / 1_000);
    return { message_id: messageId, from: world.bot, chat: world.describe(chat), date, text, ...keyboard };
  }

  #change(chat: Chat, from: Account, user: Account, before: string, after: string): object {
    const { world, now } = this.#parts;
    return {
      chat: world.describe(chat),
      from,
      date: Math.floor(now() / 1_000),
      old_chat_member: { user, status: before },
      new_chat_member: { user, status: after },
    };
  }
}

/** https://core.telegram.org/bots/api#chatmember: blocking in a private chat is told as `kicked`. */
function statusOf(standing: BotStanding): string {
  if (standing === 'blocked') return 'kicked';
  return standing === 'never-started' ? 'left' : standing;
}
