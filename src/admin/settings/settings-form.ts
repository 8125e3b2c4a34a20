/** The frame of a form on a page of settings: what a viewer may only look at has no button. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';
import type { Role } from '../../model/records.ts';
import type { FormState } from '../form-fields.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import type { Faults, Typed } from '../posted-form.ts';
import { isAllowed, type Visit, wordsFor } from '../visit.ts';
import { SETTINGS_TEXTS } from './settings-texts.ts';

export interface SettingsForm {
  readonly path: string;
  /** Who may save it. */
  readonly role: Role;
  readonly button?: string;
  readonly fields: readonly Html[];
  readonly takesFile?: boolean;
}

export function settingsForm(visit: Visit, { path, role, button, fields, takesFile = false }: SettingsForm): Html {
  const words = wordsFor(visit, PAGE_TEXTS);
  const isOpen = isAllowed(visit, role);
  const save = html`<p class="actions"><button>${button ?? words('page.save')}</button></p>`;
  return html`<form method="post" action="/admin${path}" ${takesFile ? html`enctype="multipart/form-data"` : ''}>
<fieldset class="all" ${isOpen ? '' : 'disabled'}>${fields}${isOpen ? save : ''}</fieldset></form>
${isOpen ? '' : html`<p class="hint">${words('page.look-only')}</p>`}`;
}

export function stateOf(visit: Visit, values: Typed, faults: Faults, prefix?: string): FormState {
  const words = wordsFor(visit, PAGE_TEXTS);
  return prefix === undefined ? { values, faults, words } : { values, faults, words, prefix };
}

export function statusOf(faults: Faults): 200 | 422 {
  return Object.keys(faults).length === 0 ? 200 : 422;
}

/** The step up from a page of settings. */
export function backToSettings(visit: Visit): { readonly path: string; readonly label: string } {
  return { path: '/settings', label: wordsFor(visit, SETTINGS_TEXTS)('settings.title') };
}
