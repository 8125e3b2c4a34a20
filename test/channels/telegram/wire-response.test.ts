/** Responses are read whole, however they are cut on the way, and what is none is refused. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ResponseReader, WireFault, type WireResponse } from '../../../src/channels/telegram/wire-response.ts';

const bytesOf = (text: string) => Buffer.from(text, 'utf8');
const withLength = (body: string, status = 200) =>
  `HTTP/1.1 ${status} OK\r\nServer: nginx\r\nContent-Type: application/json\r\ncontent-length:${Buffer.byteLength(body)}\r\n\r\n${body}`;

function chunked(pieces: readonly string[]): string {
  const chunks = pieces.map((piece) => `${Buffer.byteLength(piece).toString(16)};x=y\r\n${piece}\r\n`);
  return `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks.join('')}0\r\nTrailer: 1\r\n\r\n`;
}

/** Feeds the bytes cut at these places; every piece but the last must leave it unfinished. */
function readInPieces(bytes: Buffer, cuts: readonly number[]): (WireResponse | null)[] {
  const reader = new ResponseReader();
  const places = [0, ...[...new Set(cuts.map((cut) => cut % bytes.length))].sort((a, b) => a - b), bytes.length];
  const pieces = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
  return pieces.filter(({ length }) => length > 0).map((piece) => reader.read(piece));
}

const body = fc.string({ unit: 'grapheme', maxLength: 200 });
const cuts = fc.array(fc.nat(), { maxLength: 12 });

test('a body of a known length is read whole, wherever it is cut', () => {
  fc.assert(
    fc.property(body, cuts, (text, cuts) => {
      const read = readInPieces(bytesOf(withLength(text, 429)), cuts);
      expect(read.at(-1)).toEqual({ status: 429, body: text, keepsOpen: true });
      expect(read.slice(0, -1).every((one) => one === null)).toBe(true);
    }),
  );
});

test('a body in chunks is read whole, wherever it is cut', () => {
  const pieces = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), { maxLength: 6 });
  fc.assert(
    fc.property(pieces, cuts, (pieces, cuts) => {
      const read = readInPieces(bytesOf(chunked(pieces)), cuts);
      expect(read.at(-1)).toEqual({ status: 200, body: pieces.join(''), keepsOpen: true });
      expect(read.slice(0, -1).every((one) => one === null)).toBe(true);
    }),
  );
});

test('one reader reads one response after the other', () => {
  const reader = new ResponseReader();
  expect(reader.read(bytesOf(withLength('1')))?.body).toBe('1');
  expect(reader.read(bytesOf(chunked(['2', '3'])))?.body).toBe('23');
  expect(reader.read(bytesOf(withLength('')))?.body).toBe('');
});

test('a body without a length ends with the connection', () => {
  const reader = new ResponseReader();
  expect(reader.read(bytesOf('HTTP/1.1 502 Bad Gateway\r\nServer: x\r\n\r\n<html>'))).toBeNull();
  expect(reader.end()).toEqual({ status: 502, body: '<html>', keepsOpen: false });
  expect(new ResponseReader().end()).toBeNull();
});

test('a response cut short is none', () => {
  const reader = new ResponseReader();
  reader.read(bytesOf('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"ok"'));
  expect(reader.end()).toBeNull();
});

test('the connection is not used again when the server says so, speaks 1.0, or says more than was asked', () => {
  const keepsOpen = (text: string) => new ResponseReader().read(bytesOf(text))?.keepsOpen;
  expect(keepsOpen('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')).toBe(false);
  expect(keepsOpen('HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n')).toBe(false);
  expect(keepsOpen(`${withLength('1')}HTTP/1.1 200 OK\r\n`)).toBe(false);
  expect(keepsOpen(withLength('1').replace('Server', 'Connection: keep-alive\r\nServer'))).toBe(true);
});

test('what comes before the response itself is passed over', () => {
  const text = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${withLength('1')}`;
  for (let cut = 1; cut < text.length; cut += 1) expect(readInPieces(bytesOf(text), [cut]).at(-1)?.body).toBe('1');
});

test('what is no response, or far too much of one, is refused', () => {
  const read = (text: string) => new ResponseReader().read(bytesOf(text));
  expect(() => read('SSH-2.0-OpenSSH\r\n\r\n')).toThrow(WireFault);
  expect(() => read('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n')).toThrow(WireFault);
  expect(() => read(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}`)).toThrow(WireFault);
  expect(() => read(withLength('x'.repeat(5 * 1024 * 1024)))).toThrow(WireFault);
});
