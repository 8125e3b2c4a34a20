/** What became of a notice: the number that matters, what to do about it, and the fate in every group. */
import { html } from 'hono/html';
import { type GroupFate, isPulled, isRecalled } from '../../features/notices/notices-rules.ts';
import { NOTICES_TEXTS } from '../../features/notices/notices-texts.ts';
import type { Html } from '../../lib/http/html.ts';
import type { Notice } from '../../model/notice.ts';
import type { ForwardedBy } from '../../store/forwarding-table.ts';
import { reasonWords } from '../forwarding/done-section.ts';
import { FORWARDING_TEXTS } from '../forwarding/forwarding-texts.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import type { GroupStandings } from './group-standing.ts';
import { spokenMoment } from './moment-words.ts';
import { headlineWords, isRetryable } from './notice-headline.ts';
import { NOTICES_PAGE_TEXTS } from './notices-texts.ts';

export interface NoticeOutcome extends GroupStandings {
  readonly notice: Notice;
  readonly fates: readonly GroupFate[];
  /** By group: who forwarded it, where somebody did. */
  readonly forwarded: ReadonlyMap<string, ForwardedBy>;
  readonly receipts: number;
}

/** `recall` stands over the list of groups: two minutes are soon over. */
export function outcomeSection(visit: Visit, outcome: NoticeOutcome, recall: Html | ''): Html {
  const { notice, fates, receipts } = outcome;
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const isReleased = notice.state === 'released';
  const isUnseen = !isReleased && !fates.some(isRecalled);
  const headline = isUnseen ? words('notices.taken-back') : headlineWords(visit, fates, outcome);
  // How many said so is worth knowing; who did not is nobody's business.
  const read = html`<p>${wordsFor(visit, NOTICES_TEXTS)('notice.staff-receipts', { count: receipts })}</p>`;
  const lines = fates.map(
    (fate) =>
      html`<li class="split"><span>${fate.title ?? words('notices.untitled')}</span><span class="hint">${fateLine(visit, fate, outcome)}</span></li>`,
  );
  return html`<p class="headline">${headline}</p>${notice.asksReceipt ? read : ''}
${isAllowed(visit, 'worker') ? actions(visit, { notice, fates }) : ''}${recall}
<section><h2>${words('notices.group-fates')}</h2><ul class="rows">${lines}</ul></section>`;
}

function actions(visit: Visit, { notice, fates }: Pick<NoticeOutcome, 'notice' | 'fates'>): Html {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const path = `/admin/notices/${notice.id}`;
  const isReleased = notice.state === 'released';
  const queued = isReleased ? fates.filter(({ fate }) => fate === 'queued').length : 0;
  const moving = fates.some(({ fate }) => fate === 'queued' || fate === 'sending');
  const takeBack = html`<form method="post" action="${path}/take-back"><button class="quiet">${words('notices.take-back-rest', { count: queued })}</button></form>`;
  return html`${isReleased ? retryForm(visit, notice, fates) : ''}<div class="tools">${queued === 0 ? '' : takeBack}
${moving ? html`<a class="button quiet" href="${path}">${words('notices.look-again')}</a>` : ''}
<a class="button quiet" href="/admin/notices/new?from=${notice.id}">${words('notices.copy')}</a></div>`;
}

/** What may have arrived goes again only where the worker ticks it. */
function retryForm(visit: Visit, { id }: Notice, fates: readonly GroupFate[]): Html | '' {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const failed = fates.filter(isRetryable).length;
  const unsure = fates.filter(({ fate }) => fate === 'unknown').length;
  if (failed + unsure === 0) return '';
  const tick = html`<label class="choice"><input type="checkbox" name="unsure" value="yes"> ${words('notices.retry-unsure', { count: unsure })}</label>`;
  const button =
    failed === 0 ? words('notices.retry-only-unsure', { count: unsure }) : words('notices.retry', { count: failed });
  return html`<form method="post" action="/admin/notices/${id}/retry">${failed > 0 && unsure > 0 ? tick : ''}
${failed === 0 ? html`<input type="hidden" name="unsure" value="yes">` : ''}<p class="actions"><button>${button}</button></p></form>`;
}

/** What waits for a person leads to where that person does it. */
function fateLine(visit: Visit, group: GroupFate, outcome: NoticeOutcome): Html | string {
  const told = fateWords(visit, group, outcome);
  const isForPeople = group.fate === 'queued' && outcome.byHand.has(group.chatId) && isAllowed(visit, 'worker');
  return isForPeople ? html`<a href="/admin/forwarding">${told}</a>` : told;
}

function fateWords(visit: Visit, group: GroupFate, { byHand, away, forwarded }: NoticeOutcome): string {
  const { fate, doneAt } = group;
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  if (isPulled(group)) return words('notices.fate-pulled');
  if (isRecalled(group)) return words('notices.fate-recalled');
  if (byHand.has(group.chatId)) {
    const told = byHandWords(visit, group, forwarded.get(group.chatId));
    if (told !== null) return told;
  }
  if (fate === 'queued' && away.has(group.chatId)) return words('notices.fate-away');
  if (fate === 'sent') {
    return words('notices.fate-sent', { when: doneAt === null ? '' : spokenMoment(visit, doneAt) });
  }
  return words(`notices.fate-${fate}`);
}

/** The proof of who sent it when, or that it still waits for a person. */
function byHandWords(visit: Visit, { fate, reason }: GroupFate, by: ForwardedBy | undefined): string | null {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  if (fate === 'queued') return words('notices.fate-by-hand');
  if (by === undefined) return null;
  const when = spokenMoment(visit, by.at);
  if (fate === 'refused') return words('notices.fate-not-forwarded', { why: reasonWords(visit, reason) });
  if (fate !== 'sent') return null;
  const who = by.staffName ?? wordsFor(visit, FORWARDING_TEXTS)('forward.nobody');
  return by.byOwner ? words('notices.fate-by-owner', { when }) : words('notices.fate-forwarded', { when, who });
}
