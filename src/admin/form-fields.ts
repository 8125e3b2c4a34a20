/** The controls of every form: a label, the control, a hint, and what is wrong beside it. */
import { html } from 'hono/html';
import type { Html } from '../lib/http/html.ts';
import type { PageTextKey } from './page-texts.ts';
import type { Faults, Typed } from './posted-form.ts';

/** What stands in a form: the values kept, or what was typed and why it does not fit. */
export interface FormState {
  readonly values: Typed;
  readonly faults: Faults;
  readonly words: (key: PageTextKey) => string;
  /** Keeps the ids apart where a page holds the same form several times. */
  readonly prefix?: string;
}

export interface FieldOptions {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
}

export interface TextFieldOptions extends FieldOptions {
  readonly type?: 'text' | 'password' | 'number' | 'date' | 'time' | 'tel' | 'search';
  readonly autocomplete?: string;
  readonly placeholder?: string;
  readonly isShort?: boolean;
  /** To choose from while typing; anything else may be typed too. */
  readonly suggestions?: readonly string[];
}

export function textField(form: FormState, options: TextFieldOptions): Html {
  const { type = 'text', autocomplete = 'off', placeholder = '', isShort = false, suggestions = [] } = options;
  // A password is never sent back.
  const value = type === 'password' ? '' : typedIn(form, options.name);
  const keys = type === 'number' ? 'numeric' : 'text';
  const list = `${idOf(form, options.name)}-list`;
  const listed = suggestions.length === 0 ? '' : html`list="${list}"`;
  return field(
    form,
    options,
    html`<input id="${idOf(form, options.name)}" name="${options.name}" type="${type === 'number' ? 'text' : type}" inputmode="${keys}"
      value="${value}" autocomplete="${autocomplete}" placeholder="${placeholder}" ${isShort ? 'data-short' : ''} ${listed} ${described(form, options)}>${
        suggestions.length === 0
          ? ''
          : html`<datalist id="${list}">${suggestions.map((one) => html`<option value="${one}"></option>`)}</datalist>`
      }`,
  );
}

export function longField(form: FormState, options: FieldOptions & { readonly rows?: number }): Html {
  return field(
    form,
    options,
    html`<textarea id="${idOf(form, options.name)}" name="${options.name}" rows="${options.rows ?? 3}" ${described(form, options)}>
${typedIn(form, options.name)}</textarea>`,
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function selectField(form: FormState, options: FieldOptions & { readonly choices: readonly Choice[] }): Html {
  const chosen = typedIn(form, options.name);
  return field(
    form,
    options,
    html`<select id="${idOf(form, options.name)}" name="${options.name}" ${described(form, options)}>
      ${options.choices.map(({ value, label }) => html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${label}</option>`)}
    </select>`,
  );
}

/** One of a few, all to be seen at once; or any of them. */
export function choiceField(
  form: FormState,
  options: FieldOptions & {
    readonly choices: readonly Choice[];
    readonly many?: boolean;
    readonly isStacked?: boolean;
  },
): Html {
  const chosen = form.values[options.name] ?? '';
  const isChosen = (value: string) => (typeof chosen === 'string' ? chosen === value : chosen.includes(value));
  const type = options.many === true ? 'checkbox' : 'radio';
  const boxes = options.choices.map(
    ({ value, label }) =>
      html`<label class="choice"><input type="${type}" name="${options.name}" value="${value}" ${isChosen(value) ? 'checked' : ''}> ${label}</label>`,
  );
  return html`<fieldset class="field" ${described(form, options)}><legend>${options.label}</legend><div class="${options.isStacked === true ? 'choices stacked' : 'choices'}">${boxes}</div>${notes(form, options)}</fieldset>`;
}

export function tickField(form: FormState, { name, label }: FieldOptions): Html {
  const isTicked = form.values[name] !== undefined && form.values[name] !== '';
  return html`<div class="field"><label class="choice"><input type="checkbox" name="${name}" value="yes" ${isTicked ? 'checked' : ''}> ${label}</label></div>`;
}

export function hiddenField(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

function field(form: FormState, options: FieldOptions, control: Html): Html {
  const fault = form.faults[options.name] === undefined ? '' : ' wrong';
  return html`<div class="field${fault}"><label for="${idOf(form, options.name)}">${options.label}</label>${control}${notes(form, options)}</div>`;
}

function notes(form: FormState, { name, hint }: FieldOptions): Html {
  const fault = form.faults[name];
  const id = idOf(form, name);
  return html`${hint === undefined ? '' : html`<p class="hint" id="${id}-hint">${hint}</p>`}${
    fault === undefined ? '' : html`<p class="fault" id="${id}-fault">${form.words(fault)}</p>`
  }`;
}

function described(form: FormState, { name, hint }: FieldOptions): Html {
  const id = idOf(form, name);
  const isWrong = form.faults[name] !== undefined;
  const by = [...(isWrong ? [`${id}-fault`] : []), ...(hint === undefined ? [] : [`${id}-hint`])].join(' ');
  return html`${by === '' ? '' : html`aria-describedby="${by}"`} ${isWrong ? html`aria-invalid="true"` : ''}`;
}

function typedIn(form: FormState, name: string): string {
  const value = form.values[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

function idOf(form: FormState, name: string): string {
  return `${form.prefix ?? 'f'}-${name}`;
}
