/**
 * Hands on what was heard until it is kept. WeCom tells a thing once and takes no confirmation, so there is nobody
 * else who could bring it again; the same message handed on twice has its effect once.
 */
import { isLvlinError } from '../../model/errors.ts';
import type { ChatEvent, Inbound } from '../../model/inbound.ts';
import type { ChannelLog, Sink } from '../channel.ts';

/** `not-kept`: surely not. `unsure`: the disk or the line to it failed while it was being kept. */
export type Kept = 'kept' | 'not-kept' | 'unsure';

const UNSURE = ['commit-unknown', 'disk-failed'] as const;

export async function keepHeard(
  sink: Sink,
  heard: Inbound | ChatEvent,
  againMs: readonly number[],
  log: ChannelLog,
): Promise<Kept> {
  let isUnsure = false;
  for (const wait of [0, ...againMs]) {
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    try {
      await sink(heard);
      return 'kept';
    } catch (cause) {
      isUnsure ||= UNSURE.some((code) => isLvlinError(cause, code));
      const code = isLvlinError(cause) ? cause.code : 'failed';
      log.error({ channel: 'wecom', code }, 'what somebody said on WeCom could not be kept');
    }
  }
  return isUnsure ? 'unsure' : 'not-kept';
}
