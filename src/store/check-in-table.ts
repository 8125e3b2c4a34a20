/** Habits that households said they kept on a day: voluntary, never ranked, gone with the household. */
import { prepare } from './prepared.ts';
import type { Transaction } from './store.ts';

/** A habit somebody said they kept on a day (YYYY-MM-DD), once however often it is said. */
export async function insertCheckIn(tx: Transaction, householdId: string, habit: string, day: string): Promise<void> {
  await tx.run(CHECK_IN, { household: householdId, habit, day });
}

const CHECK_IN = prepare<{ household: string; habit: string; day: string }>()((db, value) =>
  db
    .insertInto('check_in')
    .values({ household_id: value('household'), habit: value('habit'), day: value('day') })
    .onConflict((conflict) => conflict.columns(['household_id', 'habit', 'day']).doNothing()),
);

export async function countCheckIns(tx: Transaction, householdId: string): Promise<number> {
  const row = await tx.db
    .selectFrom('check_in')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('household_id', '=', householdId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}
