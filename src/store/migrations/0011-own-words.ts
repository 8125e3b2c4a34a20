/** What people of one community say for a thing or a habit. */
import { sql } from 'kysely';
import { type Db, primary, required, table } from './0001-first-tables/columns.ts';

export async function addOwnWords(db: Db): Promise<void> {
  await table(db, 'own_word')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('waste', 'habit')`))
    .addColumn('said', 'text', required)
    .addColumn('heard', 'text', required)
    .addColumn('meaning', 'text', required)
    .addColumn('meant', 'text', required)
    .addColumn('staff_id', 'text')
    .addColumn('created_at', 'bigint', required)
    .addUniqueConstraint('own_word_once', ['community_id', 'heard'])
    .execute();
}
