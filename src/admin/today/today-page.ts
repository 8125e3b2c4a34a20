/** What needs the committee today: who waits for an answer, what takes place, what goes out, how it stands. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { page } from '../admin-route.ts';
import { dayWords, numberWords, timeWords } from '../local-words.ts';
import { showPage } from '../page-answer.ts';
import { channelBanner } from '../settings/channel-state.ts';
import { contentBanner } from '../settings/content-trouble.ts';
import { nextTipTimes } from '../tip-days-rules.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { taskRoutes } from './task-actions.ts';
import { type RefusedAnswer, type ShownInFull, taskCard } from './task-card.ts';
import { readCaller, readToday, type TodayFacts } from './today-facts.ts';
import { TODAY_TEXTS } from './today-texts.ts';

export const TODAY_ROUTES = [page('/', 'viewer', (visit) => show(visit, null)), ...taskRoutes(show, showTaskInFull)];

function showTaskInFull(visit: Visit, taskId: string): Promise<Response> {
  return show(visit, null, taskId);
}

async function show(visit: Visit, refused: RefusedAnswer | null, fullTaskId: string | null = null): Promise<Response> {
  const facts = await visit.parts.store.read((tx) => readToday(tx, visit));
  const full = fullTaskId === null ? null : await inFull(visit, fullTaskId);
  const title = `${wordsFor(visit, TODAY_TEXTS)('today.title')} ${dayWords(visit.now, visit.community)}`;
  const body = html`${channelBanner(visit)}${contentBanner(visit)}${toForward(visit, facts)}${chainDoubts(visit, facts)}${toCall(visit, facts)}${waiting(visit, facts, refused, full)}${activities(visit, facts)}${tip(visit, facts)}${numbers(visit, facts)}`;
  return showPage(visit, { title, section: 'today', body, status: refused === null ? 200 : 422 });
}

/** Whoever looks has it written down before. */
async function inFull({ parts, community }: Visit, taskId: string): Promise<ShownInFull> {
  return { taskId, caller: await parts.store.read((tx) => readCaller(tx, community.id, taskId)) };
}

/** Somebody with a phone in hand does it before anything else. */
function toForward(visit: Visit, { toForward: { messages, groups } }: TodayFacts): Html | '' {
  if (messages === 0 || !isAllowed(visit, 'worker')) return '';
  const label = wordsFor(visit, TODAY_TEXTS)('today.to-forward', { messages, groups });
  return html`<p class="actions"><a class="button" href="/admin/forwarding">${label}</a></p>`;
}

function chainDoubts(visit: Visit, { chainDoubts: count }: TodayFacts): Html | '' {
  if (count === 0) return '';
  const label = wordsFor(visit, TODAY_TEXTS)('today.chain-doubts', { count });
  return html`<p class="actions"><a class="button" href="/admin/chains">${label}</a></p>`;
}

/** The places are held for a while only. */
function toCall(visit: Visit, { toCall: count }: TodayFacts): Html | '' {
  if (count === 0) return '';
  const label = wordsFor(visit, TODAY_TEXTS)('today.to-call', { count });
  return html`<p class="actions"><a class="button" href="/admin/activities">${label}</a></p>`;
}

function waiting(
  visit: Visit,
  { tasks, hasMore }: TodayFacts,
  refused: RefusedAnswer | null,
  full: ShownInFull | null,
): Html {
  const words = wordsFor(visit, TODAY_TEXTS);
  if (tasks.length === 0)
    return html`<section><h2>${words('today.waiting', { count: 0 })}</h2><p class="empty">${words('today.nothing-waits')}</p></section>`;
  const count = hasMore ? `${tasks.length}+` : tasks.length;
  const open = refused?.taskId ?? full?.taskId ?? tasks[0]?.id;
  return html`<section><h2>${words('today.waiting', { count })}</h2>
${tasks.map((task) => taskCard(visit, task, { isOpen: task.id === open, full: full?.taskId === task.id ? full : null, refused: refused?.taskId === task.id ? refused : null }))}
${hasMore ? html`<p class="hint">${words('today.waiting-more', { count: tasks.length })}</p>` : ''}</section>`;
}

function activities(visit: Visit, { shiftsToday }: TodayFacts): Html {
  const words = wordsFor(visit, TODAY_TEXTS);
  const lines = shiftsToday.map((shift) => {
    const { title, place, taken, capacity } = shift;
    const time = `${timeWords(shift.startsAt, visit.community)}–${timeWords(shift.endsAt, visit.community)}`;
    const line =
      capacity === null
        ? words('today.shift', { time, title, place, taken })
        : words('today.shift-of', { time, title, place, taken, capacity });
    const more = shift.state === 'cancelled' ? words('today.shift-cancelled') : '';
    const queue = shift.waiting === 0 ? '' : words('today.shift-waiting', { count: shift.waiting });
    return html`<li><a href="/admin/activities/${shift.activityId}">${line}</a> ${queue} ${more}</li>`;
  });
  const list =
    lines.length === 0
      ? html`<p class="empty">${words('today.no-activities')}</p>`
      : html`<ul class="rows">${lines}</ul>`;
  return html`<section><h2>${words('today.activities')}</h2>${list}</section>`;
}

function tip(visit: Visit, facts: TodayFacts): Html {
  const words = wordsFor(visit, TODAY_TEXTS);
  return html`<section><h2>${words('today.tip')}</h2><p>${tipLine(visit, facts)}</p></section>`;
}

function tipLine(visit: Visit, facts: TodayFacts): string {
  const words = wordsFor(visit, TODAY_TEXTS);
  const sent = visit.content.tips.find(({ id }) => id === facts.tipId);
  if (sent !== undefined) return words('today.tip-sent', { text: sent.text });
  const [next] = nextTipTimes(visit.community.settings, visit.now, 1);
  if (next === undefined) return words('today.tip-off');
  if (facts.tipGroups === 0) return words('today.tip-no-groups');
  const [day, today] = [next, visit.now].map((instant) => dayWords(instant, visit.community));
  const time = timeWords(next, visit.community);
  return day === today
    ? words('today.tip-due', { time, groups: facts.tipGroups })
    : words('today.tip-next', { day: day ?? '', time });
}

function numbers(visit: Visit, { pledged, households, signedUpThisWeek, activeGroups }: TodayFacts): Html {
  const words = wordsFor(visit, TODAY_TEXTS);
  const count = (number: number) => numberWords(number, visit.community);
  const pledgedLine =
    households === null
      ? words('today.pledged', { count: count(pledged) })
      : words('today.pledged-of', { count: count(pledged), base: count(households) });
  return html`<nav class="numbers" aria-label="${words('today.numbers')}">
<a class="number" href="/admin/pledges"><strong>${pledgedLine}</strong> ${words('today.pledged-label')}</a>
<a class="number" href="/admin/activities"><strong>${words('today.signed-up', { count: count(signedUpThisWeek) })}</strong> ${words('today.signed-up-label')}</a>
<a class="number" href="/admin/settings/groups"><strong>${words('today.groups', { count: count(activeGroups) })}</strong> ${words('today.groups-label')}</a>
</nav>`;
}
