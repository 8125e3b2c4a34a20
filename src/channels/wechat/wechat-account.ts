/** One WeChat account at work, from the moment its channel starts until it stops. */
import type { ChannelParts, ChannelStatus, Sink } from '../channel.ts';
import { GatewayKeeper } from './gateway-keeper.ts';
import type { PuppetSdk } from './puppet-sdk.ts';
import type { SendLedger } from './send-ledger.ts';
import { addressOfGateway, type WechatConfig } from './wechat-config.ts';
import { createWechatEars } from './wechat-ears.ts';
import { createSender, type WechatSender } from './wechat-sender.ts';
import { sessionsOf } from './wechat-session.ts';

export interface AccountParts {
  readonly config: WechatConfig;
  readonly parts: ChannelParts;
  readonly sdk: PuppetSdk;
  readonly ledger: SendLedger;
  readonly sink: Sink;
  /** Something that shows in the status is different. */
  readonly onChange: () => void;
}

export interface WechatAccount extends WechatSender {
  readonly status: () => Omit<ChannelStatus, 'since'>;
  start(): void;
  stop(): Promise<void>;
}

export function createWechatAccount({ config, parts, sdk, ledger, sink, onChange }: AccountParts): WechatAccount {
  const { account, limits, times, stableIds } = config;
  const { now, steadyNow, log } = parts;
  const lookUpWithinMs = times.lookUpWithin;
  const session = sessionsOf(() => keeper.state, { stableIds, steadyNow, lookUpWithinMs });

  async function onRestriction(): Promise<void> {
    if (ledger.restrictedSince() !== null) return;
    const about = { channel: 'wechat', account, code: 'restricted' };
    log.error(about, 'WeChat minds; nothing is sent until a person says go');
    await ledger.restrict(now()).catch(() => {
      log.error(about, 'the restriction of the account could not be written down');
    });
    onChange();
  }

  const keepAgainAfterMs = times.keepAgainAfter;
  const ears = createWechatEars({ account, session, sink, keepAgainAfterMs, lookUpWithinMs, now, log, onRestriction });
  const keeper = new GatewayKeeper({ ...parts, sdk, target: targetOf(config), times, onEvent: ears.hear, onChange });
  const sending = { sendWithinMs: times.sendWithin, partGapMs: limits.partGapMs };
  return {
    ...createSender({ ...parts, ...sending, sdk, ledger, line: session, onRestriction }),
    status: () => statusOf(keeper, ledger),
    start: () => {
      warnOfOpenLine(config, parts);
      keeper.start();
    },
    stop: async () => {
      keeper.stop();
      await ears.stop();
    },
  };
}

function targetOf({ endpoint, token, caCert }: WechatConfig) {
  const { target, tls } = addressOfGateway(endpoint) ?? { target: '', tls: true };
  return { target, tls, token, caCert };
}

/** Across machines neither plain text nor the certificate of the package keeps anything secret. */
function warnOfOpenLine({ endpoint, caCert }: WechatConfig, { log }: ChannelParts): void {
  const { tls, isThisMachine } = addressOfGateway(endpoint) ?? { tls: true, isThisMachine: true };
  if (!isThisMachine && (!tls || caCert === undefined))
    log.warn({ channel: 'wechat', tls }, 'others on the way to the gateway of WeChat could read along');
}

/** A restriction is what a person has to know first, whatever else is the matter. */
function statusOf(keeper: GatewayKeeper, ledger: SendLedger): Omit<ChannelStatus, 'since'> {
  const { client, selfId, loginCode, needsLogin, trouble } = keeper.state;
  if (ledger.restrictedSince() !== null) return { state: 'degraded', trouble: 'restricted' };
  if (client !== null && selfId !== null) return { state: 'online' };
  if (needsLogin) return loginCode === null ? { state: 'needs-login' } : { state: 'needs-login', loginCode };
  return trouble === null ? { state: 'connecting' } : { state: 'connecting', trouble };
}
