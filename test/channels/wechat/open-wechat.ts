/** A channel on a loopback WeChat, with what it heard and logged. */
import type { Channel, ChannelParts, Delivery, DeliveryOutcome, Sink } from '../../../src/channels/channel.ts';
import type { LoadPuppetSdk } from '../../../src/channels/wechat/puppet-sdk.ts';
import { createWechatChannel, type WechatChannel } from '../../../src/channels/wechat/wechat-channel.ts';
import { WechatConfig } from '../../../src/channels/wechat/wechat-config.ts';
import type { ChatEvent, Inbound } from '../../../src/model/inbound.ts';
import {
  openWechatServer,
  type WechatServer,
  type WechatServerOptions,
} from '../../support/wechat-server/wechat-server.ts';

export interface OpenWechat extends WechatServer {
  readonly channel: WechatChannel;
  readonly config: WechatConfig;
  readonly parts: ChannelParts;
  readonly said: Inbound[];
  readonly happened: ChatEvent[];
  readonly logged: string[];
  /** A second channel of the same settings, as after a restart. */
  readonly another: () => WechatChannel;
  readonly sink: Sink;
  close(): Promise<void>;
}

export interface OpenOptions extends WechatServerOptions {
  readonly config?: Record<string, unknown>;
  readonly load?: LoadPuppetSdk;
  readonly now?: () => Date;
  readonly readFile?: ChannelParts['readFile'];
  readonly sink?: Sink;
}

const QUICK_TIMES = { firstRetry: 20, longestRetry: 200, keepAgainAfter: [10, 20], loginWithin: 300 };
const NO_LIMITS = {
  gapMs: [0, 1],
  perDay: 1_000,
  unaskedPerDay: 1_000,
  perGroupPerDay: 1_000,
  groupGapMs: 0,
  partGapMs: [0, 1],
};

export async function openWechat(options: OpenOptions = {}): Promise<OpenWechat> {
  const server = await openWechatServer({
    ids: options.ids ?? 'lasting',
    tls: options.tls ?? false,
    loggedIn: options.loggedIn ?? true,
  });
  const { endpoint, token } = server.gateway;
  const { times = {}, ...given } = options.config ?? {};
  const config = WechatConfig.parse({
    endpoint: `${options.tls === true ? 'https' : 'http'}://${endpoint}`,
    token,
    acceptsRisk: true,
    stableIds: true,
    folder: server.home,
    limits: NO_LIMITS,
    times: { ...QUICK_TIMES, ...Object(times) },
    ...given,
  });
  const said: Inbound[] = [];
  const happened: ChatEvent[] = [];
  const logged: string[] = [];
  const log = (level: string) => (fields: object, message: string) => {
    logged.push(`${level} ${message} ${JSON.stringify(fields)}`);
  };
  const parts: ChannelParts = {
    now: options.now ?? (() => new Date()),
    steadyNow: () => performance.now(),
    random: () => 0.5,
    choiceOf: async () => null,
    readFile: options.readFile ?? (async () => null),
    words: { answerByNumber: '回数字就行', answerByWord: (word) => `要的话回「${word}」` },
    log: { info: log('info'), warn: log('warn'), error: log('error') },
  };
  const sink: Sink =
    options.sink ??
    (async (heard) => {
      if ('event' in heard) happened.push(heard);
      else said.push(heard);
    });
  const open: WechatChannel[] = [];
  const another = () => {
    const channel = createWechatChannel(config, parts, options.load);
    open.push(channel);
    return channel;
  };
  const channel = another();
  return {
    ...server,
    ...{ channel, config, parts, said, happened, logged, another, sink },
    close: async () => {
      for (const one of open) await one.stop();
      await server.stop();
    },
  };
}

let deliveries = 0;

export function tell(
  channel: Channel,
  address: string,
  text: string,
  more: Partial<Omit<Delivery, 'message'>> & Partial<Delivery['message']> & { isGroup?: boolean } = {},
): Promise<DeliveryOutcome> {
  deliveries += 1;
  const { isGroup = false, key = `key-${deliveries}`, kind = 'reply', choices, link, attachment } = more;
  const message = { text, ...(choices && { choices }), ...(link && { link }), ...(attachment && { attachment }) };
  return channel.deliver({
    key,
    account: channel.account,
    chat: { address, kind: isGroup ? 'group' : 'direct' },
    kind,
    message,
  });
}
