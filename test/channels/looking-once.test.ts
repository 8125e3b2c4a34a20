/** Looking at an account once: clocks that differ, and connections that are not to be made. */
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { checkTelegram } from '../../src/channels/telegram/telegram-check.ts';
import { TelegramConfig } from '../../src/channels/telegram/telegram-config.ts';
import { checkWebhook } from '../../src/channels/wecom/webhook-check.ts';
import { checkWecom } from '../../src/channels/wecom/wecom-check.ts';
import { WECOM_TIMINGS } from '../../src/channels/wecom/wecom-config.ts';
import { startTelegramServer } from '../support/telegram-server/telegram-server.ts';
import { startWecomServer } from '../support/wecom-server/wecom-server.ts';

const TEN_MINUTES = 600_000;
const log = { info: () => {}, warn: () => {}, error: () => {} };

test('Telegram: a clock ten minutes off is found, whatever else is', async () => {
  const server = await startTelegramServer();
  onTestFinished(() => server.stop());
  const config = TelegramConfig.parse({ token: server.token, apiRoot: server.url });
  expect(await checkTelegram(config, new Date())).toEqual(['well']);
  expect(await checkTelegram(config, new Date(Date.now() + TEN_MINUTES))).toEqual(['well', 'clock-differs']);
  server.faults.order('*', { kind: 'body', status: 200, body: '<html>a portal of the hotel</html>' });
  expect(await checkTelegram(config, new Date())).toEqual(['refused']);
  server.faults.clear();
  server.revoke('123456789:AAanother-another');
  expect(await checkTelegram(config, new Date(Date.now() - TEN_MINUTES))).toEqual([
    'wrong-credentials',
    'clock-differs',
  ]);
});

test('Telegram: a certificate that nobody vouches for is told as one', async () => {
  const pem = (name: string) => readFileSync(new URL(`telegram/untrusted-${name}.pem`, import.meta.url), 'utf8');
  const server = await startTelegramServer({ tls: { key: pem('key'), cert: pem('cert') } });
  onTestFinished(() => server.stop());
  const config = TelegramConfig.parse({ token: server.token, apiRoot: server.url });
  expect(await checkTelegram(config, new Date())).toEqual(['certificate']);
});

test('WeCom: without leave to connect only the server is looked at', async () => {
  const server = await startWecomServer();
  onTestFinished(() => server.stop());
  const bot = server.addBot('aibNanmen', 'secret-of-nanmen', '绿邻');
  const config = { botId: bot.id, secret: 'wrong-secret', wsUrl: server.wsUrl, timings: WECOM_TIMINGS };
  const now = new Date(Date.now() + TEN_MINUTES);
  expect(await checkWecom({ config, mayConnect: false, now, log })).toEqual(['well', 'clock-differs']);
  expect(bot.subscribed).toEqual([]);
  expect(await checkWecom({ config, mayConnect: true, now: new Date(), log })).toEqual(['wrong-credentials']);
  await server.goDown();
  expect(await checkWecom({ config, mayConnect: true, now, log })).toEqual(['unreachable']);
});

test.each([
  ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6', 'well'],
  ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=', 'malformed'],
  ['https://qyapi.weixin.qq.com/cgi-bin/webhook/upload_media?key=1', 'malformed'],
  ['ftp://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1', 'malformed'],
  ['693a91f6', 'malformed'],
])('the address %s of a webhook robot is %s', (url, found) => {
  expect(checkWebhook(url)).toBe(found);
});
