/** What is ahead and what has been, each shift with its numbers. */
import { html } from 'hono/html';
import { listPast, listToCall, listUpcoming } from '../../features/volunteering/attendance-service.ts';
import type { Html } from '../../lib/http/html.ts';
import type { Shift } from '../../model/activity.ts';
import type { OwnSignUp } from '../../store/sign-up-table.ts';
import { momentWords } from '../local-words.ts';
import { showPage } from '../page-answer.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { ACTIVITIES_TEXTS } from './activities-texts.ts';
import { shiftPath, shiftRow, whenWords } from './shift-line.ts';

// A community has a handful ahead; a file of rows may bring more.
const MOST_AHEAD = 200;
const PAST_ROWS = 20;
/** How many milliseconds fit into a link. */
const MOMENT = /^\d{1,15}$/;

export async function showActivities(visit: Visit): Promise<Response> {
  const { community, now, parts, context } = visit;
  const words = wordsFor(visit, ACTIVITIES_TEXTS);
  const before = context.req.query('before') ?? '';
  const until = MOMENT.test(before) ? new Date(Number(before)) : now;
  const [ahead, past, toCall, doubts] = await parts.store.read(async (tx) => [
    await listUpcoming(tx, community, now, MOST_AHEAD),
    await listPast(tx, community, until, PAST_ROWS + 1),
    await listToCall(tx, community),
    await parts.chains.countDoubts(tx, community),
  ]);
  const body = html`${tools(visit, doubts)}${callSection(visit, toCall)}
<section><h2>${words('activities.ahead')}</h2>${rows(visit, ahead, words('activities.ahead-empty'))}</section>
<section><h2>${words('activities.past')}</h2>${rows(visit, past.slice(0, PAST_ROWS), words('activities.past-empty'))}
${older(visit, past)}</section>`;
  return showPage(visit, { title: words('activities.title'), section: 'activities', body });
}

function tools(visit: Visit, doubts: number): Html {
  const words = wordsFor(visit, ACTIVITIES_TEXTS);
  const add = html`<a class="button" href="/admin/activities/new">${words('activities.new')}</a>`;
  const chains = doubts === 0 ? words('activities.chains') : words('activities.chains-waiting', { count: doubts });
  return html`<div class="tools">${isAllowed(visit, 'worker') ? add : ''}<a class="button quiet" href="/admin/chains">${chains}</a></div>`;
}

function rows(visit: Visit, shifts: readonly Shift[], empty: string): Html {
  if (shifts.length === 0) return html`<p class="empty">${empty}</p>`;
  const lines = shifts.map((shift) => shiftRow(visit, shift, `${whenWords(visit, shift)} ${shift.title}`));
  return html`<ul class="rows">${lines}</ul>`;
}

/** Places held for people whom only a phone call reaches. */
function callSection(visit: Visit, offers: readonly OwnSignUp[]): Html | '' {
  if (offers.length === 0) return '';
  const words = wordsFor(visit, ACTIVITIES_TEXTS);
  const lines = offers.map(({ signUp, shift }) => {
    const until = signUp.offeredUntil === null ? '' : momentWords(signUp.offeredUntil, visit.community);
    const variables = { when: whenWords(visit, shift), title: shift.title, party: signUp.party, until };
    return html`<li><a href="/admin${shiftPath(shift)}">${words('activities.to-call-line', variables)}</a></li>`;
  });
  return html`<section><h2>${words('activities.to-call', { count: offers.length })}</h2><ul class="rows">${lines}</ul></section>`;
}

function older(visit: Visit, past: readonly Shift[]): Html | '' {
  const last = past[PAST_ROWS - 1];
  if (last === undefined || past.length <= PAST_ROWS) return '';
  const label = wordsFor(visit, ACTIVITIES_TEXTS)('activities.older');
  return html`<p class="actions"><a class="button quiet" href="/admin/activities?before=${last.startsAt.getTime()}">${label}</a></p>`;
}
