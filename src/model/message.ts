/** One message model for every channel; a channel folds it down to what its platform can show. */
import { z } from 'zod';

/** `say` is what choosing means, as if the person had typed it. */
export const Choice = z.object({ label: z.string(), say: z.string() });
export type Choice = z.infer<typeof Choice>;

/** `text` may hold `**bold**` and bare links, nothing else. `link` is a page to open, under a label. */
export const Message = z.object({
  text: z.string(),
  choices: z.array(Choice).optional(),
  link: z.object({ label: z.string(), url: z.string() }).optional(),
});
export type Message = z.infer<typeof Message>;
