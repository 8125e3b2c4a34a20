/** A platform event as every channel hands it over: something said, or something that happened to a chat. */
import { z } from 'zod';
import { NativeChain } from './chain.ts';
import { CHANNELS } from './channel-name.ts';
import { Understood } from './understanding.ts';

export const CHAT_KINDS = ['direct', 'group'] as const;
export type ChatKind = (typeof CHAT_KINDS)[number];

/** What came with or instead of words. The bytes stay with the platform unless a feature asked for them. */
export const ATTACHED = ['image', 'voice', 'video', 'file', 'other'] as const;

/**
 * `messageId` is the platform's own id: the same id twice is the same message.
 * `understood` is set where the meaning is already certain (a form, a button), so that nothing has to be guessed.
 */
export const Inbound = z.object({
  channel: z.enum(CHANNELS),
  account: z.string(),
  messageId: z.string(),
  chat: z.object({
    address: z.string(),
    kind: z.enum(CHAT_KINDS),
    title: z.string().optional(),
    /** The building whose entrance it was opened by, where the platform has such. */
    areaId: z.string().optional(),
  }),
  sender: z.object({ address: z.string(), displayName: z.string().optional() }),
  text: z.string(),
  mentioned: z.boolean(),
  at: z.date(),
  understood: Understood.optional(),
  attached: z.enum(ATTACHED).optional(),
  /** What the platform tells of a native #接龙 beside its text. */
  chain: NativeChain.optional(),
});
export type Inbound = z.infer<typeof Inbound>;

/**
 * `opened`: somebody opened the private chat, perhaps by a link that carries a code. `added`, `removed`: the bot,
 * into or out of a group, or blocked in a private chat. `joined`: people, into a group. `moved`: the chat has the
 * address `movedTo` from now on.
 */
export const CHAT_EVENTS = ['opened', 'added', 'removed', 'joined', 'moved'] as const;

export const ChatEvent = z.object({
  event: z.enum(CHAT_EVENTS),
  channel: z.enum(CHANNELS),
  account: z.string(),
  /** The same id twice is the same event. */
  eventId: z.string(),
  chat: z.object({ address: z.string(), kind: z.enum(CHAT_KINDS), title: z.string().optional() }),
  /** Who did it, where the platform tells. */
  sender: z.object({ address: z.string(), displayName: z.string().optional() }).optional(),
  code: z.string().optional(),
  movedTo: z.string().optional(),
  at: z.date(),
});
export type ChatEvent = z.infer<typeof ChatEvent>;
