/** What people call the places they write from. */
import type { ChannelName } from '../../model/channel-name.ts';
import type { Saying } from '../../model/text.ts';
import { say } from './binding-texts.ts';

export function channelName(channel: ChannelName): Saying {
  switch (channel) {
    case 'web':
      return say('binding.channel-web');
    case 'wecom':
      return say('binding.channel-wecom');
    case 'wechat':
      return say('binding.channel-wechat');
    case 'telegram':
      return say('binding.channel-telegram');
    case 'manual':
      return say('binding.channel-manual');
  }
}
