/** Webhook robots: one-way notices into a group, and nothing of the key to be seen anywhere. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Channel, ChannelParts } from '../../../src/channels/channel.ts';
import { createWebhookChannel } from '../../../src/channels/wecom/webhook-channel.ts';
import type { Attachment, Message } from '../../../src/model/message.ts';
import { readMarkdown } from '../../support/wecom-server/read-markdown.ts';
import { startWecomServer } from '../../support/wecom-server/wecom-server.ts';

const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(2_000, 1)]);
const PICTURE: Attachment = { kind: 'image', id: 'p', name: '海报.png', mediaType: 'image/png' };
const FILE: Attachment = { kind: 'file', id: 'f', name: '名单.xlsx', mediaType: 'application/vnd.ms-excel' };

async function openRobot(given: { url?: string; timeoutMs?: number } = {}) {
  const server = await startWecomServer();
  const { robot, url } = server.addRobot();
  const log: string[] = [];
  const files = new Map<string, Uint8Array>();
  const write = (fields: object, message: string) => void log.push(`${message} ${JSON.stringify(fields)}`);
  const parts: ChannelParts = {
    now: () => server.world.clock.now(),
    steadyNow: () => performance.now(),
    random: () => 0.5,
    choiceOf: async () => null,
    readFile: async (id) => files.get(id) ?? null,
    words: { answerByNumber: 'by number', answerByWord: (word) => `by ${word}` },
    log: { info: write, warn: write, error: write },
  };
  const config = { name: '志愿者', url: given.url ?? url, timeoutMs: given.timeoutMs ?? 5_000 };
  const channel = createWebhookChannel({ ...config, words: { everybody: '@所有人' } }, parts);
  await channel.start(async () => {});
  onTestFinished(async () => {
    await channel.stop();
    await server.stop();
    expect(log.join('\n')).not.toContain(robot.key);
  });
  return { server, robot, url, channel, files, log };
}

function say(channel: Channel, message: Message | string, key: string = randomUUID()) {
  return channel.deliver({
    key,
    account: channel.account,
    chat: { address: 'group', kind: 'group' },
    kind: 'notice',
    message: typeof message === 'string' ? { text: message } : message,
  });
}

describe('a robot', () => {
  test('speaks for an account of its own, and is simply there', async () => {
    const { channel } = await openRobot();
    expect(channel).toMatchObject({ name: 'wecom', account: 'webhook:志愿者' });
    expect(channel.status().state).toBe('online');
  });

  test('says plain words as plain words', async () => {
    const { channel, robot } = await openRobot();
    expect(await say(channel, '周六捡垃圾 *九点* # 河边')).toEqual({ fate: 'sent' });
    expect(robot.screen).toEqual([{ type: 'text', content: '周六捡垃圾 *九点* # 河边', mentions: [] }]);
  });

  test('calls everybody where the worker wrote so', async () => {
    const { channel, robot } = await openRobot();
    await say(channel, '@所有人 **明天**停水');
    expect(robot.screen).toEqual([{ type: 'text', content: '明天停水', mentions: ['@all'] }]);
  });

  test('says stressed words and links as Markdown, and as plain words on an older service', async () => {
    const { channel, robot, server } = await openRobot();
    const message = { text: '**明天**停水 *_*', link: { label: '看看', url: 'https://lvlin.example/' } };
    await say(channel, message);
    expect(robot.screen[0]?.type).toBe('markdown_v2');
    expect(readMarkdown(robot.screen[0]?.content ?? '')).toBe('明天停水 *_*\n\n看看\nhttps://lvlin.example/');
    server.faults.knowsMarkdownV2 = false;
    expect(await say(channel, message)).toEqual({ fate: 'sent' });
    expect(robot.screen[1]).toMatchObject({ type: 'text', content: '明天停水 *_*\n看看\nhttps://lvlin.example/' });
  });

  test('offers no choices, for it hears no answer', async () => {
    const { channel, robot } = await openRobot();
    await say(channel, { text: '周六捡垃圾', choices: [{ label: '我去', say: '我去' }] });
    expect(robot.screen).toMatchObject([{ content: '周六捡垃圾' }]);
  });

  test('says a long text in parts, each within its bytes', async () => {
    const { channel, robot } = await openRobot();
    const text = Array.from({ length: 150 }, (_, index) => `第${index}段：垃圾要分好。`).join('\n');
    expect(await say(channel, `**题目**\n${text}`)).toEqual({ fate: 'sent' });
    expect(robot.screen.map(({ content }) => content).join('\n')).toBe(`题目\n${text}`);
  });

  test('shows a picture and brings a file', async () => {
    const { channel, robot, files } = await openRobot();
    files.set('p', PNG).set('f', Buffer.from('rows of a list'));
    expect(await say(channel, { text: '看海报', attachment: PICTURE })).toEqual({ fate: 'sent' });
    expect(await say(channel, { text: '', attachment: FILE })).toEqual({ fate: 'sent' });
    expect(robot.screen.map(({ type }) => type)).toEqual(['text', 'image', 'file']);
    expect(robot.screen[1]?.bytes).toEqual(PNG);
    expect(robot.screen[2]?.bytes?.toString()).toBe('rows of a list');
  });

  test('brings a picture that is too big for one as a file', async () => {
    const { channel, robot, files } = await openRobot();
    files.set('p', Buffer.concat([PNG, Buffer.alloc(2 << 20)]));
    expect(await say(channel, { text: '', attachment: PICTURE })).toEqual({ fate: 'sent' });
    expect(robot.screen.map(({ type }) => type)).toEqual(['file']);
  });

  test('refuses what is too big, empty or gone before a word is said', async () => {
    const { channel, robot, files } = await openRobot();
    files.set('f', Buffer.alloc(20 * 1024 * 1024 + 1));
    expect(await say(channel, { text: '看', attachment: FILE })).toMatchObject({ code: 'too-large', final: true });
    files.set('f', Buffer.alloc(3));
    expect(await say(channel, { text: '看', attachment: FILE })).toMatchObject({ code: 'invalid', final: true });
    files.clear();
    expect(await say(channel, { text: '看', attachment: FILE })).toMatchObject({ code: 'file-gone', final: true });
    expect(robot.screen).toEqual([]);
  });

  test('goes on where it stopped', async () => {
    const { channel, robot, files, server } = await openRobot();
    files.set('f', Buffer.from('rows of a list'));
    server.order('webhook/upload_media', 'close');
    expect(await say(channel, { text: '看', attachment: FILE }, 'again')).toEqual({
      fate: 'not-sent',
      code: 'network',
    });
    expect(await say(channel, { text: '看', attachment: FILE }, 'again')).toEqual({ fate: 'sent' });
    expect(robot.screen.map(({ type }) => type)).toEqual(['text', 'file']);
  });
});

describe('trouble', () => {
  test('a key that was taken back means that nobody is there', async () => {
    const { server, channel, robot } = await openRobot();
    server.world.robots.delete(robot.key);
    expect(await say(channel, '早')).toEqual({ fate: 'not-sent', code: 'gone', final: true, gone: true });
  });

  test('more than 20 a minute wait', async () => {
    const { server, channel } = await openRobot();
    for (let time = 0; time < 20; time += 1) expect(await say(channel, '早')).toEqual({ fate: 'sent' });
    expect(await say(channel, '早')).toEqual({ fate: 'not-sent', code: 'rate-limited', retryAfterMs: 65_000 });
    server.advance(65_000);
    expect(await say(channel, '早')).toEqual({ fate: 'sent' });
  });

  test('no server means that nothing left; a line that breaks, that something may have', async () => {
    const { server, channel, robot } = await openRobot();
    server.order('webhook/send', 'apply-then-close');
    expect(await say(channel, '早')).toEqual({ fate: 'unknown', code: 'network' });
    expect(robot.screen).toHaveLength(1);
    await server.goDown();
    expect(await say(channel, '早')).toEqual({ fate: 'not-sent', code: 'offline', untried: true });
    await server.comeBack();
    expect(await say(channel, '早')).toEqual({ fate: 'sent' });
  });

  test('an answer that never comes, or is no answer, leaves it open', async () => {
    const silent = createServer((request, response) => {
      if (request.url?.includes('silent') === true) return;
      response.writeHead(502).end('<html>Bad Gateway</html>');
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      silent.closeAllConnections();
      silent.close();
    });
    const address = silent.address();
    const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const { channel } = await openRobot({ url: `${base}/silent?key=k`, timeoutMs: 50 });
    expect(await say(channel, '早')).toEqual({ fate: 'unknown', code: 'timeout' });
    const { channel: other } = await openRobot({ url: `${base}/gateway?key=k` });
    expect(await say(other, '早')).toEqual({ fate: 'unknown', code: 'network' });
  });

  test('stopped, it says nothing', async () => {
    const { channel, robot } = await openRobot();
    await channel.stop();
    expect(await say(channel, '早')).toEqual({ fate: 'not-sent', code: 'offline', untried: true });
    expect(robot.screen).toEqual([]);
  });
});
