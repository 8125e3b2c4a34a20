/** How much there is in a community: said before it is removed. */
import type { Transaction } from './store.ts';

export interface CommunitySize {
  readonly groups: number;
  readonly people: number;
  readonly households: number;
  readonly activities: number;
  readonly notices: number;
}

export async function measureCommunity(tx: Transaction, communityId: string): Promise<CommunitySize> {
  const count = async (table: 'person' | 'household' | 'activity' | 'notice') => {
    const query = tx.db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('count'));
    return Number((await query.where('community_id', '=', communityId).executeTakeFirstOrThrow()).count);
  };
  const groups = await tx.db
    .selectFrom('chat')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('community_id', '=', communityId)
    .where('kind', '=', 'group')
    .executeTakeFirstOrThrow();
  return {
    groups: Number(groups.count),
    people: await count('person'),
    households: await count('household'),
    activities: await count('activity'),
    notices: await count('notice'),
  };
}

/** Households that are known to live in an area. */
export async function countHouseholdsIn(tx: Transaction, communityId: string, areaId: string): Promise<number> {
  const { count } = await tx.db
    .selectFrom('household')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('community_id', '=', communityId)
    .where('area_id', '=', areaId)
    .executeTakeFirstOrThrow();
  return Number(count);
}
