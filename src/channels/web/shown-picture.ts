/** The picture of a message: in its bubble, and as a file for whoever may read that message. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { Attachment } from '../../model/message.ts';
import type { WebMessage } from '../../model/web-message.ts';
import type { WebDesk } from './web-desk.ts';

/** What a browser shows as a picture and never takes for a page. */
const SHOWN = ['image/jpeg', 'image/png'];

export interface PictureLook {
  readonly path: (messageId: string) => string;
  /** For whoever cannot see it. */
  readonly alt: string;
}

/** Of one height whatever it shows: nothing jumps when it has come. Tapped, it fills the screen. */
export function pictureIn({ id, message: { attachment } }: WebMessage, { path, alt }: PictureLook): Html | '' {
  if (attachment === undefined) return '';
  if (!isShown(attachment)) return html`<p class="words">${attachment.name}</p>`;
  return html`<a class="picture" href="${path(id)}"><img src="${path(id)}" alt="${alt}"></a>`;
}

/** `mayRead`: whether it stands in a chat that whoever asks can see. */
export async function sendPicture(
  desk: WebDesk,
  c: Context,
  communityId: string,
  mayRead: (message: WebMessage) => boolean,
): Promise<Response> {
  const message = await desk.records.find(communityId, c.req.param('message') ?? '');
  const attachment = message?.message.attachment;
  if (message === null || attachment === undefined || !mayRead(message) || !isShown(attachment)) return c.notFound();
  const bytes = await desk.records.readFile(attachment.id);
  if (bytes === null) return c.notFound();
  // A message never changes its picture, and it is not to be paid for at every look.
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': attachment.mediaType,
    'Cache-Control': 'private, max-age=604800, immutable',
  });
}

function isShown({ kind, mediaType }: Attachment): boolean {
  return kind === 'image' && SHOWN.includes(mediaType);
}
