/** What happens at set times, and who alone may do something. */
import { sql } from 'kysely';
import { type Db, primary, required, table } from './columns.ts';

export async function createSchedules(db: Db): Promise<void> {
  await table(db, 'schedule')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('kind', 'text', required)
    .addColumn('cron', 'text', required)
    .addColumn('zone', 'text', required)
    .addColumn('policy', 'text', (c) => c.notNull().check(sql`policy in ('skip', 'latest', 'all')`))
    .addColumn('max_late_ms', 'bigint', required)
    .addColumn('enabled', 'integer', required)
    .addColumn('last_slot', 'bigint', required)
    .execute();
  await table(db, 'schedule_slot')
    .addColumn('schedule_id', 'text', (c) => c.notNull().references('schedule.id').onDelete('cascade'))
    .addColumn('slot', 'bigint', required)
    .addColumn('claimed_at', 'bigint', required)
    .addColumn('owner', 'text', required)
    .addPrimaryKeyConstraint('schedule_slot_key', ['schedule_id', 'slot'])
    .execute();
  await table(db, 'lease')
    .addColumn('name', 'text', primary)
    .addColumn('owner', 'text', required)
    .addColumn('fence', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .execute();
}
