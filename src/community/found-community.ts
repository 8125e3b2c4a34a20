/** Makes a community: its record with a data key of its own, and what its features have scheduled. */
import type { Community } from '../model/community.ts';
import type { Feature } from '../runtime/feature.ts';
import { syncSchedules } from '../runtime/schedule-sync.ts';
import { insertCommunity } from '../store/community-table.ts';
import type { Transaction } from '../store/store.ts';
import type { Vault } from '../store/vault.ts';

export interface FoundingParts {
  readonly vault: Vault;
  readonly features: readonly Feature[];
}

export async function foundCommunity(
  tx: Transaction,
  { vault, features }: FoundingParts,
  founded: Omit<Community, 'id'>,
  now: Date,
): Promise<Community> {
  const community: Community = { ...founded, id: tx.newId() };
  await insertCommunity(tx, { ...community, wrappedKey: vault.newCommunityKey(community.id), now });
  await syncSchedules(tx, features, community, now);
  return community;
}
