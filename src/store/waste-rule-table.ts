/** A community's own word on what goes where; it wins over the guide. */
import type { WasteClass } from '../model/waste-item.ts';
import { prepare } from './prepared.ts';
import type { WasteRuleRow } from './rows/place-rows.ts';
import type { Transaction } from './store.ts';

export interface WasteRule {
  readonly communityId: string;
  /** The name without width, case and marks, by which it is found. */
  readonly nameKey: string;
  readonly name: string;
  readonly class: WasteClass;
  readonly note: string;
}

export async function putWasteRule(
  tx: Transaction,
  rule: WasteRule & { readonly staffId: string | null; readonly now: Date },
): Promise<void> {
  const value = { name: rule.name, class: rule.class, note: rule.note, staff_id: rule.staffId };
  await tx.db
    .insertInto('waste_rule')
    .values({ community_id: rule.communityId, name_key: rule.nameKey, ...value, created_at: rule.now.getTime() })
    .onConflict((conflict) => conflict.columns(['community_id', 'name_key']).doUpdateSet(value))
    .execute();
}

export async function findWasteRule(tx: Transaction, communityId: string, nameKey: string): Promise<WasteRule | null> {
  const [row] = await tx.run(BY_NAME, { community: communityId, name: nameKey });
  return row === undefined ? null : ruleOf(row);
}

const BY_NAME = prepare<{ community: string; name: string }>()((db, value) =>
  db
    .selectFrom('waste_rule')
    .selectAll()
    .where('community_id', '=', value('community'))
    .where('name_key', '=', value('name')),
);

/** In the order of their names. */
export async function listWasteRules(tx: Transaction, communityId: string): Promise<WasteRule[]> {
  const rows = await tx.run(ALL, { community: communityId });
  return rows.map(ruleOf);
}

const ALL = prepare<{ community: string }>()((db, value) =>
  db.selectFrom('waste_rule').selectAll().where('community_id', '=', value('community')).orderBy('name_key'),
);

export async function deleteWasteRule(tx: Transaction, communityId: string, nameKey: string): Promise<void> {
  await tx.db
    .deleteFrom('waste_rule')
    .where('community_id', '=', communityId)
    .where('name_key', '=', nameKey)
    .execute();
}

function ruleOf(row: WasteRuleRow): WasteRule {
  return {
    communityId: row.community_id,
    nameKey: row.name_key,
    name: row.name,
    class: row.class,
    note: row.note,
  };
}
