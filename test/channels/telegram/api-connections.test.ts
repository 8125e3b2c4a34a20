/** Calls go over few connections that are kept, and it is known which of them nobody can have heard. */
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ApiConnections } from '../../../src/channels/telegram/api-connections.ts';
import { isTimeout } from '../../../src/channels/telegram/connection-fault.ts';
import { until } from './telegram-stage.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const ANSWERED = { what: 'answered', status: 200, body: 'ok' };

let server: Server;
let sockets: Socket[];
let heard: string[];
let connections: ApiConnections;
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server.close();
  await connections.close();
});

/** Every piece that comes counts as a call. */
async function open(answer: (socket: Socket, call: number) => unknown): Promise<void> {
  sockets = [];
  heard = [];
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', (piece) => answer(socket, heard.push(String(piece))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  connections = new ApiConnections(`http://${place()}`, undefined);
}

const call = (timeoutMs = 5_000, body: string | Uint8Array = '{}') =>
  connections.post({ path: '/', contentType: 'application/json', body, timeoutMs });

test('one call after the other takes no connection of its own', async () => {
  await open((socket) => socket.write(OK));
  for (let round = 0; round < 20; round += 1) expect(await call()).toEqual(ANSWERED);
  // The one just answered over rests for a turn, in which the other serves.
  expect(sockets.length).toBeLessThanOrEqual(2);
});

test('many calls at once take 128 connections and no more, and all are answered', async () => {
  await open((socket) => setTimeout(() => socket.write(OK), 5));
  const results = await Promise.all(Array.from({ length: 600 }, () => call()));
  expect(results.every(({ what }) => what === 'answered')).toBe(true);
  expect(sockets).toHaveLength(128);
});

test('a connection that the server closed while it was idle is not used again', async () => {
  await open((socket) => socket.write(OK));
  await call();
  sockets[0]?.end();
  await until(() => sockets[0]?.destroyed === true);
  expect(await call()).toEqual(ANSWERED);
  expect(sockets).toHaveLength(2);
});

test('words that come unasked close an idle connection and answer nothing', async () => {
  await open((socket) => socket.write(OK));
  await call();
  sockets[0]?.write(OK.replace('ok', 'no'));
  await until(() => sockets[0]?.destroyed === true);
  expect(await call()).toEqual(ANSWERED);
});

test('cut before, within and instead of the answer leaves doubt; a body that ends with the connection does not', async () => {
  await open((socket, call) => {
    if (call === 1) socket.destroy();
    if (call === 2) socket.resetAndDestroy();
    if (call === 3) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok');
    if (call === 4) socket.end('SSH-2.0\r\n\r\n');
    if (call === 5) socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n<html>');
  });
  expect(await call()).toEqual({ what: 'lost', code: 'UND_ERR_SOCKET' });
  expect(await call()).toEqual({ what: 'lost', code: 'ECONNRESET' });
  expect(await call()).toMatchObject({ what: 'lost' });
  expect(await call()).toMatchObject({ what: 'lost' });
  expect(await call()).toEqual({ what: 'answered', status: 502, body: '<html>' });
});

test('a call that broke on a kept connection leaves doubt and is not said a second time', async () => {
  await open((socket, call) => {
    if (call === 2) socket.destroy();
    else socket.write(OK);
  });
  expect(await call()).toEqual(ANSWERED);
  expect(await call()).toEqual({ what: 'lost', code: 'UND_ERR_SOCKET' });
  expect(await call()).toEqual(ANSWERED);
  expect(heard.filter((piece) => piece.startsWith('POST'))).toHaveLength(3);
});

test('a call that takes too long is given up together with its connection', async () => {
  await open((socket, call) => call > 1 && socket.write(OK));
  const late = await call(40);
  expect(late).toEqual({ what: 'lost', code: 'UND_ERR_HEADERS_TIMEOUT' });
  expect('code' in late && isTimeout(late.code)).toBe(true);
  await until(() => sockets[0]?.destroyed === true);
  expect(await call()).toEqual(ANSWERED);
});

test('an answer that stops in the middle is given up too', async () => {
  await open((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok'));
  expect(await call(40)).toEqual({ what: 'lost', code: 'UND_ERR_BODY_TIMEOUT' });
  expect(isTimeout('UND_ERR_BODY_TIMEOUT')).toBe(true);
});

test('an answer without end is not kept', async () => {
  await open((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
    const more = () => {
      while (socket.writable && socket.write(`10000\r\n${'x'.repeat(0x10000)}\r\n`));
    };
    socket.on('drain', more);
    more();
  });
  expect(await call()).toEqual({ what: 'lost', code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
});

test('where nobody listens all calls are known not to have left, those that waited too', async () => {
  await open(() => {});
  server.close();
  await until(() => !server.listening);
  const results = await Promise.all(Array.from({ length: 300 }, () => call()));
  expect(new Set(results.map((result) => JSON.stringify(result)))).toEqual(
    new Set([JSON.stringify({ what: 'never-left', code: 'ECONNREFUSED' })]),
  );
});

test('a name that nobody knows and a greeting that fails are known not to have left', async () => {
  await open((socket) => socket.destroy());
  const to = (origin: string) =>
    new ApiConnections(origin, undefined).post({ path: '/', contentType: 'a/b', body: '{}', timeoutMs: 5_000 });
  expect(await to('http://nobody.invalid')).toMatchObject({
    what: 'never-left',
    code: expect.stringMatching(/^ENOTFOUND|^EAI_AGAIN/),
  });
  expect(await to(`https://${place()}`)).toEqual({ what: 'never-left', code: 'ECONNRESET' });
});

test('a large body arrives whole, and as long as it moves it may take its time', async () => {
  const body = Buffer.alloc(24 * 1024 * 1024, 65);
  let bytes = 0;
  await open(() => {});
  server.on('connection', (socket) =>
    socket.on('data', (piece) => {
      const before = Math.floor(bytes / (1024 * 1024));
      bytes += piece.length;
      const after = Math.floor(bytes / (1024 * 1024));
      if (after > before && after < 14) {
        socket.pause();
        setTimeout(() => socket.resume(), 150);
      }
      if (bytes > body.length && heard.join('').length === bytes) socket.write(OK);
    }),
  );
  expect(await call(400, body)).toEqual(ANSWERED);
  expect(bytes - body.length).toBe(heard.join('').indexOf('\r\n\r\n') + 4);
});

test('a large body that nobody takes is given up', async () => {
  await open(() => {});
  server.on('connection', (socket) => socket.pause());
  const body = Buffer.alloc(24 * 1024 * 1024, 65);
  expect(await call(40, body)).toEqual({ what: 'lost', code: 'UND_ERR_HEADERS_TIMEOUT' });
});

test('what a proxy refuses, or cuts before there is a tunnel, is known not to have left', async () => {
  await open((socket, call) => {
    if (call <= 2) socket.write('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 2\r\n\r\nno');
    else socket.destroy();
  });
  const proxy = `http://${place()}`;
  expect(await callThrough(proxy, 'http://api.invalid')).toEqual({ what: 'never-left', code: 'UND_ERR_INVALID_ARG' });
  expect(await callThrough(proxy, 'https://api.invalid')).toEqual({ what: 'never-left', code: 'UND_ERR_ABORTED' });
  expect(await callThrough(proxy, 'https://api.invalid')).toEqual({ what: 'never-left', code: 'UND_ERR_PRX_CONN' });
  expect(await callThrough(proxy, 'http://api.invalid')).toEqual({ what: 'lost', code: 'UND_ERR_SOCKET' });
  server.close();
  await until(() => !server.listening);
  for (const scheme of ['http', 'https']) {
    expect(await callThrough(proxy, `${scheme}://api.invalid`)).toEqual({ what: 'never-left', code: 'ECONNREFUSED' });
  }
});

test('what is closed lets its calls end, leaves no connection behind and may be used again', async () => {
  await open((socket) => setTimeout(() => socket.write(OK), 40));
  await call();
  const underWay = call();
  await until(() => heard.length === 2);
  await connections.close();
  expect(await underWay).toEqual(ANSWERED);
  await until(() => sockets.every(({ destroyed }) => destroyed));
  expect(await call()).toEqual(ANSWERED);
});

async function callThrough(proxy: string, origin: string) {
  const behind = new ApiConnections(origin, proxy);
  const result = await behind.post({ path: '/', contentType: 'a/b', body: '{}', timeoutMs: 5_000 });
  await behind.close();
  return result;
}

function place(): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `127.0.0.1:${address.port}`;
}
