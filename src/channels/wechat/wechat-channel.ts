/** WeChat through a puppet gateway, for committees that accept the risk: off unless somebody said yes to it. */
import type { Channel, ChannelParts, ChannelStatus, ChannelTrouble, Sink } from '../channel.ts';
import { LONGEST_TEXT } from './message-parts.ts';
import { type LoadPuppetSdk, loadPuppetSdk } from './puppet-sdk.ts';
import { openSendLedger, type SendLedger } from './send-ledger.ts';
import { paceOf } from './send-limit-rules.ts';
import { createWechatAccount, type WechatAccount } from './wechat-account.ts';
import { troubleWith, type WechatConfig } from './wechat-config.ts';

export interface WechatChannel extends Channel {
  /** A person has looked at the account in WeChat and says that it may speak again. */
  release(): Promise<void>;
}

// As the menu of WeChat offers it: two minutes.
const RECALL_WITHIN_MS = 2 * 60_000;

/** From `start` to `stop`. */
interface Shift {
  refused: ChannelTrouble | null;
  account: WechatAccount | null;
}

export function createWechatChannel(
  config: WechatConfig,
  parts: ChannelParts,
  loadSdk: LoadPuppetSdk = loadPuppetSdk,
): WechatChannel {
  let shift: Shift | null = null;
  let ledger: SendLedger | null = null;
  let shown: ChannelStatus = { state: 'offline', since: parts.now() };

  /** `since` stays while the state does. */
  function show(): void {
    const next = statusOf(shift);
    const isSame = next.state === shown.state && next.trouble === shown.trouble && next.loginCode === shown.loginCode;
    if (!isSame) shown = { ...next, since: next.state === shown.state ? shown.since : parts.now() };
  }

  /** Read anew at each start: another process may have had the account in between. */
  async function openLedger(): Promise<SendLedger> {
    ledger = await openSendLedger({ ...config, now: parts.now });
    return ledger;
  }

  function refuse(mine: Shift, trouble: ChannelTrouble): void {
    mine.refused = trouble;
    parts.log.error({ channel: 'wechat', trouble }, 'WeChat is set up but cannot start');
    show();
  }

  /** The packages take most of a second to load, which nobody waits for. */
  async function begin(mine: Shift, opened: SendLedger, sink: Sink): Promise<void> {
    const sdk = await loadSdk();
    if (shift !== mine) return;
    if (sdk === null) return refuse(mine, 'not-installed');
    mine.account = createWechatAccount({ config, parts, sdk, ledger: opened, sink, onChange: show });
    mine.account.start();
    show();
  }

  return {
    name: 'wechat',
    account: config.account,
    can: {
      longestText: LONGEST_TEXT,
      buttons: false,
      speaksFirst: false,
      recallWithinMs: RECALL_WITHIN_MS,
      pace: paceOf(config.limits),
    },
    start: async (sink) => {
      if (shift !== null) return;
      const mine: Shift = { refused: null, account: null };
      const fault = troubleWith(config);
      shift = mine;
      if (fault !== null) return refuse(mine, fault);
      const opened = await openLedger().catch((cause: unknown) => {
        shift = null;
        throw cause;
      });
      show();
      void begin(mine, opened, sink);
    },
    deliver: async (delivery) =>
      shift?.account?.deliver(delivery) ?? { fate: 'not-sent', code: 'offline', untried: true },
    recall: async (_chat, receipt) => (await shift?.account?.recall(receipt)) ?? false,
    status: () => shown,
    stop: async () => {
      const ended = shift;
      shift = null;
      show();
      await ended?.account?.stop();
    },
    release: async () => {
      await (ledger ?? (await openLedger())).release();
      show();
    },
  };
}

function statusOf(shift: Shift | null): Omit<ChannelStatus, 'since'> {
  if (shift === null) return { state: 'offline' };
  if (shift.refused !== null) return { state: 'offline', trouble: shift.refused };
  return shift.account?.status() ?? { state: 'connecting' };
}
