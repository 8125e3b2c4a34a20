/** Groups, staff and second addresses are bound by one-time codes; who was joined to whom is kept for erasing. */
import { sql } from 'kysely';
import { type Db, index, primary, required, table } from './0001-first-tables/columns.ts';

export async function addBinding(db: Db): Promise<void> {
  await table(db, 'binding_code')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('code_hash', 'text', (c) => c.notNull().unique())
    .addColumn('purpose', 'text', (c) => c.notNull().check(sql`purpose in ('group', 'staff', 'person')`))
    .addColumn('area_id', 'text', (c) => c.references('area.id').onDelete('cascade'))
    .addColumn('staff_id', 'text', (c) => c.references('staff.id').onDelete('cascade'))
    .addColumn('person_id', 'text', (c) => c.references('person.id').onDelete('cascade'))
    .addColumn('chat_id', 'text', (c) => c.references('chat.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', required)
    .addColumn('expires_at', 'bigint', required)
    .addColumn('used_at', 'bigint')
    .execute();
  await index(db, 'binding_code', ['community_id']);
  await index(db, 'binding_code', ['person_id']);
  await index(db, 'binding_code', ['expires_at']);
  // The private chat itself is what is bound: whoever writes there is this member of staff.
  await table(db, 'staff_chat')
    .addColumn('chat_id', 'text', (c) => c.primaryKey().references('chat.id').onDelete('cascade'))
    .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id').onDelete('cascade'))
    .addColumn('bound_at', 'bigint', required)
    .execute();
  await index(db, 'staff_chat', ['staff_id']);
  await table(db, 'staff_word')
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('about', 'text', required)
    .addColumn('told_at', 'bigint', required)
    .addPrimaryKeyConstraint('staff_word_key', ['community_id', 'about'])
    .execute();
  await table(db, 'former_person')
    .addColumn('id', 'text', primary)
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .execute();
  await index(db, 'former_person', ['person_id']);
}
