/** What is looked for often. */
import { type SqlBool, sql } from 'kysely';
import { type Db, index } from './columns.ts';

export async function createIndexes(db: Db): Promise<void> {
  await index(db, 'area', ['community_id', 'parent_id']);
  await index(db, 'chat', ['community_id', 'kind']);
  await index(db, 'chat', ['person_id']);
  await index(db, 'chat', ['area_id']);
  await index(db, 'person', ['community_id']);
  await index(db, 'person_address', ['person_id']);
  await index(db, 'household', ['community_id', 'building']);
  await index(db, 'household', ['area_id']);
  await index(db, 'household_member', ['household_id']);
  await index(db, 'pledge', ['community_id', 'period', 'changed_at', 'id']);
  await index(db, 'pledge', ['community_id', 'period', 'id']);
  await index(db, 'pledge', ['community_id', 'period', 'changed_at', 'id'], sql<SqlBool>`state = 'withdrawn'`);
  await index(db, 'pledge_habit', ['community_id', 'period', 'habit', 'changed_at', 'pledge_id']);
  await index(db, 'pledge_change', ['pledge_id', 'at']);
  await index(db, 'pledge_change', ['person_id']);
  await index(db, 'activity', ['community_id', 'state']);
  await index(db, 'shift', ['community_id', 'starts_at']);
  await index(db, 'shift', ['activity_id']);
  await index(db, 'sign_up', ['shift_id', 'state', 'queued_at']);
  await index(db, 'sign_up', ['person_id']);
  await index(db, 'sign_up', ['community_id']);
  await index(db, 'sign_up', ['chat_id']);
  // Names and phones are kept for a while only, so that this index stays small.
  await index(db, 'sign_up', ['shift_id'], sql<SqlBool>`name_sealed is not null or phone_sealed is not null`);
  await index(db, 'sign_up', ['community_id', 'offered_until'], sql<SqlBool>`state = 'offered'`);
  await index(db, 'notice', ['community_id', 'created_at']);
  await index(db, 'notice', ['community_id', 'send_at'], sql<SqlBool>`state = 'scheduled'`);
  await index(db, 'notice_delivery', ['chat_id']);
  await index(db, 'notice_receipt', ['person_id']);
  await index(db, 'outbox', ['chat_id', 'created_at']);
  await index(db, 'outbox', ['subject_id'], sql<SqlBool>`subject_id is not null`);
  // Only what is still on its way is in this index, so it stays small however long the history grows.
  await index(db, 'outbox', ['state', 'run_at'], sql<SqlBool>`state in ('queued', 'sending')`);
  await index(db, 'outbox', ['community_id', 'created_at'], sql<SqlBool>`state in ('refused', 'unknown')`);
  await index(db, 'inbox', ['received_at'], sql<SqlBool>`state <> 'handled'`);
  await index(db, 'conversation', ['person_id']);
  await index(db, 'conversation', ['expires_at']);
  await index(db, 'schedule', ['community_id']);
  await index(db, 'schedule_slot', ['slot']);
  await index(db, 'staff', ['community_id']);
  await index(db, 'staff_session', ['staff_id']);
  await index(db, 'attempt', ['key', 'at']);
  await index(db, 'task', ['community_id', 'created_at'], sql<SqlBool>`done_at is null`);
  await index(db, 'task', ['person_id']);
  await index(db, 'task', ['chat_id']);
  // The same thing is asked of the committee once at a time, however many ask at the same moment.
  await db.schema
    .createIndex('task_once_key')
    .unique()
    .on('task')
    .columns(['community_id', 'kind', 'subject_id'])
    .where(sql<SqlBool>`done_at is null and kind in ('unknown-waste', 'days-to-confirm', 'question')`)
    .execute();
  await index(db, 'task', ['community_id', 'kind', 'subject_id'], sql<SqlBool>`subject_id is not null`);
  await index(db, 'task_asker', ['person_id']);
  await index(db, 'task_asker', ['chat_id']);
  await index(db, 'audit', ['community_id', 'id']);
  await index(db, 'web_message', ['chat_address', 'at', 'id']);
  await index(db, 'web_message', ['at']);
  await index(db, 'web_message', ['sender_address'], sql<SqlBool>`sender_address is not null`);
}
