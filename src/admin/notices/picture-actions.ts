/** A draft gets a picture, another one, or none. */
import { type FittedPicture, fitPicture } from '../../documents/fit-picture.ts';
import { removePicture, setPicture } from '../../features/notices/picture-service.ts';
import { goTo } from '../page-answer.ts';
import type { PageTextKey } from '../page-texts.ts';
import { actOf, type Visit, wordsFor } from '../visit.ts';
import { showNotice } from './notice-page.ts';
import { NOTICES_PAGE_TEXTS } from './notices-texts.ts';

export async function putPicture(visit: Visit): Promise<Response> {
  const { parts, community, form } = visit;
  const file = form.files.picture;
  if (file === undefined) return refuse(visit, 'fault.file-missing');
  const fitted = await fitPicture(new Uint8Array(await file.arrayBuffer()));
  if (!fitted.ok) return refuse(visit, FAULTS[fitted.why]);
  const picture = { ...fitted, name: wordsFor(visit, NOTICES_PAGE_TEXTS)('notices.picture-name') };
  const result = await parts.commit(community.id, 'notices', async (tx) => ({
    result: await setPicture(tx, idOf(visit), picture, actOf(visit)),
  }));
  return afterChange(visit, result);
}

const FAULTS: Readonly<Record<Extract<FittedPicture, { ok: false }>['why'], PageTextKey>> = {
  'not-a-picture': 'fault.not-a-photo',
  broken: 'fault.photo-broken',
  'too-many-pixels': 'fault.photo-too-large',
};

function refuse(visit: Visit, picture: PageTextKey): Promise<Response> {
  return showNotice(visit, { typed: {}, faults: { picture } });
}

export async function takePictureAway(visit: Visit): Promise<Response> {
  const { parts, community } = visit;
  const result = await parts.commit(community.id, 'notices', async (tx) => ({
    result: await removePicture(tx, idOf(visit), actOf(visit)),
  }));
  return afterChange(visit, result);
}

function afterChange(visit: Visit, isChanged: boolean): Response {
  const here = `/notices/${idOf(visit)}`;
  return isChanged ? goTo(visit, here) : goTo(visit, here, { key: 'notices.not-a-draft', isTrouble: true });
}

function idOf({ context }: Visit): string {
  return context.req.param('id') ?? '';
}
