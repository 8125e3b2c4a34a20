/** A webhook robot stands in a group that nobody will ever be heard from: its chat is made when the robot is set up. */

import type { Webhook } from '../channel-setting-list.ts';
import { webhookAccount } from '../channels/wecom/webhook-channel.ts';
import { findChat, insertChat } from '../store/chat-table.ts';
import { listCommunities } from '../store/community-table.ts';
import type { Store } from '../store/store.ts';

/** Of several communities nobody can tell whose it is: then the worker adds it to theirs by hand. */
export async function ensureWebhookGroups(store: Store, webhooks: readonly Webhook[], now: Date): Promise<void> {
  if (webhooks.length === 0) return;
  await store.write(async (tx) => {
    const [only, another] = (await listCommunities(tx)).filter((community) => !community.isSample);
    if (only === undefined || another !== undefined) return;
    for (const { name: title } of webhooks) {
      const place = { channel: 'wecom', account: webhookAccount(title), address: title } as const;
      if ((await findChat(tx, place)) !== null) continue;
      const group = { ...place, kind: 'group', title, areaId: null, personId: null } as const;
      await insertChat(tx, { ...group, communityId: only.id, now });
    }
  });
}
