/** What WeCom sends about people, as far as it is used; the SDK's own types are wrong about clicks on cards. */
import { z } from 'zod';

const Words = z.object({ content: z.string() });

export const Content = z.object({
  msgtype: z.string(),
  text: Words.optional().catch(undefined),
  voice: Words.optional().catch(undefined),
  mixed: z
    .object({ msg_item: z.array(z.object({ msgtype: z.string(), text: Words.optional().catch(undefined) })) })
    .optional()
    .catch(undefined),
});
export type Content = z.infer<typeof Content>;

const From = z.object({ userid: z.string().min(1) });

/** In a group `chatid` is there; in private the person is the chat. */
const Place = z.object({
  msgid: z.string().min(1),
  chatid: z.string().min(1).optional(),
  chattype: z.enum(['single', 'group']).optional(),
  from: From,
  // Of the platform, in seconds.
  create_time: z.coerce.number().positive().optional().catch(undefined),
});

export const SaidBody = Place.extend(Content.shape).extend({ quote: Content.optional().catch(undefined) });
export type SaidBody = z.infer<typeof SaidBody>;

export const Press = z.object({
  event_key: z.string(),
  task_id: z.string(),
  selected_items: z
    .object({
      selected_item: z.array(z.object({ option_ids: z.object({ option_id: z.array(z.string()) }) })),
    })
    .optional()
    .catch(undefined),
});
export type Press = z.infer<typeof Press>;

export const EventBody = Place.extend({
  event: z.object({ eventtype: z.string(), template_card_event: Press.optional().catch(undefined) }),
});
export type EventBody = z.infer<typeof EventBody>;
