/** Communities and their areas. */

import { type Community, CommunitySettings } from '../model/community.ts';
import type { AreaKind } from '../model/records.ts';
import { prepare } from './prepared.ts';
import type { AreaRow, CommunityRow } from './rows/place-rows.ts';
import type { Transaction } from './store.ts';

export interface Area {
  readonly id: string;
  readonly communityId: string;
  readonly parentId: string | null;
  readonly kind: AreaKind;
  readonly name: string;
  /** How many households live there, who counted them and when (YYYY-MM-DD). */
  readonly households: { readonly count: number; readonly source: string; readonly countedOn: string } | null;
}

export interface NewCommunity {
  readonly id: string;
  readonly name: string;
  readonly plan: string;
  readonly locale: string;
  readonly isSample: boolean;
  readonly settings: CommunitySettings;
  readonly wrappedKey: string;
  readonly now: Date;
}

export async function insertCommunity(tx: Transaction, community: NewCommunity): Promise<void> {
  await tx.db
    .insertInto('community')
    .values({
      id: community.id,
      name: community.name,
      plan: community.plan,
      locale: community.locale,
      is_sample: community.isSample ? 1 : 0,
      settings: JSON.stringify(community.settings),
      wrapped_key: community.wrappedKey,
      created_at: community.now.getTime(),
    })
    .execute();
}

export async function findCommunity(tx: Transaction, id: string): Promise<Community | null> {
  const [row] = await tx.run(BY_ID, { id });
  return row === undefined ? null : communityOf(row);
}

const BY_ID = prepare<{ id: string }>()((db, value) =>
  db.selectFrom('community').selectAll().where('id', '=', value('id')),
);

export async function listCommunities(tx: Transaction): Promise<Community[]> {
  const rows = await tx.db.selectFrom('community').selectAll().orderBy('created_at').execute();
  return rows.map(communityOf);
}

export async function updateCommunity(
  tx: Transaction,
  community: Pick<Community, 'id' | 'name' | 'plan' | 'locale' | 'settings'>,
): Promise<void> {
  const { id, name, plan, locale, settings } = community;
  await tx.db
    .updateTable('community')
    .set({ name, plan, locale, settings: JSON.stringify(settings) })
    .where('id', '=', id)
    .execute();
}

/** Everything that belongs to it goes with it. */
export async function deleteCommunity(tx: Transaction, id: string): Promise<void> {
  await tx.db.deleteFrom('community').where('id', '=', id).execute();
  // Not tied to it by a key; nobody could open what is kept there, nor answer.
  await tx.db.deleteFrom('inbox').where('community_id', '=', id).execute();
}

export async function insertArea(tx: Transaction, area: Omit<Area, 'id'>): Promise<Area> {
  const id = tx.newId();
  await tx.db
    .insertInto('area')
    .values(areaRowOf({ ...area, id }))
    .execute();
  return { ...area, id };
}

export async function updateArea(tx: Transaction, area: Area): Promise<void> {
  const { id, ...rest } = areaRowOf(area);
  await tx.db.updateTable('area').set(rest).where('id', '=', id).where('community_id', '=', area.communityId).execute();
}

export async function deleteArea(tx: Transaction, communityId: string, id: string): Promise<void> {
  await tx.db.deleteFrom('area').where('id', '=', id).where('community_id', '=', communityId).execute();
}

export async function listAreas(tx: Transaction, communityId: string): Promise<Area[]> {
  const rows = await tx.db
    .selectFrom('area')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('id')
    .execute();
  return rows.map(areaOf);
}

export function communityOf(row: Omit<CommunityRow, 'wrapped_key' | 'created_at'>): Community {
  return {
    id: row.id,
    name: row.name,
    plan: row.plan,
    locale: row.locale,
    isSample: row.is_sample === 1,
    settings: settingsOf(row.settings),
  };
}

// Every message reads its community, and settings change once in a while; the answers do not depend on what is remembered.
const parsedSettings = new Map<string, CommunitySettings>();
const MOST_REMEMBERED = 100;

function settingsOf(text: string): CommunitySettings {
  const known = parsedSettings.get(text);
  if (known !== undefined) return known;
  // What an older version did not know gets today's default.
  const settings = CommunitySettings.parse(JSON.parse(text));
  if (parsedSettings.size >= MOST_REMEMBERED) parsedSettings.clear();
  parsedSettings.set(text, settings);
  return settings;
}

function areaOf(row: AreaRow): Area {
  const { household_count: count, count_source: source, counted_on: countedOn } = row;
  return {
    id: row.id,
    communityId: row.community_id,
    parentId: row.parent_id,
    kind: row.kind,
    name: row.name,
    households: count === null ? null : { count, source: source ?? '', countedOn: countedOn ?? '' },
  };
}

function areaRowOf(area: Area): AreaRow {
  return {
    id: area.id,
    community_id: area.communityId,
    parent_id: area.parentId,
    kind: area.kind,
    name: area.name,
    household_count: area.households?.count ?? null,
    count_source: area.households?.source ?? null,
    counted_on: area.households?.countedOn ?? null,
  };
}
