/** The way of messages: inbox, outbox, open questions, and the talk on the web page. */
import { sql } from 'kysely';
import { type Db, primary, required, table } from './columns.ts';

export async function createMessages(db: Db): Promise<void> {
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
