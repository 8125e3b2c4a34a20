/** A puppet gateway on loopback, over real gRPC: it can go down, come back, and lose its connections. */
import { log } from 'wechaty-puppet';
import { PuppetServer } from 'wechaty-puppet-service';
import { freePort } from '../free-port.ts';
import type { RecordingPuppet } from './recording-puppet.ts';

export interface Gateway {
  /** Host and port. */
  readonly endpoint: string;
  readonly token: string;
  readonly isUp: () => boolean;
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  /** Every connection breaks at once; new ones are welcome. */
  breakConnections(): Promise<void>;
}

export interface GatewayOptions {
  readonly puppet: RecordingPuppet;
  readonly token: string;
  /** With the certificate that comes with the package. */
  readonly tls?: boolean;
}

export async function openGateway({ puppet, token, tls = false }: GatewayOptions): Promise<Gateway> {
  log.level('silent');
  const endpoint = `127.0.0.1:${await freePort()}`;
  let server: PuppetServer | null = null;

  async function comeBack(): Promise<void> {
    if (server !== null) return;
    server = new PuppetServer({ endpoint, puppet, token, tls: { disable: !tls } });
    await server.start();
  }

  async function goDown(): Promise<void> {
    const gone = server;
    server = null;
    await gone?.stop();
  }

  await comeBack();
  return {
    endpoint,
    token,
    isUp: () => server !== null,
    goDown,
    comeBack,
    breakConnections: async () => {
      await goDown();
      await comeBack();
    },
  };
}
