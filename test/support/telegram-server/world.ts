/** Who and what there is: people, chats, and what the bot has put into them. */
import { badRequest, forbidden } from './api-error.ts';
import type { UploadedFile } from './multipart.ts';

export interface Account {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly last_name?: string;
  readonly username?: string;
}

export type BotStanding = 'member' | 'administrator' | 'left' | 'kicked' | 'blocked' | 'never-started';

export interface Chat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup';
  readonly title?: string;
  readonly people: Map<number, Account>;
  bot: BotStanding;
  /** Whether members may write; a muted bot is refused. */
  muted: boolean;
  /** The group was deleted. */
  deleted: boolean;
  movedTo: number | null;
  lastMessageId: number;
}

export interface Button {
  readonly text: string;
  readonly callback_data?: string | undefined;
  readonly url?: string | undefined;
}

export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
}

/** What the bot put into a chat, as it stands there now. */
export interface SentMessage {
  readonly messageId: number;
  readonly chatId: number;
  readonly method: string;
  readonly at: number;
  text: string;
  entities: readonly Entity[];
  buttons: readonly (readonly Button[])[];
  readonly file: UploadedFile | null;
  edited: boolean;
  deleted: boolean;
}

export class World {
  readonly bot: Account;
  readonly people = new Map<number, Account>();
  readonly chats = new Map<number, Chat>();
  readonly files = new Map<string, UploadedFile>();
  /** Newest last. */
  readonly sent: SentMessage[] = [];
  #next = 10_000;

  constructor(bot: Account) {
    this.bot = bot;
  }

  nextNumber(): number {
    this.#next += 1;
    return this.#next;
  }

  chat(id: number): Chat {
    const chat = this.chats.get(id);
    if (chat === undefined) throw badRequest('chat not found');
    return chat;
  }

  person(id: number): Account {
    const person = this.people.get(id);
    if (person === undefined) throw badRequest('user not found');
    return person;
  }

  addChat(given: Pick<Chat, 'id' | 'type' | 'bot'> & { readonly title?: string }): Chat {
    const chat: Chat = {
      ...given,
      people: new Map(),
      muted: false,
      deleted: false,
      movedTo: null,
      lastMessageId: 0,
    };
    this.chats.set(chat.id, chat);
    return chat;
  }

  /** The chat, if the bot may write there now. Wording: https://github.com/tdlib/telegram-bot-api, Client.cpp. */
  writableChat(id: number): Chat {
    const chat = this.chat(id);
    if (chat.movedTo !== null) {
      throw badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: chat.movedTo });
    }
    if (chat.deleted) throw forbidden('the group chat was deleted');
    if (chat.bot === 'kicked') throw forbidden(`bot was kicked from the ${chat.type} chat`);
    if (chat.bot === 'left') throw forbidden(`bot is not a member of the ${chat.type} chat`);
    if (chat.bot === 'blocked') throw forbidden('bot was blocked by the user');
    if (chat.bot === 'never-started') throw forbidden("bot can't initiate conversation with a user");
    if (chat.muted) throw badRequest('not enough rights to send text messages to the chat');
    return chat;
  }

  /** The chat as messages carry it. */
  describe(chat: Chat): object {
    if (chat.type !== 'private') return { id: chat.id, type: chat.type, title: chat.title };
    const { first_name, last_name, username } = this.person(chat.id);
    return { id: chat.id, type: chat.type, first_name, last_name, username };
  }

  newestIn(chatId: number): SentMessage | undefined {
    return this.sent.findLast((message) => message.chatId === chatId && !message.deleted);
  }
}
