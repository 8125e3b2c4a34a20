/** The quick entries as buttons, each a word said. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import { hiddenFields, newClientId } from './bubble.ts';
import { QUICK_ENTRIES } from './quick-entry.ts';
import type { ResidentsWords } from './residents-page-texts.ts';

export function quickForm(action: string, fields: Readonly<Record<string, string>>, words: ResidentsWords): Html {
  return html`<form class="quick" method="post" action="${action}" data-say
 aria-label="${words('residents-page.quick-label')}">
${hiddenFields({ ...fields, id: newClientId() })}
${QUICK_ENTRIES.map(
  (entry) => html`<button name="quick" value="${entry}">${words(`residents-page.quick-${entry}`)}</button>`,
)}
</form>`;
}
