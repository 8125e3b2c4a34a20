/** Looks at a WeChat account once: does the gateway answer and take the token, is somebody logged in, may it speak? */
import type { ChannelFinding } from '../channel-check.ts';
import { probeGateway } from './probe-gateway.ts';
import { openSendLedger } from './send-ledger.ts';
import type { WechatConfig } from './wechat-config.ts';

/** Not while a process of ours listens there: what is said in the moment of the look could be heard by nobody. */
export async function checkWechat(config: WechatConfig, now: () => Date): Promise<readonly ChannelFinding[]> {
  const { trouble, loggedIn } = await probeGateway(config);
  if (trouble !== null) return [trouble];
  const ledger = await openSendLedger({ ...config, now }).catch(() => null);
  if (ledger !== null && ledger.restrictedSince() !== null) return ['restricted'];
  return [loggedIn ? 'well' : 'needs-login'];
}
