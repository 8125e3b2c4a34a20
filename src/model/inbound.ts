/** A platform event as every channel hands it over. */
import { z } from 'zod';
import { CHANNELS } from './channel-name.ts';
import { Understood } from './understanding.ts';

export const CHAT_KINDS = ['direct', 'group'] as const;
export type ChatKind = (typeof CHAT_KINDS)[number];

/**
 * `messageId` is the platform's own id: the same id twice is the same message.
 * `understood` is set where the meaning is already certain (a form, a button), so that nothing has to be guessed.
 */
export const Inbound = z.object({
  channel: z.enum(CHANNELS),
  account: z.string(),
  messageId: z.string(),
  chat: z.object({ address: z.string(), kind: z.enum(CHAT_KINDS), title: z.string().optional() }),
  sender: z.object({ address: z.string(), displayName: z.string().optional() }),
  text: z.string(),
  mentioned: z.boolean(),
  at: z.date(),
  understood: Understood.optional(),
});
export type Inbound = z.infer<typeof Inbound>;
