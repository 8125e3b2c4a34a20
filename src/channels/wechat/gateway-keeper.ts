/** Keeps one connection to the gateway alive: calls anew when it is lost or silent, and knows who is logged in. */
import type { ChannelLog, ChannelParts, ChannelTrouble } from '../channel.ts';
import { createGatewayClient, type GatewayClient, type GatewayTarget } from './gateway-client.ts';
import type { GatewayEvent } from './gateway-event.ts';
import { gatewayTrouble } from './gateway-trouble.ts';
import type { PuppetSdk } from './puppet-sdk.ts';
import { NoAnswer } from './send-outcome.ts';
import type { GatewayTimes } from './wechat-config.ts';
import { within } from './within.ts';

export interface KeeperParts extends Pick<ChannelParts, 'steadyNow' | 'random'> {
  readonly sdk: PuppetSdk;
  readonly target: GatewayTarget;
  readonly times: GatewayTimes;
  readonly log: ChannelLog;
  /** Never throws. */
  readonly onEvent: (event: GatewayEvent, client: GatewayClient) => void;
  /** Something that shows in the status is different. */
  readonly onChange: () => void;
}

export interface KeptGateway {
  /** `null` while there is no connection. */
  readonly client: GatewayClient | null;
  /** `null` while nobody is logged in. */
  readonly selfId: string | null;
  readonly loginCode: string | null;
  /** The gateway has had time to tell who is logged in, and nobody is. */
  readonly needsLogin: boolean;
  readonly trouble: ChannelTrouble | null;
}

const NOTHING: KeptGateway = { client: null, selfId: null, loginCode: null, needsLogin: false, trouble: null };

export class GatewayKeeper {
  #parts: KeeperParts;
  #kept: KeptGateway = NOTHING;
  /** The one that is connected or about to be; events of any other are late. */
  #current: GatewayClient | null = null;
  #timers = new Set<NodeJS.Timeout>();
  #failures = 0;
  #heardAt = 0;
  #connectedAt = 0;
  #calledAgainForLogin = false;
  #stopped = false;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  get state(): KeptGateway {
    return this.#kept;
  }

  start(): void {
    void this.#call();
  }

  stop(): void {
    this.#stopped = true;
    this.#drop();
    this.#change(NOTHING);
  }

  async #call(): Promise<void> {
    const { sdk, target, times } = this.#parts;
    try {
      const client: GatewayClient = createGatewayClient(sdk, target, {
        alive: () => {
          this.#heardAt = this.#parts.steadyNow();
        },
        told: (event) => this.#hear(event, client),
        lost: (error) => this.#lose(client, error),
      });
      this.#current = client;
      // A login is told before the call that opens is answered, so the client is known from the beginning.
      this.#kept = { ...this.#kept, client };
      this.#heardAt = this.#parts.steadyNow();
      await within(times.connectWithin, client.open()).catch((error: unknown) => this.#lose(client, error));
      if (this.#current === client) this.#opened(client);
    } catch (error) {
      this.#fail(gatewayTrouble(error));
    }
  }

  #opened(client: GatewayClient): void {
    const { times, steadyNow } = this.#parts;
    this.#connectedAt = steadyNow();
    this.#change({ ...this.#kept, trouble: null });
    this.#later(times.loginWithin, () => this.#expectLogin(client));
    this.#watch(client);
  }

  /** The SDK can miss a login that is told in the same breath as the greeting; calling once more brings it. */
  #expectLogin(client: GatewayClient): void {
    if (client !== this.#current || this.#kept.selfId !== null) return;
    if (this.#kept.loginCode === null && !this.#calledAgainForLogin) {
      this.#calledAgainForLogin = true;
      this.#lose(client, new NoAnswer());
      return;
    }
    this.#change({ ...this.#kept, needsLogin: true });
  }

  #watch(client: GatewayClient): void {
    const { times, steadyNow } = this.#parts;
    this.#later(times.askAfter / 2, () => {
      if (client !== this.#current) return;
      const silentFor = steadyNow() - this.#heardAt;
      if (silentFor >= times.leaveAfter) return this.#lose(client, new NoAnswer());
      // A gateway answers with an event, which shows that events still come.
      if (silentFor >= times.askAfter) client.ding('');
      this.#watch(client);
    });
  }

  #hear(event: GatewayEvent, client: GatewayClient): void {
    if (client !== this.#current) return;
    if (event.what === 'login') {
      this.#calledAgainForLogin = false;
      this.#change({ ...this.#kept, selfId: event.contactId, loginCode: null, needsLogin: false });
    } else if (event.what === 'scan' && event.qrcode !== undefined && this.#kept.selfId === null) {
      this.#change({ ...this.#kept, loginCode: event.qrcode, needsLogin: true });
    } else if (event.what === 'logout') {
      this.#change({ ...this.#kept, selfId: null, loginCode: null, needsLogin: true });
    }
    this.#parts.onEvent(event, client);
  }

  #lose(client: GatewayClient, error: unknown): void {
    if (client !== this.#current || this.#stopped) return;
    const { times, steadyNow } = this.#parts;
    if (this.#connectedAt > 0 && steadyNow() - this.#connectedAt >= times.settledAfter) this.#failures = 0;
    this.#fail(gatewayTrouble(error));
  }

  #fail(trouble: ChannelTrouble): void {
    if (this.#stopped) return;
    this.#drop();
    const retryInMs = this.#retryDelay();
    this.#parts.log.warn({ channel: 'wechat', trouble, retryInMs }, 'the gateway of WeChat is not connected');
    this.#failures += 1;
    this.#change({ ...NOTHING, trouble });
    this.#later(retryInMs, () => void this.#call());
  }

  /** Twice as long each time, half of it by chance. */
  #retryDelay(): number {
    const { times, random } = this.#parts;
    const longest = Math.min(times.longestRetry, times.firstRetry * 2 ** this.#failures);
    return Math.round(longest * (0.5 + random() / 2));
  }

  #drop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    const gone = this.#current;
    this.#current = null;
    this.#connectedAt = 0;
    gone?.close();
  }

  #later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }

  #change(next: KeptGateway): void {
    this.#kept = next;
    this.#parts.onChange();
  }
}
