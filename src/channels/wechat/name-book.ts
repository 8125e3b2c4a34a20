/** Names of people and groups, asked from the gateway once in a while; without an answer there is simply no name. */
import type { GatewayClient } from './gateway-client.ts';
import { within } from './within.ts';

export interface NameBook {
  readonly contact: (id: string) => Promise<{ readonly name: string; readonly type: number }>;
  /** How somebody is called in a group; empty where they go by their own name. */
  readonly aliasIn: (roomId: string, id: string) => Promise<string>;
  readonly topic: (roomId: string) => Promise<string>;
  readonly forget: (roomId: string) => void;
}

// The SDK's own memory of group members never finds anything; names in groups change rarely.
const REMEMBERED_MS = 10 * 60_000;
const MOST_ALIASES = 2_000;

export function createNameBook(client: GatewayClient, steadyNow: () => number, withinMs: number): NameBook {
  const aliases = new Map<string, { readonly alias: Promise<string>; readonly until: number }>();

  function aliasIn(roomId: string, id: string): Promise<string> {
    const key = `${roomId}|${id}`;
    const known = aliases.get(key);
    if (known !== undefined && known.until > steadyNow()) return known.alias;
    const alias = within(withinMs, client.roomMemberPayload(roomId, id)).then(
      ({ roomAlias = '' }) => roomAlias,
      () => '',
    );
    aliases.delete(key);
    aliases.set(key, { alias, until: steadyNow() + REMEMBERED_MS });
    for (const oldest of aliases.keys()) {
      if (aliases.size <= MOST_ALIASES) break;
      aliases.delete(oldest);
    }
    return alias;
  }

  return {
    contact: (id) =>
      within(withinMs, client.contactPayload(id)).then(
        ({ name, type }) => ({ name, type }),
        () => ({ name: '', type: 0 }),
      ),
    aliasIn,
    topic: (roomId) =>
      within(withinMs, client.roomPayload(roomId)).then(
        ({ topic }) => topic,
        () => '',
      ),
    forget: (roomId) => {
      for (const key of aliases.keys()) if (key.startsWith(`${roomId}|`)) aliases.delete(key);
    },
  };
}
