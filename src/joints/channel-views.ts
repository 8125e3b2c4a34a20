/** How each account stands, as the site shows it. */
import type { ChannelStanding, ChannelView, Platform } from '../admin/channel-desk.ts';
import { PLATFORMS } from '../admin/channel-desk.ts';
import type { Channel } from '../channels/channel.ts';
import { webhookName } from '../channels/wecom/webhook-channel.ts';
import type { Saying } from '../model/text.ts';
import type { KeptChannel } from '../runtime/channel-keeper.ts';
import { isWorthTelling } from '../runtime/channel-trouble-rules.ts';
import { channelStands, channelTitle } from './channel-words.ts';

export function channelViews(
  kept: readonly KeptChannel[],
  words: (saying: Saying) => string,
  now: Date,
): readonly ChannelView[] {
  return kept.filter(({ channel }) => channel.account !== '*').map((one) => viewOf(one, words, now));
}

/** `null`: a webhook robot, or no platform at all. */
export function platformOf({ name, account }: Pick<Channel, 'name' | 'account'>): Platform | null {
  return webhookName(account) === null ? (PLATFORMS.find((platform) => platform === name) ?? null) : null;
}

function viewOf(kept: KeptChannel, words: (saying: Saying) => string, now: Date) {
  const { channel, status, heardAt } = kept;
  const { name, account } = channel;
  const standing = standingOf(kept, now);
  const title = words(channelTitle(name, webhookName(account)));
  const view: ChannelView = {
    name,
    account,
    platform: platformOf(channel),
    title,
    standing,
    since: status.since,
    news: words(channelStands(title, standing, status)),
    loginCode: kept.stands === 'running' ? (status.loginCode ?? null) : null,
    isRestricted: status.trouble === 'restricted',
    heardAt,
    handle: channel.handle?.() ?? null,
  };
  return view;
}

function standingOf({ stands, status }: KeptChannel, now: Date): ChannelStanding {
  if (stands === 'elsewhere') return 'elsewhere';
  if (status.state === 'online') return 'well';
  return isWorthTelling(status, now) ? 'trouble' : 'starting';
}
