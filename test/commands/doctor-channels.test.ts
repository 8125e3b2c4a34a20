/** The check-up of accounts: what is found, what to do, and that whoever is connected is left alone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openTls } from '../channels/wecom/tls-server.ts';
import { startTelegramServer } from '../support/telegram-server/telegram-server.ts';
import { openWechatServer } from '../support/wechat-server/wechat-server.ts';
import { startWecomServer } from '../support/wecom-server/wecom-server.ts';
import { runLvlin, type Settings } from './run-lvlin.ts';
import { startBot } from './running-bot.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lvlin-doctor-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const SECRET = 'secret-of-nanmen';

async function wecom() {
  const server = await startWecomServer();
  onTestFinished(() => server.stop());
  const bot = server.addBot('aibNanmen', SECRET, '绿邻');
  const settings = { WECOM_BOT_ID: bot.id, WECOM_BOT_SECRET: SECRET, WECOM_WS_URL: server.wsUrl };
  return { server, bot, settings };
}

async function doctor(settings: Settings): Promise<string> {
  const { out, err } = await runLvlin(['doctor'], { LVLIN_HOME: home, PORT: '18793', ...settings });
  for (const secret of [SECRET, 'AAloopback', 'key=of-the-robot', 'insecure_']) expect(out + err).not.toContain(secret);
  return out;
}

test('a WeCom bot that works is well, a wrong secret and a server that is away are told', async () => {
  const { server, settings } = await wecom();
  expect(await doctor(settings)).toContain('✓ 企业微信连得上，填的也对。');
  expect(await doctor({ ...settings, WECOM_BOT_SECRET: 'wrong-secret' })).toContain('✗ 企业微信不认您填的账号或密钥');
  expect(await doctor({ ...settings, WECOM_WS_URL: (await openTls()).wsUrl })).toContain('✗ 企业微信服务器的证书');
  await server.goDown();
  expect(await doctor(settings)).toContain('! 连不上企业微信的服务器');
});

test('a WeCom bot that runs is not pushed out, and half of one is told', async () => {
  const { server, bot, settings } = await wecom();
  const running = await startBot(settings);
  await running.comesToStand('wecom', 'online');
  const { session } = bot;
  expect(await doctor({ ...settings, ...running.settings })).toContain('✓ 企业微信的账号正由开着的绿邻连着');
  expect(bot.session).toBe(session);
  expect(bot.subscribed).toHaveLength(1);
  expect(await running.stop()).toBe(0);
  expect(await doctor({ ...settings, ...running.settings })).toContain('✓ 企业微信连得上，填的也对。');
  const half = await doctor({ WECOM_BOT_ID: bot.id, WECOM_WS_URL: server.wsUrl });
  expect(half).toContain('✗ 企业微信只填了一半，所以没有连。还要填：WECOM_BOT_SECRET');
});

test('Telegram is asked who the bot is, and nothing else', async () => {
  const server = await startTelegramServer();
  onTestFinished(() => server.stop());
  const settings = { TELEGRAM_BOT_TOKEN: server.token, TELEGRAM_API_ROOT: server.url };
  expect(await doctor(settings)).toContain('✓ Telegram连得上，填的也对。');
  expect(server.calls.map(({ method }) => method)).toEqual(['getMe']);
  expect(await doctor({ ...settings, TELEGRAM_BOT_TOKEN: '1:wrong-wrong' })).toContain('✗ Telegram不认您填的账号');
  expect(await doctor({ ...settings, TELEGRAM_PROXY: 'http://127.0.0.1:1' })).toContain('! 连不上Telegram的服务器');
});

test('a bot that Telegram shows everything is told', async () => {
  const server = await startTelegramServer({ privacy: false });
  onTestFinished(() => server.stop());
  const settings = { TELEGRAM_BOT_TOKEN: server.token, TELEGRAM_API_ROOT: server.url };
  expect(await doctor(settings)).toContain('! Telegram机器人的隐私模式关着');
});

test('WeChat: a gateway is looked at, and a robot of a group is only read', async () => {
  const server = await openWechatServer({ loggedIn: false });
  onTestFinished(() => server.stop());
  const { endpoint, token } = server.gateway;
  const settings = {
    WECHATY_PUPPET_ENDPOINT: `http://${endpoint}`,
    WECHATY_PUPPET_TOKEN: token,
    WECOM_WEBHOOKS: '志愿者=https://127.0.0.1:1/cgi-bin/webhook/send?key=of-the-robot,旧的=https://127.0.0.1:1/',
  };
  const unaccepted = await doctor(settings);
  expect(unaccepted).toContain('✗ 微信没有启动');
  expect(unaccepted).toContain('✓ 企业微信群机器人“志愿者”的地址写得完整');
  expect(unaccepted).toContain('✗ 企业微信群机器人“旧的”的地址不完整');
  const accepted = { ...settings, WECHATY_ACCEPT_RISK: 'yes' };
  expect(await doctor(accepted)).toContain('! 微信的网关连得上，还要用手机扫码登录。');
  expect(await doctor({ ...accepted, WECHATY_PUPPET_TOKEN: 'insecure_other' })).toContain('✗ 微信不认您填的账号或密钥');
});
