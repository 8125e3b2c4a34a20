/** The platforms the bot speaks on. */
export const CHANNELS = ['wecom', 'wechat', 'telegram', 'web', 'manual'] as const;
export type ChannelName = (typeof CHANNELS)[number];
