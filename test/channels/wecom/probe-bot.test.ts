/** Trying a bot's id and secret, once and with a real connection. */
import { expect, onTestFinished, test } from 'vitest';
import { probeBot } from '../../../src/channels/wecom/probe-bot.ts';
import { WECOM_TIMINGS } from '../../../src/channels/wecom/wecom-config.ts';
import { startWecomServer } from '../../support/wecom-server/wecom-server.ts';
import { waitFor } from './open-wecom.ts';
import { openTls } from './tls-server.ts';

async function open() {
  const server = await startWecomServer();
  onTestFinished(() => server.stop());
  const bot = server.addBot('aibBot', 'secret-of-the-bot', '绿邻');
  const log: string[] = [];
  const write = (_fields: object, message: string) => void log.push(message);
  const timings = { ...WECOM_TIMINGS, handshakeMs: 100, subscribeMs: 200 };
  const probe = (secret: string = bot.secret, wsUrl = server.wsUrl) =>
    probeBot({ botId: bot.id, secret, wsUrl, timings }, { info: write, warn: write, error: write });
  return { server, bot, probe };
}

test('a good bot is well, and nothing is left open', async () => {
  const { server, probe } = await open();
  expect(await probe()).toBeNull();
  await waitFor(() => expect(server.world.sessions.size).toBe(0));
});

test('what is wrong has its name, and is found out once', async () => {
  const { server, bot, probe } = await open();
  expect(await probe('wrong')).toBe('wrong-credentials');
  expect(bot.subscribed).toHaveLength(1);
  server.order('aibot_subscribe', { refuse: 45009 });
  expect(await probe()).toBe('refused');
  server.faults.silentAuth = true;
  expect(await probe()).toBe('silent');
  server.faults.upgrade = 'hold';
  expect(await probe()).toBe('unreachable');
  expect(await probe(bot.secret, (await openTls()).wsUrl)).toBe('certificate');
  await server.goDown();
  expect(await probe()).toBe('unreachable');
});
