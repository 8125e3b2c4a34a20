/** Taking a notice back out of groups: where it can be done and until when, and an honest word on where it cannot. */
import { html } from 'hono/html';
import { type GroupFate, isRecalled } from '../../features/notices/notices-rules.ts';
import type { RecallChance } from '../../features/notices/recall-service.ts';
import type { Html } from '../../lib/http/html.ts';
import type { Notice } from '../../model/notice.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { spokenMoment } from './moment-words.ts';
import { NOTICES_PAGE_TEXTS } from './notices-texts.ts';

/** Stands for every group that it can be taken out of. */
export const ALL_GROUPS = 'all';

// After that an owner of a group can hardly take it back either, and nobody looks for it.
const FRESH_MS = 48 * 60 * 60 * 1_000;
// A name more helps nobody: who has that many groups looks at the list below.
const MOST_NAMES = 8;

export interface RecallView {
  readonly notice: Notice;
  readonly fates: readonly GroupFate[];
  readonly chances: readonly RecallChance[];
}

/** Nothing where it stands in no group, or has stood there for days and nothing can be done about it. */
export function recallSection(visit: Visit, view: RecallView): Html | '' {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const stays = staying(view);
  const isFresh = visit.now.getTime() - (view.notice.sendAt?.getTime() ?? 0) < FRESH_MS;
  if (view.chances.length === 0 && (stays.length === 0 || !isFresh)) return '';
  return html`<details class="card" id="recall"><summary>${words('notices.recall-head')}</summary>
${view.chances.length === 0 ? '' : chances(visit, view)}${stays.length === 0 ? '' : html`<p>${staysWords(visit, stays)}</p>`}</details>`;
}

/** Where it stands, or may stand, and the bot can do nothing about it. */
function staying({ fates, chances }: RecallView): GroupFate[] {
  const possible = new Set(chances.map(({ message }) => message.chatId));
  const stands = fates.filter((group) => (group.fate === 'sent' && !isRecalled(group)) || group.fate === 'unknown');
  return stands.filter(({ chatId }) => !possible.has(chatId));
}

function staysWords(visit: Visit, stays: readonly GroupFate[]): string {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const separator = wordsFor(visit, PAGE_TEXTS)('page.list-separator');
  const names = stays.slice(0, MOST_NAMES).map(({ title }) => title ?? words('notices.untitled'));
  const named = names.join(separator) + (stays.length > names.length ? '…' : '');
  return words('notices.recall-stays', { count: stays.length, names: named });
}

function chances(visit: Visit, { notice, chances }: RecallView): Html {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const all = html`<button name="group" value="${ALL_GROUPS}">${words('notices.recall-all', { count: chances.length })}</button>`;
  const rows = chances.map(
    ({ message: { chatId, title }, until }) =>
      html`<li class="split"><span>${title ?? words('notices.untitled')} <span class="hint">${untilWords(visit, until)}</span></span>
<button class="quiet" name="group" value="${chatId}" aria-label="${words('notices.recall-from', { group: title ?? words('notices.untitled') })}">${words('notices.recall')}</button></li>`,
  );
  return html`<p>${words('notices.recall-help')}</p>
<form method="post" action="/admin/notices/${notice.id}/recall"><p class="actions">${all}</p>
${chances.length === 1 ? html`<p class="hint">${untilWords(visit, chances[0]?.until ?? null)}</p>` : html`<ul class="rows">${rows}</ul>`}</form>`;
}

function untilWords(visit: Visit, until: Date | null): string {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  return until === null
    ? words('notices.recall-any-time')
    : words('notices.recall-until', { when: spokenMoment(visit, until) });
}
