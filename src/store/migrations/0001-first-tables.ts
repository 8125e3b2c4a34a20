/** The first tables: people and households, pledges, activities, notices, the way of messages, staff. */
import { type CreateTableBuilder, type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';

// Migrations know the tables as they were on their day, so they are not tied to the schema of today.
type Db = Kysely<unknown>;

export async function up(db: Db): Promise<void> {
  await createPlaces(db);
  await createPeople(db);
  await createPledges(db);
  await createActivities(db);
  await createNotices(db);
  await createMessages(db);
  await createSchedules(db);
  await createOffice(db);
  await createIndexes(db);
}

async function createPlaces(db: Db): Promise<void> {
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

async function createPeople(db: Db): Promise<void> {
  await table(db, 'person')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('name_sealed', 'text')
    .addColumn('phone_sealed', 'text')
    .addColumn('phone_hash', 'text')
    .addColumn('consented_at', 'bigint')
    .addColumn('consent_version', 'text')
    .addColumn('created_at', 'bigint', required)
    .execute();
  await table(db, 'person_address')
    .addColumn('channel', 'text', required)
    .addColumn('account', 'text', required)
    .addColumn('address', 'text', required)
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('person_address_key', ['channel', 'account', 'address'])
    .execute();
  await table(db, 'chat')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('channel', 'text', required)
    .addColumn('account', 'text', required)
    .addColumn('address', 'text', required)
    .addColumn('kind', 'text', required)
    .addColumn('title', 'text')
    .addColumn('area_id', 'text', (c) => c.references('area.id').onDelete('set null'))
    .addColumn('person_id', 'text', (c) => c.references('person.id').onDelete('cascade'))
    .addColumn('state', 'text', required)
    .addColumn('unasked_stopped_at', 'bigint')
    .addColumn('created_at', 'bigint', required)
    .addUniqueConstraint('chat_address_key', ['channel', 'account', 'address'])
    .execute();
  await table(db, 'household')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('area_id', 'text', (c) => c.references('area.id').onDelete('set null'))
    .addColumn('building', 'text', required)
    .addColumn('door_sealed', 'text', required)
    .addColumn('door_hash', 'text', required)
    .addColumn('people', 'integer', (c) => c.check(sql`people is null or (people > 0 and people <= 30)`))
    .addColumn('created_at', 'bigint', required)
    .addUniqueConstraint('household_door_key', ['community_id', 'door_hash'])
    .execute();
  await table(db, 'household_member')
    .addColumn('person_id', 'text', (c) => c.primaryKey().references('person.id').onDelete('cascade'))
    .addColumn('household_id', 'text', (c) => c.notNull().references('household.id').onDelete('cascade'))
    .addColumn('joined_at', 'bigint', required)
    .execute();
}

async function createPledges(db: Db): Promise<void> {
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

async function createActivities(db: Db): Promise<void> {
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

async function createNotices(db: Db): Promise<void> {
  await table(db, 'notice')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('text', 'text', required)
    .addColumn('urgent', 'integer', required)
    .addColumn('urgent_reason', 'text')
    .addColumn('asks_receipt', 'integer', required)
    .addColumn('state', 'text', required)
    .addColumn('send_at', 'bigint')
    .addColumn('created_by', 'text')
    .addColumn('created_at', 'bigint', required)
    .addCheckConstraint('notice_urgent_has_reason', sql`urgent = 0 or urgent_reason is not null`)
    .execute();
  await table(db, 'notice_delivery')
    .addColumn('notice_id', 'text', (c) => c.notNull().references('notice.id').onDelete('cascade'))
    .addColumn('chat_id', 'text', (c) => c.notNull().references('chat.id').onDelete('cascade'))
    .addColumn('outbox_id', 'text')
    .addPrimaryKeyConstraint('notice_delivery_key', ['notice_id', 'chat_id'])
    .execute();
  await table(db, 'notice_receipt')
    .addColumn('notice_id', 'text', (c) => c.notNull().references('notice.id').onDelete('cascade'))
    .addColumn('receiver', 'text', required)
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('at', 'bigint', required)
    .addPrimaryKeyConstraint('notice_receipt_key', ['notice_id', 'receiver'])
    .execute();
  await table(db, 'tip_posting')
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('tip_id', 'text', required)
    .addColumn('on_day', 'text', required)
    // One tip a day, so that a slot that runs twice posts once.
    .addPrimaryKeyConstraint('tip_posting_key', ['community_id', 'on_day'])
    .execute();
  await table(db, 'chat_tip')
    .addColumn('chat_id', 'text', (c) => c.notNull().references('chat.id').onDelete('cascade'))
    .addColumn('tip_id', 'text', required)
    .addColumn('at', 'bigint', required)
    .addPrimaryKeyConstraint('chat_tip_key', ['chat_id', 'tip_id'])
    .execute();
  await table(db, 'waste_rule')
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('name_key', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('class', 'text', required)
    .addColumn('note', 'text', required)
    .addColumn('staff_id', 'text')
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('waste_rule_key', ['community_id', 'name_key'])
    .execute();
  await table(db, 'announced_days')
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('event_id', 'text', required)
    .addColumn('year', 'integer', required)
    .addColumn('first_day', 'text', required)
    .addColumn('last_day', 'text', required)
    .addColumn('source', 'text', required)
    .addColumn('staff_id', 'text')
    .addPrimaryKeyConstraint('announced_days_key', ['community_id', 'event_id', 'year'])
    .execute();
}

async function createMessages(db: Db): Promise<void> {
  await table(db, 'inbox')
    .addColumn('channel', 'text', required)
    .addColumn('account', 'text', required)
    .addColumn('message_id', 'text', required)
    .addColumn('community_id', 'text')
    .addColumn('body_sealed', 'text')
    .addColumn('state', 'text', required)
    .addColumn('tries', 'integer', required)
    .addColumn('received_at', 'bigint', required)
    .addPrimaryKeyConstraint('inbox_key', ['channel', 'account', 'message_id'])
    .execute();
  await table(db, 'outbox')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('chat_id', 'text', (c) => c.notNull().references('chat.id').onDelete('cascade'))
    .addColumn('kind', 'text', required)
    .addColumn('text_key', 'text', required)
    .addColumn('body_sealed', 'text', required)
    .addColumn('state', 'text', (c) =>
      c.notNull().check(sql`state in ('queued', 'sending', 'sent', 'refused', 'expired', 'unknown')`),
    )
    .addColumn('owner', 'text')
    .addColumn('tries', 'integer', required)
    .addColumn('run_at', 'bigint', required)
    .addColumn('not_after', 'bigint')
    .addColumn('collapse_key', 'text')
    .addColumn('urgent', 'integer', required)
    .addColumn('subject_id', 'text')
    .addColumn('done_at', 'bigint')
    .addColumn('reason', 'text')
    .addColumn('created_at', 'bigint', required)
    .execute();
  await table(db, 'conversation')
    .addColumn('chat_id', 'text', (c) => c.notNull().references('chat.id').onDelete('cascade'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('community_id', 'text', required)
    .addColumn('feature', 'text', required)
    .addColumn('step', 'text', required)
    .addColumn('version', 'integer', required)
    .addColumn('question', 'text')
    .addColumn('answers_sealed', 'text', required)
    .addColumn('expires_at', 'bigint', required)
    .addPrimaryKeyConstraint('conversation_key', ['chat_id', 'person_id'])
    .execute();
  await table(db, 'web_message')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('chat_address', 'text', required)
    .addColumn('sender_address', 'text')
    .addColumn('body_sealed', 'text', required)
    .addColumn('at', 'bigint', required)
    .execute();
}

async function createSchedules(db: Db): Promise<void> {
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

async function createOffice(db: Db): Promise<void> {
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
    .addColumn('at', 'bigint', required)
    .addColumn('chain', 'text', required)
    .execute();
}

async function createIndexes(db: Db): Promise<void> {
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
  await index(db, 'pledge_change', ['pledge_id', 'at']);
  await index(db, 'pledge_change', ['person_id']);
  await index(db, 'activity', ['community_id', 'state']);
  await index(db, 'shift', ['community_id', 'starts_at']);
  await index(db, 'shift', ['activity_id']);
  await index(db, 'sign_up', ['shift_id', 'state', 'queued_at']);
  await index(db, 'sign_up', ['person_id']);
  await index(db, 'sign_up', ['community_id']);
  await index(db, 'sign_up', ['chat_id']);
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
  await index(db, 'schedule', ['community_id']);
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
}

type Column = Parameters<Parameters<CreateTableBuilder<string>['addColumn']>[2] & {}>[0];

function table(db: Db, name: string): CreateTableBuilder<string> {
  return db.schema.createTable(name);
}

function primary(column: Column): Column {
  return column.primaryKey().notNull();
}

function required(column: Column): Column {
  return column.notNull();
}

async function index(db: Db, name: string, columns: string[], where?: RawBuilder<SqlBool>): Promise<void> {
  const suffix = where === undefined ? columns.join('_') : `${columns.join('_')}_some`;
  const builder = db.schema.createIndex(`${name}_${suffix}`).on(name).columns(columns);
  await (where === undefined ? builder : builder.where(where)).execute();
}
