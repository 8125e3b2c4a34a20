/** What people of one community say for a thing or a habit, as its workers have taught the bot. */
import { z } from 'zod';

export const OWN_WORD_KINDS = ['waste', 'habit'] as const;
export type OwnWordKind = (typeof OWN_WORD_KINDS)[number];

/** As a message is matched with it. */
export const TaughtWord = z.object({
  kind: z.enum(OWN_WORD_KINDS),
  /** In the one spelling in which messages are matched. */
  heard: z.string().min(1),
  /** The id of the habit, or of the thing in the guide. */
  meaning: z.string(),
});
export type TaughtWord = z.infer<typeof TaughtWord>;

export interface OwnWord extends TaughtWord {
  readonly id: string;
  /** As it was typed. */
  readonly said: string;
  /** The name it was taught by: one thing of the guide has several. */
  readonly meant: string;
}
