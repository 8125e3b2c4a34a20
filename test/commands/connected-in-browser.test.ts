/** An account that is typed into a running bot speaks at once, is there after a restart, and its secret is nowhere but in its file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startTelegramServer } from '../support/telegram-server/telegram-server.ts';
import { startWecomServer } from '../support/wecom-server/wecom-server.ts';
import { runLvlin } from './run-lvlin.ts';
import { type RunningBot, startBot } from './running-bot.ts';

const SECRET = 'secret-of-nanmen';
const PATIENCE = { timeout: 20_000, interval: 50 };

/** The first account, made with the code the console shows; returns what signs it in. */
async function setUp({ url, lines }: RunningBot): Promise<(path: string, fields?: object) => Promise<Response>> {
  const [code = ''] = /[0-9a-z]{4}-[0-9a-z]{4}/.exec(lines()) ?? [];
  const password = '南门-2026-绿邻';
  const typed = { code, displayName: '王社工', login: 'wang', password, again: password };
  const send = (path: string, fields: object, cookie: string) =>
    fetch(`${url}/admin${path}`, {
      method: 'POST',
      body: new URLSearchParams(Object.entries(fields)),
      headers: { origin: url, cookie },
      redirect: 'manual',
    });
  const made = await send('/setup', typed, '');
  const cookie = made.headers.getSetCookie().map((one) => one.split(';')[0]);
  expect(made.status).toBe(303);
  return (path, fields) =>
    fields === undefined
      ? fetch(`${url}/admin${path}`, { headers: { cookie: cookie.join('; ') } })
      : send(path, fields, cookie.join('; '));
}

test('a WeCom bot is connected while the bot runs, and again after a restart', async () => {
  const server = await startWecomServer();
  onTestFinished(() => server.stop());
  const account = server.addBot('aibNanmen', SECRET, '绿邻');
  const bot = await startBot({ WECOM_WS_URL: server.wsUrl });
  expect(await bot.stands('wecom')).toBe('none');
  const visit = await setUp(bot);
  const connected = await visit('/settings/channels/wecom', { botId: account.id, password: SECRET, botName: '绿邻' });
  expect([connected.status, connected.headers.get('location')]).toEqual([303, '/admin/settings/channels/wecom']);
  await bot.comesToStand('wecom', 'online');
  server.userSays(account, 'liqing', '可乐瓶扔哪');
  const chat = server.singleChat(account, 'liqing');
  await vi.waitFor(() => expect(JSON.stringify(server.screen(chat))).toContain('可回收'), PATIENCE);
  expect(await (await visit('/settings/channels/wecom')).text()).toContain('收到了');
  expect(await (await visit('/settings/audit')).text()).toContain('接上渠道 (企业微信)');
  const checkUp = await runLvlin(['doctor'], bot.settings);
  expect(checkUp.out).toContain('企业微信的账号正由开着的绿邻连着');
  expect(await bot.stop()).toBe(0);

  const exported = await runLvlin(['settings'], bot.settings);
  for (const said of [bot.lines(), checkUp.out, exported.out]) expect(said).not.toContain(SECRET);
  expect(readFileSync(join(bot.home, 'lvlin.sqlite')).includes(SECRET)).toBe(false);
  expect(readFileSync(join(bot.home, 'settings.json'), 'utf8')).toContain(SECRET);

  const again = await startBot({ ...bot.settings });
  await again.comesToStand('wecom', 'online');
  expect(await again.stop()).toBe(0);
});

test('a Telegram group is bound by a link that bears the name of the bot', async () => {
  const server = await startTelegramServer();
  onTestFinished(() => server.stop());
  const bot = await startBot({ TELEGRAM_API_ROOT: server.url });
  const visit = await setUp(bot);
  expect(await (await visit('/settings/group-code', { areaId: '' })).text()).not.toContain('t.me/');
  expect((await visit('/settings/channels/telegram', { password: server.token })).status).toBe(303);
  const page = await (await visit('/settings/group-code', { areaId: '' })).text();
  const [, code = ''] = /https:\/\/t\.me\/lvlin_bot\?startgroup=([\w-]+)/.exec(page) ?? [];
  const lin = server.people.addPerson('林阿姨');
  const group = server.people.addGroup('三号楼', [lin]);
  server.people.say(lin, group, `/start@lvlin_bot ${code}`);
  await vi.waitFor(() => expect(JSON.stringify(server.calls)).toContain('大家好'), PATIENCE);
  expect(await bot.stop()).toBe(0);
});
