/** Looks at a WeCom bot once: can its server be reached, do the clocks agree, are id and secret right? */
import type { ChannelLog } from '../channel.ts';
import type { ChannelFinding } from '../channel-check.ts';
import { clockDiffers } from '../server-clock.ts';
import { probeBot } from './probe-bot.ts';
import type { WecomConfig } from './wecom-config.ts';

export interface WecomCheck {
  readonly config: Pick<WecomConfig, 'botId' | 'secret' | 'wsUrl' | 'timings'>;
  /** Whether nobody of ours holds the connection: it is the bot's only one, and trying would push its holder out. */
  readonly mayConnect: boolean;
  readonly now: Date;
  readonly log: ChannelLog;
}

// Where the SDK connects when it is told nothing else.
const PUBLIC = 'wss://openws.work.weixin.qq.com';
const ANSWER_WITHIN_MS = 10_000;

export async function checkWecom({ config, mayConnect, now, log }: WecomCheck): Promise<readonly ChannelFinding[]> {
  const url = new URL(config.wsUrl ?? PUBLIC);
  const reached = await reach(`${url.protocol === 'ws:' ? 'http' : 'https'}://${url.host}/`);
  if (typeof reached === 'string') return [reached];
  const more: readonly ChannelFinding[] = clockDiffers(reached.date, now) ? ['clock-differs'] : [];
  if (!mayConnect) return ['well', ...more];
  return [(await probeBot(config, log)) ?? 'well', ...more];
}

/** Whatever it answers, it is there. */
async function reach(url: string): Promise<ChannelFinding | { readonly date: string | null }> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    await answer.body?.cancel();
    return { date: answer.headers.get('date') };
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'TimeoutError') return 'silent';
    const cause = fault instanceof Error ? fault.cause : undefined;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    return /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH/.test(code) ? 'certificate' : 'unreachable';
  }
}
