/** The channels on platforms, one for each account that is set; an SDK is loaded only where its account is. */
import type { Channel, ChannelParts } from '../channels/channel.ts';
import { wecomWords } from '../channels/wecom/wecom-texts.ts';
import type { AccountsConfig } from '../config.ts';
import type { RenderText } from '../model/text.ts';

export interface AccountJoints {
  readonly parts: ChannelParts;
  /** Where a channel may keep what it has to know after a restart. */
  readonly home: string;
  readonly zone: string;
  readonly locale: string;
  readonly render: RenderText;
}

export async function channelsOf(accounts: AccountsConfig, joints: AccountJoints): Promise<Channel[]> {
  const made = await Promise.all([wecom, webhooks, telegram, wechat].map((make) => make(accounts, joints)));
  return made.flat();
}

async function wecom({ wecom: given }: AccountsConfig, joints: AccountJoints): Promise<Channel[]> {
  if (given === null) return [];
  const { createWecomChannel } = await import('../channels/wecom/wecom-channel.ts');
  const { WECOM_TIMINGS: timings } = await import('../channels/wecom/wecom-config.ts');
  const { parts, zone, render, locale } = joints;
  return [createWecomChannel({ ...given, zone, words: wecomWords(render, locale), timings }, parts)];
}

async function webhooks(
  { webhooks: given }: AccountsConfig,
  { parts, render, locale }: AccountJoints,
): Promise<Channel[]> {
  if (given.length === 0) return [];
  const { createWebhookChannel, WEBHOOK_TIMEOUT_MS: timeoutMs } = await import('../channels/wecom/webhook-channel.ts');
  const words = wecomWords(render, locale);
  return given.map((webhook) => createWebhookChannel({ ...webhook, words, timeoutMs }, parts));
}

async function telegram({ telegram: given }: AccountsConfig, { parts }: AccountJoints): Promise<Channel[]> {
  if (given === null) return [];
  const { createTelegramChannel } = await import('../channels/telegram/telegram-channel.ts');
  const { TelegramConfig } = await import('../channels/telegram/telegram-config.ts');
  const { token, apiRoot, proxy } = given;
  const config = {
    token,
    ...(apiRoot === null ? {} : { apiRoot }),
    ...(proxy === null ? {} : { proxy }),
  };
  return [createTelegramChannel(TelegramConfig.parse(config), parts)];
}

async function wechat({ wechat: given }: AccountsConfig, { parts, home }: AccountJoints): Promise<Channel[]> {
  if (given === null) return [];
  const { createWechatChannel } = await import('../channels/wechat/wechat-channel.ts');
  const { WechatConfig } = await import('../channels/wechat/wechat-config.ts');
  return [createWechatChannel(WechatConfig.parse({ ...given, folder: home }), parts)];
}
