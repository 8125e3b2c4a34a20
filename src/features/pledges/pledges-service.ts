/** What can be done with a household's pledge; the chat, the forms and the pages all call this. */

import type { Community } from '../../model/community.ts';
import type { Household } from '../../model/household.ts';
import type { Pledge, PledgeActor } from '../../model/pledge.ts';
import type { PledgeChangeKind } from '../../model/records.ts';
import { lockPerson } from '../../store/address-lock.ts';
import { findHouseholdOfPerson, holdHouseholdOfDoor, insertMember } from '../../store/household-table.ts';
import {
  findPledge,
  insertPledge,
  insertPledgeChange,
  listPledgesOfHousehold,
  updatePledge,
} from '../../store/pledge-table.ts';
import type { Transaction } from '../../store/store.ts';
import { type Door, doorKey } from './door-rules.ts';
import { holdOwn, leaveOtherHousehold, notePeople } from './household-service.ts';
import { isNewcomer } from './newcomer-service.ts';
import { applyChange, sameHabits, scopeOf, unite } from './pledges-rules.ts';
import { keepingCount } from './standing-counter.ts';

export interface NewPledge {
  readonly door: Door;
  readonly areaId: string | null;
  readonly habits: readonly string[];
  readonly people?: number | undefined;
  /** Whether a withdrawn pledge stands again by this; it does where a resident says so. */
  readonly renews?: boolean;
}

/**
 * `joined`: the household had a pledge already and the habits were united. `known`: nothing new was said.
 * `withdrawn`: it stays withdrawn, because `renews` was false.
 */
export interface MadePledge {
  readonly what: 'made' | 'joined' | 'renewed' | 'known' | 'withdrawn';
  readonly pledge: Pledge;
  readonly household: Household;
}

/** One pledge per household, plan and period: whoever comes second joins it. `person` becomes a member of the household. */
export async function makePledge(
  tx: Transaction,
  community: Community,
  actor: PledgeActor,
  wanted: NewPledge,
  now: Date,
): Promise<MadePledge> {
  const key = doorKey(wanted.door, actor.personId ?? tx.newId());
  if (actor.personId !== null) {
    await lockPerson(tx, actor.personId);
    await leaveOtherHousehold(tx, actor.personId, key);
  }
  const record = { communityId: community.id, areaId: wanted.areaId, door: wanted.door, doorKey: key };
  const household = await holdHouseholdOfDoor(tx, record, now);
  return keepingCount(tx, household, async () => {
    if (actor.personId !== null) await insertMember(tx, actor.personId, household.id, now);
    // What the family told of itself is not put right by somebody it may not know.
    const isNew = actor.personId !== null && (await isNewcomer(tx, household, actor.personId, now));
    if (!isNew || household.people === null) await notePeople(tx, household, wanted.people);
    return { ...(await unitePledge(tx, community, actor, household, wanted, now)), household };
  });
}

async function unitePledge(
  tx: Transaction,
  community: Community,
  actor: PledgeActor,
  household: Household,
  { habits, renews = true }: NewPledge,
  now: Date,
): Promise<Omit<MadePledge, 'household'>> {
  const scope = scopeOf(community, now);
  const existing = await findPledge(tx, household.id, scope);
  if (existing === null) {
    const home = { communityId: community.id, householdId: household.id };
    const pledge = await insertPledge(tx, { ...scope, ...home, habits }, now);
    await insertPledgeChange(tx, pledge.id, { ...actor, kind: 'made', habits }, now);
    return { what: 'made', pledge };
  }
  if (existing.state === 'withdrawn') {
    if (!renews) return { what: 'withdrawn', pledge: existing };
    return { what: 'renewed', pledge: await changeTo(tx, existing, 'renewed', habits, actor, now) };
  }
  const united = unite(existing.habits, habits);
  if (sameHabits(united, existing.habits)) return { what: 'known', pledge: existing };
  return { what: 'joined', pledge: await changeTo(tx, existing, 'joined', united, actor, now) };
}

/** The household a person belongs to, with its pledge of this period and the last one of any. */
export interface PledgeOfPerson {
  readonly household: Household;
  readonly pledge: Pledge | null;
  readonly latest: Pledge | null;
}

export async function findPledgeOfPerson(
  tx: Transaction,
  community: Community,
  personId: string,
  now: Date,
): Promise<PledgeOfPerson | null> {
  const household = await findHouseholdOfPerson(tx, personId);
  if (household === null) return null;
  const pledges = await listPledgesOfHousehold(tx, household.id);
  const { plan, period } = scopeOf(community, now);
  const pledge = pledges.find((each) => each.plan === plan && each.period === period) ?? null;
  return { household, pledge, latest: pledges[0] ?? null };
}

export interface HabitChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export type ChangeResult =
  | { readonly ok: true; readonly pledge: Pledge; readonly changed: boolean }
  /** `nothing-left`: a pledge without a habit is none; it can be withdrawn instead. */
  | { readonly ok: false; readonly why: 'no-pledge' | 'nothing-left' };

/** Any member may change what the household pledged, and so may staff on their behalf. */
export async function changePledge(
  tx: Transaction,
  community: Community,
  householdId: string,
  actor: PledgeActor,
  change: HabitChange,
  now: Date,
): Promise<ChangeResult> {
  const household = await holdOwn(tx, community, householdId);
  const pledge = household === null ? null : await findPledge(tx, householdId, scopeOf(community, now));
  if (household === null || pledge === null || pledge.state === 'withdrawn') return { ok: false, why: 'no-pledge' };
  const habits = applyChange(pledge.habits, change);
  if (habits.length === 0) return { ok: false, why: 'nothing-left' };
  if (sameHabits(habits, pledge.habits)) return { ok: true, pledge, changed: false };
  return keepingCount(tx, household, async () => ({
    ok: true,
    changed: true,
    pledge: await changeTo(tx, pledge, 'changed', habits, actor, now),
  }));
}

/** Any member may withdraw for the whole household. `null` where nothing stood. The habits are kept, to be renewed. */
export async function withdrawPledge(
  tx: Transaction,
  community: Community,
  householdId: string,
  actor: PledgeActor,
  now: Date,
): Promise<Pledge | null> {
  const household = await holdOwn(tx, community, householdId);
  const pledge = household === null ? null : await findPledge(tx, householdId, scopeOf(community, now));
  if (household === null || pledge === null || pledge.state === 'withdrawn') return null;
  return keepingCount(tx, household, () => changeTo(tx, pledge, 'withdrawn', pledge.habits, actor, now));
}

/** Takes a withdrawn pledge up again as it was. `null` where there is none. */
export async function renewPledge(
  tx: Transaction,
  community: Community,
  householdId: string,
  actor: PledgeActor,
  now: Date,
): Promise<Pledge | null> {
  const household = await holdOwn(tx, community, householdId);
  const pledge = household === null ? null : await findPledge(tx, householdId, scopeOf(community, now));
  if (household === null || pledge === null || pledge.state === 'standing') return null;
  return keepingCount(tx, household, () => changeTo(tx, pledge, 'renewed', pledge.habits, actor, now));
}

async function changeTo(
  tx: Transaction,
  pledge: Pledge,
  kind: PledgeChangeKind,
  habits: readonly string[],
  actor: PledgeActor,
  now: Date,
): Promise<Pledge> {
  const state = kind === 'withdrawn' ? 'withdrawn' : 'standing';
  await updatePledge(tx, pledge.id, { state, habits }, now);
  await insertPledgeChange(tx, pledge.id, { ...actor, kind, habits }, now);
  return { ...pledge, state, habits, changedAt: now };
}
