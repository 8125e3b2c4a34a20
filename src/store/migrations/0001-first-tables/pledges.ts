/** Pledges of households, their history, and voluntary check-ins. */
import { sql } from 'kysely';
import { type Db, primary, required, table } from './columns.ts';

export async function createPledges(db: Db): Promise<void> {
  await table(db, 'pledge')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('household_id', 'text', (c) => c.notNull().references('household.id').onDelete('cascade'))
    .addColumn('plan', 'text', required)
    .addColumn('period', 'text', required)
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('standing', 'withdrawn')`))
    .addColumn('habits', 'text', required)
    .addColumn('made_at', 'bigint', required)
    .addColumn('changed_at', 'bigint', required)
    .addUniqueConstraint('pledge_household_period_key', ['household_id', 'plan', 'period'])
    .execute();
  // The habits of each pledge once more, a row each: who looks for a rare one does not read through all pledges.
  await table(db, 'pledge_habit')
    .addColumn('pledge_id', 'text', (c) => c.notNull().references('pledge.id').onDelete('cascade'))
    .addColumn('habit', 'text', required)
    .addColumn('community_id', 'text', required)
    .addColumn('period', 'text', required)
    .addColumn('changed_at', 'bigint', required)
    .addPrimaryKeyConstraint('pledge_habit_key', ['pledge_id', 'habit'])
    .execute();
  await table(db, 'pledge_change')
    .addColumn('id', 'text', primary)
    .addColumn('pledge_id', 'text', (c) => c.notNull().references('pledge.id').onDelete('cascade'))
    .addColumn('kind', 'text', required)
    .addColumn('habits', 'text', required)
    .addColumn('person_id', 'text', (c) => c.references('person.id').onDelete('set null'))
    .addColumn('staff_id', 'text')
    .addColumn('at', 'bigint', required)
    .execute();
  await table(db, 'check_in')
    .addColumn('household_id', 'text', (c) => c.notNull().references('household.id').onDelete('cascade'))
    .addColumn('habit', 'text', required)
    .addColumn('day', 'text', required)
    .addPrimaryKeyConstraint('check_in_key', ['household_id', 'habit', 'day'])
    .execute();
}
