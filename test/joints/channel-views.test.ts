/** How an account stands, for the page: well, beginning, in trouble, or with another process. */
import { describe, expect, it } from 'vitest';
import type { Channel, ChannelStatus } from '../../src/channels/channel.ts';
import { channelViews } from '../../src/joints/channel-views.ts';
import type { KeptChannel } from '../../src/runtime/channel-keeper.ts';
import { createLoopbackChannel } from '../support/loopback-channel.ts';

const SINCE = new Date('2026-11-20T10:00:00+08:00');
const after = (minutes: number) => new Date(SINCE.getTime() + minutes * 60_000);
const words = ({ key }: { readonly key: string }) => key;

function view(status: Omit<ChannelStatus, 'since'>, minutes: number, stands: KeptChannel['stands'] = 'running') {
  const channel: Channel = {
    ...createLoopbackChannel(),
    name: 'wecom',
    account: 'aibNanmen',
    status: () => ({ ...status, since: SINCE }),
  };
  const [only] = channelViews([{ channel, stands, status: channel.status(), heardAt: null }], words, after(minutes));
  return [only?.standing, only?.news];
}

describe('an account', () => {
  it('that is away for a moment worries nobody, and after five minutes it does', () => {
    expect(view({ state: 'connecting' }, 1)).toEqual(['starting', 'channel.connecting']);
    expect(view({ state: 'connecting', trouble: 'unreachable' }, 4)).toEqual(['starting', 'channel.unreachable']);
    expect(view({ state: 'connecting', trouble: 'unreachable' }, 5)).toEqual(['trouble', 'channel.unreachable']);
    expect(view({ state: 'connecting' }, 5)).toEqual(['trouble', 'channel.offline']);
  });

  it.each([
    [{ state: 'kicked' }, 'channel.kicked'],
    [{ state: 'needs-login' }, 'channel.needs-login'],
    [{ state: 'needs-login', trouble: 'wrong-credentials' }, 'channel.wrong-credentials'],
    [{ state: 'degraded', trouble: 'restricted' }, 'channel.restricted'],
    [{ state: 'offline', trouble: 'not-accepted' }, 'channel.not-accepted'],
    [{ state: 'offline', trouble: 'not-installed' }, 'channel.not-installed'],
  ] as const)('that needs a person is in trouble at once: %o', (status, news) => {
    expect(view(status, 0)).toEqual(['trouble', news]);
  });

  it('that another process has is not called disconnected', () => {
    expect(view({ state: 'offline' }, 60, 'elsewhere')).toEqual(['elsewhere', 'channel.elsewhere']);
  });

  it('that could not begin here is not said to be with another process', () => {
    const failed = { state: 'offline', trouble: 'refused' } as const;
    expect(view(failed, 1, 'not-started')).toEqual(['starting', 'channel.refused']);
    expect(view(failed, 5, 'not-started')).toEqual(['trouble', 'channel.refused']);
  });

  it('is not what connects to nothing', () => {
    const channel = createLoopbackChannel();
    const kept = { channel, stands: 'running', status: channel.status(), heardAt: null } as const;
    expect(channelViews([kept], words, SINCE)).toEqual([]);
  });
});
