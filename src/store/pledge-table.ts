/** Pledges, one per household, plan and period, with every change kept. */
import { z } from 'zod';
import type { Pledge, PledgeActor, PledgeChange, PledgeScope } from '../model/pledge.ts';
import type { PledgeChangeKind, PledgeState } from '../model/records.ts';
import { householdOf } from './household-table.ts';
import { keepHabits } from './pledge-habit-table.ts';
import { prepare } from './prepared.ts';
import type { PledgeRow } from './rows/pledge-rows.ts';
import type { Transaction } from './store.ts';

export async function findPledge(tx: Transaction, householdId: string, scope: PledgeScope): Promise<Pledge | null> {
  const [row] = await tx.run(FIND, { household: householdId, plan: scope.plan, period: scope.period });
  return row === undefined ? null : pledgeOf(row);
}

const FIND = prepare<{ household: string; plan: string; period: string }>()((db, value) =>
  db
    .selectFrom('pledge')
    .selectAll()
    .where('household_id', '=', value('household'))
    .where('plan', '=', value('plan'))
    .where('period', '=', value('period')),
);

/** Of any period, the newest first. */
export async function listPledgesOfHousehold(tx: Transaction, householdId: string): Promise<Pledge[]> {
  const rows = await tx.run(OF_HOUSEHOLD, { household: householdId });
  return rows.map(pledgeOf);
}

const OF_HOUSEHOLD = prepare<{ household: string }>()((db, value) =>
  db.selectFrom('pledge').selectAll().where('household_id', '=', value('household')).orderBy('changed_at', 'desc'),
);

/** The caller holds the household, so nobody else makes one meanwhile. */
export async function insertPledge(
  tx: Transaction,
  pledge: PledgeScope & Pick<Pledge, 'communityId' | 'householdId' | 'habits'>,
  now: Date,
): Promise<Pledge> {
  const id = tx.newId();
  await tx.run(INSERT, {
    id,
    community: pledge.communityId,
    household: pledge.householdId,
    plan: pledge.plan,
    period: pledge.period,
    habits: JSON.stringify(pledge.habits),
    now: now.getTime(),
  });
  await keepHabits(tx, id, pledge.habits);
  return { ...pledge, id, state: 'standing', madeAt: now, changedAt: now };
}

interface Insert extends Record<string, string | number> {
  id: string;
  community: string;
  household: string;
  plan: string;
  period: string;
  habits: string;
  now: number;
}

const INSERT = prepare<Insert>()((db, value) =>
  db.insertInto('pledge').values({
    id: value('id'),
    community_id: value('community'),
    household_id: value('household'),
    plan: value('plan'),
    period: value('period'),
    state: 'standing',
    habits: value('habits'),
    made_at: value('now'),
    changed_at: value('now'),
  }),
);

export async function updatePledge(
  tx: Transaction,
  id: string,
  change: { readonly state: PledgeState; readonly habits: readonly string[] },
  now: Date,
): Promise<void> {
  await tx.run(UPDATE, { id, state: change.state, habits: JSON.stringify(change.habits), now: now.getTime() });
  await keepHabits(tx, id, change.habits);
}

const UPDATE = prepare<{ id: string; state: PledgeState; habits: string; now: number }>()((db, value) =>
  db
    .updateTable('pledge')
    .set({ state: value('state'), habits: value('habits'), changed_at: value('now') })
    .where('id', '=', value('id')),
);

export async function insertPledgeChange(
  tx: Transaction,
  pledgeId: string,
  change: PledgeActor & { readonly kind: PledgeChangeKind; readonly habits: readonly string[] },
  now: Date,
): Promise<void> {
  await tx.run(INSERT_CHANGE, {
    id: tx.newId(),
    pledge: pledgeId,
    kind: change.kind,
    habits: JSON.stringify(change.habits),
    person: change.personId,
    staff: change.staffId,
    now: now.getTime(),
  });
}

interface InsertChange extends Record<string, string | number | null> {
  id: string;
  pledge: string;
  kind: PledgeChangeKind;
  habits: string;
  person: string | null;
  staff: string | null;
  now: number;
}

const INSERT_CHANGE = prepare<InsertChange>()((db, value) =>
  db.insertInto('pledge_change').values({
    id: value('id'),
    pledge_id: value('pledge'),
    kind: value('kind'),
    habits: value('habits'),
    person_id: value('person'),
    staff_id: value('staff'),
    at: value('now'),
  }),
);

/** Oldest first. */
export async function listPledgeChanges(tx: Transaction, pledgeId: string): Promise<PledgeChange[]> {
  const rows = await tx.db
    .selectFrom('pledge_change')
    .selectAll()
    .where('pledge_id', '=', pledgeId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    habits: Habits.parse(JSON.parse(row.habits)),
    personId: row.person_id,
    staffId: row.staff_id,
    at: new Date(row.at),
  }));
}

/** The history stays, but no longer says whose doing it was. */
export async function forgetChangesBy(tx: Transaction, personId: string): Promise<void> {
  await tx.db.updateTable('pledge_change').set({ person_id: null }).where('person_id', '=', personId).execute();
}

/** What one standing pledge adds to the counts that pages show. */
export interface StandingPledge extends PledgeScope {
  readonly areaId: string | null;
  readonly room: string | undefined;
  readonly people: number;
  readonly habits: readonly string[];
}

export async function listStandingOfHousehold(tx: Transaction, householdId: string): Promise<StandingPledge[]> {
  const rows = await tx.run(STANDING, { household: householdId });
  return Promise.all(
    rows.map(async (row) => ({
      areaId: row.area_id,
      room: (await householdOf(tx, row)).door.room,
      people: row.people ?? 0,
      plan: row.plan,
      period: row.period,
      habits: Habits.parse(JSON.parse(row.habits)),
    })),
  );
}

const STANDING = prepare<{ household: string }>()((db, value) =>
  db
    .selectFrom('pledge')
    .innerJoin('household', 'household.id', 'pledge.household_id')
    .selectAll('household')
    .select(['pledge.plan', 'pledge.period', 'pledge.habits'])
    .where('pledge.household_id', '=', value('household'))
    .where('pledge.state', '=', 'standing'),
);

const Habits = z.array(z.string());

export function pledgeOf(row: PledgeRow): Pledge {
  return {
    id: row.id,
    communityId: row.community_id,
    householdId: row.household_id,
    plan: row.plan,
    period: row.period,
    state: row.state,
    habits: Habits.parse(JSON.parse(row.habits)),
    madeAt: new Date(row.made_at),
    changedAt: new Date(row.changed_at),
  };
}
