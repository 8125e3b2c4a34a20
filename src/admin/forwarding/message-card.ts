/** One message to be forwarded: its words to be copied, its picture to be saved, and what became of it to be ticked. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { graphemeLength } from '../../lib/text.ts';
import type { HandGroup } from '../../store/hand-group-table.ts';
import type { OutboxMessage } from '../../store/outbox-table.ts';
import { spokenMoment } from '../notices/moment-words.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { FORWARDING_TEXTS } from './forwarding-texts.ts';
import { isPicture } from './message-file.ts';
import { ownerTools } from './owner-tools.ts';
import { type QueuedMessage, REASONS } from './queue-service.ts';

export function messageCard(visit: Visit, { message, task }: QueuedMessage, about: HandGroup | null): Html {
  const words = wordsFor(visit, FORWARDING_TEXTS);
  const { id } = message;
  const text = visit.parts.byHand.plainText(message.message);
  return html`<article class="card due-one">${head(visit, message)}
<textarea id="words-${id}" class="to-copy" readonly rows="${rowsOf(text)}" aria-label="${words('forward.words')}">
${text}</textarea>${fileTools(visit, message)}
<div class="due-buttons"><button type="button" class="quiet" hidden data-copy="words-${id}" data-done="${words('forward.copied')}" data-marked="${words('forward.marked')}">${words('forward.copy')}</button>
<form method="post" action="/admin/forwarding/${id}/sent"><button>${words('forward.sent')}</button></form></div>
${ownerTools(visit, { message, task }, about)}${cannot(visit, id)}</article>`;
}

function head(visit: Visit, { kind, urgent, notAfter }: OutboxMessage): Html {
  const words = wordsFor(visit, FORWARDING_TEXTS);
  const what = [...(urgent ? [words('forward.urgent')] : []), words(`forward.kind-${kind}`)].join(' · ');
  const until = notAfter === null ? '' : words('forward.until', { when: spokenMoment(visit, notAfter) });
  return html`<p class="lead">${what} <span class="hint">${until}</span></p>`;
}

// Of large type on a narrow phone.
const GRAPHEMES_A_ROW = 15;
const MOST_ROWS = 14;

/** The whole of it is to be seen, so that nobody forwards what they have not read. */
function rowsOf(text: string): number {
  const rows = text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(graphemeLength(line) / GRAPHEMES_A_ROW)), 0);
  return Math.min(MOST_ROWS, Math.max(2, rows));
}

function fileTools(visit: Visit, { id, message: { attachment } }: OutboxMessage): Html | '' {
  if (attachment === undefined) return '';
  const words = wordsFor(visit, FORWARDING_TEXTS);
  const path = `/admin/forwarding/${id}/file`;
  const isShown = isPicture(attachment);
  // Held down, a picture is saved where a link saves nothing: inside WeChat.
  const picture = html`<img class="to-save" src="${path}" alt="${attachment.name}">`;
  const label = isShown ? words('forward.save-picture') : words('forward.save-file', { name: attachment.name });
  return html`${isShown ? picture : ''}<p><a class="button quiet" href="${path}?save" download>${label}</a></p>`;
}

function cannot(visit: Visit, id: string): Html {
  const words = wordsFor(visit, FORWARDING_TEXTS);
  const boxes = REASONS.map(
    (reason, n) =>
      html`<label class="choice"><input type="radio" name="reason" value="${reason}" ${n === 0 ? 'checked' : ''}> ${words(`forward.why-${reason}`)}</label>`,
  );
  return html`<details><summary>${words('forward.cannot')}</summary><form method="post" action="/admin/forwarding/${id}/refused">
<fieldset class="field"><legend>${words('forward.cannot-why')}</legend><div class="choices stacked">${boxes}</div></fieldset>
<p class="actions"><button class="quiet">${words('forward.cannot-button')}</button></p></form></details>`;
}
