/** Tries a bot's id and secret once; for a check-up and for setting it up. */
import type { ChannelLog, ChannelTrouble } from '../channel.ts';
import { isWrongCredentials, Line, type LineEnd } from './line.ts';
import { sdkTransport } from './sdk-transport.ts';
import type { WecomConfig } from './wecom-config.ts';

/**
 * `null`: it is well. The connection is real, and WeCom leaves a bot only one: whoever holds it is pushed out, so this
 * is never done while a process of ours has the bot. What is said in that moment is heard by nobody.
 */
export function probeBot(
  { botId, secret, wsUrl, timings }: Pick<WecomConfig, 'botId' | 'secret' | 'wsUrl' | 'timings'>,
  log: ChannelLog,
): Promise<ChannelTrouble | null> {
  return new Promise((resolve) => {
    const open = sdkTransport({ ...timings, botId, secret, wsUrl, log });
    new Line(open, timings.subscribeMs, {
      subscribed: (line) => {
        line.close();
        resolve(null);
      },
      heard: () => {},
      ended: (_line, end) => resolve(troubleOf(end)),
    });
  });
}

function troubleOf(end: LineEnd): ChannelTrouble {
  if (end.why === 'lost') return end.trouble;
  if (end.why === 'displaced') return 'another-instance';
  return isWrongCredentials(end.errcode) ? 'wrong-credentials' : 'refused';
}
