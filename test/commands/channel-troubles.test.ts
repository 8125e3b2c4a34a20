/**
 * Whatever goes wrong with one platform, seen from outside a whole running bot: it tells so in a line, stands as it
 * should, does not die, does not spin, gives no secret away, and serves the other platforms as ever.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openTls } from '../channels/wecom/tls-server.ts';
import { freePort } from '../support/free-port.ts';
import { startTelegramServer, type TelegramServerOptions } from '../support/telegram-server/telegram-server.ts';
import { openWechatServer } from '../support/wechat-server/wechat-server.ts';
import { startWecomServer } from '../support/wecom-server/wecom-server.ts';
import type { Settings } from './run-lvlin.ts';
import { type RunningBot, startBot } from './running-bot.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };
const SECRET = 'secret-of-nanmen';
const SECRETS = [SECRET, 'AAloopback', 'insecure_', 'wrong-secret', 'AAwrong'];

async function wecom() {
  const server = await startWecomServer();
  onTestFinished(() => server.stop());
  const bot = server.addBot('aibNanmen', SECRET, '绿邻');
  const settings: Settings = { WECOM_BOT_ID: bot.id, WECOM_BOT_SECRET: SECRET, WECOM_WS_URL: server.wsUrl };
  return { server, bot, settings };
}

async function telegram(options: TelegramServerOptions = {}) {
  const server = await startTelegramServer(options);
  onTestFinished(() => server.stop());
  const settings: Settings = { TELEGRAM_BOT_TOKEN: server.token, TELEGRAM_API_ROOT: server.url };
  return { server, settings };
}

async function wechat() {
  const server = await openWechatServer();
  onTestFinished(() => server.stop());
  const { endpoint, token } = server.gateway;
  const settings: Settings = {
    WECHATY_PUPPET_ENDPOINT: `http://${endpoint}`,
    WECHATY_PUPPET_TOKEN: token,
    WECHATY_ACCEPT_RISK: 'yes',
  };
  return { server, settings };
}

/** All three platforms in order, to be spoilt one by one. */
async function platforms() {
  const [onWecom, onTelegram, onWechat] = [await wecom(), await telegram(), await wechat()];
  const settings: Settings = { ...onWecom.settings, ...onTelegram.settings, ...onWechat.settings };
  return { onWecom, onTelegram, onWechat, settings };
}

type Standings = Readonly<Record<'wecom' | 'telegram' | 'wechat', string>>;

async function comesToStand(bot: RunningBot, { wecom, telegram, wechat }: Standings): Promise<void> {
  await bot.comesToStand('wecom', wecom);
  await bot.comesToStand('telegram', telegram);
  await bot.comesToStand('wechat', wechat);
}

// Long enough for a loop without a pause to show.
const WATCHED_MS = 2_000;
const MOST_CPU_SECONDS = 0.6;
const MOST_LINES = 10;
// On a slow machine what a start leaves to be done reaches into the time it is watched; a loop never ends.
const MOST_LOOKS = 5;

async function doesNotSpin(bot: RunningBot): Promise<void> {
  let used = 0;
  for (let look = 1; look <= MOST_LOOKS; look += 1) {
    const linesBefore = bot.lines().split('\n').length;
    const cpuBefore = bot.cpuSeconds();
    await wait(WATCHED_MS);
    expect(bot.lines().split('\n').length - linesBefore).toBeLessThan(MOST_LINES);
    used = bot.cpuSeconds() - cpuBefore;
    if (used < MOST_CPU_SECONDS) return;
  }
  expect(used).toBeLessThan(MOST_CPU_SECONDS);
}

/** Everything that holds whatever the trouble is. */
async function staysCalm(bot: RunningBot, standings: Standings): Promise<void> {
  await doesNotSpin(bot);
  await comesToStand(bot, standings);
  for (const [channel, how] of Object.entries(standings)) {
    if (how !== 'online') expect(bot.lines()).toContain(`"channel":"${channel}"`);
  }
  expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
  expect(await bot.stop()).toBe(0);
  for (const secret of SECRETS) expect(bot.lines()).not.toContain(secret);
  expect(bot.lines()).not.toMatch(/unhandled|uncaught|\n {4}at /i);
}

const nowhere = async () => `127.0.0.1:${await freePort()}`;

describe('an account that is set wrong, or a server that is not there', () => {
  it.each<[string, () => Promise<Settings>, Partial<Standings>]>([
    [
      'a wrong secret of WeCom, a wrong token of WeChat',
      async () => ({ WECOM_BOT_SECRET: 'wrong-secret', WECHATY_PUPPET_TOKEN: 'insecure_other' }),
      { wecom: 'needs-login/wrong-credentials', wechat: 'connecting/wrong-credentials' },
    ],
    [
      'nobody at the address of WeCom, a risk of WeChat that nobody accepted',
      async () => ({ WECOM_WS_URL: `ws://${await nowhere()}`, WECHATY_ACCEPT_RISK: 'no' }),
      { wecom: 'connecting/unreachable', wechat: 'offline/not-accepted' },
    ],
    [
      'a certificate of WeCom that nobody vouches for, a gateway of WeChat at no possible address',
      async () => ({ WECOM_WS_URL: (await openTls()).wsUrl, WECHATY_PUPPET_ENDPOINT: 'http://127.0.0.1:99999' }),
      { wecom: 'connecting/certificate', wechat: 'offline/refused' },
    ],
    [
      'a wrong token of Telegram, nobody at the gateway of WeChat',
      async () => ({
        TELEGRAM_BOT_TOKEN: '123456789:AAwrong-wrong',
        WECHATY_PUPPET_ENDPOINT: `http://${await nowhere()}`,
      }),
      { telegram: 'offline/wrong-credentials', wechat: 'connecting/unreachable' },
    ],
    [
      'nobody at the address of Telegram',
      async () => ({ TELEGRAM_API_ROOT: `http://${await nowhere()}` }),
      { telegram: 'connecting/unreachable' },
    ],
    [
      'a proxy for Telegram that is away',
      async () => ({ TELEGRAM_PROXY: `http://${await nowhere()}` }),
      { telegram: 'connecting/unreachable' },
    ],
    ['a certificate of Telegram that nobody vouches for', untrustedTelegram, { telegram: 'connecting/certificate' }],
  ])('%s: it is told, and the others are served', async (_what, wrong, stands) => {
    const { settings } = await platforms();
    const standings = { wecom: 'online', telegram: 'online', wechat: 'online', ...stands };
    const bot = await startBot({ ...settings, ...(await wrong()) });
    await comesToStand(bot, standings);
    await staysCalm(bot, standings);
  });

  it('a gateway that speaks without a certificate where one is expected', async () => {
    const { settings, onWechat } = await platforms();
    const bot = await startBot({ ...settings, WECHATY_PUPPET_ENDPOINT: onWechat.server.gateway.endpoint });
    const standings = { wecom: 'online', telegram: 'online', wechat: 'connecting/certificate' };
    await comesToStand(bot, standings);
    await staysCalm(bot, standings);
  });
});

async function untrustedTelegram(): Promise<Settings> {
  const pem = (name: string) =>
    readFileSync(new URL(`../channels/telegram/untrusted-${name}.pem`, import.meta.url), 'utf8');
  return (await telegram({ tls: { key: pem('key'), cert: pem('cert') } })).settings;
}

const ALL_WELL = { wecom: 'online', telegram: 'online', wechat: 'online' };

async function allWell() {
  const stage = await platforms();
  const bot = await startBot(stage.settings);
  await comesToStand(bot, ALL_WELL);
  return { ...stage, bot };
}

describe('a platform that fails while the bot runs', () => {
  it('WeCom pushes it out and Telegram has somebody else on the token', async () => {
    const { bot, onWecom, onTelegram } = await allWell();
    onWecom.server.kick(onWecom.bot);
    onTelegram.server.faults.order('getUpdates', { kind: 'status', status: 409, description: 'Conflict' });
    onTelegram.server.queue.push('message', {});
    const standings = { wecom: 'kicked/another-instance', telegram: 'kicked/another-instance', wechat: 'online' };
    await comesToStand(bot, standings);
    await staysCalm(bot, standings);
  });

  it('WeCom and the gateway of WeChat go down', async () => {
    const { bot, onWecom, onWechat } = await allWell();
    await onWecom.server.goDown();
    await onWechat.server.gateway.goDown();
    const standings = { wecom: 'connecting/unreachable', telegram: 'online', wechat: 'connecting/unreachable' };
    await comesToStand(bot, standings);
    await staysCalm(bot, standings);
  });

  it('what nobody can read, kinds that nobody knows and files of 20 MB come, and the next question is answered', async () => {
    const { bot, onWecom, onTelegram } = await allWell();
    writeJunk(onWecom);
    const { server } = onTelegram;
    const lin = server.people.addPerson('林阿姨');
    for (const junk of [{ hologram: 1 }, { message_id: 1, date: 1, chat: { id: 'x' } }, [], null, 'x']) {
      server.queue.push('message', junk);
      server.queue.push('callback_query', junk);
      server.queue.push('my_chat_member', junk);
    }
    const document = { file_id: 'f', file_unique_id: 'u', file_name: '照片.zip', file_size: 20 << 20 };
    const chat = { id: lin.id, type: 'private', first_name: '林阿姨' };
    server.queue.push('message', { message_id: 900, date: Math.floor(Date.now() / 1_000), chat, from: lin, document });
    server.people.open(lin);
    server.people.say(lin, server.world.chat(lin.id), '可乐瓶扔哪');
    await vi.waitFor(() => expect(JSON.stringify(server.calls)).toContain('可回收'), PATIENCE);
    const single = onWecom.server.singleChat(onWecom.bot, 'liqing');
    await vi.waitFor(() => expect(JSON.stringify(onWecom.server.screen(single))).toContain('可回收'), PATIENCE);
    await staysCalm(bot, ALL_WELL);
  });

  it.each([
    ['two days before', -2, false],
    ['two days after', 2, true],
  ])('the clocks of the platforms are %s that of this computer', async (_what, days, isAnswered) => {
    const skewed = () => new Date(Date.now() + days * 86_400_000);
    const server = await startWecomServer(undefined, skewed);
    onTestFinished(() => server.stop());
    const account = server.addBot('aibNanmen', SECRET, '绿邻');
    const onTelegram = await telegram({ now: () => skewed().getTime() });
    const settings = { WECOM_BOT_ID: account.id, WECOM_BOT_SECRET: SECRET, WECOM_WS_URL: server.wsUrl };
    const bot = await startBot({ ...settings, ...onTelegram.settings });
    const standings = { wecom: 'online', telegram: 'online', wechat: 'none' };
    await comesToStand(bot, standings);
    server.userSays(account, 'liqing', '可乐瓶扔哪');
    const { people, world, calls } = onTelegram.server;
    const lin = people.addPerson('林阿姨');
    people.open(lin);
    people.say(lin, world.chat(lin.id), '可乐瓶扔哪');
    for (const channel of ['wecom', 'telegram']) {
      const line = `"channel":"${channel}","code":"clock-differs"`;
      await vi.waitFor(() => expect(bot.lines().split(line)).toHaveLength(2), PATIENCE);
    }
    await doesNotSpin(bot);
    expect(JSON.stringify(calls).includes('可回收')).toBe(isAnswered);
    expect(JSON.stringify(server.screen(server.singleChat(account, 'liqing'))).includes('可回收')).toBe(isAnswered);
    await comesToStand(bot, standings);
    expect(await bot.stop()).toBe(0);
  });

  it('WeCom writes more than it may in one frame: the line is made anew', async () => {
    const { bot, onWecom } = await allWell();
    const body = 'x'.repeat(20 << 20);
    const frame = { cmd: 'aibot_msg_callback', headers: { req_id: 'r' }, body };
    onWecom.server.write(onWecom.bot, JSON.stringify(frame));
    await vi.waitFor(() => expect(onWecom.bot.subscribed).toHaveLength(2), PATIENCE);
    await comesToStand(bot, ALL_WELL);
    await staysCalm(bot, ALL_WELL);
  });

  it('Telegram answers what nobody at Telegram wrote, and is heard again afterwards', async () => {
    const { bot, onTelegram } = await allWell();
    const { faults, calls, people, world } = onTelegram.server;
    for (const body of [
      '<html>a hotel</html>',
      '{"ok":true}',
      '{"ok":true,"result":7}',
      '{"ok":true,"result":[{}]}',
      '',
    ]) {
      faults.clear();
      faults.order('getUpdates', { kind: 'body', status: 200, body });
      people.open(people.addPerson('路人'));
      await doesNotSpin(bot);
      expect(await bot.stands('wecom')).toBe('online');
    }
    faults.clear();
    const lin = people.addPerson('林阿姨');
    people.open(lin);
    people.say(lin, world.chat(lin.id), '可乐瓶扔哪');
    await vi.waitFor(() => expect(JSON.stringify(calls)).toContain('可回收'), PATIENCE);
    await staysCalm(bot, ALL_WELL);
  });
});

function writeJunk({ server, bot }: Awaited<ReturnType<typeof wecom>>): void {
  for (const junk of ['{', '[]', 'null', '{"cmd":1}', '{"cmd":"aibot_msg_callback","headers":{}}', '\u0000']) {
    server.write(bot, junk);
  }
  server.write(bot, JSON.stringify({ cmd: 'aibot_msg_callback', headers: { req_id: 'r' }, body: { a: 1 } }));
  server.userSays(bot, 'liqing', { msgtype: 'hologram', content: { depth: 3 } });
  server.userSays(bot, 'liqing', { file: new Uint8Array(20 * 1024 * 1024), name: '照片.zip' });
  server.userSays(bot, 'liqing', '可乐瓶扔哪');
}
