/** The methods of the Bot API that a neighbourhood's bot needs, with the limits the real one keeps to. */
import { z } from 'zod';
import { ApiError, badRequest } from './api-error.ts';
import type { UploadedFile } from './multipart.ts';
import type { OpenQuery } from './people-control.ts';
import type { Chat, SentMessage, World } from './world.ts';

export interface MethodParts {
  readonly world: World;
  readonly queries: Map<string, OpenQuery>;
  readonly now: () => number;
  readonly privacy: boolean;
  /** The real time is not documented; callers report 10 to 20 seconds. */
  readonly queryLivesMs: number;
}

export type Files = ReadonlyMap<string, UploadedFile>;
type Method = (parts: MethodParts, payload: unknown, files: Files) => unknown;

// https://core.telegram.org/bots/api#sendmessage, #sendphoto, #inlinekeyboardbutton, #answercallbackquery, #sending-files
const LONGEST_TEXT = 4_096;
const LONGEST_CAPTION = 1_024;
const LONGEST_CALLBACK_DATA_BYTES = 64;
const LONGEST_QUERY_ANSWER = 200;
// https://core.telegram.org/bots/api#deletemessage
const DELETABLE_MS = 48 * 60 * 60 * 1_000;
const LARGEST_PHOTO_BYTES = 10 * 1024 * 1024;

/** In a form every value is a string, and objects are JSON. */
export const asJson = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === 'string' ? JSON.parse(value) : value), schema);

const ButtonParam = z.object({
  text: z.string().min(1),
  callback_data: z.string().optional(),
  url: z.string().optional(),
});
const Keyboard = asJson(z.object({ inline_keyboard: z.array(z.array(ButtonParam)).default([]) })).optional();
const EntityParam = z.object({ type: z.string(), offset: z.number().int(), length: z.number().int() });
const Entities = asJson(z.array(EntityParam)).optional();

const ToChat = z.object({ chat_id: z.coerce.number() });
const ToMessage = ToChat.extend({ message_id: z.coerce.number() });
const Worded = { parse_mode: z.string().optional(), reply_markup: Keyboard };
const SendMessage = ToChat.extend({ text: z.string().default(''), entities: Entities, ...Worded });
const SendFile = ToChat.extend({
  photo: z.string().optional(),
  document: z.string().optional(),
  caption: z.string().default(''),
  caption_entities: Entities,
  ...Worded,
});
const EditText = ToMessage.extend({ text: z.string().default(''), entities: Entities, ...Worded });
const AnswerQuery = z.object({ callback_query_id: z.string(), text: z.string().default('') });
const Member = ToChat.extend({ user_id: z.coerce.number() });

export const METHODS: Readonly<Record<string, Method>> = {
  getme: ({ world, privacy }) => ({
    ...world.bot,
    can_join_groups: true,
    can_read_all_group_messages: !privacy,
    supports_inline_queries: false,
  }),
  sendmessage: (parts, payload) => {
    const { chat_id, text, ...rest } = SendMessage.parse(payload);
    const chat = parts.world.writableChat(chat_id);
    if (text.trim() === '') throw badRequest('message text is empty');
    if (text.length > LONGEST_TEXT) throw badRequest('message is too long');
    return keep(parts, chat, { method: 'sendMessage', text, ...rest, file: null });
  },
  sendphoto: (parts, payload, files) => sendFile(parts, 'sendPhoto', SendFile.parse(payload), files),
  senddocument: (parts, payload, files) => sendFile(parts, 'sendDocument', SendFile.parse(payload), files),
  editmessagetext: ({ world }, payload) => {
    const { chat_id, message_id, text, entities, reply_markup } = EditText.parse(payload);
    const message = ownMessage(world, chat_id, message_id);
    if (text.trim() === '') throw badRequest('message text is empty');
    if (text.length > LONGEST_TEXT) throw badRequest('message is too long');
    checkKeyboard(reply_markup);
    const buttons = reply_markup?.inline_keyboard ?? [];
    if (message.text === text && JSON.stringify(message.buttons) === JSON.stringify(buttons)) {
      throw badRequest('message is not modified');
    }
    Object.assign(message, { text, entities: entities ?? [], buttons, edited: true });
    return describe(world, message);
  },
  deletemessage: ({ world, now }, payload) => {
    const { chat_id, message_id } = ToMessage.parse(payload);
    const message = ownMessage(world, chat_id, message_id, 'message to delete not found');
    if (now() - message.at > DELETABLE_MS) throw badRequest("message can't be deleted");
    message.deleted = true;
    return true;
  },
  answercallbackquery: ({ queries, now, queryLivesMs }, payload) => {
    const { callback_query_id, text } = AnswerQuery.parse(payload);
    if (text.length > LONGEST_QUERY_ANSWER) throw badRequest('MESSAGE_TOO_LONG');
    const query = queries.get(callback_query_id);
    if (query === undefined || query.answered || now() - query.at > queryLivesMs) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    query.answered = true;
    return true;
  },
  getchat: ({ world }, payload) => world.describe(world.chat(ToChat.parse(payload).chat_id)),
  getchatmember: ({ world }, payload) => {
    const { chat_id, user_id } = Member.parse(payload);
    const chat = world.chat(chat_id);
    if (user_id === world.bot.id) return { user: world.bot, status: chat.bot };
    const user = world.person(user_id);
    return { user, status: chat.people.has(user_id) ? 'member' : 'left' };
  },
  getfile: ({ world }, payload) => {
    const { file_id } = z.object({ file_id: z.string() }).parse(payload);
    const file = world.files.get(file_id);
    if (file === undefined) throw badRequest('wrong file_id or the file is temporarily unavailable');
    return { file_id, file_unique_id: `u${file_id}`, file_size: file.bytes.length, file_path: file.name };
  },
  getuserprofilephotos: () => ({ total_count: 0, photos: [] }),
  setmycommands: () => true,
  pinchatmessage: () => true,
};

function sendFile(
  parts: MethodParts,
  method: 'sendPhoto' | 'sendDocument',
  { chat_id, photo, document, caption, caption_entities: entities, ...rest }: z.infer<typeof SendFile>,
  files: Files,
): unknown {
  const chat = parts.world.writableChat(chat_id);
  const field = method === 'sendPhoto' ? 'photo' : 'document';
  // Either in the field itself or under a name of its own.
  const named = (field === 'photo' ? photo : document)?.replace(/^attach:\/\//, '');
  const file = files.get(named ?? field);
  if (file === undefined) throw badRequest(`there is no ${field} in the request`);
  if (file.bytes.length === 0) throw badRequest('file must be non-empty');
  if (method === 'sendPhoto' && file.bytes.length > LARGEST_PHOTO_BYTES) {
    throw new ApiError(413, 'Request Entity Too Large');
  }
  if (method === 'sendPhoto' && !isPicture(file.bytes)) throw badRequest('IMAGE_PROCESS_FAILED');
  if (caption.length > LONGEST_CAPTION) throw badRequest('message caption is too long');
  return keep(parts, chat, { method, text: caption, entities, ...rest, file });
}

/** No marks are understood here: a text with any has to come with entities. */
const RESERVED: Readonly<Record<string, RegExp>> = { html: /[<>&]/, markdownv2: /[_*[\]()~`>#+=|{}.!\\-]/ };

interface Worded {
  readonly method: string;
  readonly text: string;
  readonly entities?: z.infer<typeof Entities>;
  readonly parse_mode?: string | undefined;
  readonly reply_markup?: z.infer<typeof Keyboard>;
  readonly file: UploadedFile | null;
}

function keep({ world, now }: MethodParts, chat: Chat, worded: Worded): unknown {
  const { method, text, entities = [], parse_mode, reply_markup, file } = worded;
  if (parse_mode !== undefined && RESERVED[parse_mode.toLowerCase()]?.test(text) !== false) {
    throw badRequest("can't parse entities");
  }
  for (const { offset, length } of entities) {
    if (offset < 0 || length < 1 || offset + length > text.length) throw badRequest('ENTITY_BOUNDS_INVALID');
  }
  checkKeyboard(reply_markup);
  chat.lastMessageId += 1;
  const message: SentMessage = {
    messageId: chat.lastMessageId,
    chatId: chat.id,
    method,
    at: now(),
    text,
    entities,
    buttons: reply_markup?.inline_keyboard ?? [],
    file,
    edited: false,
    deleted: false,
  };
  world.sent.push(message);
  return describe(world, message);
}

function checkKeyboard(keyboard: z.infer<typeof Keyboard>): void {
  for (const { callback_data, url } of keyboard?.inline_keyboard.flat() ?? []) {
    if (callback_data === undefined && url === undefined) throw badRequest("can't parse inline keyboard button");
    if (callback_data !== undefined && Buffer.byteLength(callback_data) > LONGEST_CALLBACK_DATA_BYTES) {
      throw badRequest('BUTTON_DATA_INVALID');
    }
    if (url !== undefined && !isPublicAddress(url)) {
      throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
    }
  }
}

/** Telegram refuses buttons to addresses that only mean something on this machine or in this house. */
function isPublicAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && hostname.includes('.');
}

function ownMessage(
  world: World,
  chatId: number,
  messageId: number,
  missing = 'message to edit not found',
): SentMessage {
  world.writableChat(chatId);
  const message = world.sent.find((one) => one.chatId === chatId && one.messageId === messageId && !one.deleted);
  if (message === undefined) throw badRequest(missing);
  return message;
}

function describe(world: World, { messageId, chatId, at, text, entities, buttons }: SentMessage): unknown {
  return {
    message_id: messageId,
    from: world.bot,
    chat: world.describe(world.chat(chatId)),
    date: Math.floor(at / 1_000),
    text,
    ...(entities.length === 0 ? {} : { entities }),
    ...(buttons.length === 0 ? {} : { reply_markup: { inline_keyboard: buttons } }),
  };
}

/** PNG, JPEG, GIF or WebP. */
function isPicture(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 4).toString('latin1');
  return head === '\x89PNG' || head.startsWith('\xff\xd8\xff') || head === 'GIF8' || head === 'RIFF';
}
