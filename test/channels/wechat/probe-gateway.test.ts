/** A look at the gateway before it is relied on. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { probeGateway } from '../../../src/channels/wechat/probe-gateway.ts';
import { PATIENCE } from '../../support/patience.ts';
import { type OpenOptions, type OpenWechat, openWechat } from './open-wechat.ts';

let open: OpenWechat | null = null;

afterEach(async () => {
  await open?.close();
  open = null;
});

async function opened(options: OpenOptions = {}): Promise<OpenWechat> {
  open = await openWechat(options);
  return open;
}

describe('a look at the gateway', () => {
  it('sees that somebody is logged in, and leaves them logged in', async () => {
    const { config, puppet } = await opened();
    expect(await probeGateway(config)).toEqual({ trouble: null, loggedIn: true, loginCode: null });
    expect([puppet.isLoggedIn, puppet.stops]).toEqual([true, 0]);
  });

  it('sees the code to scan', async () => {
    const { config, world } = await opened({ loggedIn: false });
    world.showLoginCode('https://login.weixin.qq.com/l/abc');
    expect(await probeGateway(config)).toMatchObject({
      trouble: null,
      loggedIn: false,
      loginCode: 'https://login.weixin.qq.com/l/abc',
    });
  });

  it('does not disturb a bot that listens there', async () => {
    const { config, channel, sink, world, said, logged } = await opened();
    await channel.start(sink);
    await vi.waitFor(() => expect(channel.status().state).toBe('online'), PATIENCE);
    expect(await probeGateway(config)).toMatchObject({ trouble: 'another-instance' });
    world.says(world.addPerson('林阿姨'), '在吗');
    await vi.waitFor(() => expect(said).toHaveLength(1), PATIENCE);
    expect(logged).toEqual([]);
  });

  it.each([
    ['a wrong token', { token: 'insecure_other' }, 'wrong-credentials'],
    ['nobody at the address', { endpoint: 'http://127.0.0.1:1' }, 'unreachable'],
    ['a risk that was not accepted', { acceptsRisk: false }, 'not-accepted'],
  ])('says what is wrong: %s', async (_what, config, trouble) => {
    const { config: wrong } = await opened({ config });
    expect(await probeGateway(wrong)).toEqual({ trouble, loggedIn: false, loginCode: null });
  });

  it('says that the packages are missing', async () => {
    const { config } = await opened();
    expect(await probeGateway(config, async () => null)).toMatchObject({ trouble: 'not-installed' });
  });
});
