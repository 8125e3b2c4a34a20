/** Asks for a door by its building, unit and room. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { Area } from '../../store/community-table.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { type Visit, wordsFor } from '../visit.ts';
import { doorFields } from './door-fields.ts';
import { DOOR_TEXTS } from './pledges-texts.ts';
import type { Refused } from './reason-form.ts';

export function findForm(visit: Visit, areas: readonly Area[], refused: Refused | null): Html {
  const words = wordsFor(visit, DOOR_TEXTS);
  const { typed = {}, faults = {} } = refused ?? {};
  const form = { values: typed, faults, words: wordsFor(visit, PAGE_TEXTS), prefix: 'find' };
  return html`<details class="card" ${refused === null ? '' : 'open'}><summary>${words('door.find')}</summary>
<form method="post" action="/admin/pledges/find"><div class="side-by-side">${doorFields(visit, form, areas)}</div>
<p class="actions"><button>${words('door.find-button')}</button></p></form></details>`;
}
