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

export async function readAttachment(tx: Transaction, id: string): Promise<Uint8Array | null> {
  const row = await tx.db.selectFrom('attachment').select('bytes_base64').where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : Buffer.from(row.bytes_base64, 'base64');
}
