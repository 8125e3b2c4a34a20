/** A webhook robot stands in a group that nobody will ever be heard from: its chat is made when the robot is set up. */
import type { Webhook } from '../channel-setting-list.ts';
import { webhookAccount } from '../channels/wecom/webhook-channel.ts';
import { findChat, insertChat, updateChat } from '../store/chat-table.ts';
import { listCommunities } from '../store/community-table.ts';
import type { Store, Transaction } from '../store/store.ts';

/** Of several communities nobody can tell whose it is: then the worker adds it to theirs by hand. */
export async function ensureWebhookGroups(store: Store, webhooks: readonly Webhook[], now: Date): Promise<void> {
  if (webhooks.length === 0) return;
  await store.write(async (tx) => {
    const [only, another] = (await listCommunities(tx)).filter((community) => !community.isSample);
    if (only === undefined || another !== undefined) return;
    for (const { name } of webhooks) await insertGroup(tx, name, only.id, now);
  });
}

async function insertGroup(tx: Transaction, title: string, communityId: string, now: Date): Promise<void> {
  const place = placeOf(title);
  if ((await findChat(tx, place)) !== null) return;
  const group = { ...place, kind: 'group', title, areaId: null, personId: null } as const;
  await insertChat(tx, { ...group, communityId, now });
}

/** Added on a page, by somebody of this community; one that was taken away before is there again. */
export async function openWebhookGroup(
  store: Store,
  { name }: Webhook,
  { communityId, now }: { readonly communityId: string; readonly now: Date },
): Promise<void> {
  await store.write((tx) => insertGroup(tx, name, communityId, now));
  await setState(store, name, 'active');
}

/** Taken away on a page: nothing is to wait for it any more. */
export function closeWebhookGroup(store: Store, name: string): Promise<void> {
  return setState(store, name, 'gone');
}

function setState(store: Store, name: string, state: 'active' | 'gone'): Promise<void> {
  return store.write(async (tx) => {
    const chat = await findChat(tx, placeOf(name));
    if (chat !== null && chat.state !== state) await updateChat(tx, chat.id, { state });
  });
}

function placeOf(name: string) {
  return { channel: 'wecom', account: webhookAccount(name), address: name } as const;
}
