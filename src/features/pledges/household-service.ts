/** Who lives behind which door: settling it, joining, leaving, being forgotten. */
import type { Person } from '../../model/chat.ts';
import type { Community } from '../../model/community.ts';
import { type Household, MOST_PEOPLE } from '../../model/household.ts';
import type { HouseholdPlace } from '../../model/understanding.ts';
import type { Effects } from '../../runtime/feature.ts';
import {
  countMembers,
  deleteHousehold,
  deleteMember,
  findHouseholdOfPerson,
  findKnownPlaces,
  holdHousehold,
  listHouseholdsOfBuilding,
  listMemberIds,
  relocateHousehold,
  updateHouseholdPeople,
} from '../../store/household-table.ts';
import { forgetChangesBy } from '../../store/pledge-table.ts';
import type { Transaction } from '../../store/store.ts';
import { type DoorResult, doorKey, settleDoor } from './door-rules.ts';
import { keepingCount } from './standing-counter.ts';

export async function resolveDoor(tx: Transaction, communityId: string, said: HouseholdPlace): Promise<DoorResult> {
  if (said.building === undefined) return { ok: false, why: 'no-building' };
  return settleDoor(said, await findKnownPlaces(tx, communityId, said.building));
}

/** A household of another community is none. */
export async function holdOwn(tx: Transaction, community: Community, id: string): Promise<Household | null> {
  const household = await holdHousehold(tx, id);
  return household?.communityId === community.id ? household : null;
}

/** How many live there, as last said. */
export async function setPeople(
  tx: Transaction,
  community: Community,
  householdId: string,
  people: number,
): Promise<void> {
  const household = await holdOwn(tx, community, householdId);
  if (household !== null) await keepingCount(tx, household, () => notePeople(tx, household, people));
}

export async function notePeople(tx: Transaction, household: Household, people: number | undefined): Promise<void> {
  if (people === undefined || people === household.people || people < 1 || people > MOST_PEOPLE) return;
  await updateHouseholdPeople(tx, household.id, people);
}

/** Whoever speaks for a new door no longer belongs to the old one. */
export async function leaveOtherHousehold(tx: Transaction, personId: string, key: string): Promise<void> {
  const current = await findHouseholdOfPerson(tx, personId);
  if (current === null) return;
  if (doorKey({ ...current.door, building: current.building }, personId) === key) return;
  await leaveHousehold(tx, personId);
}

/** `last`: nobody else is left, so the household and its pledge went too. */
export type LeaveResult = 'none' | 'others-remain' | 'last';

/** Ends a membership; a household without members is not kept. */
export async function leaveHousehold(tx: Transaction, personId: string): Promise<LeaveResult> {
  const member = await findHouseholdOfPerson(tx, personId);
  const household = member === null ? null : await holdHousehold(tx, member.id);
  if (household === null) return 'none';
  return keepingCount(tx, household, async () => {
    await deleteMember(tx, personId);
    if ((await countMembers(tx, household.id)) > 0) return 'others-remain';
    await deleteHousehold(tx, household.id);
    return 'last';
  });
}

/** To be called when a person asks to be forgotten: the household stays counted only for who remains. */
export async function erasePledgesOf(tx: Transaction, person: Person): Promise<Effects> {
  await leaveHousehold(tx, person.id);
  await forgetChangesBy(tx, person.id);
  return { messages: [] };
}

const HOUSEHOLDS_AT_ONCE = 200;

/**
 * To be called when a building or a compound was added to the tree of areas: households that spoke of this building
 * before are now counted for it, and found by whoever says the door as it is known today. Returns how many moved.
 */
export async function relocateBuilding(tx: Transaction, communityId: string, building: string): Promise<number> {
  let moved = 0;
  let afterId = '';
  for (;;) {
    const page = { afterId, limit: HOUSEHOLDS_AT_ONCE };
    const households = await listHouseholdsOfBuilding(tx, communityId, building, page);
    for (const household of households) moved += (await relocate(tx, household)) ? 1 : 0;
    const last = households.at(-1);
    if (last === undefined) return moved;
    afterId = last.id;
  }
}

async function relocate(tx: Transaction, household: Household): Promise<boolean> {
  const place = await resolveDoor(tx, household.communityId, { ...household.door, building: household.building });
  if (!place.ok) return false;
  const [teller = household.id] = await listMemberIds(tx, household.id);
  const record = { ...place, communityId: household.communityId, doorKey: doorKey(place.door, teller) };
  const before = doorKey({ ...household.door, building: household.building }, teller);
  if (place.areaId === household.areaId && record.doorKey === before) return false;
  return keepingCount(tx, household, () => relocateHousehold(tx, household.id, record));
}
