/** The picture that goes with a notice: put there, put in the place of another and taken away while nobody has seen it. */
import type { Attachment } from '../../model/message.ts';
import { insertAttachment } from '../../store/attachment-table.ts';
import { appendAudit } from '../../store/audit-table.ts';
import { putPicture } from '../../store/notice-table.ts';
import type { Transaction } from '../../store/store.ts';
import type { Act } from './notices-service.ts';

/** Ready to be sent: small, upright, without what a phone writes into it. */
export interface ReadyPicture extends Pick<Attachment, 'mediaType'> {
  /** As people see it where the picture cannot be shown. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** In the place of the one that was there. False where the notice is no draft: then nothing is kept. */
export async function setPicture(tx: Transaction, noticeId: string, picture: ReadyPicture, act: Act): Promise<boolean> {
  const { communityId, now } = act;
  const pictureId = await insertAttachment(tx, { ...picture, communityId, now });
  return changePicture(tx, noticeId, { pictureId, action: 'notice.picture' }, act);
}

export async function removePicture(tx: Transaction, noticeId: string, act: Act): Promise<boolean> {
  return changePicture(tx, noticeId, { pictureId: null, action: 'notice.picture-away' }, act);
}

async function changePicture(
  tx: Transaction,
  noticeId: string,
  { pictureId, action }: { readonly pictureId: string | null; readonly action: string },
  { communityId, staffId, now }: Act,
): Promise<boolean> {
  if (!(await putPicture(tx, { communityId, noticeId }, pictureId))) return false;
  await appendAudit(tx, { communityId, staffId, action, subjectId: noticeId, detail: {}, at: now });
  return true;
}
