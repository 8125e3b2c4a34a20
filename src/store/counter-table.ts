/** Counts that pages show, kept as records change, so that a page costs the same at a thousand and a million households. */
import { sql } from 'kysely';
import { prepare } from './prepared.ts';
import type { Transaction } from './store.ts';

/** Of the whole community; a building's id counts for that building alone. */
export const WHOLE_COMMUNITY = '';

export async function addToCounter(
  tx: Transaction,
  communityId: string,
  areaId: string,
  name: string,
  by: number,
): Promise<void> {
  await tx.run(ADD, { community: communityId, area: areaId, name, by });
}

const ADD = prepare<{ community: string; area: string; name: string; by: number }>()((db, value) =>
  db
    .insertInto('counter')
    .values({ community_id: value('community'), area_id: value('area'), name: value('name'), value: value('by') })
    .onConflict((conflict) =>
      conflict
        .columns(['community_id', 'area_id', 'name'])
        .doUpdateSet({ value: sql<number>`counter.value + excluded.value` }),
    ),
);

export interface Count {
  readonly areaId: string;
  readonly name: string;
  readonly value: number;
}

/** All counts whose name begins with `prefix`. */
export async function readCounters(tx: Transaction, communityId: string, prefix: string): Promise<Count[]> {
  const rows = await tx.db
    .selectFrom('counter')
    .select(['area_id', 'name', 'value'])
    .where('community_id', '=', communityId)
    .where('name', '>=', prefix)
    .where('name', '<', `${prefix}\u{10ffff}`)
    .execute();
  return rows.map((row) => ({ areaId: row.area_id, name: row.name, value: row.value }));
}
