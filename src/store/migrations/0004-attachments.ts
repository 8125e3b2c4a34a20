/** Pictures and files that go out with a message, kept once however many groups they go to. */
import { type Db, index, primary, required, table } from './0001-first-tables/columns.ts';

export async function addAttachments(db: Db): Promise<void> {
  await table(db, 'attachment')
    .addColumn('id', 'text', primary)
    .addColumn('community_id', 'text', (c) => c.notNull().references('community.id').onDelete('cascade'))
    .addColumn('name', 'text', required)
    .addColumn('media_type', 'text', required)
    .addColumn('bytes_base64', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .execute();
  await index(db, 'attachment', ['community_id']);
}
