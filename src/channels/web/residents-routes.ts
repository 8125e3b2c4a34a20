/** The residents' pages: the chat, what is said in it, and its news. */
import { type Context, Hono } from 'hono';
import { wordsOf } from '../../lib/page-words.ts';
import { MESSAGE_GRAPHEMES } from '../../lib/text.ts';
import { webGroupAddress } from '../../model/web-group.ts';
import type { WebMessage } from '../../model/web-message.ts';
import { piece, timesOf, type View } from './bubble.ts';
import { addEntrance, entranceOf } from './entrance.ts';
import { streamNews } from './event-stream.ts';
import { readForm } from './form-values.ts';
import { addJoinPage } from './join-page.ts';
import { missingPage } from './missing-page.ts';
import { addPledgeForm } from './pledge-routes.ts';
import { readPosts, residentHistory } from './resident-history.ts';
import { privately, type ResidentsEnv } from './resident-visit.ts';
import { residentsPage } from './residents-page.ts';
import { RESIDENTS_PAGE_TEXTS } from './residents-page-texts.ts';
import { readSaid } from './said-words.ts';
import { sendPicture } from './shown-picture.ts';
import { addSignUpForm } from './sign-up-routes.ts';
import { knownVisitor, rememberVisitor } from './visitor.ts';
import { heard, type WebDesk, wantsJson, wordsRefused } from './web-desk.ts';

// A page left open in many tabs keeps as many connections; the rest of them look for themselves.
const MOST_TABS = 5;

export function residentsRoutes(desk: WebDesk): Hono<ResidentsEnv> {
  const routes = new Hono<ResidentsEnv>();
  routes.use('/:community/*', async (c, next) => {
    const community = await desk.findCommunity(c.req.param('community'));
    if (community === null) return c.html(missingPage(desk), 404);
    c.set('community', community);
    c.set('words', wordsOf(RESIDENTS_PAGE_TEXTS, desk.render, community.locale));
    return next();
  });
  routes.get('/:community', (c) => showChat(desk, c));
  routes.post('/:community/say', (c) => hearWords(desk, c));
  routes.get('/:community/events', (c) => sendNews(desk, c));
  routes.get('/:community/picture/:message', (c) => showPicture(desk, c));
  addPledgeForm(routes, desk);
  addSignUpForm(routes, desk);
  addEntrance(routes, desk);
  addJoinPage(routes, desk);
  return routes;
}

type Ctx = Context<ResidentsEnv>;
interface Draft {
  readonly text: string;
  readonly clientId: string;
  readonly error: string;
}

async function showChat(desk: WebDesk, c: Ctx, draft?: Draft, status: 200 | 400 | 429 | 503 = 200): Promise<Response> {
  const { community, words } = c.var;
  const address = rememberVisitor(c, desk);
  const now = desk.clock.now();
  const seen = await residentHistory(desk, { communityId: community.id, chatAddress: address }, now);
  const place = (await entranceOf(desk, c))?.place ?? null;
  const page = { community, words, files: desk.files, view: viewOf(desk, c, address), ...seen, place, now };
  return c.html(residentsPage(draft === undefined ? page : { ...page, draft }), status);
}

async function hearWords(desk: WebDesk, c: Ctx): Promise<Response> {
  const { community, words } = c.var;
  const values = await readForm(c);
  const address = knownVisitor(c, desk);
  const said = await readSaid(desk, values, words, { communityId: community.id, chatAddress: address ?? '' });
  const refuse = (error: string, status: 400 | 429 | 503) =>
    wantsJson(c) ? c.json({ error }, status) : showChat(desk, c, { ...said, error }, status);

  if (address === null) {
    rememberVisitor(c, desk);
    return refuse(words('residents-page.error-expired'), 400);
  }
  const wrong = wordsRefused(said.text);
  if (wrong === 'empty') return refuse(words('residents-page.error-empty'), 400);
  if (wrong === 'too-long') return refuse(words('residents-page.error-too-long', { most: MESSAGE_GRAPHEMES }), 400);
  if (!desk.maySpeak(c, address)) {
    return refuse(words('residents-page.error-too-fast'), 429);
  }
  const result = await heard(desk, c, privately(community, address, said, await entranceOf(desk, c)));
  if (!result.ok) return refuse(words('residents-page.error-not-kept'), 503);
  if (!wantsJson(c)) return c.redirect(`/c/${community.id}#latest`, 303);
  return c.json(await piece(result.message, viewOf(desk, c, address)));
}

function sendNews(desk: WebDesk, c: Ctx): Response {
  const address = knownVisitor(c, desk);
  const key = { communityId: c.var.community.id, chatAddress: address ?? '' };
  // With 204 a browser does not try again.
  const leave = address === null ? null : desk.seats.take(address, MOST_TABS);
  if (address === null || leave === null) return c.body(null, 204);
  const shown = { list: 'private', view: viewOf(desk, c, address) };
  const group = { communityId: key.communityId, chatAddress: webGroupAddress(key.communityId) };
  return streamNews(c, { hub: desk.hub, leave }, [
    { ...shown, key, read: (since, limit) => desk.records.list({ ...key, since, limit }) },
    { ...shown, key: group, read: (since, limit) => readPosts(desk.records, key, since, limit) },
  ]);
}

/** What stands on the board is everybody's, what stands in a private chat is that visitor's. */
function showPicture(desk: WebDesk, c: Ctx): Promise<Response> {
  const { id } = c.var.community;
  const visitor = knownVisitor(c, desk);
  const board = webGroupAddress(id);
  return sendPicture(desk, c, id, (message) => message.chatAddress === visitor || isPost(message, board));
}

function isPost({ kind, chatAddress }: WebMessage, board: string): boolean {
  return chatAddress === board && (kind === 'notice' || kind === 'tip');
}

function viewOf(desk: WebDesk, c: Ctx, viewerAddress: string): View {
  const { community, words } = c.var;
  return {
    publicUrl: desk.publicUrl,
    viewerAddress,
    timeOf: timesOf(community.locale, community.settings.zone, desk.clock.now()),
    nameOf: (sender) => words(sender === null ? 'residents-page.bot-name' : 'residents-page.me'),
    noteOf: ({ kind, chatAddress }) => {
      if (chatAddress === viewerAddress || (kind !== 'notice' && kind !== 'tip')) return null;
      return words(`residents-page.told-all-${kind}`);
    },
    picture: {
      path: (messageId) => `/c/${community.id}/picture/${messageId}`,
      alt: words('residents-page.picture'),
    },
    sayPath: `/c/${community.id}/say`,
    sayFields: {},
  };
}
