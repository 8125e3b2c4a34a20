/** Communities, their areas, and the counts kept for both. */
import { type Db, primary, required, table } from './columns.ts';

export async function createPlaces(db: Db): Promise<void> {
  await table(db, 'meta').addColumn('key', 'text', primary).addColumn('value', 'text', required).execute();
  await table(db, 'community')
    .addColumn('id', 'text', primary)
    .addColumn('name', 'text', required)
    .addColumn('plan', 'text', required)
    .addColumn('locale', 'text', required)
    .addColumn('is_sample', 'integer', required)
    .addColumn('settings', 'text', required)
    .addColumn('wrapped_key', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .execute();
  await table(db, 'area')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('parent_id', 'text', (c) => c.references('area.id').onDelete('cascade'))
    .addColumn('kind', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('household_count', 'integer')
    .addColumn('count_source', 'text')
    .addColumn('counted_on', 'text')
    .execute();
  await table(db, 'counter')
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('area_id', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('value', 'bigint', required)
    .addPrimaryKeyConstraint('counter_key', ['community_id', 'area_id', 'name'])
    .execute();
}
