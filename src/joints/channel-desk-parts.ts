/** What setting accounts in the browser takes hold of. */
import type { Webhook } from '../channel-setting-list.ts';
import type { Channel } from '../channels/channel.ts';
import type { AccountsConfig } from '../config.ts';
import type { Clock } from '../lib/clock.ts';
import type { Bot } from '../runtime/bot.ts';
import type { SettingsFile } from '../settings-file.ts';

export interface ChannelDeskParts {
  readonly bot: () => Pick<Bot, 'channels'>;
  readonly file: SettingsFile;
  readonly channelsOf: (accounts: AccountsConfig) => Promise<readonly Channel[]>;
  /** The groups of webhook robots come and go without a word from them. */
  readonly openGroup: (webhook: Webhook, communityId: string) => Promise<void>;
  readonly closeGroup: (name: string) => Promise<void>;
  readonly clock: Clock;
}

export const NO_ACCOUNTS: AccountsConfig = {
  wecom: null,
  webhooks: [],
  wecomApp: null,
  telegram: null,
  wechat: null,
};
