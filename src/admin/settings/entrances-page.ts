/** The entrances residents open their page by: one for each building, as a picture to send and a poster to print. */
import { html, raw } from 'hono/html';
import { qrPng, qrSvg } from '../../documents/qr-picture.ts';
import { areaName, inAreaOrder } from '../../features/binding/area-name.ts';
import { entranceCode } from '../../lib/entrance-code.ts';
import type { Html } from '../../lib/http/html.ts';
import { isLoopbackUrl } from '../../lib/loopback.ts';
import { type Area, listAreas } from '../../store/community-table.ts';
import { page } from '../admin-route.ts';
import { attachmentName } from '../download.ts';
import { showNothingThere, showPage } from '../page-answer.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { BINDING_PAGE_TEXTS } from './binding-texts.ts';
import { onlyHere } from './groups-page.ts';
import { placeWords } from './place-words.ts';
import { POSTER_CSS, poster } from './poster.ts';
import { backToSettings } from './settings-form.ts';

const PATH = '/settings/entrances';
/** Of the community as a whole. */
const WHOLE = 'all';

export const ENTRANCE_ROUTES = [
  page(PATH, 'viewer', showList),
  page(`${PATH}/poster.css`, 'viewer', async ({ context }) =>
    context.body(POSTER_CSS, 200, { 'Content-Type': 'text/css; charset=utf-8' }),
  ),
  page(`${PATH}/:id/qr.png`, 'viewer', sendPicture),
  page(`${PATH}/:id/poster`, 'viewer', showPoster),
] as const;

interface Entrance {
  readonly id: string;
  readonly place: string;
  readonly url: string;
}

async function showList(visit: Visit): Promise<Response> {
  const words = wordsFor(visit, BINDING_PAGE_TEXTS);
  const entrances = await entrancesOf(visit);
  const isLocal = isLoopbackUrl(visit.parts.residentsUrl(visit.community));
  const body = html`<p>${words('entrance.help')}</p>${isLocal ? onlyHere(visit) : ''}
<ul class="rows">${entrances.map((entrance) => row(visit, entrance))}</ul>`;
  return showPage(visit, { title: words('entrance.title'), section: 'settings', back: backToSettings(visit), body });
}

function row(visit: Visit, { id, place, url }: Entrance): Html {
  const words = wordsFor(visit, BINDING_PAGE_TEXTS);
  return html`<li class="split"><a href="${url}">${place}</a>
<span><a class="button quiet" href="/admin${PATH}/${id}/qr.png" download>${words('entrance.png')}</a>
<a class="button quiet" href="/admin${PATH}/${id}/poster">${words('entrance.poster')}</a></span></li>`;
}

async function sendPicture(visit: Visit): Promise<Response> {
  const entrance = await findEntrance(visit);
  if (entrance === undefined) return showNothingThere(visit);
  const name = wordsFor(visit, BINDING_PAGE_TEXTS)('entrance.file', { place: entrance.place });
  return visit.context.body(new Uint8Array(await qrPng(entrance.url)), 200, {
    'Content-Type': 'image/png',
    'Content-Disposition': attachmentName(name, 'png'),
  });
}

async function showPoster(visit: Visit): Promise<Response> {
  const entrance = await findEntrance(visit);
  if (entrance === undefined) return showNothingThere(visit);
  const code = raw(qrSvg(entrance.url));
  const css = `/admin${PATH}/poster.css`;
  return visit.context.html(poster(visit, { ...entrance, code, css, back: `/admin${PATH}` }));
}

async function findEntrance(visit: Visit): Promise<Entrance | undefined> {
  const id = visit.context.req.param('id');
  return (await entrancesOf(visit)).find((entrance) => entrance.id === id);
}

async function entrancesOf(visit: Visit): Promise<Entrance[]> {
  const { parts, community } = visit;
  const areas = await parts.store.read((tx) => listAreas(tx, community.id));
  const home = parts.residentsUrl(community);
  const nameOf = (id: string | null) => areaName(areas, id, community, placeWords(visit));
  const ofArea = ({ id }: Area) => ({ id, place: nameOf(id), url: `${home}/e/${entranceCode(id)}` });
  return [{ id: WHOLE, place: nameOf(null), url: home }, ...inAreaOrder(areas, community.locale).map(ofArea)];
}
