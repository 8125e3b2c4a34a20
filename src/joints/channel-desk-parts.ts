/** What setting accounts in the browser takes hold of. */
import type { Channel } from '../channels/channel.ts';
import type { AccountsConfig } from '../config.ts';
import type { Clock } from '../lib/clock.ts';
import type { Bot } from '../runtime/bot.ts';
import type { SettingsFile } from '../settings-file.ts';

export interface ChannelDeskParts {
  readonly bot: () => Pick<Bot, 'channels'>;
  readonly file: SettingsFile;
  readonly channelsOf: (accounts: AccountsConfig) => Promise<readonly Channel[]>;
  /** The groups of webhook robots are made without a word from them. */
  readonly onWebhooks: (accounts: AccountsConfig) => Promise<void>;
  readonly clock: Clock;
}

export const NO_ACCOUNTS: AccountsConfig = {
  wecom: null,
  webhooks: [],
  wecomApp: null,
  telegram: null,
  wechat: null,
};
