/** Calls go over few connections that are kept, and it is known which of them nobody can have heard. */
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ConnectionPool } from '../../../src/channels/telegram/connection-pool.ts';
import { targetOf } from '../../../src/channels/telegram/open-socket.ts';
import { until } from './telegram-stage.ts';

const HEAD = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n';
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

let server: Server;
let sockets: Socket[];
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

async function open(answer: (socket: Socket, call: number) => void): Promise<ConnectionPool> {
  sockets = [];
  let calls = 0;
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', () => {
      calls += 1;
      answer(socket, calls);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return new ConnectionPool(targetOf(`http://127.0.0.1:${address.port}`, undefined));
}

const call = (pool: ConnectionPool, timeoutMs = 5_000) => pool.call(HEAD, '{}', timeoutMs);

test('one call after the other goes over one connection', async () => {
  const pool = await open((socket) => socket.write(OK));
  for (let round = 0; round < 20; round += 1) {
    expect(await call(pool)).toEqual({ what: 'answered', response: { status: 200, body: 'ok', keepsOpen: true } });
  }
  expect(sockets).toHaveLength(1);
});

test('many calls at once take 128 connections and no more, and each has its own answer', async () => {
  const pool = await open((socket) => setTimeout(() => socket.write(OK), 5));
  const results = await Promise.all(Array.from({ length: 600 }, () => call(pool)));
  expect(results.every(({ what }) => what === 'answered')).toBe(true);
  expect(sockets).toHaveLength(128);
});

test('a connection that the server closed while it was idle is not used again', async () => {
  const pool = await open((socket) => socket.write(OK));
  await call(pool);
  sockets[0]?.end();
  await until(() => sockets[0]?.destroyed === true);
  expect(await call(pool)).toMatchObject({ what: 'answered' });
  expect(sockets).toHaveLength(2);
});

test('a connection that the server wants closed, or that says what nobody asked, is not used again', async () => {
  const pool = await open((socket, call) => {
    socket.write(call === 1 ? OK.replace('Content', 'Connection: close\r\nContent') : call === 2 ? OK + OK : OK);
  });
  expect(await call(pool)).toMatchObject({ what: 'answered' });
  expect(await call(pool)).toMatchObject({ what: 'answered' });
  expect(await call(pool)).toMatchObject({ what: 'answered', response: { body: 'ok' } });
  expect(sockets).toHaveLength(3);
});

test('words that come unasked close an idle connection', async () => {
  const pool = await open((socket) => socket.write(OK));
  await call(pool);
  sockets[0]?.write(OK);
  await until(() => sockets[0]?.destroyed === true);
  expect(await call(pool)).toMatchObject({ what: 'answered' });
});

test('cut before, within and instead of the answer leaves doubt; a body that ends with the connection does not', async () => {
  const pool = await open((socket, call) => {
    if (call === 1) socket.destroy();
    if (call === 2) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok');
    if (call === 3) socket.end('SSH-2.0\r\n\r\n');
    if (call === 4) socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n<html>');
  });
  expect(await call(pool)).toEqual({ what: 'lost', code: 'ECONNRESET' });
  expect(await call(pool)).toMatchObject({ what: 'lost' });
  expect(await call(pool)).toEqual({ what: 'lost', code: 'EPROTO' });
  expect(await call(pool)).toMatchObject({ what: 'answered', response: { status: 502, body: '<html>' } });
});

test('a call that takes too long is given up, and its late answer is nobody else’s', async () => {
  const pool = await open((socket, call) => {
    if (call === 1) setTimeout(() => socket.writable && socket.write(OK.replace('ok', 'no')), 120);
    else socket.write(OK);
  });
  expect(await call(pool, 40)).toEqual({ what: 'lost', code: 'ETIMEDOUT' });
  expect(await call(pool)).toMatchObject({ what: 'answered', response: { body: 'ok' } });
});

test('where nobody listens all calls are known not to have left, those that waited too', async () => {
  const pool = await open(() => {});
  server.close();
  await until(() => !server.listening);
  const results = await Promise.all(Array.from({ length: 300 }, () => call(pool)));
  expect(new Set(results.map((result) => JSON.stringify(result)))).toEqual(
    new Set([JSON.stringify({ what: 'never-left', code: 'ECONNREFUSED' })]),
  );
});

test('a large body arrives whole', async () => {
  let bytes = 0;
  const body = Buffer.alloc(5_000_000, 65);
  const pool = await open(() => {});
  server.on('connection', (socket) =>
    socket.on('data', (piece) => {
      bytes += piece.length;
      if (bytes === HEAD.length + body.length) socket.write(OK);
    }),
  );
  expect(await pool.call(HEAD, body, 5_000)).toMatchObject({ what: 'answered' });
});
