/** What became of a call to the Bot API. */
import { z } from 'zod';

export type ApiAnswer =
  | { readonly what: 'done' }
  | {
      readonly what: 'refused';
      readonly status: number;
      readonly description: string;
      readonly retryAfterSeconds?: number | undefined;
      readonly movedTo?: number | undefined;
    }
  /** An answer nobody at Telegram wrote: a proxy or a gateway on the way. */
  | { readonly what: 'garbled'; readonly status: number }
  /** There was no connection, so the call surely reached nobody. */
  | { readonly what: 'never-left'; readonly code: string }
  /** It may have been done. */
  | { readonly what: 'lost'; readonly code: string };

// https://core.telegram.org/bots/api#making-requests and #responseparameters
const Refusal = z.object({
  ok: z.literal(false),
  error_code: z.number(),
  description: z.string().default(''),
  parameters: z
    .object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() })
    .optional()
    .catch(undefined),
});

export function answerOf(status: number, body: string): ApiAnswer {
  // What is sent is not asked for again, so the message that comes back need not be read.
  if (status === 200 && body.startsWith('{"ok":true')) return { what: 'done' };
  const refusal = Refusal.safeParse(fromJson(body));
  if (!refusal.success) return { what: 'garbled', status };
  const { error_code, description, parameters } = refusal.data;
  return {
    what: 'refused',
    status: error_code,
    description,
    retryAfterSeconds: parameters?.retry_after,
    movedTo: parameters?.migrate_to_chat_id,
  };
}

function fromJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
