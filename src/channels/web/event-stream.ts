/** Tells an open page what is new (Server-Sent Events), and after a broken connection what it missed. */
import type { Context } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import type { WebMessage } from '../../model/web-message.ts';
import { piece, type View } from './bubble.ts';
import type { ChatHub, ChatKey } from './chat-hub.ts';

/** A list of bubbles on the page, and a chat of which it shows something. */
export interface Watched {
  readonly list: string;
  readonly key: ChatKey;
  readonly view: View;
  /** The newest `limit` that came at `since` or later, oldest first. */
  readonly read: (since: Date, limit: number) => Promise<readonly WebMessage[]>;
}

// Proxies end a connection that is silent for a minute. What another process brought is found at the beat, too.
const BEAT_MS = 15_000;
// Two processes may keep their messages in another order than they dated them; this much is always looked at again.
const OVERLAP_MS = 10_000;
const MOST_AT_ONCE = 100;
const RECONNECT_MS = 2_000;

export interface StreamParts {
  readonly hub: ChatHub;
  /** Called once when it is over. */
  readonly leave: () => void;
}

/** `after` is the moment (ms) of the newest message on the page; a browser that comes back says its own. */
export function streamNews(c: Context, { hub, leave }: StreamParts, watched: readonly Watched[]): Response {
  const after = Number(c.req.header('last-event-id') ?? c.req.query('after') ?? 0);
  return streamSSE(c, async (stream) => {
    const bell = createBell(hub, watched, stream);
    const feeds = watched.map((one) => createFeed(one, Number.isFinite(after) ? after : 0));
    try {
      await stream.writeSSE({ event: 'hello', data: '', retry: RECONNECT_MS });
      while (!stream.aborted && !stream.closed && !hub.isClosed) {
        let isNews = await tellTaken(stream, bell.taken);
        for (const feed of feeds) isNews = (await feed(stream)) || isNews;
        if (!isNews) await stream.write(': beat\n\n');
        await bell.rung();
      }
    } finally {
      bell.stop();
      leave();
    }
  });
}

/** What a page is to lose; true where there was something. */
async function tellTaken(stream: SSEStreamingApi, taken: { list: string; id: string }[]): Promise<boolean> {
  const lost = taken.splice(0);
  for (const one of lost) await stream.writeSSE({ event: 'unsaid', data: JSON.stringify(one) });
  return lost.length > 0;
}

/** Sends what has not been sent yet; true where there was something. */
function createFeed({ list, view, read }: Watched, after: number) {
  let newest = after;
  let sent: ReadonlySet<string> = new Set();
  return async (stream: SSEStreamingApi): Promise<boolean> => {
    const since = new Date(Math.max(0, newest - OVERLAP_MS));
    const messages = await read(since, MOST_AT_ONCE);
    const unsent = messages.filter((message) => !sent.has(message.id));
    for (const message of unsent) {
      newest = Math.max(newest, message.at.getTime());
      await stream.writeSSE({
        event: 'said',
        id: String(newest),
        data: JSON.stringify({ list, ...(await piece(message, view)) }),
      });
    }
    sent = new Set(messages.map((message) => message.id));
    return unsent.length > 0;
  };
}

/** Rings when one of the chats has news or loses something, when the beat is due and when it is over; remembers one ring. */
function createBell(hub: ChatHub, watched: readonly Watched[], stream: SSEStreamingApi) {
  let hasRung = false;
  let wakeUp: (() => void) | null = null;
  const ring = () => {
    hasRung = true;
    wakeUp?.();
  };
  const taken: { list: string; id: string }[] = [];
  const lose = (list: string) => (id: string) => {
    taken.push({ list, id });
    ring();
  };
  const stops = [
    ...watched.map(({ key }) => hub.listen(key, ring)),
    ...watched.map(({ key, list }) => hub.onTakenAway(key, lose(list))),
    hub.onClose(ring),
  ];
  const beat = setInterval(ring, BEAT_MS);
  stream.onAbort(ring);
  return {
    /** Messages that were taken back, until they are told. */
    taken,
    rung: async () => {
      if (!hasRung) await new Promise<void>((resolve) => (wakeUp = resolve));
      hasRung = false;
      wakeUp = null;
    },
    stop: () => {
      clearInterval(beat);
      for (const stop of stops) stop();
    },
  };
}
