/** Makes a community: its record with a data key of its own, its group on the web, and what its features have scheduled. */
import type { Community } from '../model/community.ts';
import type { RenderText } from '../model/text.ts';
import type { Feature } from '../runtime/feature.ts';
import { syncSchedules } from '../runtime/schedule-sync.ts';
import { insertCommunity } from '../store/community-table.ts';
import type { Transaction } from '../store/store.ts';
import type { Vault } from '../store/vault.ts';
import { ensureWebGroup, webGroupTitle } from './web-group.ts';

export interface FoundingParts {
  readonly vault: Vault;
  readonly features: readonly Feature[];
  readonly render: RenderText;
}

export interface Founded extends Omit<Community, 'id'> {
  /** What its group on the web is called, where that is not the usual name. */
  readonly groupTitle?: string;
}

export async function foundCommunity(
  tx: Transaction,
  { vault, features, render }: FoundingParts,
  { groupTitle, ...founded }: Founded,
  now: Date,
): Promise<Community> {
  const community: Community = { ...founded, id: tx.newId() };
  await insertCommunity(tx, { ...community, wrappedKey: vault.newCommunityKey(community.id), now });
  await ensureWebGroup(tx, community, { title: groupTitle ?? webGroupTitle(render, community), now });
  await syncSchedules(tx, features, community, now);
  return community;
}
