/** What a benchmark and the platform's process tell each other. */
import { z } from 'zod';

export const PlatformOptions = z.object({
  groups: z.number(),
  people: z.number(),
  /** How long a second of Telegram takes. */
  secondMs: z.number().default(1_000),
  /** Whether Telegram's rates are enforced; after a refusal everything is refused for so many seconds. */
  penaltySeconds: z.number().optional(),
});
export type PlatformOptions = z.input<typeof PlatformOptions>;

export const Platform = z.object({
  url: z.string(),
  token: z.string(),
  groups: z.array(z.number()),
  people: z.array(z.number()),
});
export type Platform = z.infer<typeof Platform>;

export const Order = z.discriminatedUnion('what', [
  /** Everything waits at once. Every answer of the platform comes so much later. */
  z.object({ what: z.literal('load'), messages: z.number(), latencyMs: z.number(), limitMs: z.number() }),
  /** Waits for so many messages in groups while people go on asking in private. */
  z.object({ what: z.literal('broadcast'), messages: z.number(), askEveryMs: z.number(), limitMs: z.number() }),
  /** People ask evenly; in every other stretch of time some of the groups refuse every other reply. */
  z.object({
    what: z.literal('steady'),
    perSecond: z.number(),
    stretchSeconds: z.number(),
    stretches: z.number(),
    refusing: z.number(),
  }),
]);
export type Order = z.infer<typeof Order>;

export const Finish = z.object({
  answered: z.number(),
  ms: z.number(),
  /** Replies that do not stand where their question stood. */
  swapped: z.number(),
  /** Calls that were too fast for Telegram. */
  refused: z.number(),
  /** From a question to its answer in milliseconds, where that was watched. */
  waits: z.array(z.number()),
  /** The same, of questions asked while some groups refused. */
  waitsBesideRefusals: z.array(z.number()),
});
export type Finish = z.infer<typeof Finish>;
