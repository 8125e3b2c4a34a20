/** One message model for every channel; a channel folds it down to what its platform can show. */
import { z } from 'zod';

/** `say` is what choosing means, as if the person had typed it. */
export const Choice = z.object({ label: z.string(), say: z.string() });
export type Choice = z.infer<typeof Choice>;

/** A picture or a file that goes with the text; its bytes are kept apart under `id`. */
export const Attachment = z.object({
  kind: z.enum(['image', 'file']),
  id: z.string(),
  name: z.string(),
  mediaType: z.string(),
});
export type Attachment = z.infer<typeof Attachment>;

/**
 * `text` may hold `**bold**` and bare links, nothing else. `link` is a page to open, under a label.
 * `ballot` repeats a numbered list of the text as options of which several may be ticked: shown where a platform has
 * such a thing and left out everywhere else.
 */
export const Message = z.object({
  text: z.string(),
  choices: z.array(Choice).optional(),
  ballot: z.array(Choice).optional(),
  link: z.object({ label: z.string(), url: z.string() }).optional(),
  attachment: Attachment.optional(),
});
export type Message = z.infer<typeof Message>;
