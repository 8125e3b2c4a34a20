/** Pictures and files that go out with messages. */
import type { Attachment } from '../model/message.ts';
import type { Transaction } from './store.ts';

export interface NewAttachment extends Pick<Attachment, 'name' | 'mediaType'> {
  readonly communityId: string;
  readonly bytes: Uint8Array;
  readonly now: Date;
}

export async function insertAttachment(tx: Transaction, { communityId, name, mediaType, bytes, now }: NewAttachment) {
  const id = tx.newId();
  await tx.db
    .insertInto('attachment')
    .values({
      id,
      community_id: communityId,
      name,
      media_type: mediaType,
      bytes_base64: Buffer.from(bytes).toString('base64'),
      created_at: now.getTime(),
    })
    .execute();
  return id;
}

/** As messages carry it; `null` also for another community's. */
export async function findAttachment(tx: Transaction, communityId: string, id: string): Promise<Attachment | null> {
  const row = await tx.db
    .selectFrom('attachment')
    .select(['name', 'media_type'])
    .where('id', '=', id)
    .where('community_id', '=', communityId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const kind = row.media_type.startsWith('image/') ? 'image' : 'file';
  return { kind, id, name: row.name, mediaType: row.media_type };
}

export async function readAttachment(tx: Transaction, id: string): Promise<Uint8Array | null> {
  const row = await tx.db.selectFrom('attachment').select('bytes_base64').where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : Buffer.from(row.bytes_base64, 'base64');
}

/**
 * What no notice shows any more goes, a few at a time. True while there is more. Messages carry only what a notice
 * shows, and while one is on its way its notice cannot lose its picture.
 */
export async function forgetAttachments(tx: Transaction, before: Date): Promise<boolean> {
  const { db } = tx;
  const loose = db
    .selectFrom('attachment')
    .select('attachment.id')
    .where('created_at', '<', before.getTime())
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('notice').select('notice.id').whereRef('notice.picture_id', '=', 'attachment.id'))),
    )
    .limit(FORGET_AT_ONCE);
  const gone = await db.deleteFrom('attachment').where('id', 'in', loose).returning('id').execute();
  return gone.length === FORGET_AT_ONCE;
}

// Each may be as large as a photo.
const FORGET_AT_ONCE = 20;
