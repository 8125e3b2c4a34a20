/** WeChat on loopback: an account with people and groups around it, behind a gateway that speaks real gRPC. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Gateway, type GatewayOptions, openGateway } from './gateway.ts';
import { RecordingPuppet } from './recording-puppet.ts';
import { type IdKind, WechatWorld } from './wechat-world.ts';

export interface WechatServer {
  readonly puppet: RecordingPuppet;
  readonly world: WechatWorld;
  readonly gateway: Gateway;
  /** A home of its own, so that nothing is ever written to the real one. */
  readonly home: string;
  stop(): Promise<void>;
}

export interface WechatServerOptions extends Pick<GatewayOptions, 'tls'> {
  readonly ids?: IdKind;
  /** Whether the account is logged in at once. */
  readonly loggedIn?: boolean;
  /** The time that messages bear. */
  readonly now?: () => Date;
}

/** Nothing may be looked for in a directory of gateways: the endpoint is always given. */
export async function openWechatServer(options: WechatServerOptions = {}): Promise<WechatServer> {
  const { ids = 'lasting', loggedIn = true, tls = false, now = () => new Date() } = options;
  const home = await mkdtemp(join(tmpdir(), 'lvlin-wechat-'));
  const realHome = process.env.HOME;
  process.env.HOME = home;
  const puppet = new RecordingPuppet();
  const world = new WechatWorld(puppet, ids, now);
  const gateway = await openGateway({ puppet, token: `insecure_${randomUUID()}`, tls });
  await puppet.start();
  if (loggedIn) world.logIn();
  return {
    puppet,
    world,
    gateway,
    home,
    stop: async () => {
      await gateway.goDown();
      await puppet.stop();
      if (realHome === undefined) delete process.env.HOME;
      else process.env.HOME = realHome;
      await rm(home, { recursive: true, force: true });
    },
  };
}
