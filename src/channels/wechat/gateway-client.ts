/** One connection to a puppet gateway: the SDK's client without what it does of its own accord. */
import { type GatewayEvent, readGatewayEvent } from './gateway-event.ts';
import type { PuppetSdk } from './puppet-sdk.ts';
import { FileNotHandedOver } from './send-outcome.ts';

export interface GatewayTarget {
  readonly target: string;
  readonly token: string;
  readonly tls: boolean;
  readonly caCert?: string | undefined;
}

export interface GatewayListener {
  /** Anything at all came from the gateway. */
  readonly alive: () => void;
  readonly told: (event: GatewayEvent) => void;
  /** The connection is of no use any more. */
  readonly lost: (error: unknown) => void;
}

export type GatewayClient = ReturnType<typeof createGatewayClient>;

/** The gateway takes calls but tells its events to somebody else: there is one listener to a gateway. */
export class EventsRefused extends Error {}

/** Nothing is connected before `open`. Without the SDK's `start`, its watchdog and its reset stay asleep. */
export function createGatewayClient({ PuppetService }: PuppetSdk, to: GatewayTarget, listener: GatewayListener) {
  type Manager = InstanceType<typeof PuppetService>['grpcManager'];
  const fileErrors: unknown[] = [];

  class Client extends PuppetService {
    async open(): Promise<void> {
      await this.onStart();
      // The SDK swallows the end of a stream that was refused, and goes on without one.
      if (this.grpcManager.eventStream?.destroyed !== false) throw new EventsRefused();
      rememberErrors(this.grpcManager, fileErrors);
    }

    /** Only the line is cut: the SDK's own way to stop ends the login on the gateway. */
    close(): void {
      for (const cleanUp of this._cleanupCallbackList.splice(0)) cleanUp();
      try {
        this._grpcManager?.eventStream?.cancel();
        this._grpcManager?.client.close();
      } catch {
        // It never came so far as to have a client.
      }
    }

    /**
     * Nothing is told to the SDK itself. It throws at a payload that is no JSON, answers a logout by logging out whoever
     * came after, and at a login opens a store of names on the disk, in a folder that bears the token, which throws past
     * everybody when two clients of one process do so.
     */
    protected override bridgeGrpcEventStream(manager: Manager): void {
      manager.on('data', (frame) => {
        listener.alive();
        const event = readGatewayEvent(frame.getType(), frame.getPayload());
        // Names are remembered by the SDK until the gateway says that they changed.
        if (event?.what === 'changed') this.onDirty(event);
        if (event !== null) listener.told(event);
      });
      manager.on('end', () => listener.lost(null));
      manager.on('error', (error) => listener.lost(error));
    }
  }

  const client = new Client({ endpoint: to.target, token: to.token, tls: tlsOf(to) });
  // Without a listener an EventEmitter throws its errors; all of them are also passed on above.
  client.on('error', () => {});
  // When a file fails, even if only its answer was lost, the SDK sends it a second time by another call.
  Object.assign(client, {
    messageSendFileStream: () => Promise.reject(fileErrors.pop() ?? new FileNotHandedOver()),
  });
  return client;
}

function tlsOf({ tls, caCert }: GatewayTarget) {
  return caCert === undefined ? { disable: !tls } : { disable: !tls, caCert };
}

/** The SDK drops the error of the first try. */
function rememberErrors(
  { client }: { readonly client: { readonly messageSendFile: unknown } },
  errors: unknown[],
): void {
  const send = client.messageSendFile;
  if (typeof send !== 'function') return;
  Object.assign(client, {
    messageSendFile: (request: unknown, done: (error: unknown, answer: unknown) => void) =>
      Reflect.apply(send, client, [
        request,
        (error: unknown, answer: unknown) => {
          errors.length = 0;
          if (error !== null && error !== undefined) errors.push(error);
          done(error, answer);
        },
      ]),
  });
}
