/** The connection to the gateway: lost, silent, refused, logged out, and found again. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadPuppetSdk, type PuppetSdk } from '../../../src/channels/wechat/puppet-sdk.ts';
import { PATIENCE } from '../../support/patience.ts';
import { type OpenOptions, type OpenWechat, openWechat, tell } from './open-wechat.ts';

let open: OpenWechat | null = null;

afterEach(async () => {
  await open?.close();
  open = null;
});

async function started(options: OpenOptions = {}): Promise<OpenWechat> {
  open = await openWechat(options);
  await open.channel.start(open.sink);
  return open;
}

async function online(options: OpenOptions = {}): Promise<OpenWechat> {
  const opened = await started(options);
  await becomes(opened, { state: 'online' });
  return opened;
}

function becomes({ channel }: Pick<OpenWechat, 'channel'>, status: object): Promise<void> {
  return vi.waitFor(() => expect(channel.status()).toMatchObject(status), PATIENCE);
}

describe('the connection to the gateway', () => {
  it('comes back by itself after the gateway was gone, and hears and speaks again', async () => {
    const opened = await online();
    const { gateway, world, channel, said, puppet } = opened;
    const lin = world.addPerson('林阿姨');
    await gateway.goDown();
    await becomes(opened, { state: 'connecting', trouble: 'unreachable' });
    expect(await tell(channel, lin, '在吗')).toEqual({ fate: 'not-sent', code: 'offline', untried: true });
    await gateway.comeBack();
    await becomes(opened, { state: 'online' });
    world.says(lin, '在');
    await vi.waitFor(() => expect(said.map(({ text }) => text)).toEqual(['在']), PATIENCE);
    expect(await tell(channel, lin, '好')).toEqual({ fate: 'sent' });
    expect(puppet.texts.map(({ text }) => text)).toEqual(['好']);
  });

  it('is called anew each time connections break, without ending the login', async () => {
    const opened = await online();
    const { gateway, world, said, puppet } = opened;
    const lin = world.addPerson('林阿姨');
    for (const text of ['一', '二', '三']) {
      await gateway.breakConnections();
      await becomes(opened, { state: 'connecting' });
      await becomes(opened, { state: 'online' });
      world.says(lin, text);
      await vi.waitFor(() => expect(said.at(-1)?.text).toBe(text), PATIENCE);
    }
    expect(puppet.stops).toBe(0);
  });

  it('is left and called anew when the gateway hangs', async () => {
    const opened = await online({ config: { times: { askAfter: 40, leaveAfter: 150 } } });
    const { puppet, world, said } = opened;
    puppet.isFrozen = true;
    await vi.waitFor(() => expect(opened.logged.join('\n')).toContain('"trouble":"silent"'), PATIENCE);
    puppet.isFrozen = false;
    await becomes(opened, { state: 'online' });
    world.says(world.addPerson('林阿姨'), '在');
    await vi.waitFor(() => expect(said).toHaveLength(1), PATIENCE);
  });

  it('stays while the gateway answers, however quiet the groups are', async () => {
    const { logged, channel } = await online({ config: { times: { askAfter: 20, leaveAfter: 200 } } });
    const { since } = channel.status();
    const end = performance.now() + 700;
    await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(end), PATIENCE);
    expect(logged).toEqual([]);
    expect(channel.status()).toEqual({ state: 'online', since });
  });

  it('says which credentials are wrong without repeating them, and does not hurry', async () => {
    const opened = await started({ config: { token: 'insecure_not-the-one' } });
    await becomes(opened, { state: 'connecting', trouble: 'wrong-credentials' });
    expect(opened.logged.join('\n')).not.toContain('not-the-one');
  });

  it('says that somebody else listens at the gateway, and takes over when they are gone', async () => {
    const opened = await online();
    const second = opened.another();
    await second.start(opened.sink);
    await becomes({ channel: second }, { state: 'connecting', trouble: 'another-instance' });
    expect(opened.channel.status().state).toBe('online');
    await opened.channel.stop();
    await becomes({ channel: second }, { state: 'online' });
  });

  it('speaks TLS, and says when the gateway does not', async () => {
    const opened = await online({ tls: true });
    opened.world.says(opened.world.addPerson('林阿姨'), '在');
    await vi.waitFor(() => expect(opened.said).toHaveLength(1), PATIENCE);
    await opened.close();
    open = await openWechat();
    const { gateway } = open;
    await open.close();
    const plain = await started({ config: { endpoint: `https://${gateway.endpoint}` } });
    await vi.waitFor(() => expect(plain.channel.status().trouble).toBeDefined(), PATIENCE);
    expect(plain.channel.status().state).toBe('connecting');
  });

  it('ends at once and leaves the account logged in, and can begin again', async () => {
    const opened = await online();
    const { channel, puppet, sink, world, said } = opened;
    const before = performance.now();
    await channel.stop();
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(channel.status()).toMatchObject({ state: 'offline' });
    world.says(world.addPerson('林阿姨'), '有人吗');
    await channel.start(sink);
    await becomes(opened, { state: 'online' });
    expect([puppet.isLoggedIn, puppet.stops]).toEqual([true, 0]);
    expect(said).toEqual([]);
  });

  it('does not begin after it was stopped while the packages were loading', async () => {
    let loaded: (sdk: PuppetSdk | null) => void = () => {};
    const load = () =>
      new Promise<PuppetSdk | null>((resolve) => {
        loaded = resolve;
      });
    const { channel, sink, logged } = await started({ load });
    expect(channel.status().state).toBe('connecting');
    await channel.stop();
    loaded(await loadPuppetSdk());
    await new Promise((resolve) => setImmediate(resolve));
    expect(channel.status().state).toBe('offline');
    await channel.start(sink);
    expect(channel.status().state).toBe('connecting');
    loaded(null);
    await vi.waitFor(() => expect(channel.status().trouble).toBe('not-installed'), PATIENCE);
    expect(logged).toHaveLength(1);
  });

  it('ends at once while it is still calling', async () => {
    const { channel, gateway } = await started();
    await gateway.goDown();
    const before = performance.now();
    await channel.stop();
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(channel.status().state).toBe('offline');
  });
});

describe('the login', () => {
  it('shows the code to scan, and is online once it was', async () => {
    const opened = await started({ loggedIn: false });
    await becomes(opened, { state: 'connecting' });
    await vi.waitFor(() => expect(opened.puppet.starts).toBe(1), PATIENCE);
    await vi.waitFor(() => {
      opened.world.showLoginCode('https://login.weixin.qq.com/l/abc');
      expect(opened.channel.status().loginCode).toBe('https://login.weixin.qq.com/l/abc');
    }, PATIENCE);
    expect(opened.channel.status().state).toBe('needs-login');
    opened.world.logIn();
    await becomes(opened, { state: 'online' });
    expect(opened.channel.status()).not.toHaveProperty('loginCode');
  });

  it('is asked for when the gateway has nobody and shows no code', async () => {
    const opened = await started({ loggedIn: false, config: { times: { loginWithin: 60 } } });
    await becomes(opened, { state: 'needs-login' });
  });

  it('is missed when the account logs out, and stays when it comes back at once', async () => {
    const opened = await online();
    const { world, puppet } = opened;
    const self = world.self;
    await world.logOut('logged out on the phone');
    await becomes(opened, { state: 'needs-login' });
    world.logIn(self);
    await becomes(opened, { state: 'online' });
    await world.logOut();
    world.logIn(self);
    await vi.waitFor(() => expect(opened.channel.status().state).toBe('online'), PATIENCE);
    // The SDK's own client would have told the gateway to log out by now.
    world.says(world.addPerson('林阿姨'), '在');
    await vi.waitFor(() => expect(opened.said).toHaveLength(1), PATIENCE);
    expect(puppet.isLoggedIn).toBe(true);
  });
});

describe('what cannot start', () => {
  it('says that the packages are not there', async () => {
    const opened = await started({ load: async () => null });
    const { channel } = opened;
    await becomes(opened, { state: 'offline', trouble: 'not-installed' });
    expect(await tell(channel, 'wxid_lin', '在吗')).toMatchObject({ fate: 'not-sent', code: 'offline' });
  });

  it.each([
    ['the risk was not accepted', { acceptsRisk: false }, 'not-accepted'],
    ['the token has no server name', { token: 'only-a-token' }, 'wrong-credentials'],
    ['the endpoint is none', { endpoint: 'api.example' }, 'refused'],
  ])('says that %s, and loads nothing', async (_what, config, trouble) => {
    let loads = 0;
    const load = async () => {
      loads += 1;
      return null;
    };
    const { channel } = await started({ config, load });
    expect(channel.status()).toMatchObject({ state: 'offline', trouble });
    expect(loads).toBe(0);
  });
});
