/** What a reply in a group answers: kept with it, so that replies which come together can be told in one message. */
import { z } from 'zod';
import { Message } from './message.ts';

/** One person's share. `told` says it together with others of the same words; otherwise its own `text` is said. */
export const AnswerPart = z.object({
  personId: z.string(),
  text: z.string(),
  told: z
    .object({
      key: z.string(),
      variables: z.record(z.string(), z.union([z.string(), z.number()])),
      /** How many this part adds to the variable of that name. */
      count: z.number(),
      /** The household or person that is counted, once. */
      of: z.string(),
    })
    .optional(),
  /**
   * What only this person hears, in private, once the group has heard it of several together; `address`: where the bot
   * may open a private chat with them.
   */
  alone: z.object({ message: Message, address: z.string().nullable() }).optional(),
});
export type AnswerPart = z.infer<typeof AnswerPart>;

export const GroupAnswer = z.object({ parts: z.array(AnswerPart) });
export type GroupAnswer = z.infer<typeof GroupAnswer>;
