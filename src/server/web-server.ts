/** The one HTTP server: what people and machines open in a browser. */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { LvlinError } from '../model/errors.ts';

export interface WebServer {
  stop(): Promise<void>;
}

// A page that takes longer than this has been given up by whoever asked for it.
const REQUEST_TAKES_MS = 30_000;

/** Throws `port-taken` with the port. */
export function startWebServer(app: Hono, { host, port }: { host: string; port: number }): Promise<WebServer> {
  const server = createServer({ requestTimeout: REQUEST_TAKES_MS }, getRequestListener(app.fetch));
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(cause.code === 'EADDRINUSE' ? new LvlinError('port-taken', { port }, { cause }) : cause);
    });
    server.listen(port, host, () => resolve({ stop }));
  });

  function stop(): Promise<void> {
    return new Promise((resolve) => {
      server.close(() => resolve());
      // Live pages hold their connection open; they come back by themselves.
      server.closeAllConnections();
    });
  }
}
