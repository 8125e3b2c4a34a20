/** Of what Telegram tells, the fields that are read: https://core.telegram.org/bots/api#available-types */
import { z } from 'zod';

export const TelegramUser = z.object({
  id: z.number(),
  is_bot: z.boolean().default(false),
  first_name: z.string().default(''),
  last_name: z.string().optional(),
});
export type TelegramUser = z.infer<typeof TelegramUser>;

export const TelegramChat = z.object({ id: z.number(), type: z.string(), title: z.string().optional() });
export type TelegramChat = z.infer<typeof TelegramChat>;

const Entity = z.object({
  type: z.string(),
  offset: z.number(),
  length: z.number(),
  user: z.object({ id: z.number() }).optional(),
});
export type Entity = z.infer<typeof Entity>;

const Anything = z.unknown().optional();

export const TelegramMessage = z.object({
  message_id: z.number(),
  date: z.number(),
  chat: TelegramChat,
  from: TelegramUser.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: z.array(Entity).optional(),
  caption_entities: z.array(Entity).optional(),
  media_group_id: z.string().optional(),
  quote: z.object({ text: z.string() }).optional().catch(undefined),
  reply_to_message: z
    .object({
      from: z.object({ id: z.number() }).optional(),
      text: z.string().optional(),
      caption: z.string().optional(),
    })
    .optional()
    .catch(undefined),
  new_chat_members: z.array(TelegramUser).optional(),
  migrate_to_chat_id: z.number().optional(),
  migrate_from_chat_id: z.number().optional(),
  document: z.object({ mime_type: z.string().optional() }).optional(),
  photo: Anything,
  voice: Anything,
  audio: Anything,
  video: Anything,
  video_note: Anything,
  animation: Anything,
  sticker: Anything,
  location: Anything,
  venue: Anything,
  contact: Anything,
  poll: Anything,
  dice: Anything,
  story: Anything,
});
export type TelegramMessage = z.infer<typeof TelegramMessage>;

export const TelegramPress = z.object({
  id: z.string(),
  from: TelegramUser,
  data: z.string(),
  message: z.object({
    chat: TelegramChat,
    reply_markup: z
      .object({
        inline_keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: z.string().optional() }))),
      })
      .optional()
      .catch(undefined),
  }),
});
export type TelegramPress = z.infer<typeof TelegramPress>;

const Member = z.object({ user: TelegramUser, status: z.string(), is_member: z.boolean().optional() });
export type TelegramMember = z.infer<typeof Member>;

/** Both `my_chat_member` and `chat_member`. */
export const MembershipChange = z.object({
  chat: TelegramChat,
  from: TelegramUser,
  date: z.number(),
  old_chat_member: Member,
  new_chat_member: Member,
});
export type MembershipChange = z.infer<typeof MembershipChange>;
