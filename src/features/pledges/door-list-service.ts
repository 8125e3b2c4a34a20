/** The doors of one building for whoever goes there: only those that are known, and never without a trace. */
import type { Community } from '../../model/community.ts';
import type { HouseholdPlace } from '../../model/understanding.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { type Area, listAreas } from '../../store/community-table.ts';
import { listHouseholdsOfBuilding } from '../../store/household-table.ts';
import { findPledge } from '../../store/pledge-table.ts';
import type { Transaction } from '../../store/store.ts';
import { inWalkingOrder } from './door-rules.ts';
import { scopeOf } from './pledges-rules.ts';

export interface KnownDoor {
  readonly place: HouseholdPlace;
  readonly people: number | null;
  readonly habits: readonly string[];
}

export interface DoorList {
  readonly area: Area;
  readonly pledged: readonly KnownDoor[];
  /** Pledged in an earlier year and not in this one. Who withdrew is not visited for it. */
  readonly earlier: readonly KnownDoor[];
  /** Households of the building that no door is known of; `null` where nobody has counted them. */
  readonly unknown: number | null;
}

const HOUSEHOLDS_AT_ONCE = 200;

/** `null` where this community has no such building. */
export async function listDoors(
  tx: Transaction,
  community: Community,
  asked: { readonly areaId: string; readonly staffId: string; readonly reason: string },
  now: Date,
): Promise<DoorList | null> {
  const { areaId, staffId, reason } = asked;
  const area = (await listAreas(tx, community.id)).find(({ id, kind }) => id === areaId && kind === 'building');
  if (area === undefined) return null;
  const subject = { communityId: community.id, staffId, action: 'household.list-doors', subjectId: areaId };
  await appendAudit(tx, { ...subject, reason, at: now });
  const pledged: KnownDoor[] = [];
  const earlier: KnownDoor[] = [];
  let households = 0;
  for await (const household of householdsOf(tx, area)) {
    households += 1;
    const pledge = await findPledge(tx, household.id, scopeOf(community, now));
    const door = { place: household.door, people: household.people };
    if (pledge === null) earlier.push({ ...door, habits: [] });
    else if (pledge.state === 'standing') pledged.push({ ...door, habits: pledge.habits });
  }
  const unknown = area.households === null ? null : Math.max(0, area.households.count - households);
  return { area, pledged: pledged.toSorted(byDoor), earlier: earlier.toSorted(byDoor), unknown };
}

async function* householdsOf(tx: Transaction, area: Area) {
  let afterId = '';
  for (;;) {
    const page = { afterId, limit: HOUSEHOLDS_AT_ONCE };
    const households = await listHouseholdsOfBuilding(tx, area.communityId, area.name, page);
    yield* households.filter((household) => household.areaId === area.id);
    const last = households.at(-1);
    if (last === undefined) return;
    afterId = last.id;
  }
}

function byDoor(one: KnownDoor, other: KnownDoor): number {
  return inWalkingOrder(one.place, other.place);
}
