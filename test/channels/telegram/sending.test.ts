/** What the bot says on Telegram arrives as it was meant, once, and what becomes of it is told truly. */
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeliveryOutcome } from '../../../src/channels/channel.ts';
import { BotApi } from '../../../src/channels/telegram/bot-api.ts';
import { outcomeOf } from '../../../src/channels/telegram/outcome.ts';
import { TelegramConfig } from '../../../src/channels/telegram/telegram-config.ts';
import type { Account, Chat } from '../../support/telegram-server/world.ts';
import { openTelegramStage, stateIs, type TelegramStage, until } from './telegram-stage.ts';

let stage: TelegramStage;
let lin: Account;
let group: Chat;

beforeEach(async () => {
  stage = await openTelegramStage();
  await stage.start();
  lin = stage.server.people.addPerson('林');
  group = stage.server.people.addGroup('3号楼', [lin]);
  stage.server.people.open(lin);
  await until(() => stage.heard.length === 1);
});
afterEach(() => stage.end());

const sent = () => stage.server.world.sent;
const refuse = (status: number, description: string, parameters?: object) =>
  stage.server.faults.order('*', { kind: 'status', status, description, ...(parameters && { parameters }) }, 1, isSend);
const isSend = ({ chat_id }: { readonly chat_id?: unknown }) => chat_id !== undefined;

test('bold words are marked by place, and nothing a person may be called is taken for a mark', async () => {
  const text = '记下了，<b>_李*四_</b>！您家 **自带购物袋** & 😀 **随手关灯** [a](b) `c`';
  expect(await stage.send(lin.id, { text })).toEqual({ fate: 'sent' });
  const [message] = sent();
  expect(message?.text).toBe('记下了，<b>_李*四_</b>！您家 自带购物袋 & 😀 随手关灯 [a](b) `c`');
  const bold = message?.entities.map(({ offset, length }) => message.text.slice(offset, offset + length));
  expect(bold).toEqual(['自带购物袋', '随手关灯']);
  expect(stage.server.calls.every(({ payload }) => payload.parse_mode === undefined)).toBe(true);
});

test('a long text comes in parts that are cut at a pause, with the buttons under the last', async () => {
  const sentence = '各位邻居，**周六上午九点**在河边捡垃圾，请带手套👨‍👩‍👧‍👦。';
  const text = sentence.repeat(300);
  await stage.send(lin.id, { text, choices: [{ label: '报名', say: '报名' }] });
  expect(
    sent()
      .map(({ text }) => text)
      .join(''),
  ).toBe(text.replaceAll('**', ''));
  for (const { text, entities } of sent()) {
    expect(text.length).toBeLessThanOrEqual(4_096);
    expect(text.endsWith('。')).toBe(true);
    expect(entities.every(({ offset, length }) => text.slice(offset, offset + length) === '周六上午九点')).toBe(true);
  }
  expect(sent().length).toBeGreaterThan(2);
  expect(sent().map(({ buttons }) => buttons.length)).toEqual([...Array(sent().length - 1).fill(0), 1]);
});

test('what is bold stays bold on both sides of a cut', async () => {
  await stage.send(lin.id, { text: `${'甲'.repeat(4_000)}**${'乙'.repeat(200)}**` });
  expect(sent().map(({ entities }) => entities)).toEqual([
    [{ type: 'bold', offset: 4_000, length: 96 }],
    [{ type: 'bold', offset: 0, length: 104 }],
  ]);
});

test('choices are buttons, short ones side by side; a link is a button where it can be opened from outside', async () => {
  const choices = ['是', '不是', '以后再说', '取消'].map((label) => ({ label, say: label }));
  await stage.send(lin.id, { text: '去吗', choices, link: { label: '看详情', url: 'https://lvlin.example.org/c/1' } });
  await stage.send(lin.id, { text: '去吗', link: { label: '看详情', url: 'http://localhost:8787/c/1' } });
  expect(sent()[0]?.buttons.map((row) => row.map(({ text }) => text))).toEqual([
    ['是', '不是', '以后再说'],
    ['取消'],
    ['看详情'],
  ]);
  expect(sent()[0]?.text).toBe('去吗');
  expect(sent()[1]?.text).toBe('去吗\n看详情\nhttp://localhost:8787/c/1');
});

test('choices whose key is too long for a button become a numbered list', async () => {
  const choices = ['去', '不去'].map((label) => ({ label, say: label }));
  await stage.send(lin.id, { text: '去吗', choices }, 'k'.repeat(70));
  expect(sent()[0]).toMatchObject({ text: '去吗\n1. 去\n2. 不去\nanswer by number', buttons: [] });
});

test('a picture goes as a photo with the words and buttons under it, a file as a document', async () => {
  const create = { width: 40, height: 30, channels: 3, background: '#393' } as const;
  const png = await sharp({ create }).png().toBuffer();
  stage.files.set('a', png).set('b', Buffer.from('%PDF-1.7'));
  const poster = { kind: 'image', id: 'a', name: '海报.png', mediaType: 'image/png' } as const;
  const list = { kind: 'file', id: 'b', name: '名单".pdf', mediaType: 'application/pdf' } as const;
  const choices = [{ label: '报名', say: '报名' }];
  await stage.send(lin.id, { text: '**周六**河边', attachment: poster, choices });
  await stage.send(group.id, { text: '', attachment: list });
  await stage.send(lin.id, { text: '字'.repeat(1_025), attachment: poster, choices });
  const shown = sent().map(({ method, text, buttons, file }) => [method, text.length, buttons.length, file?.name]);
  expect(shown).toEqual([
    ['sendPhoto', 4, 1, '海报.png'],
    ['sendDocument', 0, 0, '名单_.pdf'],
    ['sendPhoto', 0, 0, '海报.png'],
    ['sendMessage', 1_025, 1, undefined],
  ]);
  expect(sent()[0]?.file?.bytes.equals(png)).toBe(true);
  expect(sent()[0]?.entities).toEqual([{ type: 'bold', offset: 0, length: 2 }]);
});

test('a picture that Telegram cannot read goes as a file; one that is gone or far too large is told', async () => {
  const attachment = { kind: 'image', id: 'a', name: 'a.png', mediaType: 'image/png' } as const;
  stage.files.set('a', Buffer.from('no picture'));
  expect(await stage.send(lin.id, { text: '看', attachment })).toEqual({ fate: 'sent' });
  expect(sent()).toMatchObject([{ method: 'sendDocument', text: '看' }]);
  stage.files.set('a', Buffer.alloc(50 * 1024 * 1024 + 1));
  expect(await stage.send(lin.id, { text: '看', attachment })).toEqual({ fate: 'sent' });
  expect(sent()[1]).toMatchObject({ method: 'sendMessage', text: '看\n📎 a.png' });
  stage.files.delete('a');
  expect(await stage.send(lin.id, { text: '看', attachment })).toEqual({
    fate: 'not-sent',
    code: 'file-gone',
    final: true,
  });
});

test('a file of 20 MB arrives whole', async () => {
  const bytes = Buffer.alloc(20 * 1024 * 1024, 7);
  stage.files.set('a', bytes);
  const attachment = { kind: 'file', id: 'a', name: 'a.zip', mediaType: 'application/zip' } as const;
  expect(await stage.send(lin.id, { text: '', attachment })).toEqual({ fate: 'sent' });
  expect(sent()[0]?.file?.bytes.equals(bytes)).toBe(true);
});

test('chats that are gone, moved or closed are told apart', async () => {
  const { people, world } = stage.server;
  const wang = people.addPerson('王');
  const [kicked, gone, old] = [1, 2, 3].map((number) => people.addGroup(`${number}号楼`, [lin]));
  if (kicked === undefined || gone === undefined || old === undefined) throw new Error('there is no group');
  people.setBot(lin, kicked, 'kicked');
  people.dissolve(lin, gone);
  const moved = people.migrate(lin, old);
  group.muted = true;
  people.setBot(lin, world.chat(lin.id), 'blocked');
  const to = (chat: number) => stage.send(chat, { text: '你好' });
  const isGone = { fate: 'not-sent', code: 'gone', final: true, gone: true };
  expect(await to(kicked.id)).toEqual(isGone);
  expect(await to(gone.id)).toEqual(isGone);
  expect(await to(lin.id)).toEqual(isGone);
  expect(await to(old.id)).toEqual({ fate: 'not-sent', code: 'moved', movedTo: String(moved.id) });
  expect(await to(moved.id)).toEqual({ fate: 'sent' });
  expect(await to(-5)).toEqual({ fate: 'not-sent', code: 'not-found', final: true, gone: true });
  expect(await to(group.id)).toEqual({ fate: 'not-sent', code: 'forbidden', final: true });
  expect(await to(wang.id)).toEqual({ fate: 'not-sent', code: 'forbidden', final: true });
});

test('too fast for a chat holds up that chat for as long as Telegram says', async () => {
  refuse(429, 'Too Many Requests: retry after 7', { retry_after: 7 });
  const outcome: DeliveryOutcome = { fate: 'not-sent', code: 'rate-limited', retryAfterMs: 7_000 };
  expect(await stage.send(lin.id, { text: '你好' })).toEqual(outcome);
  expect(await stage.send(group.id, { text: '你好' })).toEqual({ fate: 'sent' });
});

test('when chat after chat is refused and none is served, the whole account pauses', async () => {
  const chats = Array.from({ length: 14 }, (_, number) => stage.server.people.addGroup(`${number}号楼`, [lin]));
  const parameters = { retry_after: 3 };
  stage.server.faults.order('sendMessage', {
    kind: 'status',
    status: 429,
    description: 'Too Many Requests',
    parameters,
  });
  const whole: (boolean | undefined)[] = [];
  for (const { id } of chats) {
    const outcome = await stage.send(id, { text: '通知' });
    whole.push('wholeAccount' in outcome ? outcome.wholeAccount : undefined);
  }
  expect(whole).toEqual([...Array(11).fill(undefined), true, true, true]);
  stage.server.faults.clear();
  await stage.send(group.id, { text: '通知' });
  stage.server.faults.order('sendMessage', {
    kind: 'status',
    status: 429,
    description: 'Too Many Requests',
    parameters,
  });
  expect(await stage.send(group.id, { text: '通知' })).not.toHaveProperty('wholeAccount');
});

test('an answer that is lost leaves doubt, a connection that never came to be leaves none', async () => {
  stage.server.faults.order('sendMessage', { kind: 'answer-lost' }, 1);
  expect(await stage.send(lin.id, { text: '1' })).toEqual({ fate: 'unknown', code: 'network' });
  expect(sent().map(({ text }) => text)).toEqual(['1']);
  stage.server.faults.order('sendMessage', { kind: 'reset' }, 1);
  expect(await stage.send(lin.id, { text: '2' })).toEqual({ fate: 'unknown', code: 'network' });
  stage.server.faults.order('sendMessage', { kind: 'body', status: 502, body: '<html>Bad Gateway</html>' }, 1);
  expect(await stage.send(lin.id, { text: '3' })).toEqual({ fate: 'unknown', code: 'server-error' });
  refuse(500, 'Internal Server Error');
  expect(await stage.send(lin.id, { text: '4' })).toEqual({ fate: 'not-sent', code: 'server-error' });
  const offline = { fate: 'not-sent', code: 'offline', untried: true };
  await stage.server.goDown();
  await stateIs(stage.channel, 'connecting');
  expect(await stage.send(lin.id, { text: '5' })).toEqual(offline);
  const { url: apiRoot, token } = stage.server;
  const answer = await new BotApi(TelegramConfig.parse({ token, apiRoot })).call({
    method: 'sendMessage',
    payload: {},
  });
  expect(answer).toEqual({ what: 'never-left', code: 'ECONNREFUSED' });
  expect(outcomeOf(answer)).toEqual(offline);
});

test('no answer for too long leaves doubt', async () => {
  await stage.end();
  stage = await openTelegramStage({ config: { sendTimeoutMs: 40 } });
  await stage.start();
  const wang = stage.server.people.addPerson('王');
  stage.server.people.open(wang);
  stage.server.faults.order('sendMessage', { kind: 'delay', ms: 20_000 }, 1);
  expect(await stage.send(wang.id, { text: '你好' })).toEqual({ fate: 'unknown', code: 'timeout' });
});

test('said again under the same key, only what is not there yet is added', async () => {
  const text = `${'甲'.repeat(4_096)}\n${'乙'.repeat(4_096)}\n丙`;
  stage.server.faults.order(
    'sendMessage',
    { kind: 'status', status: 429, description: 'slow', parameters: { retry_after: 1 } },
    1,
    ({ text }) => String(text).startsWith('乙'),
  );
  expect(await stage.send(lin.id, { text }, 'key')).toMatchObject({ code: 'rate-limited', retryAfterMs: 1_000 });
  expect(sent()).toHaveLength(1);
  expect(await stage.send(lin.id, { text }, 'key')).toEqual({ fate: 'sent' });
  expect(sent().map(({ text }) => text[0])).toEqual(['甲', '乙', '丙']);
  expect(await stage.send(lin.id, { text }, 'key')).toEqual({ fate: 'sent' });
  expect(sent()).toHaveLength(3);
});

test('what Telegram calls malformed is given up, and so is an empty message and an address that is none', async () => {
  const invalid = { fate: 'not-sent', code: 'invalid', final: true };
  refuse(400, "Bad Request: can't parse entities");
  expect(await stage.send(lin.id, { text: '你好' })).toEqual(invalid);
  refuse(413, 'Request Entity Too Large');
  expect(await stage.send(lin.id, { text: '你好' })).toEqual({ fate: 'not-sent', code: 'too-large', final: true });
  expect(await stage.send(lin.id, { text: ' ' })).toEqual(invalid);
  const odd = { key: 'k', account: '1', chat: { address: '@everyone', kind: 'group' }, kind: 'tip' } as const;
  expect(await stage.channel.deliver({ ...odd, message: { text: '你好' } })).toEqual(invalid);
});

test('a hundred messages at once share the connections', async () => {
  const people = Array.from({ length: 300 }, (_, number) => stage.server.people.addPerson(`p${number}`));
  for (const person of people) stage.server.people.open(person);
  stage.server.latencyMs = 100;
  const from = performance.now();
  const outcomes = await Promise.all(people.map(({ id }) => stage.send(id, { text: '你好' })));
  expect(outcomes.every(({ fate }) => fate === 'sent')).toBe(true);
  // One after the other they would take 30 s.
  expect(performance.now() - from).toBeLessThan(15_000);
});
