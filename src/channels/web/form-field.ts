/** Fields of a form: a label above, a hint below it, and beside the field what is wrong with it. */
import { html } from 'hono/html';
import type { Html } from '../../lib/http/html.ts';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  /** Said beside the label where the field may stay empty. */
  readonly optional?: string;
  readonly error: string | null;
  readonly type?: 'text' | 'tel';
  readonly inputMode?: 'text' | 'numeric' | 'tel';
  readonly autocomplete?: string;
  readonly maxLength: number;
  readonly isFirstWrong: boolean;
}

export function field(one: Field): Html {
  const { name, label, hint, optional, error } = one;
  const about = [...(hint === undefined ? [] : [`${name}-hint`]), ...(error === null ? [] : [`${name}-error`])].join(
    ' ',
  );
  return html`<div class="field${error === null ? '' : ' wrong'}">
<label for="${name}">${label}${optional === undefined ? '' : html` <small>${optional}</small>`}</label>
${hint === undefined ? '' : html`<p class="hint" id="${name}-hint">${hint}</p>`}
<input id="${name}" name="${name}" type="${one.type ?? 'text'}" inputmode="${one.inputMode ?? 'text'}"
 autocomplete="${one.autocomplete ?? 'off'}" maxlength="${one.maxLength}" value="${one.value}"
 aria-describedby="${about}"${invalid(error, one.isFirstWrong)}>
${errorLine(name, error)}</div>`;
}

export function errorLine(name: string, error: string | null): Html | string {
  return error === null ? '' : html`<p class="error" id="${name}-error">${error}</p>`;
}

/** The first wrong field is where the page opens. */
export function invalid(error: string | null, isFirstWrong: boolean): Html | string {
  if (error === null) return '';
  return isFirstWrong ? html` aria-invalid="true" autofocus` : html` aria-invalid="true"`;
}
