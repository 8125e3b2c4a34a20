/** Edited texts and tables that cannot be used: what is wrong with them, and that the bot goes on with those before. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { MACHINE_TEXTS } from './machine-texts.ts';

// As many as somebody mends before looking again.
const MOST_LINES = 10;

/** Every place with what to do there. */
export function contentTrouble(visit: Visit): Html | '' {
  const lines = visit.parts.contentTrouble();
  if (lines.length === 0) return '';
  const words = wordsFor(visit, MACHINE_TEXTS);
  const more = lines.length - MOST_LINES;
  return html`<section><h2>${words('machine.content')}</h2><p>${words('machine.content-kept')}</p>
<ul>${lines.slice(0, MOST_LINES).map((line) => html`<li>${line}</li>`)}</ul>
${more > 0 ? html`<p class="hint">${words('machine.content-more', { count: more })}</p>` : ''}</section>`;
}

/** For who can do something about it. */
export function contentBanner(visit: Visit): Html | '' {
  const count = visit.parts.contentTrouble().length;
  if (count === 0 || !isAllowed(visit, 'admin')) return '';
  const words = wordsFor(visit, MACHINE_TEXTS);
  return html`<aside><p>${words('machine.content-today', { count })}</p>
<p><a href="/admin/settings/machine">${words('machine.content-where')}</a></p></aside>`;
}
