/** The one envelope of the long connection: what a client sends, what it is answered (document 101463). */
import { z } from 'zod';

export const Frame = z.object({
  cmd: z.string(),
  headers: z.object({ req_id: z.string().min(1) }),
  body: z.record(z.string(), z.unknown()).optional(),
});
export type Frame = z.infer<typeof Frame>;

export interface Answer {
  readonly errcode: number;
  readonly body?: Readonly<Record<string, unknown>>;
}

export const OK: Answer = { errcode: 0 };

export function refusal(errcode: number): Answer {
  return { errcode };
}

/** `null`: not a frame. */
export function readFrame(text: string): Frame | null {
  try {
    return Frame.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Every answer echoes the request id and bears no command; the words differ from day to day, so nobody may match them. */
export function ackText(reqId: string, { errcode, body }: Answer): string {
  const errmsg =
    errcode === 0 ? 'ok' : `${WORDS[errcode] ?? 'request refused'}, hint: [${Date.now()}], from ip: 127.0.0.1`;
  return JSON.stringify({ headers: { req_id: reqId }, errcode, errmsg, ...(body === undefined ? {} : { body }) });
}

const WORDS: Readonly<Record<number, string>> = {
  [-1]: 'system busy',
  6000: 'data version conflict',
  40001: 'invalid credential',
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40013: 'invalid bot_id',
  40058: 'invalid Request Parameter, Warning: wrong json format',
  40201: 'anti-spam check failed',
  42045: 'template_card.card_action missing',
  45001: 'media size out of limit',
  45002: 'message content size out of limit',
  45009: 'api freq out of limit',
  45033: 'api concurrent out of limit',
  93000: 'invalid webhook url, hint: wrong key',
  93001: 'message push not allowed',
  93006: 'invalid chatid',
  93008: 'not in group',
  301019: 'md5 not match',
  846605: 'invalid req_id',
  846608: 'stream message update expired (>6 minutes), cannot update',
  846609: 'aibot websocket not subscribed',
};
