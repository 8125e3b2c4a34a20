/** Activities, their shifts, and who signed up. */
import { sql } from 'kysely';
import { type Db, primary, required, table } from './columns.ts';

export async function createActivities(db: Db): Promise<void> {
  await table(db, 'activity')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('title', 'text', required)
    .addColumn('place', 'text', required)
    .addColumn('details', 'text', required)
    .addColumn('risk', 'text')
    .addColumn('insured', 'integer', required)
    .addColumn('state', 'text', required)
    .addColumn('created_by', 'text')
    .addColumn('created_at', 'bigint', required)
    // Volunteers are insured before an activity with bodily danger (志愿服务条例 §17).
    .addCheckConstraint('activity_risk_is_insured', sql`risk is null or insured = 1`)
    .execute();
  await table(db, 'shift')
    .addColumn('id', 'text', primary)
    .addColumn('activity_id', 'text', (c) => c.notNull().references('activity.id').onDelete('cascade'))
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('starts_at', 'bigint', required)
    .addColumn('ends_at', 'bigint', required)
    .addColumn('capacity', 'integer', (c) => c.check(sql`capacity is null or capacity > 0`))
    .addColumn('taken', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('waiting', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('state', 'text', required)
    .addColumn('reminded', 'text', (c) => c.notNull().defaultTo('none'))
    .addCheckConstraint(
      'shift_capacity_holds',
      sql`taken >= 0 and waiting >= 0 and (capacity is null or taken <= capacity)`,
    )
    .addCheckConstraint('shift_ends_after_start', sql`ends_at > starts_at`)
    .execute();
  await table(db, 'sign_up')
    .addColumn('id', 'text', primary)
    .addColumn('shift_id', 'text', (c) => c.notNull().references('shift.id').onDelete('cascade'))
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('person_id', 'text', (c) => c.references('person.id').onDelete('set null'))
    .addColumn('chat_id', 'text', (c) => c.references('chat.id').onDelete('set null'))
    .addColumn('name_sealed', 'text')
    .addColumn('phone_sealed', 'text')
    .addColumn('party', 'integer', (c) => c.notNull().check(sql`party > 0 and party <= 100`))
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('joined', 'waiting', 'offered', 'cancelled')`))
    .addColumn('queued_at', 'bigint', required)
    .addColumn('offered_until', 'bigint')
    .addColumn('source', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addUniqueConstraint('sign_up_once_key', ['shift_id', 'person_id'])
    .execute();
}
