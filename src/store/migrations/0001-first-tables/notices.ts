/** Notices, tips and the days that are announced each year. */
import { sql } from 'kysely';
import { type Db, primary, required, table } from './columns.ts';

export async function createNotices(db: Db): Promise<void> {
  await createNoticeTables(db);
  await createTipTables(db);
  await createOwnWords(db);
}

async function createNoticeTables(db: Db): Promise<void> {
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
}

async function createTipTables(db: Db): Promise<void> {
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
}

/** What a community says itself: what goes in which bin, and when announced days fall. */
async function createOwnWords(db: Db): Promise<void> {
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
