/** Can every account that is set be used? Whichever a running bot has connected is left alone. */
import type { ChannelFinding } from '../../channels/channel-check.ts';
import { webhookName } from '../../channels/wecom/webhook-channel.ts';
import { checkWebhook } from '../../channels/wecom/webhook-check.ts';
import type { Config } from '../../config.ts';
import { channelFinding, channelTitle } from '../../joints/channel-words.ts';
import type { ChannelName } from '../../model/channel-name.ts';
import type { SettingName } from '../../setting-list.ts';
import type { Speak } from '../command.ts';
import { say } from '../command-texts.ts';
import { type Finding, type FindingState, finding } from './finding.ts';

export interface ChannelsCheck {
  readonly config: Config;
  /** `unsure`: the records that would tell cannot be read. */
  readonly isHeld: (name: ChannelName, account: string) => Promise<boolean | 'unsure'>;
  readonly now: Date;
  readonly speak: Speak;
}

export async function checkChannels(check: ChannelsCheck): Promise<Finding[]> {
  const { config, speak } = check;
  const found = await Promise.all([
    halves(config, speak),
    wecom(check),
    webhooks(check),
    telegram(check),
    wechat(check),
  ]);
  return found.flat();
}

// A platform that is away comes back; what is set wrong does not mend itself.
const STATES: Partial<Record<ChannelFinding, FindingState>> = {
  well: 'good',
  'needs-login': 'warning',
  'clock-differs': 'warning',
  'hears-everything': 'warning',
  'another-instance': 'warning',
  unreachable: 'warning',
  silent: 'warning',
  restricted: 'warning',
};

function told(name: ChannelName, title: string, findings: readonly ChannelFinding[]): Finding[] {
  return findings.map((found) => {
    return finding(`channel-${name}`, STATES[found] ?? 'bad', channelFinding(name, title, found));
  });
}

function titleOf(speak: Speak, name: ChannelName, account: string): string {
  return speak(channelTitle(name, webhookName(account)));
}

/** An account of which half is missing is not connected, and nobody would know why. */
const NEEDED = [
  ['wecom', ['WECOM_BOT_ID', 'WECOM_BOT_SECRET']],
  ['wecom', ['WECOM_CORP_ID', 'WECOM_APP_SECRET']],
  ['wechat', ['WECHATY_PUPPET_ENDPOINT', 'WECHATY_PUPPET_TOKEN']],
] as const satisfies readonly (readonly [ChannelName, readonly SettingName[]])[];

async function halves({ given }: Config, speak: Speak): Promise<Finding[]> {
  const isSet = (name: SettingName) => given.some((one) => one.name === name && one.origin !== 'default');
  return NEEDED.flatMap(([name, needed]) => {
    const missing = needed.filter((setting) => !isSet(setting));
    if (missing.length === 0 || missing.length === needed.length) return [];
    const said = say('doctor.channel-half', { channel: titleOf(speak, name, ''), missing: missing.join(' ') });
    return [finding(`channel-${name}`, 'bad', said)];
  });
}

function leftAlone(name: ChannelName, channel: string, isHeld: true | 'unsure'): Finding {
  if (isHeld === true) return finding(`channel-${name}`, 'good', say('doctor.channel-in-use', { channel }));
  return finding(`channel-${name}`, 'warning', say('doctor.channel-unsure', { channel }));
}

async function wecom({ config: { accounts }, isHeld, now, speak }: ChannelsCheck): Promise<Finding[]> {
  if (accounts.wecom === null) return [];
  const { checkWecom } = await import('../../channels/wecom/wecom-check.ts');
  const { WECOM_TIMINGS: timings } = await import('../../channels/wecom/wecom-config.ts');
  const { botId } = accounts.wecom;
  const held = await isHeld('wecom', botId);
  const config = { ...accounts.wecom, timings };
  const findings = await checkWecom({ config, mayConnect: held === false, now, log: SILENT });
  const title = titleOf(speak, 'wecom', botId);
  if (held === false) return told('wecom', title, findings);
  return [
    ...told(
      'wecom',
      title,
      findings.filter((found) => found !== 'well'),
    ),
    leftAlone('wecom', title, held),
  ];
}

async function webhooks({ config: { accounts }, speak }: ChannelsCheck): Promise<Finding[]> {
  return accounts.webhooks.flatMap(({ name, url }) => {
    const channel = speak(channelTitle('wecom', name));
    const found = checkWebhook(url);
    if (found !== 'well') return told('wecom', channel, [found]);
    return [finding('channel-wecom', 'good', say('doctor.channel-webhook', { channel }))];
  });
}

/** Asking who it is disturbs nobody, whoever polls. */
async function telegram({ config: { accounts }, now, speak }: ChannelsCheck): Promise<Finding[]> {
  if (accounts.telegram === null) return [];
  const { checkTelegram } = await import('../../channels/telegram/telegram-check.ts');
  const { TelegramConfig } = await import('../../channels/telegram/telegram-config.ts');
  const { token, apiRoot, proxy } = accounts.telegram;
  const config = { token, ...(apiRoot === null ? {} : { apiRoot }), ...(proxy === null ? {} : { proxy }) };
  const findings = await checkTelegram(TelegramConfig.parse(config), now);
  return told('telegram', titleOf(speak, 'telegram', ''), findings);
}

async function wechat({ config: { accounts, home }, isHeld, now, speak }: ChannelsCheck): Promise<Finding[]> {
  if (accounts.wechat === null) return [];
  const { checkWechat } = await import('../../channels/wechat/wechat-check.ts');
  const { WechatConfig } = await import('../../channels/wechat/wechat-config.ts');
  const config = WechatConfig.parse({ ...accounts.wechat, folder: home });
  const title = titleOf(speak, 'wechat', '');
  const held = await isHeld('wechat', config.account);
  if (held !== false) return [leftAlone('wechat', title, held)];
  return told('wechat', title, await checkWechat(config, () => now));
}

/** The check-up says itself what it found. */
const SILENT = { info: () => {}, warn: () => {}, error: () => {} };
