/** The one HTTP server: what people and machines open in a browser. */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { LvlinError } from '../model/errors.ts';

export interface WebServer {
  /** Takes nobody new at once; resolves when whoever was being served has their answer, or has had time enough. */
  stop(): Promise<void>;
}

export interface WebServerPlace {
  readonly host: string;
  readonly port: number;
}

// A page that takes longer than this has been given up by whoever asked for it.
const REQUEST_TAKES_MS = 30_000;
// What is left of the 25 s for stopping is for the bot.
const ANSWERED_WITHIN_MS = 10_000;

/** Throws `port-taken` with the port. */
export function startWebServer(
  app: Pick<Hono, 'fetch'>,
  { host, port }: WebServerPlace,
  answeredWithinMs = ANSWERED_WITHIN_MS,
): Promise<WebServer> {
  const server = createServer({ requestTimeout: REQUEST_TAKES_MS }, getRequestListener(app.fetch));
  let underWay = 0;
  let onQuiet = () => {};
  server.on('request', (_request, response) => {
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
      if (underWay === 0) onQuiet();
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(cause.code === 'EADDRINUSE' ? new LvlinError('port-taken', { port }, { cause }) : cause);
    });
    server.listen(port, host, () => resolve({ stop }));
  });

  async function stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    await quiet();
    // A browser keeps connections it opened in advance, on which it has asked nothing yet; Node counts them as busy.
    server.closeAllConnections();
    await closed;
  }

  function quiet(): Promise<void> {
    if (underWay === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, answeredWithinMs);
      onQuiet = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
