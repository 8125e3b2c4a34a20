/** The picture or file that goes with a message, for whoever forwards it. */
import type { Attachment } from '../../model/message.ts';
import { readAttachment } from '../../store/attachment-table.ts';
import { findToForward } from '../../store/forwarding-table.ts';
import { saveAs } from '../download.ts';
import { showNothingThere } from '../page-answer.ts';
import type { Visit } from '../visit.ts';

/** What a browser may show as it is; anything else might be a page of its own. */
const SHOWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

export function isPicture({ mediaType }: Pick<Attachment, 'mediaType'>): boolean {
  return SHOWN.includes(mediaType);
}

export async function sendFile(visit: Visit): Promise<Response> {
  const { parts, community, context } = visit;
  const found = await parts.store.read(async (tx) => {
    const message = await findToForward(tx, community.id, context.req.param('id') ?? '');
    const attachment = message?.message.attachment;
    const bytes = attachment === undefined ? null : await readAttachment(tx, attachment.id);
    return attachment === undefined || bytes === null ? null : { attachment, bytes };
  });
  if (found === null) return showNothingThere(visit);
  const { attachment, bytes } = found;
  const isShown = isPicture(attachment) && context.req.query('save') === undefined;
  return context.body(new Uint8Array(bytes), 200, {
    'Content-Type': isPicture(attachment) ? attachment.mediaType : 'application/octet-stream',
    ...(isShown ? {} : { 'Content-Disposition': saveAs(attachment.name, isPicture(attachment) ? 'picture' : 'file') }),
  });
}
