/** The simulator's doors; everything said there goes the way of every message. */
import { type Context, Hono } from 'hono';
import type { Html } from '../../lib/http/html.ts';
import { wordsOf } from '../../lib/page-words.ts';
import { MESSAGE_GRAPHEMES } from '../../lib/text.ts';
import type { Community } from '../../model/community.ts';
import { webGroupAddress } from '../../model/web-group.ts';
import { piece, timesOf, type View } from './bubble.ts';
import { streamNews } from './event-stream.ts';
import { one, readForm } from './form-values.ts';
import { messagePage, missingPage } from './missing-page.ts';
import { RESIDENTS_PAGE_TEXTS, type ResidentsWords } from './residents-page-texts.ts';
import { readSaid } from './said-words.ts';
import { sendPicture } from './shown-picture.ts';
import { keyOf, PLACES, type Place, type Resident, residentsOf, spokenHere } from './simulated-scene.ts';
import { type Draft, simulatorPage } from './simulator-page.ts';
import { SIMULATOR_TEXTS, type SimulatorWords } from './simulator-texts.ts';
import { heard, history, type WebDesk, wantsJson, wordsRefused } from './web-desk.ts';

interface SimulatorEnv {
  Variables: { community: Community; words: SimulatorWords; common: ResidentsWords; groupTitle: string };
}
type Ctx = Context<SimulatorEnv>;

const MOST_WATCHERS = 50;

export function simulatorRoutes(desk: WebDesk): Hono<SimulatorEnv> {
  const routes = new Hono<SimulatorEnv>();
  routes.get('/', async (c) => {
    const id = (await desk.findSample())?.id ?? (await desk.communityOfStaff(c));
    if (id === null) return c.html(noSample(desk), 404);
    return c.redirect(`/simulator/${id}${new URL(c.req.url).search}`, 303);
  });
  routes.use('/:community/*', async (c, next) => {
    const community = await desk.findCommunity(c.req.param('community'));
    if (community === null) return c.html(missingPage(desk), 404);
    const words = wordsOf(SIMULATOR_TEXTS, desk.render, community.locale);
    if (!community.isSample && !(await desk.mayRehearse(c, community))) {
      return c.html(messagePage(desk, words('simulator.not-allowed-title'), words('simulator.not-allowed')), 403);
    }
    const title = await desk.groupTitle(community.id, webGroupAddress(community.id));
    c.set('groupTitle', title ?? words('simulator.group-name', { community: community.name }));
    c.set('community', community);
    c.set('words', words);
    c.set('common', wordsOf(RESIDENTS_PAGE_TEXTS, desk.render, community.locale));
    return next();
  });
  routes.get('/:community', (c) => {
    const scene = sceneOf(c, c.req.query('as'), c.req.query('show'));
    return scene === null ? c.html(missingPage(desk), 404) : showPage(desk, c, scene);
  });
  routes.get('/:community/events', (c) => sendNews(desk, c));
  routes.get('/:community/picture/:message', (c) => showPicture(desk, c));
  routes.post('/:community/say', (c) => hearWords(desk, c));
  return routes;
}

interface Scene {
  readonly residents: readonly Resident[];
  readonly speaker: Resident;
  readonly place: Place;
}

/** Whoever is not named is the first resident; `null` where the text names nobody at all. */
function sceneOf(c: Ctx, as: string | undefined, place: string | undefined): Scene | null {
  const residents = residentsOf(c.var.words);
  const speaker = residents.find(({ number }) => String(number) === as) ?? residents[0];
  if (speaker === undefined) return null;
  return { residents, speaker, place: PLACES.find((one) => one === place) ?? 'group' };
}

async function showPage(
  desk: WebDesk,
  c: Ctx,
  scene: Scene,
  draft: Draft | null = null,
  status: 200 | 400 | 429 | 503 = 200,
): Promise<Response> {
  const { community, words, common, groupTitle } = c.var;
  const chatIn = async (place: Place) => ({
    messages: await history(desk, keyOf(community, place, scene.speaker)),
    view: viewOf(desk, c, scene, place),
  });
  const chats = { group: await chatIn('group'), private: await chatIn('private') };
  const { residents, speaker, place: shown } = scene;
  const page = { community, groupTitle, words, common, files: desk.files, residents, speaker, shown, chats, draft };
  return c.html(simulatorPage(page), status);
}

async function hearWords(desk: WebDesk, c: Ctx): Promise<Response> {
  const { community, words, common, groupTitle } = c.var;
  const values = await readForm(c);
  const scene = sceneOf(c, one(values, 'as'), one(values, 'place'));
  if (scene === null) return c.html(missingPage(desk), 404);
  const { speaker: resident, place } = scene;
  const said = await readSaid(desk, values, common, keyOf(community, place, resident));
  const isMentioned = one(values, 'mention') === 'yes';
  const refuse = (error: string, status: 400 | 429 | 503) =>
    wantsJson(c) ? c.json({ error }, status) : showPage(desk, c, scene, { ...said, isMentioned, place, error }, status);

  const wrong = wordsRefused(said.text);
  if (wrong === 'empty') return refuse(common('residents-page.error-empty'), 400);
  if (wrong === 'too-long') return refuse(common('residents-page.error-too-long', { most: MESSAGE_GRAPHEMES }), 400);
  if (!desk.maySpeak(c, `${community.id}|${resident.address}`)) {
    return refuse(common('residents-page.error-too-fast'), 429);
  }
  const at = words('simulator.mention');
  const spoken = spokenHere(community, at, { groupTitle, place, resident, words: said, isMentioned });
  const result = await heard(desk, c, spoken);
  if (!result.ok) return refuse(common('residents-page.error-not-kept'), 503);
  if (!wantsJson(c)) {
    const page = `/simulator/${community.id}?as=${resident.number}&show=${place}`;
    return c.redirect(`${page}#m-${result.message.id}`, 303);
  }
  return c.json(await piece(result.message, viewOf(desk, c, scene, place)));
}

function sendNews(desk: WebDesk, c: Ctx): Response {
  const { community } = c.var;
  const scene = sceneOf(c, c.req.query('as'), undefined);
  const leave = scene === null ? null : desk.seats.take(`simulator ${community.id}`, MOST_WATCHERS);
  if (scene === null || leave === null) return c.body(null, 204);
  const watched = PLACES.map((place) => {
    const key = keyOf(community, place, scene.speaker);
    const read = (since: Date, limit: number) => desk.records.list({ ...key, since, limit });
    return { list: place, key, view: viewOf(desk, c, scene, place), read };
  });
  return streamNews(c, { hub: desk.hub, leave }, watched);
}

/** Of the group and of the chats of those who are played. */
function showPicture(desk: WebDesk, c: Ctx): Promise<Response> {
  const { community, words } = c.var;
  const chats = residentsOf(words).flatMap((resident) =>
    PLACES.map((place) => keyOf(community, place, resident).chatAddress),
  );
  return sendPicture(desk, c, community.id, ({ chatAddress }) => chats.includes(chatAddress));
}

function viewOf(desk: WebDesk, c: Ctx, { residents, speaker }: Scene, place: Place): View {
  const { community, common } = c.var;
  const names = new Map(residents.map(({ address, name }) => [address, name]));
  return {
    publicUrl: desk.publicUrl,
    viewerAddress: speaker.address,
    timeOf: timesOf(community.locale, community.settings.zone, desk.clock.now()),
    nameOf: (sender) => (sender === null ? common('residents-page.bot-name') : (names.get(sender) ?? sender)),
    picture: {
      path: (messageId) => `/simulator/${community.id}/picture/${messageId}`,
      alt: common('residents-page.picture'),
    },
    sayPath: `/simulator/${community.id}/say`,
    sayFields: { as: String(speaker.number), place },
  };
}

function noSample(desk: WebDesk): Html {
  const words = wordsOf(SIMULATOR_TEXTS, desk.render, 'zh-CN');
  return messagePage(desk, words('simulator.no-sample-title'), words('simulator.no-sample'));
}
