/** What the residents' page and the simulator share: one way to say something, to look back and to be told the news. */
import type { Context } from 'hono';
import { neighbourhoodOf } from '../../lib/http/address.ts';
import { fromWire, graphemeLength, MESSAGE_GRAPHEMES } from '../../lib/text.ts';
import type { WebMessage } from '../../model/web-message.ts';
import type { Sink } from '../channel.ts';
import { ChatHub, type ChatKey } from './chat-hub.ts';
import { createRateLimit } from './rate-limit.ts';
import { type Spoken, speak } from './speak.ts';
import { readStaticFiles, type StaticFiles } from './static-files.ts';
import { createStreamSeats, type StreamSeats } from './stream-seats.ts';
import type { WebParts } from './web-parts.ts';

export interface WebDesk extends WebParts {
  readonly hub: ChatHub;
  readonly files: StaticFiles;
  readonly seats: StreamSeats;
  /** Whether this visitor, and everybody at the place they are at, has said little enough; it is counted then. */
  readonly maySpeak: (c: Context, visitor: string) => boolean;
  /** A moment later than every one before, so that a question stands before its answer. */
  readonly nextMoment: () => Date;
  /** Until the channel is started nobody listens. */
  sink: Sink | null;
}

const MINUTE_MS = 60_000;
const OF_VISITOR = { most: 20, withinMs: MINUTE_MS };
// Generous: a whole housing estate may share one address (RFC 6598), and all of it answers a notice.
const OF_PLACE = { most: 120, withinMs: MINUTE_MS };
const OF_PLACE_FOR_LONG = { most: 2_000, withinMs: 60 * MINUTE_MS };
// Each holds a connection and looks into the records every 15 s.
const MOST_STREAMS = 500;
/** More than anybody scrolls through. */
export const SHOWN = 100;
// Without the script a page waits so long for the answer, so that it stands there when the page comes back.
const ANSWER_WITHIN_MS = 1_500;

export function createWebDesk(parts: WebParts): WebDesk {
  let last = 0;
  return {
    ...parts,
    hub: new ChatHub(),
    files: readStaticFiles(),
    seats: createStreamSeats(MOST_STREAMS),
    maySpeak: createSpeechLimit(parts),
    nextMoment: () => {
      last = Math.max(last + 1, parts.clock.now().getTime());
      return new Date(last);
    },
    sink: null,
  };
}

function createSpeechLimit({ addressOf, clock }: WebParts): WebDesk['maySpeak'] {
  const ofVisitor = createRateLimit(OF_VISITOR);
  const ofPlace = [OF_PLACE, OF_PLACE_FOR_LONG].map(createRateLimit);
  return (c, visitor) => {
    const now = clock.now().getTime();
    const place = neighbourhoodOf(addressOf(c));
    return ofVisitor.take(visitor, now) && ofPlace.every((limit) => limit.take(place, now));
  };
}

/** What is wrong with the words themselves; `null` where they can be said. */
export function wordsRefused(text: string): 'empty' | 'too-long' | null {
  if (fromWire(text).trim() === '') return 'empty';
  return graphemeLength(text) > MESSAGE_GRAPHEMES ? 'too-long' : null;
}

export type SayResult = { readonly ok: true; readonly message: WebMessage } | { readonly ok: false };

/** Not ok: nothing could be kept, and the person is to send it again. */
async function say(desk: WebDesk, spoken: Spoken): Promise<SayResult> {
  const { sink } = desk;
  if (sink === null) return { ok: false };
  try {
    return { ok: true, message: await speak({ ...desk, sink }, spoken) };
  } catch (err) {
    desk.log.error({ channel: 'web', err }, 'what was said on a page could not be kept');
    return { ok: false };
  }
}

/** A page with the script shows the answer itself; without it the page comes back with the answer on it. */
export function heard(desk: WebDesk, c: Context, spoken: Spoken): Promise<SayResult> {
  return wantsJson(c) ? say(desk, spoken) : sayAndWait(desk, spoken);
}

/** Says it and waits a moment for the answer. */
export async function sayAndWait(desk: WebDesk, spoken: Spoken): Promise<SayResult> {
  const key = { communityId: spoken.communityId, chatAddress: spoken.chat.address };
  const answer = desk.hub.nextFromBot(key, ANSWER_WITHIN_MS);
  const result = await say(desk, spoken);
  if (result.ok) await answer;
  return result;
}

export function history(desk: WebDesk, { communityId, chatAddress }: ChatKey): Promise<readonly WebMessage[]> {
  return desk.records.list({ communityId, chatAddress, since: new Date(0), limit: SHOWN });
}

/** Sent by the script. */
export function wantsJson(c: Context): boolean {
  return c.req.header('accept')?.includes('application/json') ?? false;
}
