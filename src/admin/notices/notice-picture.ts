/** The picture of a notice as pages show it, and the form by which a draft gets one. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { Notice } from '../../model/notice.ts';
import { readAttachment } from '../../store/attachment-table.ts';
import { findNotice } from '../../store/notice-table.ts';
import { showNothingThere } from '../page-answer.ts';
import { PAGE_TEXTS, type PageTextKey } from '../page-texts.ts';
import type { Faults } from '../posted-form.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { NOTICES_PAGE_TEXTS } from './notices-texts.ts';

/** A form of its own: were it part of the written one, a session that ran out would cost the words. */
export function pictureSection(visit: Visit, { id, pictureId }: Notice, faults: Faults): Html {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const path = `/admin/notices/${id}/picture`;
  const isThere = pictureId !== null;
  const away = html`<form method="post" action="${path}/away"><p class="actions"><button class="quiet">${words('notices.picture-away')}</button></p></form>`;
  const help = `picture-hint${faults.picture === undefined ? '' : ' picture-fault'}`;
  const faultWords: (key: PageTextKey) => string = wordsFor(visit, PAGE_TEXTS);
  const fault =
    faults.picture === undefined ? '' : html`<p class="fault" id="picture-fault">${faultWords(faults.picture)}</p>`;
  return html`<details class="card" id="picture" ${isThere || faults.picture !== undefined ? 'open' : ''}><summary>${words(isThere ? 'notices.picture' : 'notices.picture-add')}</summary>
<form method="post" action="${path}" enctype="multipart/form-data">
<div class="field${fault === '' ? '' : ' wrong'}"><label for="picture-file">${words(isThere ? 'notices.picture-other' : 'notices.picture-file')}</label>
<input id="picture-file" type="file" name="picture" accept="image/jpeg,image/png" aria-describedby="${help}">
<p class="hint" id="picture-hint">${words('notices.picture-hint')}</p>${fault}</div>
<p class="actions"><button class="quiet">${words(isThere ? 'notices.picture-exchange' : 'notices.picture-put')}</button></p></form>${isThere ? away : ''}</details>`;
}

/** `v` names the very picture, so a browser may keep it. */
export function picturePath({ id, pictureId }: Pick<Notice, 'id' | 'pictureId'>): string {
  return `/admin/notices/${id}/picture?v=${pictureId ?? ''}`;
}

export async function sendPicture(visit: Visit): Promise<Response> {
  const { parts, community, context } = visit;
  const bytes = await parts.store.read(async (tx) => {
    const notice = await findNotice(tx, community.id, context.req.param('id') ?? '');
    return notice === null || notice.pictureId === null ? null : readAttachment(tx, notice.pictureId);
  });
  if (bytes === null) return showNothingThere(visit);
  return context.body(new Uint8Array(bytes), 200, {
    'Content-Type': 'image/jpeg',
    'Cache-Control': 'private, max-age=86400',
  });
}
