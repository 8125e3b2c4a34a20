/** What became of a call to the Bot API. */
import { z } from 'zod';

export type ApiAnswer =
  | { readonly what: 'done'; readonly body: string }
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
  // Hardly ever is what was sent asked for again, so the message that comes back is not read here.
  if (status === 200 && body.startsWith('{"ok":true')) return { what: 'done', body };
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

const Sent = z.object({ result: z.object({ message_id: z.number() }) });

/** The number of the message that was sent; `null` where the answer does not tell. */
export function messageIdIn(body: string): number | null {
  return Sent.safeParse(fromJson(body)).data?.result.message_id ?? null;
}

function fromJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
