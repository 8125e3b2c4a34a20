/**
 * The official SDK, used for a single connection: of its own accord it gives up for good after ten tries, never
 * notices a server that stays silent, and may hold two connections at once, which then push each other out.
 */
import { WSClient } from '@wecom/aibot-node-sdk';
import { z } from 'zod';
import type { ChannelLog } from '../channel.ts';
import { sdkLogger } from './sdk-log.ts';
import type { Answer, LineFault, OpenTransport, TransportEvents } from './transport.ts';

export interface SdkSettings {
  readonly botId: string;
  readonly secret: string;
  /** `null`: the public service. */
  readonly wsUrl: string | null;
  readonly handshakeMs: number;
  readonly heartbeatMs: number;
  readonly log: ChannelLog;
}

// Callbacks hold words and addresses; files are fetched elsewhere.
const LARGEST_FRAME_BYTES = 4 * 1024 * 1024;

/** The SDK types callbacks by hope; only this much is sure. */
const Callback = z.object({ cmd: z.string(), headers: z.object({ req_id: z.string() }), body: z.unknown().optional() });
const Ack = z.object({ errcode: z.number(), body: z.unknown().optional() });

export function sdkTransport(settings: SdkSettings): OpenTransport {
  return (events) => {
    const client = clientOf(settings);
    const end = endOnce(client, events);
    let isSubscribed = false;
    client.on('connected', () => events.opened());
    client.on('authenticated', () => {
      isSubscribed = true;
      events.subscribed();
    });
    const heard = (frame: unknown) => {
      const callback = Callback.safeParse(frame).data;
      if (callback !== undefined) events.heard(callback.cmd, callback.headers.req_id, callback.body);
    };
    client.on('message', heard);
    client.on('event', heard);
    // The SDK would now drop every listener of a socket that may still fail, and that failure would end the process;
    // closed from here, the socket keeps them.
    client.on('event.disconnected_event', () => end((to) => to.displaced()));
    client.on('error', (error) => {
      const refused = isSubscribed ? null : refusalCode(error);
      if (refused !== null) end((to) => to.refused(refused));
      else end((to) => to.closed(lineFault(error)));
    });
    client.on('disconnected', () => end((to) => to.closed('unreachable')));
    client.connect();
    return { request: (cmd, reqId, body) => request(client, cmd, reqId, body), close: () => end(() => {}) };
  };
}

function clientOf({ botId, secret, wsUrl, handshakeMs, heartbeatMs, log }: SdkSettings): WSClient {
  return new WSClient({
    botId,
    secret,
    ...(wsUrl === null ? {} : { wsUrl }),
    heartbeatInterval: heartbeatMs,
    maxReconnectAttempts: 0,
    maxAuthFailureAttempts: 0,
    wsOptions: { handshakeTimeout: handshakeMs, maxPayload: LARGEST_FRAME_BYTES },
    logger: sdkLogger(log),
  });
}

/** Whatever comes after the end of a connection is no news. */
function endOnce(client: WSClient, events: TransportEvents): (tell: (events: TransportEvents) => void) => void {
  let hasEnded = false;
  return (tell) => {
    if (hasEnded) return;
    hasEnded = true;
    client.removeAllListeners();
    client.disconnect();
    tell(events);
  };
}

/** A refusal comes as a rejected frame that is no Error; a fault of the line as an Error that says when it happened. */
async function request(client: WSClient, cmd: string, reqId: string, body: object): Promise<Answer> {
  try {
    const { errcode, body: answered } = Ack.parse(await client.reply({ headers: { req_id: reqId } }, body, cmd));
    return { is: 'answered', errcode, body: answered };
  } catch (thrown) {
    const ack = Ack.safeParse(thrown).data;
    if (ack !== undefined) return { is: 'answered', errcode: ack.errcode, body: ack.body };
    const message = thrown instanceof Error ? thrown.message : '';
    if (message.startsWith('WebSocket not connected')) return { is: 'not-written' };
    return message.startsWith('Reply ack timeout') ? { is: 'timed-out' } : { is: 'lost' };
  }
}

function refusalCode({ message }: Error): number | null {
  const code = /^Authentication failed: .*\(code: (-?\d+)\)$/su.exec(message)?.[1];
  return code === undefined ? null : Number(code);
}

// Of Node's TLS: https://nodejs.org/api/tls.html#x509-certificate-error-codes
const CERTIFICATE = /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH/;

function lineFault(error: Error): LineFault {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (CERTIFICATE.test(code)) return 'certificate';
  return /^Unexpected server response: 4/.test(error.message) ? 'refused' : 'unreachable';
}
