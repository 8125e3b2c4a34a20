/** What waits to be forwarded, group by group, for a phone in one hand: copy, open the group, tick. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { endOfQuiet } from '../../lib/quiet-hours.ts';
import { showPage } from '../page-answer.ts';
import { COPY_SCRIPT } from '../scripts/page-script.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { doneSection } from './done-section.ts';
import { FORWARDING_TEXTS } from './forwarding-texts.ts';
import { messageCard } from './message-card.ts';
import { pasteSection, type RefusedPaste } from './paste-section.ts';
import { type QueuedGroup, readQueue } from './queue-service.ts';

export async function showQueue(visit: Visit, refused: RefusedPaste | null = null): Promise<Response> {
  const words = wordsFor(visit, FORWARDING_TEXTS);
  const queue = await visit.parts.store.read((tx) => readQueue(tx, visit.community.id, visit.now));
  const body = html`${refused === null ? '' : await pasteSection(visit, refused)}
${queue.length === 0 ? nothingWaits(visit) : html`${advice(visit, queue)}${queue.map((group) => groupSection(visit, group))}`}
${refused === null ? await pasteSection(visit, null) : ''}${await doneSection(visit)}`;
  return showPage(visit, {
    title: words('forward.title'),
    section: 'forwarding',
    body,
    ...(queue.length === 0 ? {} : { script: COPY_SCRIPT.path }),
    status: refused === null ? 200 : 422,
  });
}

function nothingWaits(visit: Visit): Html {
  const words = wordsFor(visit, FORWARDING_TEXTS);
  if (visit.hasGroupsByHand) return html`<p class="empty">${words('forward.empty')}</p>`;
  return html`<p class="empty">${words('forward.no-groups')}</p>
<p class="actions"><a class="button" href="/admin/settings/hand-groups">${words('forward.add-group')}</a></p>`;
}

/** A person looks at the clock: what is not urgent can wait for the morning, and need not. */
function advice(visit: Visit, queue: readonly QueuedGroup[]): Html {
  const words = wordsFor(visit, FORWARDING_TEXTS);
  const { quietFrom: from, quietUntil: until } = visit.community.settings;
  const isUnasked = queue.some(({ messages }) =>
    messages.some(({ message }) => !message.urgent && (message.kind === 'notice' || message.kind === 'tip')),
  );
  const how = html`<p class="hint">${words('forward.how')}</p>`;
  if (!isUnasked) return how;
  if (endOfQuiet(visit.community.settings, visit.now) !== null)
    return html`${how}<p class="caution">${words('forward.quiet-now', { from, until })}</p>`;
  return html`${how}<p class="hint">${words('forward.quiet-later', { from })}</p>`;
}

function groupSection(visit: Visit, group: QueuedGroup): Html {
  const words = wordsFor(visit, FORWARDING_TEXTS);
  const { chat, about, messages } = group;
  const owner = about?.owner ?? null;
  const link = about?.link ?? null;
  const open =
    link === null
      ? ''
      : html`<p><a class="button quiet" href="${link}" rel="noreferrer">${words('forward.open-group')}</a></p>`;
  return html`<section class="due" id="group-${chat.id}"><h2>${chat.title ?? words('forward.untitled')} <span class="hint">${words('forward.group-count', { count: messages.length })}</span></h2>
${owner === null ? '' : html`<p class="hint">${words('forward.looked-after', { owner })}</p>`}${open}
${messages.map((queued) => messageCard(visit, queued, about))}${messages.length < 2 ? '' : tickAll(visit, group)}</section>`;
}

/** Those that were on the page, and none that came since. */
function tickAll(visit: Visit, { chat, messages }: QueuedGroup): Html {
  const ids = messages.map(({ message }) => html`<input type="hidden" name="ids" value="${message.id}">`);
  const label = wordsFor(visit, FORWARDING_TEXTS)('forward.sent-all', { count: messages.length });
  return html`<form method="post" action="/admin/forwarding/groups/${chat.id}/sent">${ids}<p class="actions"><button>${label}</button></p></form>`;
}
