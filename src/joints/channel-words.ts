/** How it stands with a channel, in words for the staff. */
import type { ChannelStatus } from '../channels/channel.ts';
import type { ChannelName } from '../model/channel-name.ts';
import { sayerOf } from '../model/saying.ts';
import type { Saying, TextCatalogue } from '../model/text.ts';

export const CHANNEL_TEXTS = {
  'channel.wecom': [],
  'channel.telegram': [],
  'channel.wechat': [],
  'channel.web': [],
  'channel.manual': [],
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
} as const satisfies TextCatalogue;

const say = sayerOf(CHANNEL_TEXTS);

/** What is wrong and what to do; or that it is well again. */
export function channelNews(
  name: ChannelName,
  { state, trouble }: Pick<ChannelStatus, 'state' | 'trouble'>,
  words: (saying: Saying) => string,
): Saying {
  const channel = words(say(`channel.${name}`));
  if (state === 'online') return say('channel.well-again', { channel });
  if (state === 'kicked') return say('channel.kicked', { channel });
  if (trouble !== undefined) return say(`channel.${trouble}`, { channel });
  return say(state === 'needs-login' ? 'channel.needs-login' : 'channel.offline', { channel });
}
