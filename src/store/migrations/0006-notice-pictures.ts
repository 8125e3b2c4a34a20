/** A notice may carry a picture, kept once however many groups and notices show it. */
import { type Db, index } from './0001-first-tables/columns.ts';

export async function addNoticePictures(db: Db): Promise<void> {
  await db.schema
    .alterTable('notice')
    .addColumn('picture_id', 'text', (c) => c.references('attachment.id').onDelete('set null'))
    .execute();
  await index(db, 'notice', ['picture_id']);
}
