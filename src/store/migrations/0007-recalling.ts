/** What a platform wants to know to take a message back that it has shown, kept for notices alone. */
import { type Db, index, required, table } from './0001-first-tables/columns.ts';

export async function addRecalling(db: Db): Promise<void> {
  await table(db, 'recall_receipt')
    .addColumn('outbox_id', 'text', (c) => c.primaryKey().references('outbox.id').onDelete('cascade'))
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('receipt', 'text', required)
    .addColumn('sent_at', 'bigint', required)
    .execute();
  await index(db, 'recall_receipt', ['community_id']);
}
