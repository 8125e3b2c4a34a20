/** The platforms the bot speaks on. */
export const CHANNELS = ['wecom', 'wechat', 'telegram', 'web', 'manual'] as const;
export type ChannelName = (typeof CHANNELS)[number];

/** No account and no connection: what is for such a chat waits in the queue until a person has forwarded it. */
export const BY_HAND = 'manual' satisfies ChannelName;
