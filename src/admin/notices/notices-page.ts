/** All notices, the newest first, each with the number that matters. */
import { html } from 'hono/html';
import { noticeFates } from '../../features/notices/notices-service.ts';
import type { Html } from '../../lib/http/html.ts';
import { cutGraphemes } from '../../lib/text.ts';
import type { Notice } from '../../model/notice.ts';
import { listGroups } from '../../store/chat-table.ts';
import { listNotices } from '../../store/notice-table.ts';
import type { Transaction } from '../../store/store.ts';
import { showPage } from '../page-answer.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { leavesAt } from './arrival-rules.ts';
import { type GroupStandings, standingsOf } from './group-standing.ts';
import { spokenMoment } from './moment-words.ts';
import { firstArrival, readArrivals } from './notice-arrivals.ts';
import { headlineWords } from './notice-headline.ts';
import { NOTICES_PAGE_TEXTS } from './notices-texts.ts';

const ROWS = 20;
// One line on an old screen.
const FIRST_WORDS = 36;

interface ListedNotice {
  readonly notice: Notice;
  readonly headline: string;
}

export async function showNotices(visit: Visit): Promise<Response> {
  const { community, parts, context } = visit;
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const before = context.req.query('before');
  const { groups, listed, hasMore } = await parts.store.read(async (tx) => {
    const notices = await listNotices(tx, community.id, {
      ...(before === undefined ? {} : { before }),
      limit: ROWS + 1,
    });
    const groups = await listGroups(tx, community.id);
    const standings = standingsOf(visit, groups);
    const shown: ListedNotice[] = [];
    for (const notice of notices.slice(0, ROWS)) {
      shown.push({ notice, headline: await stateWords(tx, visit, notice, standings) });
    }
    return { groups, listed: shown, hasMore: notices.length > ROWS };
  });
  const write = html`<p><a class="button" href="/admin/notices/new">${words('notices.write')}</a></p>`;
  const empty = words(groups.length === 0 ? 'notices.no-groups' : 'notices.none');
  const list =
    listed.length === 0
      ? html`<p class="empty">${empty}</p>`
      : html`<ul class="rows">${listed.map((one) => row(one))}</ul>`;
  const last = listed.at(-1);
  const older = html`<p class="actions"><a class="button quiet" href="/admin/notices?before=${last?.notice.id ?? ''}">${words('notices.older')}</a></p>`;
  const body = html`${isAllowed(visit, 'worker') && groups.length > 0 ? write : ''}${list}${hasMore ? older : ''}`;
  return showPage(visit, { title: words('notices.title'), section: 'notices', body });
}

function row({ notice, headline }: ListedNotice): Html {
  const [line = ''] = notice.text.trim().split('\n');
  const first = cutGraphemes(line, FIRST_WORDS);
  const more = first === notice.text.trim() ? '' : '…';
  return html`<li><a href="/admin/notices/${notice.id}">${first}${more}</a><br><span class="hint">${headline}</span></li>`;
}

async function stateWords(tx: Transaction, visit: Visit, notice: Notice, standings: GroupStandings): Promise<string> {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const at = (moment: Date | null) => (moment === null ? '' : spokenMoment(visit, moment));
  switch (notice.state) {
    case 'draft':
      return words('notices.state-draft');
    case 'scheduled': {
      const first = firstArrival(notice, await readArrivals(tx, visit, notice));
      return words('notices.state-scheduled', { when: at(first) });
    }
    case 'taken-back':
      return words('notices.state-taken-back');
    case 'released': {
      const headline = headlineWords(visit, await noticeFates(tx, notice), standings);
      return words('notices.row-released', {
        when: at(notice.sendAt === null ? null : leavesAt(notice.sendAt)),
        headline,
      });
    }
  }
}
