/**
 * What the SDK has to say, without the words of residents: its own log prints whole messages, and even a fault of
 * parsing quotes what could not be parsed. Known beginnings become fixed sentences; the rest is left out.
 */
import type { ChannelLog } from '../channel.ts';

interface SdkLogger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

// SDK 1.0.7, dist/index.esm.js.
const KNOWN: readonly (readonly [beginning: string, sentence: string])[] = [
  ['Failed to parse WebSocket message', 'WeCom sent something that is no frame'],
  ['Received unknown frame', 'WeCom sent a frame that answers nothing'],
  ['Received invalid message format', 'WeCom sent a message without a body'],
  ['No heartbeat ack received', 'WeCom has stopped answering pings'],
  ['Heartbeat ack error', 'WeCom refused a ping'],
];

export function sdkLogger(log: ChannelLog): SdkLogger {
  function tell(message: string): void {
    const known = KNOWN.find(([beginning]) => message.startsWith(beginning));
    if (known !== undefined) log.warn({ channel: 'wecom' }, known[1]);
  }
  return { debug: () => {}, info: () => {}, warn: tell, error: tell };
}
