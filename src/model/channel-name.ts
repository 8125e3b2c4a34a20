/** The platforms the bot speaks on. */
export const CHANNELS = ['wecom', 'wechat', 'telegram', 'web', 'manual'] as const;
export type ChannelName = (typeof CHANNELS)[number];

/** No account and no connection: what is for such a chat waits in the queue until a person has forwarded it. */
export const BY_HAND = 'manual' satisfies ChannelName;

/** How somebody who reads a group there answers the bot: by naming it, on the page itself, or not at all. */
const ANSWERED_FROM = {
  wecom: 'group',
  wechat: 'group',
  telegram: 'group',
  web: 'page',
  [BY_HAND]: 'nowhere',
} as const satisfies Record<ChannelName, 'group' | 'page' | 'nowhere'>;
export type AnsweredFrom = (typeof ANSWERED_FROM)[ChannelName];

export function answeredFrom(channel: ChannelName): AnsweredFrom {
  return ANSWERED_FROM[channel];
}
