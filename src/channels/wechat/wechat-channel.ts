/** WeChat through a puppet gateway, for committees that accept the risk: off unless somebody said yes to it. */
import type { Channel, ChannelParts, ChannelStatus, ChannelTrouble, Sink } from '../channel.ts';
import { GatewayKeeper } from './gateway-keeper.ts';
import { LONGEST_TEXT } from './message-parts.ts';
import { type LoadPuppetSdk, loadPuppetSdk, type PuppetSdk } from './puppet-sdk.ts';
import { openSendLedger, type SendLedger } from './send-ledger.ts';
import { paceOf } from './send-limit-rules.ts';
import { addressOfGateway, troubleWith, type WechatConfig } from './wechat-config.ts';
import { createWechatEars, type WechatEars } from './wechat-ears.ts';
import { createSender, type Deliver } from './wechat-sender.ts';
import { sessionsOf } from './wechat-session.ts';

export interface WechatChannel extends Channel {
  /** A person has looked at the account in WeChat and says that it may speak again. */
  release(): Promise<void>;
}

/** What runs between `start` and `stop`. */
interface Running {
  readonly keeper: GatewayKeeper;
  readonly ears: WechatEars;
  readonly ledger: SendLedger;
  readonly deliver: Deliver;
}

export function createWechatChannel(
  config: WechatConfig,
  parts: ChannelParts,
  loadSdk: LoadPuppetSdk = loadPuppetSdk,
): WechatChannel {
  let running: Running | null = null;
  let refused: ChannelTrouble | null = null;
  let shown: ChannelStatus = { state: 'offline', since: parts.now() };

  /** `since` stays while nothing that shows has changed. */
  function show(): void {
    const next = running === null ? offline(refused) : statusOf(running);
    const isSame = next.state === shown.state && next.trouble === shown.trouble && next.loginCode === shown.loginCode;
    if (!isSame) shown = { ...next, since: next.state === shown.state ? shown.since : parts.now() };
  }

  async function start(sink: Sink): Promise<void> {
    if (running !== null) return;
    refused = troubleWith(config);
    const sdk = refused === null ? await loadSdk() : null;
    if (sdk === null) refused ??= 'not-installed';
    else running = await openAccount(config, parts, { sdk, sink, onChange: show });
    if (refused !== null) parts.log.error({ channel: 'wechat', trouble: refused }, 'WeChat is set up but cannot start');
    running?.keeper.start();
    show();
  }

  return {
    name: 'wechat',
    account: config.account,
    can: {
      longestText: LONGEST_TEXT,
      buttons: false,
      speaksFirst: false,
      pace: paceOf(config.limits),
    },
    start,
    deliver: async (delivery) =>
      running === null ? { fate: 'not-sent', code: 'offline', untried: true } : running.deliver(delivery),
    status: () => shown,
    stop: async () => {
      const ended = running;
      running = null;
      refused = null;
      ended?.keeper.stop();
      show();
      await ended?.ears.stop();
    },
    release: async () => {
      await running?.ledger.release();
      show();
    },
  };
}

interface Opening {
  readonly sdk: PuppetSdk;
  readonly sink: Sink;
  readonly onChange: () => void;
}

async function openAccount(config: WechatConfig, parts: ChannelParts, opening: Opening): Promise<Running> {
  const { account, folder, limits, times, stableIds, token, caCert } = config;
  const { sdk, sink, onChange } = opening;
  const { now, steadyNow, log } = parts;
  const ledger = await openSendLedger({ folder, account, limits, now });
  const session = sessionsOf(() => keeper.state, { stableIds, steadyNow, lookUpWithinMs: times.lookUpWithin });
  const lookUpWithinMs = times.lookUpWithin;

  async function onRestriction(): Promise<void> {
    if (ledger.restrictedSince() !== null) return;
    log.error(
      { channel: 'wechat', account, code: 'restricted' },
      'WeChat minds; nothing is sent until a person says go',
    );
    await ledger.restrict(now()).catch(() => {
      log.error({ channel: 'wechat', account }, 'the restriction of the account could not be written down');
    });
    onChange();
  }

  const keepAgainAfterMs = times.keepAgainAfter;
  const ears = createWechatEars({ account, session, sink, keepAgainAfterMs, lookUpWithinMs, now, log, onRestriction });
  const target = { ...warnedTarget(config, parts), token, caCert };
  const keeper = new GatewayKeeper({ ...parts, sdk, target, times, onEvent: ears.hear, onChange });
  const sending = { sendWithinMs: times.sendWithin, partGapMs: limits.partGapMs };
  return {
    keeper,
    ears,
    ledger,
    deliver: createSender({ ...parts, ...sending, sdk, ledger, line: session, onRestriction }),
  };
}

/** Across machines neither plain text nor the certificate of the package keeps anything secret. */
function warnedTarget({ endpoint, caCert }: WechatConfig, { log }: ChannelParts) {
  const { target, tls, isThisMachine } = addressOfGateway(endpoint) ?? { target: '', tls: true, isThisMachine: true };
  if (!isThisMachine && (!tls || caCert === undefined))
    log.warn({ channel: 'wechat', tls }, 'others on the way to the gateway of WeChat could read along');
  return { target, tls };
}

function offline(trouble: ChannelTrouble | null): Omit<ChannelStatus, 'since'> {
  return trouble === null ? { state: 'offline' } : { state: 'offline', trouble };
}

/** A restriction is what a person has to know first, whatever else is the matter. */
function statusOf({ keeper, ledger }: Running): Omit<ChannelStatus, 'since'> {
  const { client, selfId, loginCode, needsLogin, trouble } = keeper.state;
  if (ledger.restrictedSince() !== null) return { state: 'degraded', trouble: 'restricted' };
  if (client !== null && selfId !== null) return { state: 'online' };
  if (needsLogin) return loginCode === null ? { state: 'needs-login' } : { state: 'needs-login', loginCode };
  return trouble === null ? { state: 'connecting' } : { state: 'connecting', trouble };
}
