/** Staff, what waits for them, and what they did. */
import { type Db, primary, required, table } from './columns.ts';

export async function createOffice(db: Db): Promise<void> {
  await table(db, 'staff')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('login', 'text', (c) => c.notNull().unique())
    .addColumn('display_name', 'text', required)
    .addColumn('password_hash', 'text', required)
    .addColumn('password_is_initial', 'integer', required)
    .addColumn('role', 'text', required)
    .addColumn('disabled_at', 'bigint')
    .addColumn('created_at', 'bigint', required)
    .execute();
  await table(db, 'staff_session')
    .addColumn('token_hash', 'text', primary)
    .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id').onDelete('cascade'))
    .addColumn('device', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('seen_at', 'bigint', required)
    .execute();
  await table(db, 'attempt').addColumn('key', 'text', required).addColumn('at', 'bigint', required).execute();
  await table(db, 'task')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('kind', 'text', required)
    .addColumn('subject_id', 'text')
    .addColumn('person_id', 'text', (c) => c.references('person.id').onDelete('set null'))
    .addColumn('chat_id', 'text', (c) => c.references('chat.id').onDelete('set null'))
    .addColumn('text_sealed', 'text', required)
    .addColumn('answer_sealed', 'text')
    .addColumn('created_at', 'bigint', required)
    .addColumn('done_at', 'bigint')
    .addColumn('done_by', 'text')
    .execute();
  // Everybody who asked the same thing and waits for the answer.
  await table(db, 'task_asker')
    .addColumn('task_id', 'text', (c) => c.notNull().references('task.id').onDelete('cascade'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('chat_id', 'text', (c) => c.notNull().references('chat.id').onDelete('cascade'))
    .addColumn('asked_at', 'bigint', required)
    .addPrimaryKeyConstraint('task_asker_key', ['task_id', 'person_id', 'chat_id'])
    .execute();
  await table(db, 'audit')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', required)
    .addColumn('staff_id', 'text')
    .addColumn('action', 'text', required)
    .addColumn('subject_id', 'text')
    .addColumn('detail', 'text', required)
    .addColumn('reason_sealed', 'text')
    .addColumn('at', 'bigint', required)
    .addColumn('chain', 'text', required)
    .execute();
}
