/** Buildings and compounds: added, changed, removed, brought in from a table. */
import { placeCell } from '../../features/pledges/door-rules.ts';
import { relocateBuilding } from '../../features/pledges/household-service.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { countHouseholdsIn } from '../../store/community-size.ts';
import { type Area, deleteArea, insertArea, listAreas, updateArea } from '../../store/community-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { Act } from '../admin-parts.ts';

export type AreaDraft = Pick<Area, 'kind' | 'name' | 'parentId' | 'households'>;

export type AreaResult =
  | { readonly ok: true; readonly area: Area }
  | { readonly ok: false; readonly why: 'unknown' | 'name-taken' | 'no-such-parent' };

export async function addArea(tx: Transaction, draft: AreaDraft, act: Act): Promise<AreaResult> {
  const areas = await listAreas(tx, act.communityId);
  const why = draftFault(draft, areas, null);
  if (why !== null) return { ok: false, why };
  const area = await insertArea(tx, { ...draft, name: nameOf(draft), communityId: act.communityId });
  await moveHouseholds(tx, area, areas);
  await audit(tx, act, 'area.add', area.id);
  return { ok: true, area };
}

export async function changeArea(tx: Transaction, id: string, draft: AreaDraft, act: Act): Promise<AreaResult> {
  const areas = await listAreas(tx, act.communityId);
  const known = areas.find((area) => area.id === id);
  if (known === undefined) return { ok: false, why: 'unknown' };
  // What it is does not change: households hang on buildings.
  const changed = { ...known, ...draft, kind: known.kind, name: nameOf({ ...draft, kind: known.kind }) };
  const why = draftFault(changed, areas, id);
  if (why !== null) return { ok: false, why };
  await updateArea(tx, changed);
  await moveHouseholds(tx, changed, areas);
  await audit(tx, act, 'area.change', id);
  return { ok: true, area: changed };
}

export type RemoveResult =
  | { readonly ok: true; readonly area: Area }
  | { readonly ok: false; readonly why: 'unknown' }
  | { readonly ok: false; readonly why: 'in-use'; readonly name: string; readonly households: number }
  | { readonly ok: false; readonly why: 'has-buildings'; readonly name: string };

/** Only what is empty: counts are kept by building, and a building with households is not gone. */
export async function removeArea(tx: Transaction, id: string, act: Act): Promise<RemoveResult> {
  const areas = await listAreas(tx, act.communityId);
  const area = areas.find((one) => one.id === id);
  if (area === undefined) return { ok: false, why: 'unknown' };
  if (areas.some(({ parentId }) => parentId === id)) return { ok: false, why: 'has-buildings', name: area.name };
  const households = await countHouseholdsIn(tx, act.communityId, id);
  if (households > 0) return { ok: false, why: 'in-use', name: area.name, households };
  await deleteArea(tx, act.communityId, id);
  await audit(tx, act, 'area.remove', id);
  return { ok: true, area };
}

export interface Imported {
  readonly added: number;
  readonly changed: number;
}

/** A building that is there already gets the new count; none is removed. */
export async function importBuildings(
  tx: Transaction,
  rows: readonly Pick<Area, 'name' | 'households'>[],
  act: Act,
): Promise<Imported> {
  const { communityId } = act;
  const known = new Map((await listAreas(tx, communityId)).filter(isBuilding).map((area) => [area.name, area]));
  let added = 0;
  for (const row of rows) {
    const name = buildingName(row.name);
    const before = known.get(name);
    const households = row.households ?? before?.households ?? null;
    if (before !== undefined) await updateArea(tx, { ...before, households });
    else {
      known.set(name, await insertArea(tx, { communityId, parentId: null, kind: 'building', name, households }));
      await relocateBuilding(tx, communityId, name);
      added += 1;
    }
  }
  const changed = rows.length - added;
  await appendAudit(tx, {
    communityId,
    staffId: act.staffId,
    action: 'area.import',
    detail: { added, changed },
    at: act.now,
  });
  return { added, changed };
}

/** Households that spoke of it before it was entered are now found and counted there; a compound concerns all buildings. */
async function moveHouseholds(
  tx: Transaction,
  { communityId, kind, name }: Area,
  areas: readonly Area[],
): Promise<void> {
  const buildings = kind === 'compound' ? areas.filter(isBuilding).map((building) => building.name) : [name];
  for (const building of new Set(buildings)) await relocateBuilding(tx, communityId, building);
}

/** As residents say it: the bare number, or the words where it has none. */
export function buildingName(typed: string): string {
  return placeCell(typed) ?? typed;
}

function nameOf({ kind, name }: Pick<AreaDraft, 'kind' | 'name'>): string {
  return kind === 'building' ? buildingName(name) : name;
}

function draftFault(draft: AreaDraft, areas: readonly Area[], ownId: string | null) {
  const name = nameOf(draft);
  const isTaken = areas.some((area) => area.id !== ownId && area.kind === draft.kind && area.name === name);
  if (isTaken) return 'name-taken';
  if (draft.parentId === null) return null;
  const hasParent = areas.some(
    ({ id, kind }) => id === draft.parentId && kind === 'compound' && draft.kind === 'building',
  );
  return hasParent ? null : 'no-such-parent';
}

function isBuilding({ kind }: Area): boolean {
  return kind === 'building';
}

async function audit(
  tx: Transaction,
  { communityId, staffId, now }: Act,
  action: string,
  subjectId: string,
): Promise<void> {
  await appendAudit(tx, { communityId, staffId, action, subjectId, at: now });
}
