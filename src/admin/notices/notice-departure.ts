/** Before a notice is let go: when it reaches whom, and the buttons for now and for later. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { Notice } from '../../model/notice.ts';
import { type FormState, textField } from '../form-fields.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import type { Faults, Typed } from '../posted-form.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { type Arrival, type ArrivalGroup, gatherArrivals } from './arrival-rules.ts';
import { spokenMoment } from './moment-words.ts';
import { NOTICES_PAGE_TEXTS } from './notices-texts.ts';

/** What holds it back is said before, with the way past it. */
export function arrivalSection(visit: Visit, notice: Notice, arrivals: readonly Arrival[]): Html {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const gathered = gatherArrivals(arrivals);
  const lines = gathered.map((group) => html`<li>${arrivalWords(visit, group)}</li>`);
  const isHeld = gathered.some(({ cause }) => cause !== 'now' && cause !== 'by-hand' && cause !== 'away');
  const mayChange = notice.state === 'draft' && isAllowed(visit, 'worker');
  const wayOut = html`<p>${words('notices.make-urgent')}</p>`;
  const urgent = html`<p>${words('notices.arrives-urgent')}</p>`;
  return html`<section><h2>${words('notices.arrival')}</h2><ul class="rows">${lines}</ul>
${notice.urgentReason === null ? '' : urgent}${isHeld && mayChange ? wayOut : ''}</section>`;
}

function arrivalWords(visit: Visit, { cause, count, at }: ArrivalGroup): string {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const { unaskedPerDay, unaskedPerWeek } = visit.community.settings;
  const when = spokenMoment(visit, at);
  switch (cause) {
    case 'now':
      return words('notices.arrives-now', { count, when });
    case 'by-hand':
      return words('notices.arrives-by-hand', { count, when });
    case 'away':
      return words('notices.arrives-away', { count, when });
    case 'quiet':
      return words('notices.arrives-quiet', { count, when });
    case 'cap-day':
      return words('notices.arrives-cap-day', { count, most: unaskedPerDay, when });
    case 'cap-week':
      return words('notices.arrives-cap-week', { count, most: unaskedPerWeek, when });
    case 'never':
      return words('notices.arrives-never', { count });
  }
}

export function sendForms(
  visit: Visit,
  { id }: Notice,
  refused: { readonly typed: Typed; readonly faults: Faults } | null,
): Html {
  const words = wordsFor(visit, NOTICES_PAGE_TEXTS);
  const form: FormState = {
    values: refused?.typed ?? {},
    faults: refused?.faults ?? {},
    words: wordsFor(visit, PAGE_TEXTS),
  };
  const path = `/admin/notices/${id}/release`;
  return html`<form method="post" action="${path}"><p class="actions"><button name="do" value="now">${words('notices.send-now')}</button>
<a class="button quiet" href="/admin/notices/${id}/edit">${words('notices.change')}</a></p><p class="hint">${words('notices.send-now-hint')}</p></form>
<details class="card" ${form.faults.day === undefined && form.faults.time === undefined ? '' : 'open'}><summary>${words('notices.send-later')}</summary>
<form method="post" action="${path}"><div class="side-by-side">${textField(form, { name: 'day', label: words('notices.day'), type: 'date' })}
${textField(form, { name: 'time', label: words('notices.time'), type: 'time' })}</div>
<p class="actions"><button name="do" value="later">${words('notices.send-then')}</button></p></form></details>`;
}
