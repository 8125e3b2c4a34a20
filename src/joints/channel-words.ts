/** How it stands with a channel, in words for the staff. */
import type { ChannelStanding } from '../admin/channel-desk.ts';
import type { ChannelStatus } from '../channels/channel.ts';
import type { ChannelFinding } from '../channels/channel-check.ts';
import type { ChannelName } from '../model/channel-name.ts';
import { sayerOf } from '../model/saying.ts';
import type { Saying, TextCatalogue } from '../model/text.ts';

export const CHANNEL_TEXTS = {
  'channel.wecom': [],
  'channel.telegram': [],
  'channel.wechat': [],
  'channel.web': [],
  'channel.manual': [],
  'channel.webhook': ['name'],
  'channel.well': ['channel'],
  'channel.connecting': ['channel'],
  'channel.elsewhere': ['channel'],
  'channel.well-again': ['channel'],
  'channel.offline': ['channel'],
  'channel.needs-login': ['channel'],
  'channel.kicked': ['channel'],
  'channel.wrong-credentials': ['channel'],
  'channel.another-instance': ['channel'],
  'channel.unreachable': ['channel'],
  'channel.certificate': ['channel'],
  'channel.silent': ['channel'],
  'channel.restricted': ['channel'],
  'channel.not-installed': ['channel'],
  'channel.not-accepted': ['channel'],
  'channel.refused': ['channel'],
  'channel-check.well': ['channel'],
  'channel-check.needs-login': ['channel'],
  'channel-check.clock-differs': ['channel'],
  'channel-check.malformed': ['channel'],
  'channel-check.hears-everything': ['channel'],
  'channel-check.wrong-credentials': ['channel'],
  'channel-check.another-instance': ['channel'],
  'channel-check.unreachable': ['channel'],
  'channel-check.certificate': ['channel'],
  'channel-check.silent': ['channel'],
  'channel-check.restricted': ['channel'],
  'channel-check.not-installed': ['channel'],
  'channel-check.not-accepted': ['channel'],
  'channel-check.refused': ['channel'],
  'channel-check.gateway-certificate': ['channel'],
  'channel-check.elsewhere': ['channel'],
} as const satisfies TextCatalogue;

const say = sayerOf(CHANNEL_TEXTS);

export function channelTitle(name: ChannelName, webhook: string | null): Saying {
  return webhook === null ? say(`channel.${name}`) : say('channel.webhook', { name: webhook });
}

/** What is wrong and what to do; or that it is well again. */
export function channelNews(channel: string, { state, trouble }: Pick<ChannelStatus, 'state' | 'trouble'>): Saying {
  if (state === 'online') return say('channel.well-again', { channel });
  if (state === 'kicked') return say('channel.kicked', { channel });
  if (trouble !== undefined) return say(`channel.${trouble}`, { channel });
  return say(state === 'needs-login' ? 'channel.needs-login' : 'channel.offline', { channel });
}

/** How it stands just now, for whoever looks. */
export function channelStands(
  channel: string,
  standing: ChannelStanding,
  status: Pick<ChannelStatus, 'state' | 'trouble'>,
): Saying {
  if (standing === 'elsewhere') return say('channel.elsewhere', { channel });
  if (standing === 'well') return say('channel.well', { channel });
  const isBeginning = standing === 'starting' && status.state === 'connecting' && status.trouble === undefined;
  return isBeginning ? say('channel.connecting', { channel }) : channelNews(channel, status);
}

/** What was found by looking once; nothing is being mended by itself meanwhile. */
export function channelFinding(name: ChannelName, channel: string, finding: ChannelFinding | 'elsewhere'): Saying {
  // Mostly such a gateway has none.
  if (name === 'wechat' && finding === 'certificate') return say('channel-check.gateway-certificate', { channel });
  return say(`channel-check.${finding}`, { channel });
}
