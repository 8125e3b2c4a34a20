/** What a Telegram account needs to be served; every timing is a value so that it can be shortened. */
import { z } from 'zod';

const Backoff = z.object({ firstMs: z.number().positive(), longestMs: z.number().positive() });
export type Backoff = z.infer<typeof Backoff>;

export const TelegramConfig = z.object({
  /** As BotFather gives it: the bot's id, a colon, a secret. */
  token: z.string().regex(/^\d+:[\w-]+$/),
  /** A Bot API server of one's own may stand here. */
  apiRoot: z
    .url({ protocol: /^https?$/ })
    .default('https://api.telegram.org')
    .transform((url) => url.replace(/\/+$/, '')),
  /** An HTTP proxy, for networks from which Telegram is not reachable. */
  proxy: z.url({ protocol: /^https?$/ }).optional(),
  // https://core.telegram.org/bots/api#getupdates: held for at most 50 s.
  pollSeconds: z.number().positive().default(30),
  /** What a held poll may take beyond that before the connection counts as dead. */
  silenceMs: z.number().positive().default(15_000),
  sendTimeoutMs: z.number().positive().default(30_000),
  uploadTimeoutMs: z.number().positive().default(180_000),
  /** When Telegram cannot be reached or nothing can be kept. */
  backoff: Backoff.default({ firstMs: 1_000, longestMs: 60_000 }),
  /** When trying again soon would do harm or no good: another instance polls, or the token is wrong. */
  hold: Backoff.default({ firstMs: 60_000, longestMs: 60 * 60_000 }),
});
export type TelegramConfig = z.infer<typeof TelegramConfig>;

/** Public: everybody who writes to the bot can see it. */
export function botIdOf({ token }: Pick<TelegramConfig, 'token'>): string {
  return token.slice(0, token.indexOf(':'));
}
