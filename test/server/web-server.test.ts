/** How the server stops: over real sockets. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { afterEach, expect, it } from 'vitest';
import { startWebServer, type WebServer } from '../../src/server/web-server.ts';
import { freePort } from '../support/free-port.ts';

let server: WebServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

/** A site whose answers wait until they are released. */
async function slowSite(answeredWithinMs: number) {
  const arrived = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let waiting = 0;
  const app = new Hono().post('/', async (context) => {
    waiting += 1;
    if (waiting === 10) arrived.resolve();
    await released.promise;
    return context.text(await context.req.text());
  });
  const port = await freePort();
  const started = await startWebServer(app, { host: '127.0.0.1', port }, answeredWithinMs);
  server = started;
  const url = `http://127.0.0.1:${port}/`;
  const posts = Array.from({ length: 10 }, (_, index) => fetch(url, { method: 'POST', body: `${index}` }));
  const settled = Promise.allSettled(posts.map(async (post) => (await post).text()));
  await arrived.promise;
  return { url, port, started, settled, release: () => released.resolve() };
}

it('answers whoever is being served, and nobody new', async () => {
  const { url, started, settled, release } = await slowSite(10_000);
  const stopped = started.stop();
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  release();
  const answers = await settled;
  expect(answers.map((answer) => answer.status === 'fulfilled' && answer.value)).toEqual([...'0123456789']);
  await stopped;
});

it('leaves whoever takes too long', async () => {
  const { started, settled } = await slowSite(50);
  await started.stop();
  expect((await settled).map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 'rejected'));
});

it('does not wait for a browser that is connected and asks nothing', async () => {
  const port = await freePort();
  server = await startWebServer(new Hono(), { host: '127.0.0.1', port });
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const before = performance.now();
  await Promise.all([server.stop(), once(socket, 'close')]);
  expect(performance.now() - before).toBeLessThan(20_000);
});
