/** What keeps the account from being taken away, and people from being taken for somebody else. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isLvlinError } from '../../../src/model/errors.ts';
import { PATIENCE } from '../../support/patience.ts';
import { type OpenOptions, type OpenWechat, openWechat, tell } from './open-wechat.ts';

let open: OpenWechat | null = null;

afterEach(async () => {
  await open?.close();
  open = null;
});

async function online(options: OpenOptions = {}): Promise<OpenWechat> {
  open = await openWechat(options);
  await begin(open.channel, open);
  return open;
}

async function begin(channel: OpenWechat['channel'], { sink }: OpenWechat, state = 'online'): Promise<void> {
  await channel.start(sink);
  await vi.waitFor(() => expect(channel.status().state).toBe(state), PATIENCE);
}

/** The state may still be that of the line that broke; what is heard comes over the next one. */
async function heardAgain(
  { world, said }: OpenWechat,
  person: Parameters<OpenWechat['world']['says']>[0],
): Promise<void> {
  const words = `还在听吗 ${said.length}`;
  await vi.waitFor(() => {
    world.says(person, words);
    expect(said.at(-1)?.text).toBe(words);
  }, PATIENCE);
}

const RESTRICTED = { fate: 'not-sent', code: 'restricted', untried: true, wholeAccount: true };

describe('a sign that WeChat minds', () => {
  it.each(['发送消息过于频繁，请稍后再试', '当前账号存在风险', '你的帐号已被限制登录', '操作太频繁'])(
    'stops all sending until a person says go, over a restart too: %s',
    async (sign) => {
      const opened = await online();
      const { world, puppet, channel } = opened;
      const lin = world.addPerson('林阿姨');
      puppet.faults.push({ what: 'refused', error: new Error(sign) });
      expect(await tell(channel, lin, '一')).toMatchObject(RESTRICTED);
      expect(channel.status()).toMatchObject({ state: 'degraded', trouble: 'restricted' });
      expect(await tell(channel, world.addPerson('王伯'), '二')).toMatchObject(RESTRICTED);
      await channel.stop();

      const later = opened.another();
      await begin(later, opened, 'degraded');
      expect(await tell(later, lin, '三')).toMatchObject(RESTRICTED);
      expect(puppet.texts).toEqual([]);
      await heardAgain(opened, lin);

      await later.release();
      await vi.waitFor(() => expect(later.status().state).toBe('online'), PATIENCE);
      expect(later.status()).not.toHaveProperty('trouble');
      expect(await tell(later, lin, '四')).toEqual({ fate: 'sent' });
      expect(puppet.texts.map(({ text }) => text)).toEqual(['四']);
    },
  );

  it('is also a logout that says why', async () => {
    const { world, channel } = await online();
    await world.logOut('为了你的帐号安全，此微信号已被限制登录');
    await vi.waitFor(
      () => expect(channel.status()).toMatchObject({ state: 'degraded', trouble: 'restricted' }),
      PATIENCE,
    );
  });

  it('is also a word of WeChat itself about the account', async () => {
    const { world, puppet, channel } = await online();
    puppet.mocker.createContact({ id: 'weixin', name: '微信团队', phone: [] });
    world.says('weixin', '天气炎热，注意出行风险');
    world.says('weixin', '你的微信号存在异常操作，部分功能已被限制');
    await vi.waitFor(
      () => expect(channel.status()).toMatchObject({ state: 'degraded', trouble: 'restricted' }),
      PATIENCE,
    );
  });

  it('is not a notice about risks that stands in the trace of an error', async () => {
    const { world, puppet, channel } = await online();
    const text = '电动车火灾风险大，楼道内限制停放';
    puppet.faults.push({ what: 'refused', error: new Error(`could not send "${text}"`) });
    expect(await tell(channel, world.addPerson('林阿姨'), text)).toEqual({ fate: 'unknown', code: 'server-error' });
    expect(channel.status().state).toBe('online');
  });
});

describe('how much is sent', () => {
  const limits = {
    gapMs: [7_500, 13_000],
    perDay: 4,
    unaskedPerDay: 2,
    perGroupPerDay: 2,
    groupGapMs: 30_000,
    partGapMs: [0, 1],
  };

  it('is declared as a pace: one at a time, by chance between 7.5 and 13 s, 20 a day to a group', async () => {
    const { channel } = await online({ config: { limits: undefined } });
    expect(channel.can.pace).toEqual({
      atOnce: 1,
      gapMs: [7_500, 13_000],
      perGroup: [
        { most: 1, withinMs: 30_000 },
        { most: 20, withinMs: 86_400_000 },
      ],
    });
  });

  it('has a ceiling a day that a restart does not forget, the last of it for those who ask', async () => {
    let now = new Date('2026-11-20T10:00:00+08:00');
    const opened = await online({ config: { limits }, now: () => now });
    const { world, channel, puppet } = opened;
    const people = ['林', '王', '李', '赵', '钱'].map((name) => world.addPerson(name));
    const [lin = '', wang = '', li = '', zhao = '', qian = ''] = people;
    expect(await tell(channel, lin, '通知', { kind: 'notice' })).toMatchObject({ fate: 'sent' });
    expect(await tell(channel, wang, '贴士', { kind: 'tip' })).toEqual({ fate: 'sent' });
    const held = { fate: 'not-sent', code: 'rate-limited', untried: true, retryAfterMs: 86_400_000 };
    expect(await tell(channel, li, '通知', { kind: 'notice' })).toEqual({ ...held, wholeAccount: false });
    expect(await tell(channel, li, '好')).toEqual({ fate: 'sent' });
    await channel.stop();

    const later = opened.another();
    await begin(later, opened);
    expect(await tell(later, zhao, '好')).toEqual({ fate: 'sent' });
    expect(await tell(later, qian, '好')).toEqual({ ...held, wholeAccount: true });
    now = new Date(now.getTime() + 86_400_000);
    expect(await tell(later, qian, '好')).toEqual({ fate: 'sent' });
    expect(puppet.texts.map(({ text }) => text)).toEqual(['通知', '贴士', '好', '好', '好']);
  });

  it('keeps groups apart by half a minute each, and people not', async () => {
    let now = new Date('2026-11-20T10:00:00+08:00');
    const { world, channel } = await online({ config: { limits: { ...limits, perDay: 100 } }, now: () => now });
    const one = world.addGroup('一群', []);
    const two = world.addGroup('二群', []);
    const lin = world.addPerson('林阿姨');
    const sent = { fate: 'sent' };
    expect(await tell(channel, one, '好', { isGroup: true })).toEqual(sent);
    expect(await tell(channel, two, '好', { isGroup: true })).toEqual(sent);
    expect(await tell(channel, one, '好', { isGroup: true })).toMatchObject({
      code: 'rate-limited',
      retryAfterMs: 30_000,
    });
    expect([await tell(channel, lin, '好'), await tell(channel, lin, '好')]).toEqual([sent, sent]);
    now = new Date(now.getTime() + 30_000);
    expect(await tell(channel, one, '好', { isGroup: true })).toEqual(sent);
    now = new Date(now.getTime() + 30_000);
    expect(await tell(channel, one, '好', { isGroup: true })).toMatchObject({ code: 'rate-limited' });
  });

  it('goes one after the other however many are handed over', async () => {
    const { world, channel, puppet } = await online();
    const lin = world.addPerson('林阿姨');
    puppet.faults.push({ what: 'slow', ms: 60 });
    await Promise.all(['一', '二', '三'].map((text) => tell(channel, lin, text)));
    expect(puppet.texts.map(({ text }) => text)).toEqual(['一', '二', '三']);
  });

  it('is not begun where the file that remembers it cannot be read', async () => {
    const opened = await online();
    const { channel, home, world, another } = opened;
    await tell(channel, world.addPerson('林阿姨'), '好');
    await channel.stop();
    const [file = ''] = (await readdir(home)).filter((name) => name.endsWith('.json'));
    expect(JSON.parse(await readFile(join(home, file), 'utf8')).sent).toHaveLength(1);
    await writeFile(join(home, file), '{"sent": "?"}');
    const fault = await another()
      .start(opened.sink)
      .catch((error: unknown) => error);
    expect(isLvlinError(fault, 'settings-invalid')).toBe(true);
  });
});

// How the gateway's client notices a line that breaks is partly chance; what fails three times is a fault.
describe('what became of a message', { retry: 2 }, () => {
  const { fails, refused } = {
    fails: (message: string) => new Error(message),
    refused: (code: number) => Object.assign(new Error('no'), { code, details: 'no' }),
  };

  it.each([
    ['the gateway guards its account', refused(8), { fate: 'not-sent', code: 'rate-limited' }],
    ['the gateway cannot do that', refused(12), { fate: 'not-sent', code: 'forbidden', final: true }],
    ['nobody is logged in behind it', fails('not logged in'), { fate: 'not-sent', code: 'offline', untried: true }],
    ['the bot was taken out', fails('你已被移出群聊'), { fate: 'not-sent', code: 'gone', gone: true }],
    ['the other side refuses', fails('消息已发出，但被对方拒收了'), { fate: 'not-sent', code: 'gone', gone: true }],
    ['anything else', fails('Timeout of 60000ms'), { fate: 'unknown', code: 'server-error' }],
  ])('is read from the error: %s', async (_what, error, outcome) => {
    const { world, puppet, channel } = await online();
    puppet.faults.push({ what: 'refused', error });
    expect(await tell(channel, world.addPerson('林阿姨'), '好')).toEqual(outcome);
    expect(puppet.texts).toEqual([]);
  });

  it('is unknown when the answer is lost, is never taken for sent with a picture, and nothing is sent twice', async () => {
    const opened = await online({ readFile: async () => new Uint8Array(50_000) });
    const { world, puppet, gateway, channel } = opened;
    const lin = world.addPerson('林阿姨');
    puppet.faults.push({ what: 'sent-but', after: gateway.breakConnections });
    // Whether the line or the call on it is missed first is a matter of chance; that nobody knows is not.
    const lost = { fate: 'unknown', code: expect.stringMatching(/^(network|server-error)$/) };
    expect(await tell(channel, lin, '一')).toEqual(lost);
    await heardAgain(opened, lin);
    puppet.faults.push({ what: 'slow', ms: 0 }, { what: 'sent-but', after: gateway.breakConnections });
    const attachment = { kind: 'image', id: 'x', name: 'x.png', mediaType: 'image/png' } as const;
    expect((await tell(channel, lin, '二', { attachment })).fate).not.toBe('sent');
    await heardAgain(opened, lin);
    // On a line that was just made anew either may be lost on its way there or back; it is not tried again.
    expect(puppet.texts.length).toBeLessThanOrEqual(2);
    expect(puppet.files.length).toBeLessThanOrEqual(1);
  });

  it('is unknown when a picture was sent and the account fails afterwards, and it is not sent again by another way', async () => {
    const { world, puppet, channel } = await online({ readFile: async () => new Uint8Array(50_000) });
    const attachment = { kind: 'image', id: 'x', name: 'x.png', mediaType: 'image/png' } as const;
    const after = () => Promise.reject(new Error('Timeout of 60000ms'));
    puppet.faults.push({ what: 'slow', ms: 0 }, { what: 'sent-but', after });
    const outcome = await tell(channel, world.addPerson('林阿姨'), '海报', { attachment });
    expect(outcome).toEqual({ fate: 'unknown', code: 'server-error' });
    expect(puppet.files).toHaveLength(1);
  });

  it('is unknown when nobody answers in time', async () => {
    const { world, puppet, channel } = await online({ config: { times: { sendWithin: 50 } } });
    puppet.faults.push({ what: 'sent-but', after: () => new Promise((resolve) => setTimeout(resolve, 300)) });
    expect(await tell(channel, world.addPerson('林阿姨'), '好')).toEqual({ fate: 'unknown', code: 'timeout' });
  });

  it('is gone when the group was dissolved', async () => {
    const { world, channel } = await online();
    const room = world.addGroup('三栋群', []);
    world.dissolves(room);
    expect(await tell(channel, room, '好', { isGroup: true })).toEqual({ fate: 'not-sent', code: 'gone', gone: true });
  });
});

describe('ids that change at every login', () => {
  it('are bound to the login, so that nobody is taken for somebody else', async () => {
    const opened = await online({ ids: 'of-this-login', config: { stableIds: false } });
    const { world, channel, said, puppet } = opened;
    const lin = world.addPerson('林阿姨');
    const room = world.addGroup('三栋群', [lin]);
    world.says(lin, '一', { room });
    await vi.waitFor(() => expect(said).toHaveLength(1), PATIENCE);
    const before = said[0];
    expect(before?.sender.address).not.toBe(lin);
    expect(before?.chat.address).toMatch(/^login-[\da-f]{12}:@@/);
    expect(await tell(channel, before?.chat.address ?? '', '好', { isGroup: true })).toEqual({ fate: 'sent' });

    const { newIdOf } = await world.logInAnew();
    await vi.waitFor(() => expect(channel.status().state).toBe('online'), PATIENCE);
    world.says(newIdOf(lin), '二', { room: newIdOf(room) });
    await vi.waitFor(() => expect(said).toHaveLength(2), PATIENCE);
    expect(said[1]?.sender.displayName).toBe('林阿姨');
    expect(said[1]?.sender.address).not.toBe(before?.sender.address);
    expect(said[1]?.chat.address).not.toBe(before?.chat.address);
    expect(await tell(channel, before?.chat.address ?? '', '好', { isGroup: true })).toMatchObject({ gone: true });
    expect(await tell(channel, said[1]?.chat.address ?? '', '好', { isGroup: true })).toEqual({ fate: 'sent' });
    expect(puppet.texts.map(({ conversationId }) => conversationId)).toEqual([room, newIdOf(room)]);
  });

  it('stay what they are while only the connection is new', async () => {
    const opened = await online({ ids: 'of-this-login', config: { stableIds: false } });
    const { world, channel, said, gateway } = opened;
    const lin = world.addPerson('林阿姨');
    world.says(lin, '一');
    await vi.waitFor(() => expect(said).toHaveLength(1), PATIENCE);
    await gateway.breakConnections();
    await vi.waitFor(() => expect(channel.status().state).toBe('connecting'), PATIENCE);
    await vi.waitFor(() => expect(channel.status().state).toBe('online'), PATIENCE);
    world.says(lin, '二');
    await vi.waitFor(() => expect(said).toHaveLength(2), PATIENCE);
    expect(said[1]?.sender.address).toBe(said[0]?.sender.address);
  });

  it('are not reached by an address from a time when they were taken for lasting', async () => {
    const { world, channel } = await online({ ids: 'of-this-login', config: { stableIds: false } });
    expect(await tell(channel, world.addPerson('林阿姨'), '好')).toMatchObject({ gone: true });
  });
});
