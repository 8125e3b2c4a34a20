/** Tells the staff once, where they can be reached, that a channel is in trouble, and once that it is well again. */
import type { Channel, ChannelStatus } from '../channels/channel.ts';
import { webhookName } from '../channels/wecom/webhook-channel.ts';
import { tellStaff, tellStaffItIsOver } from '../features/binding/tell-staff.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { RenderText, Saying } from '../model/text.ts';
import type { Bot } from '../runtime/bot.ts';
import { listCommunities } from '../store/community-table.ts';
import type { Store } from '../store/store.ts';
import { channelNews, channelTitle } from './channel-words.ts';

export interface WatchParts {
  readonly store: Store;
  readonly bot: () => Bot;
  readonly render: RenderText;
  readonly clock: Clock;
  readonly log: Logger;
}

export function watchChannels(parts: WatchParts): (channel: Channel, status: ChannelStatus) => void {
  return (channel, status) => {
    const { name, account } = channel;
    const { state, trouble } = status;
    parts.log.warn({ channel: name, account, state, trouble }, 'a channel is in trouble, or well again');
    tell(parts, channel, status).catch((cause: unknown) => {
      parts.log.error({ channel: name, err: cause }, 'the staff could not be told of a channel');
    });
  };
}

/** An account serves every community of this installation. */
async function tell({ store, bot, render, clock }: WatchParts, channel: Channel, status: ChannelStatus): Promise<void> {
  const now = clock.now();
  const about = `channel|${channel.name}|${channel.account}`;
  const write = status.state === 'online' ? tellStaffItIsOver : tellStaff;
  await store.write(async (tx) => {
    for (const community of await listCommunities(tx)) {
      const words = ({ key, variables }: Saying) => render(community.locale, key, variables, about);
      const said = channelNews(words(channelTitle(channel.name, webhookName(channel.account))), status);
      const messages = await write(tx, community, { about, said, now });
      if (messages.length > 0) await bot().follow(tx, community, 'binding', { messages });
    }
  });
  bot().dispatcher.nudge();
}
