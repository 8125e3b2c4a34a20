/** Lets the committee's site see the accounts, and set them while the bot runs. */
import {
  ACCOUNT_FIELDS,
  type AccountField,
  type AccountSetting,
  type ChannelDesk,
  type Platform,
  SECRET_FIELDS,
} from '../admin/channel-desk.ts';
import type { Config } from '../config.ts';
import { SETTINGS, type SettingName } from '../setting-list.ts';
import type { Saved } from '../settings-file.ts';
import { connectPlatform } from './channel-connecting.ts';
import type { ChannelDeskParts } from './channel-desk-parts.ts';
import { channelViews, platformOf } from './channel-views.ts';
import { changeForGood, fixedBy, readOrNull } from './settings-keeping.ts';
import { webhookDesk } from './webhook-desk.ts';

export function channelDesk(config: Config, parts: ChannelDeskParts): ChannelDesk {
  const { bot, file, clock } = parts;
  let last: Promise<unknown> = Promise.resolve();

  /** Two who set the same account at once would throw each other out. */
  function inTurn<R>(work: () => Promise<R>): Promise<R> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  return {
    list: (words) => channelViews(bot().channels.standing(), words, clock.now()),
    release: async (name, account) => {
      const channel = bot().channels.find(name, account);
      await channel?.release?.();
      return channel?.release !== undefined;
    },
    read: async () => {
      const saved = await readOrNull(file);
      return saved === null ? null : settingsOf(config, saved);
    },
    connect: (platform, values, words) => inTurn(() => connectPlatform(config, parts, { platform, values, words })),
    forget: (platform) => inTurn(() => forget(parts, platform)),
    ...webhookDesk(config, parts, inTurn),
    file: config.settingsFile,
  };
}

function settingsOf(config: Config, saved: Saved): Record<AccountField, AccountSetting> {
  const setting = (field: AccountField): AccountSetting => {
    const name = variableOf(field);
    const fixed = name === null ? null : fixedBy(config, name);
    const given = config.given.find((one) => one.name === name);
    const value = String(saved[field] ?? '');
    return {
      isSet: fixed !== null || value !== '',
      shown: SECRET_FIELDS.includes(field) ? '' : fixed === null ? value : (given?.shown ?? ''),
      fixedBy: fixed,
    };
  };
  return {
    wecomBotId: setting('wecomBotId'),
    wecomBotSecret: setting('wecomBotSecret'),
    wecomBotName: setting('wecomBotName'),
    telegramBotToken: setting('telegramBotToken'),
    telegramProxy: setting('telegramProxy'),
    wechatEndpoint: setting('wechatEndpoint'),
    wechatToken: setting('wechatToken'),
    wechatAcceptRisk: setting('wechatAcceptRisk'),
    wechatStableIds: setting('wechatStableIds'),
  };
}

function variableOf(field: AccountField): SettingName | null {
  return SETTINGS.find(({ inFile }) => inFile === field)?.name ?? null;
}

async function forget({ bot, file }: ChannelDeskParts, platform: Platform): Promise<void> {
  await changeForGood(file, Object.fromEntries(ACCOUNT_FIELDS[platform].map((field) => [field, null])));
  const { channels } = bot();
  for (const channel of channels.channels().filter((one) => platformOf(one) === platform)) {
    await channels.remove(channel.name, channel.account);
  }
}
