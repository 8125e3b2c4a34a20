/** Groups that a person forwards to: what is known of them, who forwarded what, and what WeCom asks a group's owner to send. */
import { type Db, index, required, table } from './0001-first-tables/columns.ts';

export async function addForwarding(db: Db): Promise<void> {
  await table(db, 'hand_group')
    .addColumn('chat_id', 'text', (c) => c.primaryKey().references('chat.id').onDelete('cascade'))
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('owner_sealed', 'text')
    .addColumn('link', 'text')
    .addColumn('wecom_chat', 'text')
    .addColumn('wecom_owner', 'text')
    .execute();
  await index(db, 'hand_group', ['community_id']);
  // `staff_id` is null where the owner of the group confirmed it in WeCom.
  await table(db, 'forwarding')
    .addColumn('outbox_id', 'text', (c) => c.primaryKey().references('outbox.id').onDelete('cascade'))
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('staff_id', 'text', (c) => c.references('staff.id').onDelete('set null'))
    .addColumn('at', 'bigint', required)
    .execute();
  await index(db, 'forwarding', ['community_id']);
  await index(db, 'forwarding', ['staff_id']);
  await table(db, 'owner_task')
    .addColumn('outbox_id', 'text', (c) => c.primaryKey().references('outbox.id').onDelete('cascade'))
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('task_id', 'text')
    .addColumn('owner', 'text', required)
    .addColumn('wecom_chat', 'text', required)
    .addColumn('made_at', 'bigint', required)
    .addColumn('reminded_at', 'text', required)
    .execute();
  await index(db, 'owner_task', ['community_id']);
}
