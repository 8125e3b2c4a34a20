/** The Bot API on loopback behaves as the real one is described. */
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startTelegramServer, type TelegramServer, type TelegramServerOptions } from './telegram-server.ts';

const Answer = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.number().optional(),
  description: z.string().optional(),
  parameters: z.object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() }).optional(),
});
const Updates = z.array(z.looseObject({ update_id: z.number() }));
const Message = z.object({ message_id: z.number(), from: z.object({ is_bot: z.boolean() }), date: z.number() });

let server: TelegramServer;
afterEach(() => server.stop());

async function open(options: TelegramServerOptions = {}): Promise<void> {
  server = await startTelegramServer(options);
}

async function call(method: string, payload: object = {}) {
  const response = await fetch(`${server.url}/bot${server.token}/${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(payload),
  });
  return { status: response.status, ...Answer.parse(await response.json()) };
}

async function updates(params: object = {}) {
  return Updates.parse((await call('getUpdates', params)).result);
}

test('an update stays until an offset above it is asked for', async () => {
  await open();
  const lin = server.people.addPerson('林');
  for (const text of ['1', '2', '3']) server.people.say(lin, server.world.chat(lin.id), text);
  const [first, second] = await updates();
  expect(await updates()).toHaveLength(3);
  expect(await updates({ offset: second?.update_id })).toHaveLength(2);
  expect(first?.update_id).toBeLessThan(second?.update_id ?? 0);
  expect(await updates({ limit: 1 })).toHaveLength(1);
  expect(await updates({ offset: -1 })).toHaveLength(1);
  expect(server.queue.pending).toBe(1);
});

test('a poll without updates is held until one comes, and ends empty when its time is over', async () => {
  await open({ secondMs: 20 });
  const lin = server.people.addPerson('林');
  const held = updates({ timeout: 50 });
  await expect.poll(() => server.isPolled()).toBe(true);
  server.people.say(lin, server.world.chat(lin.id), '你好');
  expect(await held).toHaveLength(1);
  expect(await updates({ offset: 900_000_000, timeout: 1 })).toEqual([]);
});

test('a second poller ends the first with 409, and so does a webhook', async () => {
  await open();
  const first = call('getUpdates', { timeout: 50 });
  await expect.poll(() => server.isPolled()).toBe(true);
  const second = call('getUpdates', { timeout: 50 });
  expect(await first).toMatchObject({ ok: false, error_code: 409 });
  const lin = server.people.addPerson('林');
  server.people.open(lin);
  expect(await second).toMatchObject({ ok: true });
  await call('setWebhook', { url: 'https://example.org/' });
  expect(await call('getUpdates')).toMatchObject({ error_code: 409 });
  await call('deleteWebhook', { drop_pending_updates: true });
  expect(await updates()).toEqual([]);
});

test('a poller that hangs up makes room', async () => {
  await open();
  const hangUp = new AbortController();
  const held = fetch(`${server.url}/bot${server.token}/getUpdates?timeout=50`, { signal: hangUp.signal });
  await expect.poll(() => server.isPolled()).toBe(true);
  hangUp.abort();
  await expect(held).rejects.toThrow();
  await expect.poll(() => server.isPolled()).toBe(false);
});

test('who joins is told by chat_member only to an administrator who asked for it', async () => {
  await open();
  const lin = server.people.addPerson('林');
  const group = server.people.addGroup('3号楼', [], { bot: 'administrator' });
  server.people.join(lin, group);
  expect((await updates()).map((update) => Object.keys(update)[1])).toEqual(['message']);
  await updates({ offset: 900_000_000, allowed_updates: ['chat_member'] });
  server.people.join(lin, group);
  expect((await updates()).map((update) => Object.keys(update)[1])).toEqual(['chat_member']);
});

test('in privacy mode a group shows commands, mentions and replies, and nothing else', async () => {
  await open();
  const lin = server.people.addPerson('林');
  const group = server.people.addGroup('3号楼', [lin]);
  await call('sendMessage', { chat_id: group.id, text: '大家好' });
  const replyTo = server.world.newestIn(group.id);
  for (const text of ['随便说说', '/help', '/help@other_bot', '@lvlin_bot 你好', 'a@lvlin_bot.cn']) {
    server.people.say(lin, group, text);
  }
  server.people.say(lin, group, '好的', replyTo === undefined ? {} : { replyTo });
  const texts = (await updates()).map(({ message }) => z.object({ text: z.string() }).parse(message).text);
  expect(texts).toEqual(['/help', '@lvlin_bot 你好', '好的']);
});

test('limits are refused in the words of the real server', async () => {
  await open();
  const lin = server.people.addPerson('林');
  server.people.open(lin);
  const chat_id = lin.id;
  const button = (data: string) => ({ inline_keyboard: [[{ text: '好', callback_data: data }]] });
  const refusals = [
    await call('sendMessage', { chat_id, text: ' ' }),
    await call('sendMessage', { chat_id, text: 'x'.repeat(4_097) }),
    await call('sendMessage', { chat_id, text: 'x', reply_markup: button('字'.repeat(22)) }),
    await call('sendMessage', { chat_id, text: 'x', entities: [{ type: 'bold', offset: 0, length: 2 }] }),
    await call('sendMessage', { chat_id: 1, text: 'x' }),
    await call('sendMessage', { chat_id, text: 'a_b', parse_mode: 'MarkdownV2' }),
    await call('fly'),
  ];
  expect(refusals.map(({ description }) => description)).toEqual([
    'Bad Request: message text is empty',
    'Bad Request: message is too long',
    'Bad Request: BUTTON_DATA_INVALID',
    'Bad Request: ENTITY_BOUNDS_INVALID',
    'Bad Request: chat not found',
    "Bad Request: can't parse entities",
    'Not Found',
  ]);
  const sent = await call('sendMessage', { chat_id, text: 'x'.repeat(4_096), reply_markup: button('字'.repeat(21)) });
  expect(Message.parse(sent.result).from.is_bot).toBe(true);
});

test('kicked, blocked, deleted and moved chats refuse as the real ones do', async () => {
  await open();
  const lin = server.people.addPerson('林');
  expect(await call('sendMessage', { chat_id: lin.id, text: 'x' })).toMatchObject({ error_code: 403 });
  server.people.open(lin);
  server.people.setBot(lin, server.world.chat(lin.id), 'blocked');
  const group = server.people.addGroup('3号楼', [lin]);
  server.people.setBot(lin, group, 'kicked');
  const gone = server.people.addGroup('4号楼', [lin]);
  server.people.dissolve(lin, gone);
  const old = server.people.addGroup('5号楼', [lin]);
  const moved = server.people.migrate(lin, old);
  const to = async (chat_id: number) => (await call('sendMessage', { chat_id, text: 'x' })).description;
  expect(await to(lin.id)).toBe('Forbidden: bot was blocked by the user');
  expect(await to(group.id)).toBe('Forbidden: bot was kicked from the group chat');
  expect(await to(gone.id)).toBe('Forbidden: the group chat was deleted');
  expect(await call('sendMessage', { chat_id: old.id, text: 'x' })).toMatchObject({
    error_code: 400,
    parameters: { migrate_to_chat_id: moved.id },
  });
  expect(await to(moved.id)).toBeUndefined();
});

test('a press is to be answered once and in time', async () => {
  let now = 1_800_000_000_000;
  await open({ now: () => now });
  const lin = server.people.addPerson('林');
  server.people.open(lin);
  const reply_markup = { inline_keyboard: [[{ text: '好', callback_data: 'k.0' }]] };
  await call('sendMessage', { chat_id: lin.id, text: 'x', reply_markup });
  const message = server.world.newestIn(lin.id);
  if (message === undefined) throw new Error('nothing was sent');
  const [first, late] = [server.people.press(lin, message, '好'), server.people.press(lin, message, '好')];
  expect(await call('answerCallbackQuery', { callback_query_id: first })).toMatchObject({ ok: true });
  expect(await call('answerCallbackQuery', { callback_query_id: first })).toMatchObject({ error_code: 400 });
  now += 16_000;
  expect(await call('answerCallbackQuery', { callback_query_id: late })).toMatchObject({ error_code: 400 });
});

test('a file comes as a form, and what is no picture is no photo', async () => {
  await open();
  const lin = server.people.addPerson('林');
  server.people.open(lin);
  const send = async (bytes: Uint8Array<ArrayBuffer>) => {
    const form = new FormData();
    form.set('chat_id', String(lin.id));
    form.set('caption', '海报');
    form.set('photo', 'attach://a');
    form.set('a', new Blob([bytes]), '海报.png');
    const response = await fetch(`${server.url}/bot${server.token}/sendPhoto`, { method: 'POST', body: form });
    return Answer.parse(await response.json()).description;
  };
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 45, 45]);
  expect(await send(png)).toBeUndefined();
  expect(server.world.newestIn(lin.id)?.file).toEqual({ name: '海报.png', bytes: Buffer.from(png) });
  expect(await send(Uint8Array.from([1, 2, 3]))).toBe('Bad Request: IMAGE_PROCESS_FAILED');
});

test('faults come when ordered: cut before, cut after, refused, late', async () => {
  await open();
  const lin = server.people.addPerson('林');
  server.people.open(lin);
  const say = (text: string) => call('sendMessage', { chat_id: lin.id, text });
  server.faults.order('sendMessage', { kind: 'reset' }, 1);
  await expect(say('1')).rejects.toThrow();
  server.faults.order('*', { kind: 'answer-lost' }, 1);
  await expect(say('2')).rejects.toThrow();
  const parameters = { retry_after: 3 };
  server.faults.order('sendMessage', { kind: 'status', status: 429, description: 'Too Many Requests', parameters }, 1);
  expect(await say('3')).toMatchObject({ error_code: 429, parameters });
  server.faults.order('sendMessage', { kind: 'delay', ms: 30 }, 1);
  const from = performance.now();
  await say('4');
  expect(performance.now() - from).toBeGreaterThan(25);
  expect(server.world.sent.map(({ text }) => text)).toEqual(['2', '4']);
  expect(server.calls.map(({ fault }) => fault)).toEqual(['reset', 'answer-lost', 'status', 'delay']);
});

test('the rates of Telegram are enforced where it is asked for', async () => {
  await open({ flood: { perSecond: 5, perGroupMinute: 2 }, secondMs: 100_000 });
  const lin = server.people.addPerson('林');
  server.people.open(lin);
  const group = server.people.addGroup('3号楼', [lin]);
  const statuses: number[] = [];
  for (const chat_id of [group.id, group.id, group.id, lin.id, lin.id, lin.id, lin.id]) {
    statuses.push((await call('sendMessage', { chat_id, text: 'x' })).status);
  }
  expect(statuses).toEqual([200, 200, 429, 200, 200, 200, 429]);
});

test('another token is refused, and a server that went comes back on the same port', async () => {
  await open();
  server.revoke('1:other');
  expect(await call('getMe')).toMatchObject({ status: 401, description: 'Unauthorized' });
  const { url } = server;
  await server.goDown();
  await expect(call('getMe')).rejects.toThrow();
  await server.comeBack();
  expect(server.url).toBe(url);
  expect(await call('getMe')).toMatchObject({ status: 401 });
});
