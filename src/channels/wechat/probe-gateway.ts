/** Looks whether a gateway answers, takes the token and has somebody logged in; for a check-up and for setting it up. */
import type { ChannelTrouble } from '../channel.ts';
import { createGatewayClient, type GatewayClient } from './gateway-client.ts';
import { gatewayTrouble } from './gateway-trouble.ts';
import { type LoadPuppetSdk, loadPuppetSdk, type PuppetSdk } from './puppet-sdk.ts';
import { addressOfGateway, troubleWith, type WechatConfig } from './wechat-config.ts';
import { within } from './within.ts';

export interface ProbedGateway {
  readonly trouble: ChannelTrouble | null;
  /** Whether an account is logged in there; a gateway says so at once. */
  readonly loggedIn: boolean;
  /** What a phone scans to log in, where the gateway shows it. */
  readonly loginCode: string | null;
}

/**
 * A bot that is connected notices nothing: the gateway turns the second listener away (`another-instance`).
 * Where none is connected, what is said in the moment of the look is heard by nobody.
 */
export async function probeGateway(
  config: WechatConfig,
  loadSdk: LoadPuppetSdk = loadPuppetSdk,
): Promise<ProbedGateway> {
  const fault = troubleWith(config);
  if (fault !== null) return { ...NOBODY, trouble: fault };
  const sdk = await loadSdk();
  return sdk === null ? { ...NOBODY, trouble: 'not-installed' } : look(config, sdk);
}

const NOBODY: ProbedGateway = { trouble: null, loggedIn: false, loginCode: null };

async function look({ endpoint, token, caCert, times }: WechatConfig, sdk: PuppetSdk): Promise<ProbedGateway> {
  const { target, tls } = addressOfGateway(endpoint) ?? { target: '', tls: true };
  let found = NOBODY;
  let answered: () => void = () => {};
  const told = new Promise<void>((resolve) => {
    answered = resolve;
  });
  let client: GatewayClient | null = null;
  try {
    client = createGatewayClient(
      sdk,
      { target, token, tls, caCert },
      {
        alive: () => {},
        lost: () => {},
        told: (event) => {
          if (event.what === 'login') found = { ...NOBODY, loggedIn: true };
          if (event.what === 'scan') found = { ...NOBODY, loginCode: event.qrcode ?? null };
          if (event.what === 'login' || event.what === 'scan') answered();
        },
      },
    );
    await within(times.connectWithin, client.open());
    await within(times.loginWithin, told).catch(() => {});
    return found;
  } catch (error) {
    return { ...NOBODY, trouble: gatewayTrouble(error) };
  } finally {
    client?.close();
  }
}
