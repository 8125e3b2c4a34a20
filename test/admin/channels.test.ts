/** The pages about the platforms: adding an account step by step, against each platform on loopback, and how it stands. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { listAudit } from '../../src/store/audit-table.ts';
import { listGroups } from '../../src/store/chat-table.ts';
import { startTelegramServer } from '../support/telegram-server/telegram-server.ts';
import { openWechatServer } from '../support/wechat-server/wechat-server.ts';
import { startWecomServer } from '../support/wecom-server/wecom-server.ts';
import { type Office, openOffice, type Visitor, visitorOf } from './admin-harness.ts';

const PATH = '/admin/settings/channels';
const PATIENCE = { timeout: 30_000, interval: 20 };
let office: Office;
afterEach(() => office.close());

async function atWork(environment: Record<string, string> = {}): Promise<Visitor> {
  office = await openOffice({ environment });
  await office.addStaff('boss', 'admin');
  const visitor = visitorOf(office.site);
  await visitor.signIn('boss');
  return visitor;
}

const settingsFile = () => join(office.home, 'settings.json');
const saved = (): Record<string, unknown> => JSON.parse(readFileSync(settingsFile(), 'utf8'));
const audited = async () => {
  const rows = await office.store.read((tx) => listAudit(tx, office.community.id, { limit: 50 }));
  return rows.filter(({ action }) => action.startsWith('channel.')).toReversed();
};

async function wecom() {
  const server = await startWecomServer();
  onTestFinished(() => server.stop());
  const bot = server.addBot('aibNanmen', 'secret-of-nanmen', '绿邻');
  return { server, bot, environment: { WECOM_WS_URL: server.wsUrl } };
}

describe('WeCom', () => {
  it('is added step by step: a wrong secret is told, the right one connects, and the first word shows', async () => {
    const { server, bot, environment } = await wecom();
    const visitor = await atWork(environment);
    expect((await visitor.get(PATH)).text).toContain('还没有接上聊天软件');
    const first = await visitor.get(`${PATH}/wecom`);
    for (const step of ['智能机器人', 'API 模式', '长连接', 'Bot ID', 'Secret']) expect(first.text).toContain(step);

    const wrong = await visitor.post(`${PATH}/wecom`, { botId: bot.id, password: 'another-secret', botName: '绿邻' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('企业微信不认您填的账号或密钥');
    expect(wrong.text).toContain(`value="${bot.id}"`);
    expect(wrong.text).not.toContain('another-secret');
    expect(() => saved()).toThrow('ENOENT');
    expect(server.world.sessions.size).toBe(0);

    const right = await visitor.post(`${PATH}/wecom`, { botId: bot.id, password: ` ${bot.secret}\n`, botName: '绿邻' });
    expect([right.status, right.location]).toEqual([303, `${PATH}/wecom`]);
    expect(saved()).toEqual({ wecomBotId: bot.id, wecomBotSecret: bot.secret, wecomBotName: '绿邻' });
    expect(statSync(settingsFile()).mode & 0o077).toBe(0);
    const waiting = await visitor.get(`${PATH}/wecom`);
    expect(waiting.text).toContain('企业微信连着，一切正常。');
    expect(waiting.text).toContain('@绿邻 你好');
    expect(waiting.text).toContain('还没有收到');
    expect(waiting.headers.get('refresh')).toBe('5');
    expect(waiting.text).not.toContain(bot.secret);
    const change = await visitor.get(`${PATH}/wecom/change`);
    expect(change.headers.get('refresh')).toBeNull();
    expect(change.text).toContain(`value="${bot.id}"`);
    expect(change.text).toContain('断开，不再用它');
    expect(change.text).not.toContain(bot.secret);

    server.userSays(bot, 'liqing', '你好');
    await vi.waitFor(async () => expect((await visitor.get(`${PATH}/wecom`)).text).toContain('收到了'), PATIENCE);
    expect((await visitor.get(`${PATH}/wecom`)).headers.get('refresh')).toBeNull();
    const rows = await audited();
    expect(rows.map(({ action, detail }) => [action, detail])).toEqual([['channel.connect', { to: '企业微信' }]]);
  });

  it('keeps the bot that works when another one does not', async () => {
    const { server, bot, environment } = await wecom();
    const visitor = await atWork(environment);
    await visitor.post(`${PATH}/wecom`, { botId: bot.id, password: bot.secret });
    const before = saved();
    const other = await visitor.post(`${PATH}/wecom`, { botId: 'aibOther', password: 'not-known-there' });
    expect(other.status).toBe(422);
    const same = await visitor.post(`${PATH}/wecom`, { botId: bot.id, password: 'mistyped-secret' });
    expect(same.status).toBe(422);
    expect(saved()).toEqual(before);
    await vi.waitFor(async () => expect((await visitor.get(PATH)).text).toContain('企业微信连着'), PATIENCE);

    const next = server.addBot('aibNext', 'secret-of-next', '绿邻');
    expect((await visitor.post(`${PATH}/wecom`, { botId: next.id, password: next.secret })).status).toBe(303);
    expect(saved()).toMatchObject({ wecomBotId: next.id });
    await vi.waitFor(() => expect([bot.session, next.session === null]).toEqual([null, false]), PATIENCE);
    expect((await visitor.post(`${PATH}/wecom/forget`)).location).toBe(PATH);
    expect(saved()).toEqual({});
    for (const file of readdirSync(office.home)) {
      expect(readFileSync(join(office.home, file), 'utf8')).not.toContain(next.secret);
    }
    await vi.waitFor(() => expect(server.world.sessions.size).toBe(0), PATIENCE);
  });

  it('says what is missing, and leaves to the environment what is set there', async () => {
    const { bot, environment } = await wecom();
    const visitor = await atWork({ ...environment, WECOM_BOT_SECRET: bot.secret });
    const page = await visitor.get(`${PATH}/wecom`);
    expect(page.text).toContain('（WECOM_BOT_SECRET）');
    expect(page.text).not.toContain('name="password"');
    const none = await visitor.post(`${PATH}/wecom`, { botId: '' });
    expect([none.status, none.text.includes('id="f-botId-fault"')]).toEqual([422, true]);
    const odd = await visitor.post(`${PATH}/wecom`, { botId: 'a b' });
    expect(odd.text).toContain('这里不像是完整的');
    expect((await visitor.post(`${PATH}/wecom`, { botId: bot.id, password: 'ignored-here' })).status).toBe(303);
    expect(saved()).toEqual({ wecomBotId: bot.id });
    expect((await visitor.get(`${PATH}/wecom/change`)).text).not.toContain('断开，不再用它');
  });

  it('that was thrown out stands on the page of the day, with how long and what to do', async () => {
    const { server, bot, environment } = await wecom();
    const visitor = await atWork(environment);
    await visitor.post(`${PATH}/wecom`, { botId: bot.id, password: bot.secret });
    expect((await visitor.get('/admin')).text).toContain('企业微信接上了');
    expect((await visitor.get('/admin')).text).not.toContain('企业微信');
    server.kick(bot);
    await vi.waitFor(async () => expect((await visitor.get('/admin')).text).toContain('被另一处登录顶掉了'), PATIENCE);
    office.clock.set(new Date(office.clock.now().getTime() + 20 * 60_000));
    expect((await visitor.get('/admin')).text).toContain('已经 20 分钟了');
    expect((await visitor.get('/admin/settings')).text).toContain('有 1 个现在不通');
    await office.addStaff('looker', 'viewer');
    const looker = visitorOf(office.site);
    await looker.signIn('looker');
    expect((await looker.get('/admin')).text).toContain('被另一处登录顶掉了');
    expect((await looker.get(PATH)).text).not.toContain(`${PATH}/wecom`);
  });
});

describe('Telegram', () => {
  it('is added by its token, and tells by what name it is found', async () => {
    const server = await startTelegramServer();
    onTestFinished(() => server.stop());
    const visitor = await atWork({ TELEGRAM_API_ROOT: server.url });
    const wrong = await visitor.post(`${PATH}/telegram`, { password: '123456789:AAwrong-wrong-wrong' });
    expect(wrong.text).toContain('Telegram不认您填的账号或密钥');
    expect((await visitor.post(`${PATH}/telegram`, { password: '12345' })).text).toContain('这里不像是完整的');
    expect((await visitor.post(`${PATH}/telegram`, { password: server.token })).status).toBe(303);
    expect(saved()).toEqual({ telegramBotToken: server.token });
    expect((await visitor.get(`${PATH}/telegram`)).text).toContain('https://t.me/lvlin_bot');
    const token = server.token.split(':')[1] ?? '';
    for (const path of [PATH, `${PATH}/telegram`, '/admin/settings/audit']) {
      expect((await visitor.get(path)).text).not.toContain(token);
    }
  });
});

describe('WeChat', () => {
  it('is not connected before somebody has typed that they know the risk; then its code is there to be scanned', async () => {
    const server = await openWechatServer({ loggedIn: false });
    onTestFinished(() => server.stop());
    server.world.showLoginCode('https://login.weixin.qq.com/l/abc');
    const visitor = await atWork();
    const { token } = server.gateway;
    const secured = { endpoint: server.gateway.endpoint, password: token, accept: '我知道这个微信号可能被封' };
    expect((await visitor.post(`${PATH}/wechat`, secured)).text).toContain('在地址前面写上 http://');
    const endpoint = `http://${server.gateway.endpoint}`;
    const typed = { endpoint, password: token };
    const unread = await visitor.post(`${PATH}/wechat`, { ...typed, accept: '好的' });
    expect(unread.text).toContain('请照着上面那句话打一遍');
    const accept = '我知道这个微信号 可能被封。';
    expect((await visitor.post(`${PATH}/wechat`, { ...typed, accept })).status).toBe(303);
    expect(saved()).toMatchObject({ wechatEndpoint: endpoint, wechatAcceptRisk: 'yes' });
    await vi.waitFor(async () => expect((await visitor.get(PATH)).text).toContain('login-code.svg'), PATIENCE);
    expect((await visitor.get(PATH)).headers.get('refresh')).toBe('10');
    expect((await visitor.get(`${PATH}/login-code.svg`)).text).toContain('<svg');
    server.world.logIn();
    await vi.waitFor(async () => expect((await visitor.get(PATH)).text).toContain('微信连着'), PATIENCE);
    expect((await visitor.get(`${PATH}/login-code.svg`)).status).toBe(404);
  });

  it('that is restricted goes on when a person says so', async () => {
    const server = await openWechatServer();
    onTestFinished(() => server.stop());
    const visitor = await atWork();
    const { token } = server.gateway;
    const endpoint = `http://${server.gateway.endpoint}`;
    await visitor.post(`${PATH}/wechat`, { endpoint, password: token, accept: '我知道这个微信号可能被封' });
    await server.world.logOut('为了你的帐号安全，此微信号已被限制登录');
    await vi.waitFor(async () => expect((await visitor.get(PATH)).text).toContain('看过了，继续发'), PATIENCE);
    server.world.logIn();
    const fields = { channel: 'wechat', account: 'wechat' };
    expect((await visitor.post(`${PATH}/release`, fields)).location).toBe(PATH);
    await vi.waitFor(async () => expect((await visitor.get(PATH)).text).toContain('微信连着'), PATIENCE);
    expect((await audited()).map(({ action }) => action)).toEqual(['channel.connect', 'channel.release']);
  });
});

describe('webhook robots', () => {
  it('are added by name and address, and taken away', async () => {
    const visitor = await atWork();
    const url = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-secret';
    const page = `${PATH}/webhooks`;
    for (const wrong of ['https://example.org/', 'qyapi', `${url},b=${url}`]) {
      expect((await visitor.post(page, { name: '志愿者', password: wrong })).text).toContain('这里不像是完整的');
    }
    expect((await visitor.post(page, { name: '志愿者', password: url })).status).toBe(303);
    expect((await visitor.post(page, { name: '志愿者', password: url })).text).toContain('已经有同名的了');
    expect(saved()).toEqual({ wecomWebhooks: `志愿者=${url}` });
    const shown = (await visitor.get(page)).text;
    expect(shown).toContain('企业微信群机器人“志愿者”');
    expect(shown).not.toContain('693a91f6');
    const groups = async () =>
      (await office.store.read((tx) => listGroups(tx, office.community.id))).map(({ state }) => state);
    expect(await groups()).toEqual(['active']);
    expect((await visitor.post(`${page}/remove`, { name: '志愿者' })).status).toBe(303);
    expect(saved()).toEqual({});
    expect(await groups()).toEqual(['gone']);
    await visitor.post(page, { name: '志愿者', password: url });
    expect(await groups()).toEqual(['active']);
    await visitor.post(`${page}/remove`, { name: '志愿者' });
    expect((await visitor.get(PATH)).text).toContain('还没有接上聊天软件');
  });
});
