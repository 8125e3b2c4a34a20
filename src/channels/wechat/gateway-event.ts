/** What a gateway tells, checked at the door: it is somebody else's server. */
import { z } from 'zod';

const Ids = z.array(z.string());
const Timestamp = z.number().default(0);

/** By the numbers of wechaty-grpc's `EventType`; each with the fields we use. */
const SHAPES = {
  2: z.object({ messageId: z.string().min(1) }).transform((told) => ({ what: 'message' as const, ...told })),
  16: z.unknown().transform((told) => ({ what: 'error' as const, words: JSON.stringify(told) ?? '' })),
  17: z.object({ friendshipId: z.string().min(1) }).transform((told) => ({ what: 'friendship' as const, ...told })),
  19: z
    .object({ roomId: z.string().min(1), inviteeIdList: Ids, inviterId: z.string().default(''), timestamp: Timestamp })
    .transform((told) => ({ what: 'joined' as const, ...told })),
  20: z
    .object({ roomId: z.string().min(1), removeeIdList: Ids, timestamp: Timestamp })
    .transform((told) => ({ what: 'left' as const, ...told })),
  21: z.object({ roomId: z.string().min(1) }).transform((told) => ({ what: 'renamed' as const, ...told })),
  22: z.object({ qrcode: z.string().optional() }).transform((told) => ({ what: 'scan' as const, ...told })),
  25: z.object({ contactId: z.string().min(1) }).transform((told) => ({ what: 'login' as const, ...told })),
  26: z.object({ data: z.string().default('') }).transform(({ data }) => ({ what: 'logout' as const, reason: data })),
  27: z
    .object({ payloadType: z.int().min(1).max(6), payloadId: z.string() })
    .transform((told) => ({ what: 'changed' as const, ...told })),
} as const;

export type GatewayEvent = z.output<(typeof SHAPES)[keyof typeof SHAPES]>;

/** `null`: a sign of life and nothing else, or nothing that can be read. */
export function readGatewayEvent(type: number, payload: string): GatewayEvent | null {
  const shape = Object.entries(SHAPES).find(([number]) => Number(number) === type)?.[1];
  if (shape === undefined) return null;
  const told = shape.safeParse(jsonOf(payload));
  return told.success ? told.data : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
