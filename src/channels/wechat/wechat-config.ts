/** What a WeChat account needs to be given, what of it is refused, and the times and amounts that go without saying. */
import { z } from 'zod';
import type { ChannelTrouble } from '../channel.ts';
import { SEND_LIMITS, SendLimits } from './send-limit-rules.ts';

/** All in milliseconds. */
export const GatewayTimes = z.object({
  /** A gateway gives its account 15 s to start, and the SDK waits 5 s for the first sign of life before that. */
  connectWithin: z.number().default(30_000),
  /** After so much silence the gateway is asked for a sign of life … */
  askAfter: z.number().default(30_000),
  /** … and after so much it is left and called anew: the SDK does not notice a gateway that restarted or hangs. */
  leaveAfter: z.number().default(75_000),
  firstRetry: z.number().default(1_000),
  longestRetry: z.number().default(60_000),
  /** A connection that lasted so long was a good one; the next failure counts as the first. */
  settledAfter: z.number().default(30_000),
  /** A gateway tells at once whether somebody is logged in. */
  loginWithin: z.number().default(5_000),
  /** A call that is not answered for so long has an outcome nobody knows. */
  sendWithin: z.number().default(45_000),
  lookUpWithin: z.number().default(8_000),
  /** A sink that could not keep a message is asked again after these: the gateway does not tell it twice. */
  keepAgainAfter: z.array(z.number()).default([1_000, 5_000, 30_000]),
});
export type GatewayTimes = z.infer<typeof GatewayTimes>;

export const WechatConfig = z.object({
  /** Whoever writes it here calls the login by it; the platform's own id changes where ids are unstable. */
  account: z.string().default('wechat'),
  /** `host:port` with TLS, `http://host:port` without. */
  endpoint: z.string(),
  /** `<server name>_<uuid>`, as the gateway was started with. */
  token: z.string(),
  /** An account that is automated may be banned; somebody has to have said yes to that. */
  acceptsRisk: z.boolean(),
  /** Whether the puppet behind the gateway keeps ids over logins (`wxid_…`, `…@chatroom`); the web protocol does not. */
  stableIds: z.boolean().default(false),
  /** Where it is kept what was sent and whether the account is restricted. */
  folder: z.string(),
  /** PEM; without it the certificate that comes with the SDK is trusted, whose key anybody can read. */
  caCert: z.string().optional(),
  times: GatewayTimes.default(GatewayTimes.parse({})),
  limits: SendLimits.default(SEND_LIMITS),
});
export type WechatConfig = z.infer<typeof WechatConfig>;

export const CONFIG_FAULTS = ['not-accepted', 'endpoint-malformed', 'token-malformed'] as const;
export type ConfigFault = (typeof CONFIG_FAULTS)[number];

// Without the part before the underscore the SDK throws; a token alone makes it look the gateway up, which crashes.
const TOKEN = /^[^\s_]+_\S+$/;
const ENDPOINT = /^(?:(https?):\/\/)?([\w.-]+|\[[\da-f:]+\]):(\d{1,5})\/?$/i;

/** `null`: it can be tried. */
export function faultOf({ acceptsRisk, endpoint, token }: WechatConfig): ConfigFault | null {
  if (!acceptsRisk) return 'not-accepted';
  if (addressOfGateway(endpoint) === null) return 'endpoint-malformed';
  return TOKEN.test(token) ? null : 'token-malformed';
}

/** The same as a trouble that a channel can be in. */
export function troubleWith(config: WechatConfig): ChannelTrouble | null {
  const fault = faultOf(config);
  if (fault === 'endpoint-malformed') return 'refused';
  return fault === 'token-malformed' ? 'wrong-credentials' : fault;
}

export interface GatewayAddress {
  /** Host and port, as gRPC wants it. */
  readonly target: string;
  readonly tls: boolean;
  readonly isThisMachine: boolean;
}

const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

export function addressOfGateway(endpoint: string): GatewayAddress | null {
  const match = ENDPOINT.exec(endpoint.trim());
  const [, scheme, host = '', port = ''] = match ?? [];
  if (match === null || Number(port) < 1 || Number(port) > 65_535) return null;
  const isThisMachine = THIS_MACHINE.has(host.toLowerCase());
  return { target: `${host}:${port}`, tls: scheme?.toLowerCase() !== 'http', isThisMachine };
}
