/** The list of everything that can be set, each with how it is set now. */
import { html } from 'hono/html';
import { localDate } from '../../lib/zoned-time.ts';
import { listAnnouncedDays } from '../../store/announced-days-table.ts';
import { listGroups } from '../../store/chat-table.ts';
import { listAreas } from '../../store/community-table.ts';
import { listOwnWords } from '../../store/own-word-table.ts';
import { listStaff } from '../../store/staff-table.ts';
import { page } from '../admin-route.ts';
import { numberWords, weekdayWords } from '../local-words.ts';
import { showPage } from '../page-answer.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { BINDING_PAGE_TEXTS } from './binding-texts.ts';
import { channelsNow } from './channel-state.ts';
import { CHANNEL_PAGE_TEXTS } from './channel-texts.ts';
import { daysToConfirm } from './days-rules.ts';
import { MACHINE_TEXTS } from './machine-texts.ts';
import { modelSummary } from './model-page.ts';
import { MODEL_TEXTS } from './model-texts.ts';
import { SETTINGS_TEXTS } from './settings-texts.ts';
import { STAFF_TEXTS } from './staff-texts.ts';
import { WORDS_TEXTS } from './words-texts.ts';

export const SETTINGS_INDEX_ROUTES = [page('/settings', 'viewer', show)] as const;

interface Entry {
  readonly path: string;
  readonly title: string;
  readonly summary: string;
}

async function show(visit: Visit): Promise<Response> {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const entries = await entriesOf(visit);
  const body = html`<ul class="entries">${entries.map(
    ({ path, title, summary }) =>
      html`<li><a href="${path}"><strong>${title}</strong> <span>${summary}</span></a></li>`,
  )}</ul>`;
  return showPage(visit, { title: words('settings.title'), section: 'settings', body });
}

async function entriesOf(visit: Visit): Promise<Entry[]> {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const staffWords = wordsFor(visit, STAFF_TEXTS);
  const bindingWords = wordsFor(visit, BINDING_PAGE_TEXTS);
  const { name, plan } = visit.community;
  const planTitle = visit.content.plans.find(({ id }) => id === plan)?.title ?? plan;
  const own: readonly Entry[] = [
    {
      path: '/admin/settings/community',
      title: words('settings.community'),
      summary: words('settings.community-summary', { name, plan: planTitle }),
    },
    { path: '/admin/settings/areas', title: words('settings.areas'), summary: await areasSummary(visit) },
    { path: '/admin/settings/groups', title: words('settings.groups'), summary: await groupsSummary(visit) },
    {
      path: '/admin/settings/channels',
      title: wordsFor(visit, CHANNEL_PAGE_TEXTS)('channels.title'),
      summary: channelsSummary(visit),
    },
    {
      path: '/admin/settings/entrances',
      title: bindingWords('entrance.title'),
      summary: bindingWords('entrance.summary'),
    },
    { path: '/admin/settings/tips', title: words('settings.tips'), summary: tipsSummary(visit) },
    {
      path: '/admin/settings/hours',
      title: words('settings.hours'),
      summary: hoursSummary(visit),
    },
    { path: '/admin/settings/days', title: words('settings.days'), summary: await daysSummary(visit) },
    {
      path: '/admin/settings/words',
      title: wordsFor(visit, WORDS_TEXTS)('words.title'),
      summary: await wordsSummary(visit),
    },
  ];
  const machineWords = wordsFor(visit, MACHINE_TEXTS);
  const url = visit.parts.machine.publicUrl();
  const office: readonly Entry[] = [
    {
      path: '/admin/settings/machine',
      title: machineWords('machine.title'),
      summary: machineWords('machine.summary', { url }),
    },
    { path: '/admin/settings/model', title: wordsFor(visit, MODEL_TEXTS)('model.title'), summary: modelSummary(visit) },
    { path: '/admin/settings/staff', title: staffWords('staff.title'), summary: await staffSummary(visit) },
    { path: '/admin/settings/audit', title: staffWords('audit.title'), summary: staffWords('audit.summary') },
  ];
  const account = { path: '/admin/account', title: staffWords('account.title'), summary: visit.staff.login };
  const simulator = {
    path: `/simulator/${visit.community.id}`,
    title: words('settings.simulator'),
    summary: words('settings.simulator-summary'),
  };
  const rehearsal = isAllowed(visit, 'worker') ? [simulator] : [];
  return [...own, ...(isAllowed(visit, 'admin') ? office : []), ...rehearsal, account];
}

async function areasSummary(visit: Visit): Promise<string> {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const areas = await visit.parts.store.read((tx) => listAreas(tx, visit.community.id));
  const buildings = areas.filter(({ kind }) => kind === 'building');
  if (buildings.length === 0) return words('settings.areas-none');
  const households = buildings.reduce((sum, area) => sum + (area.households?.count ?? 0), 0);
  return words('settings.areas-summary', {
    buildings: buildings.length,
    households: numberWords(households, visit.community),
  });
}

async function groupsSummary(visit: Visit): Promise<string> {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const groups = await visit.parts.store.read((tx) => listGroups(tx, visit.community.id));
  return groups.length === 0
    ? words('settings.groups-none')
    : words('settings.groups-summary', { count: groups.length });
}

function channelsSummary(visit: Visit): string {
  const words = wordsFor(visit, CHANNEL_PAGE_TEXTS);
  const views = channelsNow(visit);
  const wrong = views.filter(({ standing }) => standing === 'trouble').length;
  if (wrong > 0) return words('channels.summary-trouble', { count: wrong });
  return views.length === 0 ? words('channels.summary-none') : words('channels.summary-well', { count: views.length });
}

function hoursSummary(visit: Visit): string {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const { quietFrom: from, quietUntil: until, unaskedPerDay: day, unaskedPerWeek: week } = visit.community.settings;
  if (day === 0 || week === 0) return words('settings.hours-summary-none');
  if (from === until) return words('settings.hours-summary-open', { day, week });
  return words(from < until ? 'settings.hours-summary-day' : 'settings.hours-summary', { from, until, day, week });
}

function tipsSummary(visit: Visit): string {
  const words = wordsFor(visit, SETTINGS_TEXTS);
  const { tips } = visit.community.settings;
  if (!tips.on || tips.weekdays.length === 0) return words('settings.tips-off');
  const days = tips.weekdays.toSorted().map((day) => weekdayWords(day, visit.community));
  return words('settings.tips-summary', {
    days: days.join(wordsFor(visit, PAGE_TEXTS)('page.list-separator')),
    time: tips.time,
  });
}

async function daysSummary(visit: Visit): Promise<string> {
  const { community, content, now, parts } = visit;
  const year = Number(localDate(now, community.settings.zone).slice(0, 4));
  const announced = await parts.store.read((tx) => listAnnouncedDays(tx, community.id, year));
  const open = daysToConfirm(content.calendar, community.settings.province, year, announced).filter(
    ({ days }) => days === null,
  );
  return wordsFor(visit, SETTINGS_TEXTS)('settings.days-summary', { count: open.length, year });
}

async function wordsSummary(visit: Visit): Promise<string> {
  const words = wordsFor(visit, WORDS_TEXTS);
  const own = await visit.parts.store.read((tx) => listOwnWords(tx, visit.community.id));
  return own.length === 0 ? words('words.summary-none') : words('words.summary', { count: own.length });
}

async function staffSummary(visit: Visit): Promise<string> {
  const staff = await visit.parts.store.read((tx) => listStaff(tx, visit.community.id));
  return wordsFor(visit, STAFF_TEXTS)('staff.summary', {
    count: staff.filter(({ disabledAt }) => disabledAt === null).length,
  });
}
