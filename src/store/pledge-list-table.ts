/** Pledges with their households, page by page: by keyset, so that the last page costs what the first does. */
import { sql } from 'kysely';
import type { Household } from '../model/household.ts';
import type { Pledge, PledgeScope } from '../model/pledge.ts';
import type { PledgeState } from '../model/records.ts';
import { householdOf } from './household-table.ts';
import { pledgeOf } from './pledge-table.ts';
import type { HouseholdRow } from './rows/people-rows.ts';
import type { PledgeRow } from './rows/pledge-rows.ts';
import type { Transaction } from './store.ts';

export interface PledgeFilter extends PledgeScope {
  readonly communityId: string;
  readonly building?: string;
  /** `null`: of a building that is not in the tree. */
  readonly areaId?: string | null;
  readonly habit?: string;
  readonly state?: PledgeState;
  /** Of exactly this door. */
  readonly doorKey?: string;
}

/** Where a page ends, to be handed back for the next one. */
export interface PledgePosition {
  readonly at: number;
  readonly id: string;
}

export interface PledgeOfHousehold {
  readonly pledge: Pledge;
  readonly household: Household;
}

export interface PledgesPage {
  readonly after?: PledgePosition;
  readonly limit: number;
}

/** The last changed first, from after `position` on. */
export async function listPledges(
  tx: Transaction,
  filter: PledgeFilter,
  page: PledgesPage,
): Promise<PledgeOfHousehold[]> {
  let query = filtered(tx, filter);
  if (filter.doorKey !== undefined) {
    // Looked up first: a database that joins the other way round would read every pledge of the year.
    const householdId = await householdAt(tx, filter.communityId, filter.doorKey);
    if (householdId === null) return [];
    query = query.where('pledge.household_id', '=', householdId);
  }
  const rows = filter.habit === undefined ? await newest(query, page) : await newestOf(query, filter, page);
  return Promise.all(rows.map((row) => pledgeOfHousehold(tx, row)));
}

/** In the order they were made, which no change disturbs: for walking through all of them. */
export async function listPledgesAsMade(
  tx: Transaction,
  filter: Omit<PledgeFilter, 'habit' | 'doorKey'>,
  page: { readonly afterId?: string; readonly limit: number },
): Promise<PledgeOfHousehold[]> {
  let query = filtered(tx, filter);
  if (page.afterId !== undefined) query = query.where('pledge.id', '>', page.afterId);
  const rows = await query.orderBy('pledge.id').limit(page.limit).execute();
  return Promise.all(rows.map((row) => pledgeOfHousehold(tx, row)));
}

function filtered(tx: Transaction, filter: Omit<PledgeFilter, 'habit' | 'doorKey'>) {
  let query = tx.db
    .selectFrom('pledge')
    .innerJoin('household', 'household.id', 'pledge.household_id')
    .selectAll('household')
    .select([
      'pledge.id as pledge_id',
      'pledge.household_id',
      'pledge.plan',
      'pledge.period',
      'pledge.state',
      'pledge.habits',
      'pledge.made_at',
      'pledge.changed_at',
    ])
    .where('pledge.community_id', '=', filter.communityId)
    .where('pledge.plan', '=', filter.plan)
    .where('pledge.period', '=', filter.period);
  // Written out rather than bound, or the index of the withdrawn is not used.
  if (filter.state !== undefined) query = query.where('pledge.state', '=', sql.lit(filter.state));
  if (filter.building !== undefined) query = query.where('household.building', '=', filter.building);
  if (filter.areaId === null) query = query.where('household.area_id', 'is', null);
  else if (filter.areaId !== undefined) query = query.where('household.area_id', '=', filter.areaId);
  return query;
}

type Filtered = ReturnType<typeof filtered>;

function newest(query: Filtered, { after, limit }: PledgesPage): Promise<JoinedRow[]> {
  const begun =
    after === undefined
      ? query
      : query.where((where) =>
          where.or([
            where('pledge.changed_at', '<', after.at),
            where.and([where('pledge.changed_at', '=', after.at), where('pledge.id', '<', after.id)]),
          ]),
        );
  return begun.orderBy('pledge.changed_at', 'desc').orderBy('pledge.id', 'desc').limit(limit).execute();
}

/** Led by the rows of the habit: however rare it is, no other pledge is read. */
function newestOf(query: Filtered, filter: PledgeFilter, { after, limit }: PledgesPage): Promise<JoinedRow[]> {
  const { communityId, period, habit = '' } = filter;
  const led = query
    .innerJoin('pledge_habit', 'pledge_habit.pledge_id', 'pledge.id')
    .where('pledge_habit.community_id', '=', communityId)
    .where('pledge_habit.period', '=', period)
    .where('pledge_habit.habit', '=', habit);
  const begun =
    after === undefined
      ? led
      : led.where((where) =>
          where.or([
            where('pledge_habit.changed_at', '<', after.at),
            where.and([
              where('pledge_habit.changed_at', '=', after.at),
              where('pledge_habit.pledge_id', '<', after.id),
            ]),
          ]),
        );
  return begun
    .orderBy('pledge_habit.changed_at', 'desc')
    .orderBy('pledge_habit.pledge_id', 'desc')
    .limit(limit)
    .execute();
}

async function householdAt(tx: Transaction, communityId: string, doorKey: string): Promise<string | null> {
  const sealer = await tx.sealer(communityId);
  const row = await tx.db
    .selectFrom('household')
    .select('id')
    .where('community_id', '=', communityId)
    .where('door_hash', '=', sealer.hash(doorKey))
    .executeTakeFirst();
  return row?.id ?? null;
}

type JoinedRow = HouseholdRow & Omit<PledgeRow, 'id' | 'community_id'> & { readonly pledge_id: string };

async function pledgeOfHousehold(tx: Transaction, row: JoinedRow): Promise<PledgeOfHousehold> {
  return { household: await householdOf(tx, row), pledge: pledgeOf({ ...row, id: row.pledge_id }) };
}
