/** What goes wrong between the bot and Telegram is named, sat out without haste, and nobody's secret gets into a log. */

import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ChannelTrouble } from '../../../src/channels/channel.ts';
import { BotApi } from '../../../src/channels/telegram/bot-api.ts';
import { TelegramConfig } from '../../../src/channels/telegram/telegram-config.ts';
import { openTelegramStage, type StageOptions, stateIs, type TelegramStage, until } from './telegram-stage.ts';

let stage: TelegramStage;
afterEach(async () => {
  const told = JSON.stringify(stage.logged);
  expect(told).not.toContain(stage.server.token.split(':')[1]);
  expect(told).not.toContain('/bot');
  await stage.end();
});

async function open(options?: StageOptions): Promise<void> {
  stage = await openTelegramStage(options);
}

function begin(): Promise<void> {
  return stage.channel.start(async (one) => void stage.heard.push(one));
}

function troubled(trouble: ChannelTrouble): Promise<void> {
  return until(() => stage.channel.status().trouble === trouble);
}

const callsOf = (name: string) => stage.server.calls.filter(({ method }) => method === name).length;

test('a wrong token is told and not tried again and again', async () => {
  await open();
  stage.server.revoke('1:another');
  await begin();
  await troubled('wrong-credentials');
  expect(stage.channel.status()).toMatchObject({ state: 'offline', since: expect.any(Date) });
  const asked = stage.server.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(stage.server.calls.length).toBe(asked);
});

test('a token that is taken away while the bot runs is told by the next message', async () => {
  await open();
  await stage.start();
  const lin = stage.server.people.addPerson('林');
  stage.server.people.open(lin);
  await until(() => stage.heard.length === 1);
  stage.server.revoke('1:another');
  const outcome = await stage.send(lin.id, { text: '你好' });
  expect(outcome).toEqual({
    fate: 'not-sent',
    code: 'wrong-credentials',
    untried: true,
    wholeAccount: true,
    retryAfterMs: 60_000,
  });
  expect(stage.channel.status()).toMatchObject({ state: 'offline', trouble: 'wrong-credentials' });
});

test('of two on one account the first stands back, says so, and does not fight', async () => {
  await open();
  await stage.start();
  const second = stage.second();
  const heard: unknown[] = [];
  await second.start(async (one) => void heard.push(one));
  await stateIs(stage.channel, 'kicked');
  expect(stage.channel.status().trouble).toBe('another-instance');
  await stateIs(second, 'online');
  const lin = stage.server.people.addPerson('林');
  stage.server.people.open(lin);
  await until(() => heard.length === 1);
  expect(stage.heard).toEqual([]);
  expect(await stage.send(lin.id, { text: '你好' })).toMatchObject({ code: 'offline', untried: true });
  expect(stage.logged.filter(({ message }) => message === 'Telegram is not heard')).toHaveLength(1);
});

test('who stood back looks again after a while and takes over when the other is gone', async () => {
  await open({ config: { hold: { firstMs: 300, longestMs: 300 } } });
  await stage.start();
  const second = stage.second();
  await second.start(async () => {});
  await stateIs(stage.channel, 'kicked');
  await second.stop();
  await stateIs(stage.channel, 'online');
});

test('a server that goes away is told, and after it came back everything said meanwhile is heard once', async () => {
  await open();
  await stage.start();
  const lin = stage.server.people.addPerson('林');
  await stage.server.goDown();
  await troubled('unreachable');
  expect(stage.channel.status().state).toBe('connecting');
  for (let word = 0; word < 150; word += 1) stage.server.people.say(lin, stage.server.world.chat(lin.id), String(word));
  await stage.server.comeBack();
  await until(() => stage.heard.length === 150 && stage.server.queue.pending === 0);
  expect(stage.channel.status()).toMatchObject({ state: 'online' });
  expect(stage.channel.status()).not.toHaveProperty('trouble');
  expect(stage.heard.map((one) => ('text' in one ? Number(one.text) : -1))).toEqual(
    Array.from({ length: 150 }, (_, n) => n),
  );
});

test('one poll that breaks is no news', async () => {
  await open({ server: { secondMs: 5 } });
  await stage.start();
  const { since } = stage.channel.status();
  stage.server.faults.order('getUpdates', { kind: 'reset' }, 1);
  await until(() => stage.server.calls.some(({ fault }) => fault === 'reset'));
  const polls = callsOf('getUpdates');
  await until(() => callsOf('getUpdates') > polls);
  expect(stage.channel.status()).toEqual({ state: 'online', since });
});

test('while nobody is there the waits grow, and there is no busy loop', async () => {
  await open({ config: { backoff: { firstMs: 20, longestMs: 200 } } });
  stage.server.faults.order('*', { kind: 'body', status: 502, body: '<html>' });
  await begin();
  await troubled('unreachable');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(stage.server.calls.length).toBeLessThan(12);
  stage.server.faults.clear();
  await stateIs(stage.channel, 'online');
});

test('a server that answers every poll at once with nothing is not asked without end', async () => {
  await open();
  await stage.start();
  stage.server.faults.order('getUpdates', { kind: 'body', status: 200, body: '{"ok":true,"result":[]}' });
  const lin = stage.server.people.addPerson('林');
  stage.server.people.open(lin);
  await until(() => stage.server.calls.some(({ fault }) => fault === 'body'));
  const before = callsOf('getUpdates');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(callsOf('getUpdates') - before).toBeLessThan(35);
  stage.server.faults.clear();
  await until(() => stage.heard.length === 1);
});

test('Telegram asking for a pause gets it', async () => {
  await open({ server: { secondMs: 5 } });
  await stage.start();
  const fault = {
    kind: 'status',
    status: 429,
    description: 'Too Many Requests',
    parameters: { retry_after: 1 },
  } as const;
  // Before it is told to, so that a busy machine can only make the pause seem longer.
  const from = performance.now();
  stage.server.faults.order('getUpdates', fault, 1);
  await until(() => stage.server.calls.some(({ status, fault }) => fault === 'status' || status === 429));
  const polls = callsOf('getUpdates');
  await until(() => callsOf('getUpdates') > polls);
  expect(performance.now() - from).toBeGreaterThan(900);
});

test('a certificate nobody vouches for is told, and nothing is sent over such a connection', async () => {
  await open({ server: { tls: { key: file('untrusted-key.pem'), cert: file('untrusted-cert.pem') } } });
  await begin();
  await troubled('certificate');
  expect(stage.server.calls).toEqual([]);
});

test('a poll that never ends counts as silence', async () => {
  await open({ config: { pollSeconds: 0.02, silenceMs: 60 } });
  await stage.start();
  stage.server.faults.order('*', { kind: 'delay', ms: 30_000 });
  await troubled('silent');
  expect(stage.channel.status().state).toBe('connecting');
});

test('a webhook that somebody set is taken away', async () => {
  await open();
  await fetch(`${stage.server.url}/bot${stage.server.token}/setWebhook?url=https://example.org/`);
  await stage.start();
  const lin = stage.server.people.addPerson('林');
  stage.server.people.open(lin);
  await until(() => stage.heard.length === 1);
});

test('stopping while nobody answers does not take long, and it can be started again', async () => {
  await open();
  stage.server.faults.order('*', { kind: 'delay', ms: 20_000 });
  await begin();
  await until(() => stage.server.calls.length > 0);
  const from = performance.now();
  await stage.channel.stop();
  expect(performance.now() - from).toBeLessThan(10_000);
  expect(stage.channel.status().state).toBe('offline');
  stage.server.faults.clear();
  await stage.start();
});

test('stopping lets what is being sent end by itself', async () => {
  await open();
  await stage.start();
  const lin = stage.server.people.addPerson('林');
  stage.server.people.open(lin);
  await until(() => stage.heard.length === 1);
  stage.server.faults.order('sendMessage', { kind: 'delay', ms: 80 }, 1);
  const sending = stage.send(lin.id, { text: '你好' });
  await stage.channel.stop();
  expect(await sending).toEqual({ fate: 'sent' });
});

test('everything goes through the proxy where one is set: in a tunnel where it is secured', async () => {
  const proxy = await openProxy();
  await open({
    server: { tls: { key: file('untrusted-key.pem'), cert: file('untrusted-cert.pem') } },
    config: { proxy: proxy.url },
  });
  await begin();
  await troubled('certificate');
  const { url: apiRoot, token } = stage.server;
  const api = new BotApi({ ...TelegramConfig.parse({ token, apiRoot }), proxy: proxy.url });
  const answer = await api.call({ method: 'sendMessage', payload: {} });
  expect(answer).toEqual({ what: 'never-left', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  const { host } = new URL(apiRoot);
  expect(new Set(proxy.passed)).toEqual(new Set([`CONNECT ${host} ${LOGIN}`]));
  expect(proxy.passed.length).toBeGreaterThanOrEqual(2);
  await proxy.close();
});

test('and by whole addresses where it is not', async () => {
  const proxy = await openProxy();
  await open({ config: { proxy: proxy.url } });
  await stage.start();
  const lin = stage.server.people.addPerson('林');
  stage.server.people.open(lin);
  await until(() => stage.heard.length === 1);
  expect(await stage.send(lin.id, { text: '你好' })).toEqual({ fate: 'sent' });
  const bot = `${stage.server.url}/bot${stage.server.token}`;
  for (const method of ['getMe', 'getUpdates', 'sendMessage']) {
    expect(proxy.passed).toContain(`POST ${bot}/${method} ${LOGIN}`);
  }
  expect(proxy.passed.length).toBe(stage.server.calls.length);
  await proxy.close();
});

test('a proxy that lets nobody through is told', async () => {
  const proxy = await openProxy({ refuses: true });
  await open({
    server: { tls: { key: file('untrusted-key.pem'), cert: file('untrusted-cert.pem') } },
    config: { proxy: proxy.url },
  });
  await begin();
  await troubled('unreachable');
  const { url: apiRoot, token } = stage.server;
  const api = new BotApi({ ...TelegramConfig.parse({ token, apiRoot }), proxy: proxy.url });
  const answer = await api.call({ method: 'sendMessage', payload: {} });
  expect(answer).toEqual({ what: 'never-left', code: 'UND_ERR_ABORTED' });
  await proxy.close();
});

const LOGIN = `Basic ${Buffer.from('lin:p@ss').toString('base64')}`;
const file = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');

/** Forwards what it is asked to, and writes down what that was. */
async function openProxy({ refuses = false } = {}) {
  const passed: string[] = [];
  const note = ({ method, url, headers }: IncomingMessage) =>
    void passed.push(`${method} ${url} ${headers['proxy-authorization']}`);
  const proxy = createServer((request, response) => {
    note(request);
    const { 'proxy-authorization': _, ...headers } = request.headers;
    const onward = httpRequest(request.url ?? '', { method: request.method ?? 'GET', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  proxy.on('connect', (request, socket) => {
    note(request);
    socket.on('error', () => {});
    if (refuses) return socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    const onward = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const close = () =>
    new Promise<void>((resolve) => {
      proxy.close(() => resolve());
      proxy.closeAllConnections();
    });
  return { url: `http://lin:p%40ss@127.0.0.1:${address.port}`, passed, close };
}

test('settings are read with care', () => {
  const token = '123:abc_DEF-9';
  const read = (more: object) => TelegramConfig.safeParse({ token, ...more });
  expect(read({}).data).toMatchObject({ apiRoot: 'https://api.telegram.org', pollSeconds: 30 });
  expect(read({ apiRoot: 'http://10.0.0.7:8081/telegram//' }).data?.apiRoot).toBe('http://10.0.0.7:8081/telegram');
  for (const wrong of [
    { token: 'abc' },
    { token: '123:' },
    { token: '123:a/b' },
    { apiRoot: 'ftp://x' },
    { proxy: 'socks5://x' },
  ]) {
    expect(read(wrong).success).toBe(false);
  }
});
