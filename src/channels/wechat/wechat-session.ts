/** One login over one connection: whose it is, and how people and groups are called and addressed during it. */
import { type AddressBook, addressBook } from './bound-address.ts';
import type { GatewayClient } from './gateway-client.ts';
import type { KeptGateway } from './gateway-keeper.ts';
import { createNameBook, type NameBook } from './name-book.ts';

export interface WechatSession {
  readonly client: GatewayClient;
  readonly selfId: string;
  readonly names: NameBook;
  readonly addresses: AddressBook;
}

export interface SessionOptions {
  readonly stableIds: boolean;
  readonly steadyNow: () => number;
  readonly lookUpWithinMs: number;
}

/** Gives the session of the moment; `null` while there is no connection or nobody is logged in. */
export function sessionsOf(gateway: () => KeptGateway, options: SessionOptions): () => WechatSession | null {
  let session: WechatSession | null = null;
  return () => {
    const { client, selfId } = gateway();
    if (client === null || selfId === null) return null;
    if (session?.client !== client || session.selfId !== selfId) {
      const names = createNameBook(client, options.steadyNow, options.lookUpWithinMs);
      session = { client, selfId, names, addresses: addressBook(selfId, options.stableIds) };
    }
    return session;
  };
}
