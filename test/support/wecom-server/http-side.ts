/** What the platform offers over plain HTTP on the same port: webhook robots, and the files people sent. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { download } from './encrypted-media.ts';
import { type Answer, ackText } from './frame.ts';
import { robotSays, robotTakesFile } from './webhook-robot.ts';
import type { World } from './world.ts';

export async function serve(world: World, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? '/', world.origin);
  const body = await bytesOf(incoming);
  if (url.pathname.startsWith('/media/')) return serveFile(world, url, response);
  if (incoming.method !== 'POST') return void response.writeHead(404).end();
  const key = url.searchParams.get('key') ?? '';
  if (url.pathname === '/cgi-bin/webhook/send') return answer(response, robotSays(world, key, body.toString('utf8')));
  if (url.pathname === '/cgi-bin/webhook/upload_media') {
    const headers = { 'content-type': incoming.headers['content-type'] ?? '' };
    const request = new Request(url, { method: 'POST', headers, body: new Uint8Array(body) });
    return answer(response, await robotTakesFile(world, url.searchParams, request));
  }
  response.writeHead(404).end();
}

function serveFile(world: World, url: URL, response: ServerResponse): void {
  const found = download(world, url.pathname.slice('/media/'.length));
  if (found === null) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-disposition': found.disposition, 'content-type': 'application/octet-stream' });
  response.end(found.sealed);
}

function answer(response: ServerResponse, given: Answer | null): void {
  if (given === null) return void response.destroy();
  const { errcode, errmsg } = JSON.parse(ackText('', given));
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ errcode, errmsg, ...given.body }));
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
