/** What members of staff may see of a household without its door and its people: for every page that does not ask for more. */
import type { Community } from '../../model/community.ts';
import type { Pledge, PledgeChange } from '../../model/pledge.ts';
import { countCheckIns } from '../../store/check-in-table.ts';
import { countMembers, findHousehold } from '../../store/household-table.ts';
import { listPledgeChanges, listPledgesOfHousehold } from '../../store/pledge-table.ts';
import type { Transaction } from '../../store/store.ts';
import { scopeOf } from './pledges-rules.ts';

export interface HouseholdFacts {
  readonly id: string;
  readonly building: string;
  readonly people: number | null;
  /** How many residents spoke for it. */
  readonly members: number;
  readonly checkIns: number;
  /** Of this year, standing or withdrawn. */
  readonly current: Pledge | null;
  /** The newest period first, each with every change, the oldest change first. */
  readonly pledges: readonly { readonly pledge: Pledge; readonly history: readonly PledgeChange[] }[];
}

/** `null` where this community has none such. */
export async function readHouseholdFacts(
  tx: Transaction,
  community: Community,
  householdId: string,
  now: Date,
): Promise<HouseholdFacts | null> {
  const household = await findHousehold(tx, community.id, householdId);
  if (household === null) return null;
  const pledges = await listPledgesOfHousehold(tx, householdId);
  const { plan, period } = scopeOf(community, now);
  const { id, building, people } = household;
  return {
    id,
    building,
    people,
    members: await countMembers(tx, id),
    checkIns: await countCheckIns(tx, id),
    current: pledges.find((pledge) => pledge.plan === plan && pledge.period === period) ?? null,
    pledges: await Promise.all(
      pledges.map(async (pledge) => ({ pledge, history: await listPledgeChanges(tx, pledge.id) })),
    ),
  };
}
