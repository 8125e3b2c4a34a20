/** Households and their pledges for members of staff: masked in lists, in full one by one or whole, never without a trace. */
import type { Community } from '../../model/community.ts';
import type { Household } from '../../model/household.ts';
import type { Pledge, PledgeChange, PledgeScope } from '../../model/pledge.ts';
import type { PledgeState } from '../../model/records.ts';
import type { HouseholdPlace } from '../../model/understanding.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { findHousehold } from '../../store/household-table.ts';
import { listPledges, listPledgesAsMade, type PledgeOfHousehold } from '../../store/pledge-list-table.ts';
import { listPledgeChanges, listPledgesOfHousehold } from '../../store/pledge-table.ts';
import type { Store, Transaction } from '../../store/store.ts';
import { doorKey } from './door-rules.ts';
import { resolveDoor } from './household-service.ts';
import { type HouseholdMember, readMembers } from './member-office-service.ts';
import { scopeOf } from './pledges-rules.ts';

/** What a list shows: the building, never the door. */
export interface PledgeRow {
  readonly householdId: string;
  readonly building: string;
  readonly people: number | null;
  readonly habits: readonly string[];
  readonly state: PledgeState;
  readonly madeAt: Date;
  readonly changedAt: Date;
}

export interface PledgeQuery {
  /** A plan and its year; this year's unless said. */
  readonly scope?: PledgeScope;
  readonly building?: string;
  /** One building of the tree; `null`: buildings nobody has entered yet. */
  readonly areaId?: string | null;
  readonly habit?: string;
  readonly state?: PledgeState;
  /** Exactly this door. It is personal: send it in the body of a form, never in an address. */
  readonly door?: HouseholdPlace;
}

export interface PledgePage {
  readonly rows: readonly PledgeRow[];
  /** To be handed back for the rows that follow; `null` on the last page. Holds nothing personal. */
  readonly next: string | null;
}

/** The last changed first. */
export async function listPledgePage(
  tx: Transaction,
  community: Community,
  query: PledgeQuery,
  page: { readonly after?: string; readonly limit: number },
  now: Date,
): Promise<PledgePage> {
  const { door, scope = scopeOf(community, now), ...rest } = query;
  const found = door === undefined ? null : await resolveDoor(tx, community.id, door);
  if (found !== null && (!found.ok || found.door.room === undefined)) return { rows: [], next: null };
  const filter = {
    communityId: community.id,
    ...scope,
    ...rest,
    ...(found?.ok ? { doorKey: doorKey(found.door, '') } : {}),
  };
  const after = positionOf(page.after);
  const rows = await listPledges(tx, filter, { limit: page.limit + 1, ...(after === null ? {} : { after }) });
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const hasMore = rows.length > page.limit && last !== undefined;
  return { rows: shown.map(rowOf), next: hasMore ? `${last.pledge.changedAt.getTime()}-${last.pledge.id}` : null };
}

export interface HouseholdView {
  readonly household: Household;
  /** Names and phones as far as members gave them. */
  readonly members: readonly HouseholdMember[];
  /** The newest period first, each with every change. */
  readonly pledges: readonly { readonly pledge: Pledge; readonly history: readonly PledgeChange[] }[];
}

/** Everything about one household; that it was looked at is written down. `null` where this community has none such. */
export async function viewHousehold(
  tx: Transaction,
  community: Community,
  householdId: string,
  staffId: string,
  now: Date,
  reason?: string,
): Promise<HouseholdView | null> {
  const household = await findHousehold(tx, community.id, householdId);
  if (household === null) return null;
  await appendAudit(tx, {
    communityId: community.id,
    staffId,
    action: 'household.view',
    subjectId: householdId,
    ...(reason === undefined ? {} : { reason }),
    at: now,
  });
  const pledges = await listPledgesOfHousehold(tx, householdId);
  return {
    household,
    members: await readMembers(tx, household),
    pledges: await Promise.all(
      pledges.map(async (pledge) => ({ pledge, history: await listPledgeChanges(tx, pledge.id) })),
    ),
  };
}

export interface ExportRow extends Omit<PledgeRow, 'householdId'> {
  /** The whole door, or the building alone. */
  readonly place: HouseholdPlace;
}

export interface ExportWish {
  /** With doors. */
  readonly full: boolean;
  readonly staffId: string;
  readonly scope?: PledgeScope;
  /** Why doors are needed; stands in the audit log. */
  readonly reason?: string;
}

/** Few enough to be in memory, enough to be quick. */
const EXPORT_PAGE = 500;

/** All pledges of a period, 500 at a time, so that a million need no more memory than a thousand. */
export async function* exportPledges(
  store: Store,
  community: Community,
  asked: ExportWish,
  now: Date,
): AsyncGenerator<readonly ExportRow[]> {
  const { full, staffId, scope = scopeOf(community, now), reason } = asked;
  const why = reason === undefined ? {} : { reason };
  const subject = { communityId: community.id, staffId, action: 'pledge.export' };
  await store.write((tx) => appendAudit(tx, { ...subject, detail: { full }, ...why, at: now }));
  const filter = { communityId: community.id, ...scope };
  let afterId = '';
  for (;;) {
    const page = { afterId, limit: EXPORT_PAGE };
    const rows = await store.read((tx) => listPledgesAsMade(tx, filter, page));
    if (rows.length > 0) yield rows.map((row) => exportRowOf(row, full));
    const last = rows.at(-1);
    if (last === undefined || rows.length < EXPORT_PAGE) return;
    afterId = last.pledge.id;
  }
}

function exportRowOf(row: PledgeOfHousehold, full: boolean): ExportRow {
  const { householdId: _, ...rest } = rowOf(row);
  return { ...rest, place: full ? row.household.door : { building: row.household.building } };
}

function rowOf({ household, pledge }: PledgeOfHousehold): PledgeRow {
  return {
    householdId: household.id,
    building: household.building,
    people: household.people,
    habits: pledge.habits,
    state: pledge.state,
    madeAt: pledge.madeAt,
    changedAt: pledge.changedAt,
  };
}

const POSITION = /^(\d{1,15})-(\w+)$/;

/** A position somebody tampered with begins at the beginning. */
function positionOf(text: string | undefined): { at: number; id: string } | null {
  const match = POSITION.exec(text ?? '');
  return match === null ? null : { at: Number(match[1]), id: match[2] ?? '' };
}
