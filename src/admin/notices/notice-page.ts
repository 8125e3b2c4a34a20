/** One notice, whatever has become of it: a draft to look at, on its way, or out with its fate in each group. */
import { html } from 'hono/html';
import type { GroupFate } from '../../features/notices/notices-rules.ts';
import { noticeFates } from '../../features/notices/notices-service.ts';
import { type RecallChance, recallChances } from '../../features/notices/recall-service.ts';
import type { Html } from '../../lib/http/html.ts';
import type { Chat } from '../../model/chat.ts';
import type { Notice } from '../../model/notice.ts';
import { listGroups } from '../../store/chat-table.ts';
import { listForwarded } from '../../store/forwarding-table.ts';
import { countReceipts } from '../../store/notice-receipt-table.ts';
import { findNotice, listAudience } from '../../store/notice-table.ts';
import type { Transaction } from '../../store/store.ts';
import { showNothingThere, showPage } from '../page-answer.ts';
import type { Faults, Typed } from '../posted-form.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { type Arrival, leavesAt } from './arrival-rules.ts';
import { standingsOf } from './group-standing.ts';
import { spokenMoment } from './moment-words.ts';
import { firstArrival, readArrivals } from './notice-arrivals.ts';
import { arrivalSection, sendForms } from './notice-departure.ts';
import { type NoticeOutcome, outcomeSection } from './notice-outcome.ts';
import { pictureSection } from './notice-picture.ts';
import { noticePreview } from './notice-preview.ts';
import { recallSection } from './notice-recall.ts';
import { NOTICES_PAGE_TEXTS } from './notices-texts.ts';

interface NoticeView {
  readonly notice: Notice;
  readonly groups: readonly Chat[];
  readonly arrivals: readonly Arrival[];
  readonly fates: readonly GroupFate[];
  readonly forwarded: NoticeOutcome['forwarded'];
  readonly receipts: number;
  readonly chances: readonly RecallChance[];
}

/** A form of the page that did not fit, as it was typed: for another time, or for a picture. */
export interface Refused {
  readonly typed: Typed;
  readonly faults: Faults;
}

export async function showNotice(visit: Visit, refused: Refused | null = null): Promise<Response> {
  const view = await visit.parts.store.read((tx) => readNotice(tx, visit, visit.context.req.param('id') ?? ''));
  if (view === null) return showNothingThere(visit);
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  return showPage(visit, {
    title: titleOf(visit, view.notice),
    section: 'notices',
    back: { path: '/notices', label: words('notices.title') },
    body: bodyOf(visit, view, refused),
    status: refused === null ? 200 : 422,
  });
}

async function readNotice(tx: Transaction, visit: Visit, id: string): Promise<NoticeView | null> {
  const { community } = visit;
  const notice = await findNotice(tx, community.id, id);
  if (notice === null) return null;
  const audience = new Set((await listAudience(tx, id)).map(({ chatId }) => chatId));
  const groups = (await listGroups(tx, community.id)).filter((group) => audience.has(group.id));
  const arrivals = await readArrivals(tx, visit, notice);
  const isOut = notice.state === 'released' || notice.state === 'taken-back';
  const fates = isOut ? await noticeFates(tx, notice) : [];
  const forwarded = new Map((await listForwarded(tx, id)).map((by) => [by.chatId, by]));
  const receipts = notice.asksReceipt ? await countReceipts(tx, id) : 0;
  const chances = isOut ? await recallChances(tx, id, visit.parts.recall.within, visit.now) : [];
  return { notice, groups, arrivals, fates, forwarded, receipts, chances };
}

function titleOf(visit: Visit, { state, sendAt }: Notice): string {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  switch (state) {
    case 'draft':
      return words('notices.draft-title');
    case 'scheduled':
      return words('notices.scheduled-title');
    case 'taken-back':
      return words('notices.taken-back-title');
    case 'released':
      return words('notices.released-title', { when: sendAt === null ? '' : spokenMoment(visit, leavesAt(sendAt)) });
  }
}

function bodyOf(visit: Visit, view: NoticeView, refused: Refused | null): Html {
  const { notice, groups, arrivals } = view;
  const preview = noticePreview(
    visit,
    notice,
    groups.map(({ channel }) => channel),
  );
  const worker = isAllowed(visit, 'worker');
  switch (notice.state) {
    case 'draft':
      return html`${preview}${worker ? pictureSection(visit, notice, refused?.faults ?? {}) : ''}
${arrivalSection(visit, notice, arrivals)}${worker ? sendForms(visit, notice, refused) : ''}`;
    case 'scheduled':
      return html`${waiting(visit, notice, arrivals)}${arrivalSection(visit, notice, arrivals)}${preview}`;
    case 'taken-back':
    case 'released':
      return html`${outcomeSection(visit, { ...view, ...standingsOf(visit, groups) }, worker ? recallSection(visit, view) : '')}${preview}`;
  }
}

/** The moment it leaves, as plain text, and the one thing to do until then. */
function waiting(visit: Visit, notice: Notice, arrivals: readonly Arrival[]): Html {
  const { id, urgentReason } = notice;
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const first = firstArrival(notice, arrivals);
  const when = first === null ? '' : spokenMoment(visit, first);
  const isAway = arrivals.length > 0 && arrivals.every(({ cause }) => cause === 'away');
  const takeBack = html`<form method="post" action="/admin/notices/${id}/take-back"><p class="actions"><button>${words('notices.take-back')}</button>
<a class="button quiet" href="/admin/notices/${id}">${words('notices.look-again')}</a></p></form>`;
  return html`<p class="headline">${isAway ? words('notices.leaves-away', { when }) : words('notices.leaves', { when })}</p>
${urgentReason === null ? '' : html`<p>${words('notices.leaves-urgent', { reason: urgentReason })}</p>`}${isAllowed(visit, 'worker') ? takeBack : ''}`;
}
